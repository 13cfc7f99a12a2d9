"""CA301: which marker lines are a conflict, and which only show one."""

import pytest
from checking import review_of

from codeassist.checks import conflict_marker

CONFLICT = "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> topic\n"


def check(path: str, text: str, before: str = "") -> list[tuple[int, str]]:
    """(0-based line, subject) of each finding when `text` becomes a file's content."""
    old = {path: before} if before else {}
    found = conflict_marker.run(review_of(old, {path: text}))
    return [(finding.location.span.start_line, finding.subject) for finding in found]


@pytest.mark.parametrize("path", ["a.py", "a.go", "config.yaml", "Dockerfile", "notes.md"])
def test_a_whole_conflict_is_one_finding(path: str) -> None:
    assert check(path, "# x\n" + CONFLICT) == [(1, "<<<<<<< HEAD")]


def test_two_conflicts_are_two_findings() -> None:
    assert [line for line, _ in check("a.py", CONFLICT + "b = 1\n" + CONFLICT)] == [0, 6]


def test_a_marker_that_resolving_forgot() -> None:
    assert check("a.py", "a = 1\n>>>>>>> topic\n") == [(1, ">>>>>>> topic")]


def test_the_base_marker_of_diff3() -> None:
    assert check("a.py", "a = 1\n||||||| 1f2e3d4\nb = 2\n") == [(1, "||||||| 1f2e3d4")]


def test_windows_line_endings() -> None:
    text = CONFLICT.replace("\n", "\r\n")
    assert check("a.py", text) == [(0, "<<<<<<< HEAD")]


def test_a_conflict_in_a_docstring() -> None:
    assert check("a.py", f'def f():\n    """Text.\n\n{CONFLICT}\n    """\n') != []


def test_an_old_conflict_is_not_reported_again() -> None:
    assert check("a.py", CONFLICT + "b = 1\n", before=CONFLICT) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "Title\n=======\n"),
        ("a.py", "x = 1 # <<<<<<< HEAD\n"),
        ("a.py", "<<<<<<<HEAD\n"),
        ("test_merge.py", f'TEXT = """\n{CONFLICT}"""\n'),
        ("guide.md", f"How it looks:\n\n```\n{CONFLICT}```\n"),
        ("mail.txt", ">>>>>>> you wrote\n"),
        ("tests/fixtures/conflicted.txt", CONFLICT),
    ],
)
def test_what_is_no_conflict(path: str, text: str) -> None:
    assert check(path, text) == []
