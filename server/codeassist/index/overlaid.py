"""A view with some files replaced, added or taken away, made without indexing anything.

What is the same comes from the view below; what differs is parsed when it is asked for, and is not
stored: it may never be on any disk. The last few contents are remembered for the next such view, so
that one edited file of many open ones costs its own parse and no other.
"""

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import chain

from codeassist.base.files import Document, Tree, decode, size_reason
from codeassist.base.symbols import Detail, Outline
from codeassist.index.content import content_key, digest_of
from codeassist.index.detail import extract_detail
from codeassist.index.imports import Families, FileSet
from codeassist.index.outline import decode_outline, encode, extract_outline, words
from codeassist.index.recent import Recent
from codeassist.index.store import Store
from codeassist.index.view import View
from codeassist.languages import Imports, by_name, for_path
from codeassist.vfs.limits import content_reason
from codeassist.vfs.overlay import OverlayTree

EDITED_KEPT = 64  # contents; an editor's user goes back and forth among fewer files
# Comments at the end of a Python file take the parser a time that grows with their square: two
# seconds for 8,000 of them. Whoever waits for an open file waits no longer than this.
SECONDS_A_FILE = 2.0
READS_SOURCES = (Imports.JVM, Imports.RUST, Imports.GO)  # families whose rules look into code


class _Edited:
    """What was worked out of the last contents, by content key and language."""

    def __init__(self) -> None:
        self.outlines: Recent[Outline | None] = Recent(EDITED_KEPT)
        self.details: Recent[Detail] = Recent(EDITED_KEPT)
        self.too_slow: set[tuple[str, str]] = set()


class OverlaidView(View):
    """`below` with the raw bytes of `replaced` instead of its own; None takes a file away."""

    def __init__(
        self, below: View, tree: Tree, store: Store, replaced: Mapping[str, bytes | None]
    ) -> None:
        self._below = below
        self._replaced = dict(replaced)
        self._edited = below.beside("edited", _Edited)
        super().__init__(tree, store, _files(below, replaced), below.skipped)

    @cached_property
    def file_set(self) -> FileSet:
        """All paths of the state for import rules."""
        paths = set(self._below.file_set.paths)
        for path, raw in self._replaced.items():
            (paths.discard if raw is None else paths.add)(path)
        return FileSet(self.tree, paths)

    @cached_property
    def families(self) -> Families:
        """The import rules of each family: those of the view below where no path came or went.

        Files that configure imports are read by the rules, so a change of one makes new rules too:
        those are not indexed, as they are not code. Some rules read code as well.
        """
        same = all(path in self._below.paths and path in self.paths for path in self._replaced)
        same = same and not any(
            by_name(self.paths[path][1]).imports in READS_SOURCES for path in self._replaced
        )
        return self._below.families if same else Families(self.file_set)

    def document(self, path: str) -> Document | None:
        """A file's text, indexed or not; None when it cannot be read."""
        if path not in self._replaced:
            return self._below.document(path)
        raw = self._replaced[path]
        if raw is None:
            return None
        return self._documents.get((path, ""), lambda: decode(path, raw))

    def outline(self, path: str) -> Outline | None:
        """An indexed file's outline; None for other files, and where it takes too long."""
        if path not in self._replaced:
            return self._below.outline(path)
        document, language = self.document(path), self.language(path)
        if document is None or language is None:
            return None
        data, key = document.data, self.paths[path]

        def make() -> Outline | None:
            try:
                raw = extract_outline(language, data, _until(time.monotonic() + SECONDS_A_FILE))
            except TimeoutError:
                self._edited.too_slow.add(key)
                return None
            return decode_outline(language, encode(raw))

        return None if key in self._edited.too_slow else self._edited.outlines.get(key, make)

    def detail(self, path: str) -> Detail | None:
        """An indexed file's detail; None for other files."""
        if path not in self._replaced:
            return self._below.detail(path)
        outline, document = self.outline(path), self.document(path)
        if outline is None or document is None:
            return None
        data = document.data
        return self._edited.details.get(self.paths[path], lambda: extract_detail(outline, data))

    def kept(self, kind: str, path: str) -> bytes | None:
        """What another room kept of an indexed file's content."""
        return None if path in self._replaced else self._below.kept(kind, path)

    def keep(self, kind: str, path: str, data: bytes) -> None:
        """Keep what another room derived from a file, but for those that are replaced."""
        if path not in self._replaced:
            self._below.keep(kind, path, data)

    def kept_here(self, kind: str) -> bytes | None:
        """What another room kept of the place of the view below; this view is kept nowhere."""
        return self._below.kept_here(kind)

    @cached_property
    def _words(self) -> Mapping[str, bytes]:
        found = dict(self._below._words)
        for path in self._replaced:
            found.pop(path, None)
            document = self.document(path) if path in self.paths else None
            if document is not None:
                found[path] = words(document.data)
        return dict(sorted(found.items())) if found.keys() - self._below.paths.keys() else found


def overlaid(below: View, store: Store, replaced: Mapping[str, bytes | None]) -> OverlaidView:
    """The view that `View.overlaid` gives."""
    tree = OverlayTree(below.tree, f"{below.tree.label}, edited", replaced)
    return OverlaidView(below, tree, store, replaced)


def edited(below: View, buffers: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Of the raw bytes of open files those that the view below does not have already."""
    digest = _digest(below)
    return {
        path: raw for path, raw in buffers.items() if content_key(raw, digest) != below.key(path)
    }


def _files(below: View, replaced: Mapping[str, bytes | None]) -> Mapping[str, tuple[str, str]]:
    """The indexed files of the new state, sorted by path."""
    files = dict(below.paths)
    digest = _digest(below)
    for path, raw in replaced.items():
        files.pop(path, None)
        row = for_path(path, raw[:256]) if raw is not None else None
        too_large = raw is not None and size_reason(len(raw))
        if raw is not None and row is not None and not too_large and not content_reason(raw):
            files[path] = (content_key(raw, digest), row.name)
    return files if files.keys() <= below.paths.keys() else dict(sorted(files.items()))


def _until(deadline: float) -> Callable[[], bool]:
    """Asks whether the time is over."""
    return lambda: time.monotonic() > deadline


def _digest(below: View) -> str:
    """The object format of the repository, by the length of its keys."""
    key, _ = next(chain(below.paths.values(), [("", "")]))
    return digest_of(key)
