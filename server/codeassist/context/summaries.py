"""Summaries up the tree: symbol, file, folder, repository, from local facts.

Facts are signatures, the first words of documentation, names and counts. A summary has a key that
changes when what it sums up does; a text that a model wrote for that key can take its place.
"""

import re
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from posixpath import dirname

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline
from codeassist.context.detail import doc_lines, doc_text
from codeassist.context.source import Source, Sources, visible
from codeassist.context.tokens import Counter
from codeassist.index.view import View
from codeassist.vfs.generated import is_generated

MAX_SIGNATURE = 120  # characters
MAX_NAMES = 8  # definitions named for a file in the map; the rest are counted
LEAST_LINE = 8  # tokens; a file's line in the map is seldom shorter
FILES_KEPT = 20_000  # texts of files: some 2 MB
FOLDERS_SHARE = 0.4  # of the map's tokens: folders first, then the files of the largest of them
_KEY_BYTES = 16
# Files that speak for their folder, in the languages' own conventions.
_SPEAKERS = ("__init__.py", "mod.rs", "lib.rs", "doc.go", "package-info.java", "index.ts")


@dataclass
class Kept:
    """What summaries keep between requests, by key: texts of files, and whole maps."""

    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    maps: dict[tuple[str, int, str], str] = field(default_factory=dict)


class Summaries:
    """The summaries of one view. `written` are a model's texts, by key."""

    def __init__(
        self,
        view: View,
        sources: Sources,
        written: Mapping[str, str],
        kept: Kept,
    ) -> None:
        self.view = view
        self._sources = sources
        self.written = written
        self._kept = kept
        self._keys: dict[str, str] = {}

    def symbol(self, path: str, symbol: int) -> str:
        """A definition's signature on one line, and the first words of its documentation."""
        outline, source = self.view.outline(path), self._sources.get(self.view, path)
        if outline is None or source is None:
            return ""
        return symbol_summary(outline, symbol, source)

    def file(self, path: str) -> str:
        """The first words of a file's documentation, else its definitions by name."""
        written = self.written.get(self.key(path))
        if written is not None:
            return written
        about, *names = self._facts(path)
        return about or _listed(names)

    def folder(self, folder: str) -> str:
        """How many files of which languages are below a folder, and what it says of itself."""
        written = self.written.get(self.key(folder))
        if written is not None:
            return written
        paths = self._tree[folder]
        counted = Tally(self.view.language(path) or "" for path in paths)
        languages = ", ".join(f"{n} {name}" for name, n in sorted(counted.items(), key=_by_count))
        about = next((text for text in map(self._about, self._speakers(folder)) if text), "")
        return f"{languages}; {about}" if about else languages

    def repository(self) -> str:
        """The summary of the root folder."""
        return self.folder("")

    def key(self, path: str) -> str:
        """The key of a file's summary, or of a folder's ("" is the repository)."""
        own = self.view.key(path) or self._keys.get(path)
        if own is None:
            own = self._keys[path] = self._folder_key(path)
        return own

    def _folder_key(self, path: str) -> str:
        digest = blake2b(digest_size=_KEY_BYTES)
        for each in self._tree.get(path, ()):
            digest.update(f"{each}\0{self.view.key(each)}\n".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def overview(self, limit: int, counter: Counter) -> str:
        """The map of the repository in at most `limit` tokens; "" if nothing fits.

        The same for all requests on one state, so that it can begin every pack.
        """
        kept_as = (self.key(""), limit, counter.encoding)
        if self.written or kept_as not in self._kept.maps:
            self._kept.maps.clear()  # one state of one repository is asked for again and again
            self._kept.maps[kept_as] = self._drawn(limit, counter)
        return self._kept.maps[kept_as]

    def _drawn(self, limit: int, counter: Counter) -> str:
        lines = {"": f"./ {self.repository()}"}
        spent = counter.count(lines[""]) + 1
        if spent > limit or not self._tree[""]:
            return ""
        largest = sorted(self._tree, key=lambda folder: (-len(self._tree[folder]), folder))
        for folder in largest:
            if not folder or dirname(folder) not in lines or spent >= limit * FOLDERS_SHARE:
                continue  # what folders say of themselves is in files, most of which are not read
            line = f"{visible(folder)}/ {self.folder(folder)}"
            price = counter.count(line) + 1
            if spent + price <= limit * FOLDERS_SHARE:
                lines[folder] = line
                spent += price
        wanted = (path for folder in largest if folder in lines for path in self._files[folder])
        for path in wanted:
            if spent + LEAST_LINE > limit:
                break
            words = self.file(path)
            if not words:
                continue  # a file that defines nothing and says nothing
            line = f"{visible(path)}: {words}"
            price = counter.count(line) + 1
            if spent + price <= limit:
                lines[path] = line
                spent += price
        return "\n".join(lines[key] for key in sorted(lines))

    @cached_property
    def _tree(self) -> dict[str, list[str]]:
        """For each folder the paths below it that people write, sorted."""
        tree: dict[str, list[str]] = {"": []}
        for path in self.view.paths:
            if is_generated(path, b""):
                continue
            folder = path
            while folder:
                folder = dirname(folder)
                tree.setdefault(folder, []).append(path)
        return tree

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        """For each folder the files directly in it, sorted."""
        files: dict[str, list[str]] = {folder: [] for folder in self._tree}
        for path in self._tree[""]:
            files[dirname(path)].append(path)
        return files

    def _speakers(self, folder: str) -> Iterable[str]:
        prefix = f"{folder}/" if folder else ""
        return (prefix + name for name in _SPEAKERS if prefix + name in self.view)

    def _about(self, path: str) -> str:
        return self._facts(path)[0]

    def _facts(self, path: str) -> tuple[str, ...]:
        """What a file says of itself ("" if nothing), then the names that it defines."""
        key = self.view.key(path) or ""
        if key not in self._kept.files:
            outline, source = self.view.outline(path), self._sources.get(self.view, path)
            if outline is None or source is None:
                return ("",)
            if len(self._kept.files) >= FILES_KEPT:
                self._kept.files.clear()
            self._kept.files[key] = (file_words(outline, source), *_top_names(outline))
        return self._kept.files[key]


def symbol_summary(outline: Outline, symbol: int, source: Source) -> str:
    """A definition's signature on one line, and the first words of its documentation."""
    found = outline.symbols[symbol]
    head = source.index.data[found.start : found.body].decode("utf-8", "replace")
    signature = visible(re.sub(r"\s+", " ", head).strip().rstrip("{:").strip())
    if len(signature) > MAX_SIGNATURE:
        signature = signature[:MAX_SIGNATURE].rstrip() + "…"
    documented = doc_lines(outline, symbol, source)
    words = doc_text(source.lines[documented[-1]]) if documented else ""
    return f"{signature} — {words}" if words else signature


def file_words(outline: Outline, source: Source) -> str:
    """The first words of a file's own documentation: a docstring at its top; "" without one."""
    first = next((line for line in source.lines if line.strip() and not line.startswith("#")), "")
    if (
        outline.language != "python"
        or not doc_text(first)
        or first.lstrip("rRuUbB")[:1] not in "\"'"
    ):
        return ""
    return doc_text(first)


def _top_names(outline: Outline) -> list[str]:
    kinds = CALLABLE_KINDS | CLASS_KINDS | {"type"}
    return [
        symbol.name
        for symbol in outline.symbols
        if symbol.parent == TOP and symbol.kind in kinds and not symbol.name.startswith("_")
    ]


def _listed(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    more = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
