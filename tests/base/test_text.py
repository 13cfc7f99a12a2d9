"""Positions: bytes, UTF-16 units and code points against Python's own codecs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeassist.base.text import ColumnUnit, LineIndex, Span

TEXT = "a\r\nh\u00e9llo \U0001f600 w\u00f6rld\n\n\tx"


def test_lines_and_their_ends() -> None:
    index = LineIndex(TEXT.encode())
    assert index.line_count == 4
    assert [index.line(number) for number in range(5)] == [
        "a",
        "h\u00e9llo \U0001f600 w\u00f6rld",
        "",
        "\tx",
        "",
    ]


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("a", 1), ("a\n", 1), ("\n", 1), ("\n\n", 2)])
def test_a_final_line_feed_begins_no_line(text: str, lines: int) -> None:
    assert LineIndex(text.encode()).line_count == lines


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(1, 0, 0, 5)


def test_columns_after_an_emoji() -> None:
    index = LineIndex("\U0001f600x".encode())
    # One code point, two UTF-16 units, four bytes.
    assert index.column(0, 4, ColumnUnit.CODE_POINT) == 1
    assert index.column(0, 4, ColumnUnit.UTF16) == 2
    assert index.utf8_column(0, 2, ColumnUnit.UTF16) == 4
    assert index.utf8_column(0, 99, ColumnUnit.UTF16) == 5


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40), st.data())
def test_columns_go_back_and_forth(text: str, data: st.DataObject) -> None:
    line = text.replace("\n", "").replace("\r", "")
    index = LineIndex(line.encode())
    characters = data.draw(st.integers(0, len(line)))
    utf8 = len(line[:characters].encode())
    for unit in ColumnUnit:
        assert index.utf8_column(0, index.column(0, utf8, unit), unit) == utf8


@given(st.binary(max_size=60))
def test_offsets_go_back_and_forth(data: bytes) -> None:
    index = LineIndex(data)
    for offset in range(len(data) + 1):
        line, column = index.position(offset)
        assert index.line_start(line) + column == offset
