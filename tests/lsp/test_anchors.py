"""Where lines of code are after an edit, and whether they are still the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.lsp.findings.anchors import Move, lines_of
from codeassist.lsp.findings.rebase import rebased

# The marked lines are followed; where they are afterwards is marked too. "gone" is no mark.
CASES = {
    "an edit below": ("a\n>b\nc\n", "a\n>b\nC\n"),
    "a line above": ("a\n>b\nc\n", "new\na\n>b\nc\n"),
    "a line less above": ("a\nx\n>b\nc\n", "a\n>b\nc\n"),
    "right before it": ("a\n>b\n", "a\nnew\n>b\n"),
    "right after it": ("a\n>b\nc\n", "a\n>b\nnew\nc\n"),
    "within it": ("a\n>b\nc\n", "a\nb2\nc\n"),
    "within the second of its lines": ("a\n>b\n>c\nd\n", "a\nb\nC\nd\n"),
    "between its lines": ("a\n>b\n>c\n", "a\nb\nnew\nc\n"),
    "it is deleted": ("a\n>b\nc\n", "a\nc\n"),
    "it is indented": ("a\n>b\nc\n", "if x:\n    a\n    >b\n    c\n"),
    "both sides at once": ("a\n>b\nc\n", "A\n>b\nC\n"),
    "everything else at once": ("a\n>b\nc\nd\n", "new\nA\n>b\nC\nnew\n"),
    "one of two that look alike": ("a\n>b\nc\nb\nd\n", "A\n>b\nC\nb\nD\n"),
    "the other of two": ("a\nb\nc\n>b\nd\n", "A\nb\nC\n>b\nD\n"),
    "which of two cannot be told": ("a\n>b\nc\nb\nd\n", "A\nb\nD\n"),
    "it is twice now": ("a\n>b\nc\n", "A\nb\nb\nC\n"),
    "moved to the end": ("a\n>b\nc\nd\n", "a\nc\nd\n>b\n"),
    "line ends": ("a\n>b\nc\n", "a\r\n>b\r\nc\r\n"),
    "all is gone": ("a\n>b\n", ""),
    "the last line": ("a\n>b", "new\na\n>b"),
}


def parsed(text: str) -> tuple[list[bytes], list[int]]:
    """A text's lines without marks, and the numbers of those that are marked."""
    lines = lines_of(text.encode())
    marked = [number for number, line in enumerate(lines) if b">" in line]
    return [line.replace(b">", b"") for line in lines], marked


@pytest.mark.parametrize("name", CASES)
def test_a_block_is_followed(name: str) -> None:
    before, after = CASES[name]
    old, followed = parsed(before)
    new, expected = parsed(after)
    found = Move(old, new).block(followed[0], followed[-1])
    assert found == (expected[0] if expected else None)


numbers = st.lists(st.integers(0, 5).map(lambda n: b"%d" % n), max_size=8)


@settings(max_examples=300, deadline=None)
@given(numbers, numbers, numbers, numbers)
def test_a_block_that_nobody_touched_is_found_where_it_is(
    above: list[bytes], below: list[bytes], new_above: list[bytes], new_below: list[bytes]
) -> None:
    block = [b"the", b"block"]
    move = Move([*above, *block, *below], [*new_above, *block, *new_below])
    assert move.block(len(above), len(above) + 1) == len(new_above)


@settings(max_examples=300, deadline=None)
@given(numbers, numbers, st.data())
def test_what_is_found_is_the_same_code(old: list[bytes], new: list[bytes], data: st.DataObject):  # noqa: ANN201
    if not old:
        return
    first = data.draw(st.integers(0, len(old) - 1))
    last = data.draw(st.integers(first, len(old) - 1))
    found = Move(old, new).block(first, last)
    if found is not None:
        assert new[found : found + last - first + 1] == old[first : last + 1]


# Edits that were made for a text that has changed elsewhere since


def rebase(before: str, edits: list[TextEdit], now: str) -> str | None:
    """The text that an edit makes of another one than it was made for; None where it is refused."""
    file = FileEdit("a.py", before.encode(), b"", tuple(edits))
    moved = rebased(WorkspaceEdit("", (file,)), {"a.py": now.encode()})
    if moved is None:
        return None
    (made,) = moved.files
    assert made.before == now.encode()
    text = now.encode()
    for each in reversed(made.edits):
        text = text[: each.start] + each.text.encode() + text[each.end :]
    if now != before:
        assert made.after == text
    return text.decode()


def test_an_edit_is_moved_with_its_line() -> None:
    edit = TextEdit(6, 9, "TWO")
    assert rebase("one 😀\ntwo\nthree\n"[4:], [TextEdit(5, 8, "TWO")], "new\n😀\ntwo\nthree\n") == (
        "new\n😀\nTWO\nthree\n"
    )
    assert rebase("one\n  two\nthree\n", [edit], "one\n  two\nTHREE\n") == "one\n  TWO\nTHREE\n"
    assert rebase("one\n  two\nthree\n", [edit], "ONE\n1\n  two\nthree\n") == (
        "ONE\n1\n  TWO\nthree\n"
    )


def test_an_edit_of_a_line_that_has_changed_is_refused() -> None:
    assert rebase("one\ntwo\n", [TextEdit(4, 7, "TWO")], "one\ntwo!\n") is None
    assert rebase("one\ntwo\n", [TextEdit(4, 7, "TWO")], "one\n") is None


def test_edits_on_both_sides_of_a_change() -> None:
    edits = [TextEdit(0, 1, "A"), TextEdit(4, 5, "C")]
    assert rebase("a\nb\nc\n", edits, "a\nb1\nb2\nc\n") == "A\nb1\nb2\nC\n"
