"""Tests of quotes: where what a model quotes stands in a file, and when that cannot be told."""

import pytest
from packing import view_of

from codeassist.tasks.bugs.quotes import NotFoundError, find_quote

CODE = """def total(items):
    result = 0
    for item in items:
        result += item
    return result


def other(items):
    result = 0
    return result
"""


def check(text: str | bytes, quote: str, line: int = 0, path: str = "a.py") -> str:
    """What stands in the file at the place of a quote."""
    view = view_of({"a.py": text})
    found = find_quote(view, path, quote, line)
    document = view.document(found.path)
    assert document is not None
    return document.data[found.start : found.end].decode()


def line_of(text: str | bytes, quote: str, line: int = 0) -> int:
    """The 1-based line of the place of a quote."""
    view = view_of({"a.py": text})
    document = view.document("a.py")
    assert document is not None
    return document.lines.line_of(find_quote(view, "a.py", quote, line).start) + 1


def refused(text: str | bytes, quote: str, line: int = 0, path: str = "a.py") -> str:
    """Why a quote has no place."""
    with pytest.raises(NotFoundError) as error:
        check(text, quote, line, path)
    return str(error.value)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("        result += item", "result += item"),
        ("result += item", "result += item"),
        ("result += item\n", "result += item"),
        (
            "for item in items:\n        result += item",
            "for item in items:\n        result += item",
        ),
        # Part of a line, at the borders of words.
        ("+= item", "+= item"),
    ],
)
def test_an_exact_quote(quote: str, expected: str) -> None:
    assert check(CODE, quote) == expected


@pytest.mark.parametrize(
    "quote",
    [
        "    for item in items:\n    result += item",
        "for item  in items:\n\tresult += item",
        "for item in items:\n\n    result += item\n",
        "for item in items:\r\n        result += item\r\n",
        # Copied with the numbers of a listing, or in a fence.
        "3\t    for item in items:\n4\t        result += item",
        " 3 |     for item in items:\n 4 |         result += item",
        "```python\nfor item in items:\n    result += item\n```",
        "```\n3\t    for item in items:\n4\t        result += item\n```",
    ],
)
def test_a_quote_that_differs_in_blanks(quote: str) -> None:
    assert check(CODE, quote) == "for item in items:\n        result += item"


@pytest.mark.parametrize("eol", ["\r\n", "\n"])
def test_line_ends_of_the_file(eol: str) -> None:
    text = CODE.replace("\n", eol).encode()
    assert check(text, "for item in items:\n        result += item") == (
        f"for item in items:{eol}        result += item"
    )


def test_a_file_with_tabs_quoted_with_blanks() -> None:
    assert check("def f(a):\n\tif a:\n\t\treturn 1\n", "  if a:\n    return 1") == (
        "if a:\n\t\treturn 1"
    )


def test_text_that_is_not_ascii() -> None:
    text = "x = '😀 日本'\nname = 'Zoë'\n"
    assert check(text, "name = 'Zoë'") == "name = 'Zoë'"
    assert check("\tif  ü :\n", "if ü :") == "if  ü :"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (2, 2),
        (9, 9),
        # Off by some lines, but surely nearer to one of them.
        (3, 2),
        (8, 9),
    ],
)
def test_a_line_tells_equal_places_apart(line: int, expected: int) -> None:
    assert line_of(CODE, "    result = 0", line) == expected


@pytest.mark.parametrize("line", [0, -1, 10**9, 500])
def test_equal_places_and_no_line_that_tells(line: int) -> None:
    assert "several lines (2, 9)" in refused(CODE, "    result = 0", line)


def test_a_line_in_the_middle_between_equal_places_tells_nothing() -> None:
    text = "a = 1\nb = 1\nb = 2\nb = 3\na = 1\n"
    assert "several lines (1, 5)" in refused(text, "a = 1", 3)


def test_a_wrong_line_does_not_matter_where_there_is_one_place() -> None:
    assert line_of(CODE, "return result\n\n\ndef other", 400) == 5


@pytest.mark.parametrize(
    "quote",
    ["result -= item", "for item in items:\n        result -= item", "esult += ite", "total(item)"],
)
def test_what_is_not_there(quote: str) -> None:
    assert "does not stand in a.py" in refused(CODE, quote)


@pytest.mark.parametrize("quote", ["", "   \n", ")", "…", "```\n```"])
def test_a_quote_without_words(quote: str) -> None:
    assert "no word" in refused(CODE, quote)


def test_a_quote_of_a_megabyte() -> None:
    assert "too long" in refused(CODE, "result += item" + " " * 1_000_000)


@pytest.mark.parametrize(
    "path", ["b.py", "", "/a.py", "../a.py", "C:\\a.py", "a.py/..", "x" * 100_000, "\x1b[31ma.py"]
)
def test_a_file_that_is_not_there(path: str) -> None:
    message = refused(CODE, "return result", 5, path)
    assert message.startswith("there is no file")
    assert len(message) < 300


@pytest.mark.parametrize("path", ["./a.py", ".\\a.py", " a.py ", "`a.py`", "a.py:3", "a.py:3-4"])
def test_other_ways_to_write_a_path(path: str) -> None:
    assert check(CODE, "result += item", path=path) == "result += item"


def test_lines_that_begin_with_numbers_themselves() -> None:
    text = "1\tone\n2\ttwo\n"
    assert check(text, "1\tone\n2\ttwo") == "1\tone\n2\ttwo"
