"""Changes applied to content, forwards and backwards, and refused where they do not fit."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from codeassist.base.changes import ChangeKind, FileChange
from codeassist.base.errors import DiffError
from codeassist.git.diff import parse_diff
from codeassist.git.patch import apply, unapply

if TYPE_CHECKING:
    from tests.git.conftest import Work

OLD = b"a\nb\nc\nd\ne\n"
NEW = b"a\nb\nC\nd\ne\n"
PATCH = b"--- a/x\n+++ b/x\n@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n"


def change_of(patch: bytes) -> FileChange:
    (change,) = parse_diff(patch).files
    return change


def test_both_ways() -> None:
    assert apply(OLD, change_of(PATCH)) == NEW
    assert unapply(NEW, change_of(PATCH)) == OLD


def test_hunk_that_moved_to_a_unique_place() -> None:
    assert apply(b"0\n0\n" + OLD, change_of(PATCH)) == b"0\n0\n" + NEW


def test_hunk_with_two_possible_places_is_refused() -> None:
    with pytest.raises(DiffError, match="hunk 1 does not apply"):
        apply(b"0\n" + OLD + OLD, change_of(PATCH))


def test_stated_place_wins_over_others() -> None:
    assert apply(OLD + OLD, change_of(PATCH)) == NEW + OLD


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a\nb\nX\nd\ne\n", "x: hunk 1 does not apply: line 3 is 'X', not 'c'"),
        (b"a\nb\nc", "line 3 is 'c' without a line feed, not 'c'"),
        (b"a\nb\n", "line 3 is the end of the file, not 'c'"),
        (b"a\r\nb\r\nc\r\nd\r\n", r"line 2 is 'b\r', not 'b'"),
    ],
)
def test_failure_names_the_first_line_that_differs(content: bytes, message: str) -> None:
    with pytest.raises(DiffError) as caught:
        apply(content, change_of(PATCH))
    assert message in caught.value.message
    assert "revision" in caught.value.remedy


def test_insertion_past_the_end_is_refused() -> None:
    with pytest.raises(DiffError, match="past the file's end"):
        apply(b"a\n", change_of(b"--- a/x\n+++ b/x\n@@ -7,0 +8 @@\n+b\n"))


@pytest.mark.parametrize("flag", ["binary", "submodule", "too_large"])
def test_change_without_its_lines_is_refused(flag: str) -> None:
    change = replace(change_of(PATCH), **{flag: True}, note="the reason")
    with pytest.raises(DiffError, match="x: the reason"):
        apply(OLD, change)


def test_change_without_hunks_changes_nothing() -> None:
    change = FileChange(ChangeKind.RENAMED, "x", "y")
    assert apply(OLD, change) == unapply(OLD, change) == OLD


WORDS = [
    "a",
    "b",
    "-- a",
    "++ b",
    "@@ -1 +1 @@",
    "",
    " ",
    "é",
    "\r",
    "x\r",
    "\f\u2028",
    "\\ No",
    "d",
]


def random_text(rng: random.Random) -> bytes:
    lines = [rng.choice(WORDS).encode() + b"\n" for _ in range(rng.randrange(40))]
    text = b"".join(lines)
    return text[:-1] if text and rng.random() < 0.3 else text


def random_edit(rng: random.Random, old: bytes) -> bytes:
    lines = old.split(b"\n")
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(lines) + 1)
        lines[at : at + rng.randrange(3)] = random_text(rng).split(b"\n")[: rng.randrange(4)]
    return b"\n".join(lines)


@pytest.mark.parametrize("options", [(), ("-U0",), ("-U10", "--patience"), ("--no-prefix",)])
def test_real_git_is_undone_and_redone(
    make_work: "Callable[..., Work]", options: tuple[str]
) -> None:
    """What git says of 80 random edits, applied to the old files, gives the new ones, and back."""
    rng = random.Random(f"edits {options}")  # str seeds are the same on every run
    work = make_work()
    old = {f"d {n}/é{n}.txt": random_text(rng) for n in range(80)}
    new = {path: random_edit(rng, content) for path, content in old.items()}
    base = work.commit(old)
    head = work.commit(new)
    raw = work.git("diff", "--text", *options, base, head)
    changes = {change.path: change for change in parse_diff(raw).files}
    assert changes.keys() == {path for path in old if old[path] != new[path]}
    for path, change in changes.items():
        assert apply(old[path], change) == new[path]
        assert unapply(new[path], change) == old[path]
