"""A view: one state of a repository, with outlines at hand and details on request.

Knows the store and the tree. Documents, outlines and details are read when first asked for and kept
in bounded caches. A file that vanished or changed meanwhile, or cannot be read, is answered with
None and listed in `lost`: an outline is never seen with a text that it was not made of.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar, cast

from codeassist.base.files import Document, Skipped, Tree, decode
from codeassist.base.symbols import Detail, Outline
from codeassist.index.codec import decode_detail, encode_detail
from codeassist.index.content import content_key, digest_of
from codeassist.index.detail import extract_detail
from codeassist.index.imports import Families, FileSet
from codeassist.index.outline import decode_outline, encode, extract_outline
from codeassist.index.recent import Recent
from codeassist.index.store import Store
from codeassist.vfs.nothing import NoTree

DOCUMENTS_KEPT = 512
T = TypeVar("T")
FEW_WORDS = 6  # so many searches of a word cost as much as one look at all words


class View:
    """One immutable state of a repository, as the checks see it."""

    def __init__(
        self,
        tree: Tree,
        store: Store,
        files: Mapping[str, tuple[str, str]],
        skipped: tuple[Skipped, ...],
        place: str = "",
    ) -> None:
        """`files` maps each indexed path to (content key, language name).

        `place` names what is kept of this view as a whole, "" where nothing is to be.
        """
        self.tree = tree
        self.skipped = skipped
        self.lost: dict[str, str] = {}
        self._store = store
        self._files = files
        self._place = place
        self._with_word: dict[str, tuple[str, ...]] = {}
        self._documents: Recent[Document | None] = Recent(DOCUMENTS_KEPT)

    @property
    def paths(self) -> Mapping[str, tuple[str, str]]:
        """Each indexed path with its (content key, language name)."""
        return self._files

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def key(self, path: str) -> str | None:
        """The content key of an indexed path; equal keys mean equal content."""
        found = self._files.get(path)
        return found[0] if found else None

    def language(self, path: str) -> str | None:
        """The language name of an indexed path."""
        found = self._files.get(path)
        return found[1] if found else None

    @cached_property
    def file_set(self) -> FileSet:
        """All paths of the state for import rules: indexed ones, and others such as go.mod."""
        listed = {entry.path for entry in self.tree.entries()}
        return FileSet(self.tree, listed)

    @cached_property
    def families(self) -> Families:
        """The import rules of each family for this state."""
        return Families(self.file_set)

    def document(self, path: str) -> Document | None:
        """A file's text, indexed or not; None when it cannot be read."""
        return self._documents.get((path, ""), lambda: self._read(path))

    def outline(self, path: str) -> Outline | None:
        """An indexed file's outline; None for other files."""
        found = self._files.get(path)
        if found is None:
            return None
        return self._store.outlines.get(found, lambda: self._outline(path, *found))

    def detail(self, path: str) -> Detail | None:
        """An indexed file's detail, made on the first call; None for other files."""
        found = self._files.get(path)
        if found is None:
            return None
        return self._store.details.get(found, lambda: self._detail(path, *found))

    def with_word(self, word: str) -> tuple[str, ...]:
        """The indexed paths in whose text a whole identifier-like word stands, sorted."""
        if word not in self._with_word:
            needle = _needle(word)
            self._with_word[word] = tuple(
                path for path, words in self._words.items() if needle in words
            )
        return self._with_word[word]

    def with_any_word(self, words: Collection[str]) -> tuple[str, ...]:
        """The indexed paths in whose text at least one of these words stands, sorted."""
        if len(words) <= FEW_WORDS:
            return tuple(sorted({path for word in words for path in self.with_word(word)}))
        wanted = {word.encode("utf-8", "replace") for word in words}
        return tuple(
            path for path, text in self._words.items() if not wanted.isdisjoint(text.split())
        )

    def has_word(self, path: str, word: str) -> bool:
        """Whether a whole identifier-like word stands in an indexed file's text."""
        return _needle(word) in self._words.get(path, b"")

    def words(self, path: str) -> bytes:
        """The distinct identifier-like words of an indexed file, each between two spaces."""
        return self._words.get(path, b"")

    def without_files(self) -> "View":
        """The state before anything was there: no files, and this view's store."""
        return View(NoTree(), self._store, {}, ())

    def overlaid(self, files: Mapping[str, bytes | None]) -> "View":
        """This view with other raw bytes for some files; None takes a file away.

        Nothing is indexed or stored: it costs a copy of the list of paths, and each of the files
        is parsed when it is asked for.
        """
        from codeassist.index.overlaid import overlaid  # it builds upon this module

        return overlaid(self, self._store, files)

    def beside(self, name: str, make: Callable[[], T]) -> T:
        """What another room keeps as long as this view's store, by its name for it."""
        kept = self._store.beside
        if name not in kept:
            kept[name] = make()
        return cast("T", kept[name])

    def kept(self, kind: str, path: str) -> bytes | None:
        """What another room kept of an indexed file's content; see `Store.add_derived`."""
        found = self._files.get(path)
        return self._store.derived(kind, *found) if found else None

    def keep(self, kind: str, path: str, data: bytes) -> None:
        """Keep what another room derived from an indexed file's outline and document."""
        found = self._files.get(path)
        if found:
            self._store.add_derived(kind, *found, data)

    def kept_here(self, kind: str) -> bytes | None:
        """What another room kept of the last view of this place that it was given."""
        return self._store.derived(kind, _digest(self._place), "") if self._place else None

    def keep_here(self, kind: str, data: bytes) -> None:
        """Keep what another room derived from this view as a whole, for later ones of its place."""
        if self._place:
            self._store.add_derived(kind, _digest(self._place), "", data)

    @cached_property
    def _words(self) -> Mapping[str, bytes]:
        stored = self._store.words_of({key for key, _ in self._files.values()})
        return {path: stored.get(key, b"") for path, (key, _) in sorted(self._files.items())}

    def _read(self, path: str) -> Document | None:
        try:
            raw = self.tree.read(path)
        except OSError as error:
            self.lost[path] = f"cannot be read: {error.strerror or error}"
            return None
        key = self.key(path)
        if key is not None and content_key(raw, digest_of(key)) != key:
            self.lost[path] = "changed while it was looked at"
            return None
        return decode(path, raw)

    def _outline(self, path: str, key: str, language: str) -> Outline | None:
        blob = self._store.outline(key, language)
        if blob is None:
            document = self.document(path)
            if document is None:
                return None
            blob = encode(extract_outline(language, document.data))
        return decode_outline(language, blob)

    def _detail(self, path: str, key: str, language: str) -> Detail | None:
        blob = self._store.detail(key, language)
        if blob is not None:
            return decode_detail(blob)
        outline, document = self.outline(path), self.document(path)
        if outline is None or document is None:
            return None
        detail = extract_detail(outline, document.data)
        self._store.add_detail(key, language, encode_detail(detail))
        return detail


def _digest(place: str) -> str:
    """A place as a key: its path need not be text that SQLite takes."""
    return blake2b(place.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _needle(word: str) -> bytes:
    return b" " + word.encode("utf-8", "replace") + b" "
