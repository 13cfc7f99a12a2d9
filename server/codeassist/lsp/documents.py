"""The open documents: what the editor has, whatever is on disk.

Text is kept as UTF-8 bytes, as everywhere in codeassist, and changed by the positions of the
negotiated encoding. A line ends at a line feed: no editor sends a lone carriage return as a line's
end (VS Code normalises it away, Neovim takes it for a character). Documents are immutable; the
mapping of them is replaced on every change, so that whoever holds one has a consistent state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from lsprotocol import types

from codeassist.base.text import ColumnUnit, LineIndex
from codeassist.lsp.uris import same

MAX_BYTES = 5 * 1024 * 1024  # of a buffer; for more, all features are off, which is said once
_CRLF = b"\r\n"


@dataclass(frozen=True)
class Document:
    """An open document. `data` has no byte order mark and keeps its line endings.

    Of one that was ever too large no text is kept, and it is not followed: each key in 20 MB would
    hold up everything else. It has text again when the editor sends it as a whole.
    """

    uri: str
    language: str
    version: int
    data: bytes
    is_too_large: bool = False

    def __post_init__(self) -> None:
        if len(self.data) > MAX_BYTES:
            object.__setattr__(self, "data", b"")
            object.__setattr__(self, "is_too_large", True)

    @cached_property
    def lines(self) -> LineIndex:
        """The line index."""
        return LineIndex(self.data)

    def offset(self, position: types.Position, unit: ColumnUnit) -> int:
        """The byte offset of a position; what is past a line's or the text's end is clamped."""
        return _offset(self.lines, position.line, position.character, unit)

    def changed(
        self,
        changes: Iterable[types.TextDocumentContentChangeEvent],
        version: int,
        unit: ColumnUnit,
    ) -> "Document":
        """The document after some changes, each of which refers to the text that the last made."""
        is_known = not self.is_too_large
        text = _Edited(self.lines, unit)
        for change in changes:
            if not isinstance(change, types.TextDocumentContentChangePartial):
                text, is_known = _Edited(LineIndex(to_bytes(change.text)), unit), True
            elif is_known:
                text.replace(change.range, to_bytes(change.text))
        data = text.finished()
        return replace(self, version=version, data=data, is_too_large=not is_known)


class Documents:
    """The open documents of a session, by any spelling of their URIs."""

    def __init__(self) -> None:
        self.current: Mapping[str, Document] = MappingProxyType({})

    def open(self, document: Document) -> None:
        """A document that is opened, or opened again."""
        self._put(document)

    def change(
        self,
        identifier: types.VersionedTextDocumentIdentifier,
        changes: Iterable[types.TextDocumentContentChangeEvent],
        unit: ColumnUnit,
    ) -> Document | None:
        """A document after some changes, one after the other; None if it is not open."""
        document = self.current.get(same(identifier.uri))
        if document is None:
            return None
        document = document.changed(changes, identifier.version, unit)
        self._put(document)
        return document

    def close(self, uri: str) -> None:
        """A document is the disk's again."""
        self.current = MappingProxyType(
            {key: each for key, each in self.current.items() if key != same(uri)}
        )

    def get(self, uri: str) -> Document | None:
        """An open document as it is now."""
        return self.current.get(same(uri))

    def _put(self, document: Document) -> None:
        self.current = MappingProxyType({**self.current, same(document.uri): document})


def to_bytes(text: str) -> bytes:
    """A text of the protocol as UTF-8; half a surrogate pair becomes a replacement character.

    It has as many UTF-16 units, so that positions stay right.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


class _Edited:
    """A text that is changed in many places, and put together as late as possible.

    Editors send the changes of many cursors, or of "replace all", from the bottom up. As long as
    they come so, their positions are those of the text before all of them, whose lines are looked
    for once: thousands of changes in one message must not take seconds.
    """

    def __init__(self, lines: LineIndex, unit: ColumnUnit) -> None:
        self._lines = lines
        self._unit = unit
        self._later: list[tuple[int, int, bytes]] = []  # from the bottom up
        self._limit: tuple[int, int] | None = None  # where positions are still those of `_lines`

    def replace(self, where: types.Range, text: bytes) -> None:
        """Change one place."""
        first = where.start.line, where.start.character
        last = where.end.line, where.end.character
        if self._later and (self._limit is None or max(first, last) > self._limit):
            self._lines = LineIndex(self.finished())
            self._later.clear()
        start = _edge(self._lines, *first, self._unit)
        end = max(start, _edge(self._lines, *last, self._unit))
        self._later.append((start, end, text))
        self._limit = first if self._is_exact(start, *first) else None

    def finished(self) -> bytes:
        """The text with all changes."""
        if not self._later:
            return self._lines.data
        parts: list[bytes] = []
        at, data = 0, self._lines.data
        for start, end, text in reversed(self._later):
            parts += (data[at:start], text)
            at = end
        return b"".join((*parts, data[at:]))

    def _is_exact(self, offset: int, line: int, column: int) -> bool:
        """Whether a position was not clamped: then what is before it is not touched by a change."""
        bytes_before = offset - self._lines.line_start(line)
        return (
            self._lines.line_of(offset) == line
            and self._lines.column(line, bytes_before, self._unit) == column
        )


def _offset(lines: LineIndex, line: int, column: int, unit: ColumnUnit) -> int:
    """A byte offset, never within a character."""
    offset = lines.offset(line, lines.utf8_column(line, column, unit))
    while 0 < offset < len(lines.data) and lines.data[offset] & 0xC0 == 0x80:
        offset -= 1
    return offset


def _edge(lines: LineIndex, line: int, column: int, unit: ColumnUnit) -> int:
    """The byte offset of a change's start or end: between CR and LF is a place too.

    In a file with both kinds of endings Neovim takes the carriage returns for characters of their
    lines, and says just so where it removes one.
    """
    offset = _offset(lines, line, column, unit)
    if lines.data[offset : offset + 2] != _CRLF:
        return offset
    length = lines.column(line, offset - lines.line_start(line), unit)
    return offset + 1 if column == length + 1 else offset
