"""From what a user names (a place in a file, or a definition) to the focus of a context."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import NoReturn

from codeassist.base.errors import UsageError
from codeassist.base.files import Document, is_binary
from codeassist.base.symbols import TOP
from codeassist.context.frames import symbol_at
from codeassist.context.pieces import Focus
from codeassist.context.target import symbol_focus
from codeassist.engine.requests import Spot
from codeassist.index.found import Definition
from codeassist.index.names import Names
from codeassist.index.values import Values
from codeassist.index.view import View
from codeassist.languages import for_path

CANDIDATES_LISTED = 10
NEAR = 0.8  # how alike a path must be to be meant: folders alone make most of them alike
_PLACE = re.compile(r"^(?P<name>.+?):(?P<first>\d+)(?:-(?P<last>\d+))?$")
_SEPARATORS = re.compile(r"::|->|[#/\\:]")


@dataclass(frozen=True, slots=True)
class Found:
    """A focus, and what the user must know of how it was found."""

    focus: Focus
    notes: tuple[str, ...] = ()


class Finder:
    """Finds focuses in one view. `folder` is what relative file names are relative to."""

    def __init__(self, view: View, root: str, folder: str) -> None:
        self._view = view
        self._root = os.path.realpath(root)
        self._folder = folder or root

    def find(self, target: str) -> Found:
        """The focus of a target; see `PackRequest`. Raises UsageError for one that is none."""
        match = _PLACE.match(target)
        if match is not None:
            first = int(match["first"])
            return self._place(self._path(match["name"]), first, int(match["last"] or first))
        if self._on_disk(target) or target in self._view or _looks_like_a_path(target):
            return self._file(self._path(target))
        return self._symbol(target)

    def spot(self, spot: Spot) -> Found:
        """The focus of a place that an editor names: a file of the view, open or on disk."""
        if spot.path not in self._view and self._view.document(spot.path) is None:
            self._path(spot.path)
        if spot.span is None:
            return self._file(spot.path)
        document = self._document(spot.path)
        last = max(0, document.lines.line_count - 1)  # an editor counts an empty line at the end
        first, end = (min(line, last) for line in (spot.span.start_line, spot.span.end_line))
        return self._place(spot.path, first + 1, end + 1)

    def _file(self, path: str) -> Found:
        document = self._document(path)
        last = max(0, document.lines.line_count - 1)
        return Found(Focus(path, 0, last), (*self._file_notes(path, document),))

    def _place(self, path: str, first: int, last: int) -> Found:
        document = self._document(path)
        count = document.lines.line_count
        notes = [*self._file_notes(path, document)]
        if first < 1:
            raise UsageError("lines are counted from 1", f"ask for {path}:1")
        if last < first:
            raise UsageError(
                f"the range {first}-{last} ends before it begins", f"ask for {path}:{last}-{first}"
            )
        if not count:
            return Found(Focus(path), tuple(notes))
        if first > count:
            raise UsageError(
                f"{path} has no line {first}: its last one is {count}", f"ask for {path}:{count}"
            )
        if last > count:
            notes.append(f"{path} ends at line {count}; what is beyond is left out")
            last = count
        if not any(document.lines.line(line).strip() for line in range(first - 1, last)):
            first = last = self._not_blank(document, first - 1) + 1
            notes.append(f"there is only blank space there; the focus is line {first}")
        symbol = self._around(path, document, first - 1, last - 1)
        return Found(Focus(path, first - 1, last - 1, symbol), tuple(notes))

    def _not_blank(self, document: Document, line: int) -> int:
        """The next line that is not blank, else the last one before that is not."""
        count = document.lines.line_count
        near = chain(range(line, count), range(line, -1, -1))
        return next((other for other in near if document.lines.line(other).strip()), line)

    def _around(self, path: str, document: Document, first: int, last: int) -> int:
        """The innermost definition that holds all lines of a range."""
        outline = self._view.outline(path)
        if outline is None:
            return TOP
        symbol = symbol_at(outline, document.lines.line_start(first), document.data)
        end = document.lines.line_start(last)
        while symbol != TOP and outline.symbols[symbol].end <= end:
            symbol = outline.symbols[symbol].parent
        return symbol

    def _file_notes(self, path: str, document: Document) -> Iterator[str]:
        outline = self._view.outline(path)
        if not document.data.strip():
            yield f"{path} is empty; what is near it is shown"
        elif outline is None:
            yield f"{path} is not in a language of the index: it is shown by lines"
        elif outline.has_errors:
            yield f"{path} has syntax errors: parts of it may have been misread"

    def _document(self, path: str) -> Document:
        document = self._view.document(path)
        if document is None:
            raise UsageError(f"{path} {self._view.lost.get(path, 'cannot be read')}")
        return document

    def _on_disk(self, name: str) -> str | None:
        """The real path of a file or folder that a name means, None if there is none."""
        for folder in (self._folder, self._root):
            full = os.path.realpath(os.path.join(folder, name))
            if os.path.exists(full):
                return full
        return None

    def _path(self, name: str) -> str:
        """The path of a file from the root. Raises UsageError for one that cannot be a focus."""
        full = self._on_disk(name)
        if full is None:
            if name in self._view:  # a bare repository has no files on disk
                return name
            raise UsageError(f"there is no file {name}", self._near_path(name))
        if full != self._root and not full.startswith(os.path.join(self._root, "")):
            raise UsageError(
                f"{name} is outside of {self._root}", "name its repository with --repo"
            )
        path = os.path.relpath(full, self._root).replace(os.sep, "/")
        if path not in self._view:
            self._check_unindexed(path, full)
        return path

    def _check_unindexed(self, path: str, full: str) -> None:
        """Raise UsageError with the reason why a file that exists is not in the index."""
        if os.path.isdir(full):
            raise UsageError(f"{path} is a folder", "name a file or a definition in it")
        reason = next((each.reason for each in self._view.skipped if each.path == path), None)
        if reason is not None:
            raise UsageError(f"{path} is not looked at: {reason}", "name another file")
        if path not in {entry.path for entry in self._view.tree.entries()}:
            raise UsageError(
                f"{path} is ignored, by .gitignore, .codeassistignore or the settings",
                "see `git check-ignore -v`, or name another file",
            )
        if is_binary(self._view.tree.read(path)):
            raise UsageError(f"{path} is binary", "name a file of text")

    def _near_path(self, name: str) -> str:
        plain = name.replace("\\", "/")
        base = plain.rpartition("/")[2]
        same = [path for path in self._view.paths if path.rpartition("/")[2] == base]
        near = same[:3] or get_close_matches(plain, self._view.paths, 3, NEAR)
        return f"did you mean {', '.join(near)}?" if near else "name a file of the repository"

    def _symbol(self, target: str) -> Found:
        names = [part for part in _SEPARATORS.sub(".", target.strip()).split(".") if part]
        if not names:
            raise UsageError("the target has no name in it", "name a file or a definition")
        every = sorted(self._named(names))
        inherited = None if every else self._inherited(names)
        if inherited is not None:
            place = self._listed(inherited.path, inherited.symbol)
            notes = [f"{target} is inherited: {place}"]
            notes += self._file_notes(inherited.path, self._document(inherited.path))
            focus = symbol_focus(self._view, inherited.path, inherited.symbol)
            return Found(focus, tuple(notes))
        if not every:
            raise UsageError(f"nothing is called {target}", self._near_name(names[-1]))
        best = [each for each in every if each[0] == every[0][0]]
        if len({(path, name) for _, path, _, name in best}) > 1:
            self._ambiguous(target, best)
        _, path, index, _ = best[0]
        notes = [*self._file_notes(path, self._document(path))]
        if len(best) > 1:
            others = ", ".join(self._listed(path, other) for _, _, other, _ in best[1:])
            notes.append(f"{target} is defined more than once in its file; also {others}")
        return Found(symbol_focus(self._view, path, index), tuple(notes))

    def _inherited(self, names: list[str]) -> Definition | None:
        """The member that a class has from another one, where there is one such class."""
        owners = sorted(self._named(names[:-1])) if len(names) > 1 else []
        best = [each for each in owners if each[0] == owners[0][0]]
        if len(best) != 1:
            return None
        _, path, index, _ = best[0]
        found = Values(Names(self._view)).members.find(Definition(path, index), names[-1])
        return found if isinstance(found, Definition) else None

    def _ambiguous(self, target: str, found: list[tuple[int, str, int, str]]) -> NoReturn:
        listed = [self._listed(path, index) for _, path, index, _ in found[:CANDIDATES_LISTED]]
        more = len(found) - len(listed)
        raise UsageError(
            f"{len(found)} definitions are called {target}: {', '.join(listed)}"
            + (f" and {more} more" if more else ""),
            "name one as FILE:LINE, or by its qualified name",
        )

    def _named(self, names: list[str]) -> Iterator[tuple[int, str, int, str]]:
        """(rank, path, symbol, qualified name) of what a name can mean; rank 0 is exact."""
        wanted = ".".join(names)
        for path in self._view.with_word(names[-1]):
            outline = self._view.outline(path)
            if outline is None:
                continue
            module = re.sub(r"\.\w+$", "", path).replace("/", ".").removesuffix(".__init__")
            for index, symbol in enumerate(outline.symbols):
                if symbol.name != names[-1]:
                    continue
                name = outline.qualified(index)
                if name == wanted:
                    yield 0, path, index, name
                elif f".{module}.{name}".endswith(f".{wanted}"):
                    yield 1, path, index, name

    def _listed(self, path: str, index: int) -> str:
        outline = self._view.outline(path)
        assert outline is not None
        line = self._document(path).lines.line_of(outline.symbols[index].name_start) + 1
        return f"{path}:{line} {outline.qualified(index)}"

    def _near_name(self, name: str) -> str:
        outlines = (self._view.outline(path) for path in self._view.paths)
        names = {symbol.name for outline in outlines if outline for symbol in outline.symbols}
        near = get_close_matches(name, names, n=3)
        return f"did you mean {' or '.join(near)}?" if near else "name a file or a definition"


def _looks_like_a_path(name: str) -> bool:
    return "/" in name or "\\" in name or for_path(name) is not None
