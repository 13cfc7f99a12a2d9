"""The open documents: what the editor has, whatever is on disk.

Text is kept as UTF-8 bytes, as everywhere in codeassist, and changed by the positions of the
negotiated encoding. A line ends at a line feed: no editor sends a lone carriage return as a line's
end (VS Code normalises it away, Neovim takes it for a character). Documents are immutable; the
mapping of them is replaced on every change, so that whoever holds one has a consistent state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from lsprotocol import types

from codeassist.base.text import ColumnUnit, LineIndex
from codeassist.lsp.uris import same

MAX_BYTES = 5 * 1024 * 1024  # of a buffer; for more, all features are off, which is said once


@dataclass(frozen=True)
class Document:
    """An open document. `data` has no byte order mark and keeps its line endings."""

    uri: str
    language: str
    version: int
    data: bytes
    _cache: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def lines(self) -> LineIndex:
        """The line index."""
        return LineIndex(self.data)

    @property
    def is_too_large(self) -> bool:
        """Whether nothing is offered for it."""
        return len(self.data) > MAX_BYTES

    def offset(self, position: types.Position, unit: ColumnUnit) -> int:
        """The byte offset of a position; what is past a line's or the text's end is clamped."""
        line, column = max(0, position.line), max(0, position.character)
        return self.lines.offset(line, self.lines.utf8_column(line, column, unit))

    def changed(
        self, change: types.TextDocumentContentChangeEvent, version: int, unit: ColumnUnit
    ) -> "Document":
        """The document after one change."""
        text = to_bytes(change.text)
        if isinstance(change, types.TextDocumentContentChangePartial):
            start = self.offset(change.range.start, unit)
            end = max(start, self.offset(change.range.end, unit))
            text = self.data[:start] + text + self.data[end:]
        return replace(self, version=version, data=text, _cache={})


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
        for change in changes:
            document = document.changed(change, identifier.version, unit)
        self._put(replace(document, version=identifier.version))
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
