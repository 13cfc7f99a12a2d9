"""Where a document is for the engine: its folder, its path there, its text and its lines.

For a file of a folder that is its path from the root. A document that is in no folder, or is no
file at all (`untitled:`, …), has a made-up path in the folder "nowhere". A notebook's cell is the
lines of its notebook's module.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lsprotocol import types

from codeassist.base.text import ColumnUnit, LineIndex, Span
from codeassist.engine.documents import suffix_of
from codeassist.lsp.documents import Document
from codeassist.lsp.folders import Folder
from codeassist.lsp.notebooks import Module
from codeassist.lsp.uris import name_of, scheme, to_path


@dataclass(frozen=True, slots=True)
class Place:
    """A document in its folder. `module` is the notebook that it is a cell of.

    `first_line` is where its own first line is in the text that the engine has.
    """

    folder: Folder
    path: str
    document: Document
    lines: LineIndex
    module: Module | None = None
    first_line: int = 0

    def span(self, wanted: types.Range, unit: ColumnUnit) -> Span:
        """A range of the document as a span of the engine's text."""
        start = self._position(wanted.start, unit)
        return Span(*start, *max(start, self._position(wanted.end, unit)))

    def _position(self, position: types.Position, unit: ColumnUnit) -> tuple[int, int]:
        line, column = self.document.lines.position(self.document.offset(position, unit))
        return self.first_line + line, column


def path_in(folder: Folder, document: Document) -> str:
    """The path by which the engine knows a document that is no cell."""
    path = to_path(document.uri)
    inside = folder.relative(path) if path is not None else None
    if inside is not None:
        return inside
    name = path.replace("\\", "/").lstrip("/") if path else name_of(document.uri)
    kind = scheme(document.uri)
    name = name if path else f"{kind or 'unnamed'}/{_plain(name)}"
    suffix = suffix_of(name, document.language)
    return name if name.endswith(suffix) else f"{name}{suffix}"


def buffers(
    folder: Folder, documents: Mapping[str, Document], modules: Mapping[str, tuple[str, Module]]
) -> dict[str, bytes]:
    """The open texts of a folder by path; `modules` are its notebooks, by URI, with their paths."""
    found = {
        path_in(folder, each): each.data for each in documents.values() if not each.is_too_large
    }
    found.update({path: module.data for path, module in modules.values()})
    return found


def _plain(name: str) -> str:
    return "".join(each if each.isalnum() or each in "._- " else "_" for each in name)
