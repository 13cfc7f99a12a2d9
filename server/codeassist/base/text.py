"""Text positions and encodings: the one place that converts them.

Inside codeassist a position is a byte offset into a file's content as UTF-8 without a byte order
mark, or a `Span` of 0-based lines and 0-based UTF-8 byte columns. UTF-16 units and code points
exist only at the rims; `LineIndex` converts.
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum

UTF8_BOM = b"\xef\xbb\xbf"


class ColumnUnit(Enum):
    """What a column counts."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    CODE_POINT = "utf-32"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range: 0-based lines, 0-based UTF-8 byte columns."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int

    def __post_init__(self) -> None:
        if (self.start_line, self.start_column) > (self.end_line, self.end_column):
            raise ValueError(f"a span that ends before it starts: {self}")


class LineIndex:
    """Converts between byte offsets, lines and columns of one text.

    `data` is UTF-8. A line ends at a line feed; a carriage return before it belongs to the line's
    text for offsets and is left out by `line`.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        starts = [0]
        append, find = starts.append, data.find
        position = find(b"\n")
        while position != -1:
            append(position + 1)
            position = find(b"\n", position + 1)
        self._starts = starts

    @property
    def line_count(self) -> int:
        """Number of lines; a final line feed does not begin another one, an empty text has none."""
        if self._starts[-1] == len(self.data):
            return len(self._starts) - 1
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The 0-based line that holds the byte at `offset` (clamped to the text)."""
        return bisect_right(self._starts, max(0, offset)) - 1

    def position(self, offset: int) -> tuple[int, int]:
        """(line, UTF-8 column) of a byte offset, both 0-based, clamped to the text."""
        offset = min(max(0, offset), len(self.data))
        line = self.line_of(offset)
        return line, offset - self._starts[line]

    def offset(self, line: int, column: int) -> int:
        """The byte offset of a 0-based line and UTF-8 column, clamped to the line and the text."""
        if line >= len(self._starts):
            return len(self.data)
        return min(self._starts[line] + column, self.line_end(line))

    def span(self, start: int, end: int) -> Span:
        """The span between two byte offsets."""
        return Span(*self.position(start), *self.position(end))

    def line_start(self, line: int) -> int:
        """The byte offset at which a 0-based line begins (the text's end for one past it)."""
        return self._starts[line] if line < len(self._starts) else len(self.data)

    def line_end(self, line: int) -> int:
        """The byte offset just after a line's text, before its line ending."""
        if line + 1 >= len(self._starts):
            return len(self.data)
        end = self._starts[line + 1] - 1
        if end > self._starts[line] and self.data[end - 1] == 0x0D:
            end -= 1
        return end

    def line(self, line: int) -> str:
        """A 0-based line's text without its ending; empty past the end."""
        if not 0 <= line < len(self._starts):
            return ""
        return self.data[self._starts[line] : self.line_end(line)].decode("utf-8", "replace")

    def column(self, line: int, utf8_column: int, unit: ColumnUnit) -> int:
        """A UTF-8 column of a line in another unit, 0-based."""
        if unit is ColumnUnit.UTF8:
            return utf8_column
        start = self.line_start(line)
        text = self.data[start : start + utf8_column].decode("utf-8", "replace")
        return len(text) if unit is ColumnUnit.CODE_POINT else utf16_length(text)

    def utf8_column(self, line: int, column: int, unit: ColumnUnit) -> int:
        """The inverse of `column`; a column past the line's end clamps to it."""
        text = self.line(line)
        if unit is ColumnUnit.UTF8:
            return min(column, len(text.encode()))
        if unit is ColumnUnit.CODE_POINT:
            return len(text[:column].encode())
        encoded = text.encode("utf-16-le")[: 2 * column]
        return len(encoded.decode("utf-16-le", "ignore").encode())


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
