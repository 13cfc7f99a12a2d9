"""Code frames: the mark stands under the span, whatever stands before it.

The expected pictures assume a terminal in which CJK characters and emoji take two cells, as
Unicode's East Asian Width (UAX 11) has it.
"""

from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest
from rich.cells import cell_len

from codeassist.base.findings import Excerpt, Location
from codeassist.base.text import Span
from codeassist.render.code_frame import frame, plain_lines

Make = Callable[..., Any]  # the factories of conftest.py


def check(
    locate: Make, lines: tuple[str, ...], needle: str, picture: str, context: int = 1
) -> None:
    rows = frame(locate(needle, lines), context, width=60)
    assert plain_lines(rows) == dedent(picture).strip("\n").splitlines()


def test_lines_around_the_place_are_shown(locate: Make) -> None:
    check(
        locate,
        ("one", "two", "three", "four"),
        "two",
        """
          1 | one
        > 2 | two
            | ^^^
          3 | three
        """,
    )


def test_blank_lines_at_the_edges_are_left_out(locate: Make) -> None:
    check(
        locate,
        ("", "two", ""),
        "two",
        """
        > 2 | two
            | ^^^
        """,
    )


@pytest.mark.parametrize(
    ("line", "shown", "mark"),
    [
        ("\tname = 1", "    name = 1", "    ^^^^"),
        ("ab\tname", "ab  name", "    ^^^^"),  # to the next stop, not four blanks
        ("東京 = name", "東京 = name", "       ^^^^"),
        ("'👍' + name", "'👍' + name", "       ^^^^"),
        ("é = name", "é = name", "    ^^^^"),
        ("e\u0301 = name", "e\u0301 = name", "    ^^^^"),  # a combining accent has no cell
        ("\u202e name", "\\u202e name", "       ^^^^"),
        ("\x1b[31mname", "\\x1b[31mname", "        ^^^^"),
    ],
)
def test_the_mark_is_under_the_span(locate: Make, line: str, shown: str, mark: str) -> None:
    check(locate, (line,), "name", f"> 1 | {shown}\n    | {mark}\n")


def test_the_mark_is_as_wide_as_the_span(locate: Make) -> None:
    check(locate, ("x = 東京",), "東京", "> 1 | x = 東京\n    |     ^^^^\n")


def test_an_empty_span_still_has_a_mark() -> None:
    location = Location("a.py", Span(0, 2, 0, 2), excerpt=Excerpt(0, ("ab",)))
    assert plain_lines(frame(location, 1, 60)) == ["> 1 | ab", "    |   ^"]


def test_a_long_span_shows_its_beginning_and_end() -> None:
    lines = tuple(f"line{number}" for number in range(1, 9))
    location = Location("a.py", Span(1, 2, 6, 5), excerpt=Excerpt(0, lines))
    assert plain_lines(frame(location, 1, 60)) == [
        "  1 | line1",
        "> 2 | line2",
        "    |   ^^^",
        "> 3 | line3",
        "> 4 | line4",
        "    | ...",
        "> 7 | line7",
        "  8 | line8",
    ]


def test_a_span_that_ends_at_column_zero_does_not_mark_that_line() -> None:
    location = Location("a.py", Span(0, 0, 1, 0), excerpt=Excerpt(0, ("one", "two")))
    assert plain_lines(frame(location, 1, 60)) == ["> 1 | one", "    | ^^^", "  2 | two"]


@pytest.mark.parametrize("filler", ["x", "東", "\t", "\u202e"])
def test_a_very_long_line_is_cut_around_the_span(locate: Make, filler: str) -> None:
    line = filler * 50_000 + "name" + filler * 50_000
    (row,) = frame(locate("name", (line,)), 0, width=60)
    assert cell_len(row.text) <= 60
    assert row.mark is not None
    if filler in "x東":
        start, length = row.mark
        assert length == 4
        before = row.text[: row.text.index("name")]
        assert cell_len(before) == start


def test_there_is_no_frame_without_an_excerpt() -> None:
    assert frame(Location("a.py", Span(0, 0, 0, 1)), 1, 60) == ()
    elsewhere = Location("a.py", Span(9, 0, 9, 1), excerpt=Excerpt(0, ("one",)))
    assert frame(elsewhere, 1, 60) == ()


def test_a_span_past_the_end_of_its_line_does_not_fail() -> None:
    location = Location("a.py", Span(0, 40, 3, 2), excerpt=Excerpt(0, ("ab",)))
    assert plain_lines(frame(location, 1, 60))[0] == "> 1 | ab"
