"""Where a document is for the engine: its folder, its path there, its text and its lines.

For a file of a folder that is its path from the root. A document that is in no folder, or is no
file at all (`untitled:`, …), has a made-up path in the folder "nowhere". A notebook's cell is the
lines of its notebook's module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import unquote

from lsprotocol import types

from codeassist.base.text import ColumnUnit, LineIndex, Span
from codeassist.engine.documents import suffix_of
from codeassist.lsp.documents import Document
from codeassist.lsp.folders import Folder
from codeassist.lsp.notebooks import Module
from codeassist.lsp.uris import name_of, scheme, to_path

_LONGEST_NAME = 100  # characters of a made-up path


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
    name = path.replace("\\", "/").lstrip("/") if path else _made_up(document.uri)
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


def _made_up(uri: str) -> str:
    """A path for what is no file: like its URI if that is plain, else with a digest of that.

    Two documents never get the same; neither do editors with long URIs make trouble on a disk.
    """
    rest = unquote(uri.partition(":")[2] or uri).strip("/")
    kind = scheme(uri) or "unnamed"
    if len(rest) <= _LONGEST_NAME and all(map(_is_plain, rest.split("/"))):
        return f"{kind}/{rest}"
    digest = blake2b(uri.encode("utf-8", "replace"), digest_size=4).hexdigest()
    name = "".join(each if _is_plain(each) else "_" for each in name_of(uri)[-_LONGEST_NAME:])
    return f"{kind}/{digest}/{name}"


def _is_plain(part: str) -> bool:
    """Whether a part of a path means nothing special on any system."""
    return part not in ("", ".", "..") and all(each.isalnum() or each in "._- " for each in part)
