"""The comment that silences a finding: where it is written, and that it does what it says."""

import pytest

from codeassist.base.errors import EditError, UsageError
from codeassist.checks import CHECKS
from codeassist.engine.dismissing import can_be_ignored, ignoring
from codeassist.languages import LANGUAGES, Language

CODE = "CA302"
MARK = "$0"


def check(path: str, before: str, after: str, code: str = CODE) -> None:
    """The finding in the marked line is silenced so."""
    line = before[: before.index(MARK)].count("\n")
    edit = ignoring(path, before.replace(MARK, "").encode(), line, code)
    (file,) = edit.files
    assert file.after.decode() == after


def check_not(path: str, before: str, error: type[Exception] = EditError) -> None:
    line = before[: before.index(MARK)].count("\n")
    with pytest.raises(error):
        ignoring(path, before.replace(MARK, "").encode(), line, CODE)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.py", "x()$0\n", "x()  # codeassist: ignore[CA302]\n"),
        ("a.py", "x('😀 日本')$0", "x('😀 日本')  # codeassist: ignore[CA302]"),
        ("a.py", "x()$0\r\ny()\r\n", "x()  # codeassist: ignore[CA302]\r\ny()\r\n"),
        ("a.py", "if x:\n\tx()$0   \n", "if x:\n\tx()  # codeassist: ignore[CA302]   \n"),
        ("a.py", "x()$0  # why\n", "x()  # why  # codeassist: ignore[CA302]\n"),
        ("a.ts", "x();$0\n", "x();  // codeassist: ignore[CA302]\n"),
        (
            "a.go",
            "package a\n\nvar x = 1$0\n",
            "package a\n\nvar x = 1  // codeassist: ignore[CA302]\n",
        ),
        ("a.lua", "x()$0\n", "x()  -- codeassist: ignore[CA302]\n"),
        ("a.sh", "x$0\n", "x  # codeassist: ignore[CA302]\n"),
        ("a.rb", "x$0\n", "x  # codeassist: ignore[CA302]\n"),
        ("a.yml", "a: 1$0\n", "a: 1  # codeassist: ignore[CA302]\n"),
        ("a.md", "text$0\n", "text  <!-- codeassist: ignore[CA302] -->\n"),
        ("Dockerfile", "RUN x$0\n", "RUN x  # codeassist: ignore[CA302]\n"),
    ],
)
def test_at_the_end_of_the_line(path: str, before: str, after: str) -> None:
    check(path, before, after)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        # The line would get too long.
        (
            "a.py",
            f"if x:\r\n\tx('{'日' * 80}')$0\r\n",
            f"if x:\r\n\t# codeassist: ignore[CA302]\r\n\tx('{'日' * 80}')\r\n",
        ),
        # After a backslash, and in a string, nothing is a comment.
        (
            "a.py",
            "x = 1 + \\$0\n    2\n",
            "# codeassist: ignore[CA302]\nx = 1 + \\\n    2\n",
        ),
        (
            "a.py",
            "x = '''$0a\nb'''\n",
            "# codeassist: ignore[CA302]\nx = '''a\nb'''\n",
        ),
        # In the middle of JSX there is one kind of comment alone.
        (
            "a.tsx",
            "const a = (\n  <p>\n    <b at={x} />$0\n  </p>\n);\n",
            "const a = (\n  <p>\n    {/* codeassist: ignore[CA302] */}\n"
            "    <b at={x} />\n  </p>\n);\n",
        ),
    ],
)
def test_where_that_is_not_possible(path: str, before: str, after: str) -> None:
    check(path, before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "x()$0  # codeassist: ignore[CA101] it is fine\n",
            "x()  # codeassist: ignore[CA101, CA302] it is fine\n",
        ),
        (
            "# codeassist: ignore[CA101]\nx()$0\n",
            "# codeassist: ignore[CA101, CA302]\nx()\n",
        ),
    ],
)
def test_a_comment_that_is_there_already_gets_one_more_code(before: str, after: str) -> None:
    check("a.py", before, after)


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("a.py", "x = '''a\n$0b\nc'''\n"),
        ("a.json", '{"a": 1}$0\n'),
        ("a.tsx", "const a = (\n  <p>\n    one\n    two$0\n  </p>\n);\n"),
        ("a.bin", "a$0\n"),
        ("a.py", "x()$0  # codeassist: ignore\n"),
        ("a.py", "x()$0  # codeassist: ignore[CA3]\n"),
        ("a.py", "# codeassist: ignore-file[CA302]\nx()$0\n"),
    ],
)
def test_where_no_comment_can_say_it_or_need_not(path: str, before: str) -> None:
    check_not(path, before)


def test_what_a_model_said_cannot_be_ignored() -> None:
    assert not can_be_ignored("CH101")
    with pytest.raises(UsageError):
        ignoring("a.py", b"x()\n", 0, "CH101")
    assert all(can_be_ignored(code) for code in CHECKS)


def test_nothing_but_the_comment_is_written() -> None:
    raw = b"\xef\xbb\xbfx()\r\ny = 1\nz\r\n"
    (file,) = ignoring("a.py", raw, 1, CODE).files
    assert file.after == b"\xef\xbb\xbfx()\r\ny = 1  # codeassist: ignore[CA302]\nz\r\n"


@pytest.mark.parametrize("row", LANGUAGES, ids=lambda row: str(row.name))
def test_every_language_has_comments_to_the_end_of_the_line(row: Language) -> None:
    before = "<?php\n" if row.name == "php" else ""
    edit = ignoring(f"a{row.extensions[0]}", f"{before}\n\n".encode(), before.count("\n"), CODE)
    (file,) = edit.files
    assert file.after.decode() == f"{before}  {row.line_comment} codeassist: ignore[{CODE}]\n\n"
