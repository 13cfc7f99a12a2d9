"""The diff of an open text against its base: what git would say of it, line ends aside."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeassist.base.changes import ChangeKind, FileChange
from codeassist.engine import unsaved
from codeassist.engine.unsaved import text_change
from codeassist.git.diff import parse_diff
from codeassist.git.patch import apply

LINES = [b"one", b"two", b"three", "日本 😀".encode(), b"", b"  two"]
text = st.lists(st.sampled_from(LINES), max_size=30).map(lambda lines: b"\n".join(lines))


def change(before: bytes | None, after: bytes | None) -> FileChange:
    """The change, which there is."""
    found = text_change("a.txt", before, after)
    assert found is not None
    return found


@settings(max_examples=300, deadline=None)
@given(text, text)
def test_applied_it_gives_the_new_text(before: bytes, after: bytes) -> None:
    found = text_change("a.txt", before + b"\n", after + b"\n")
    assert apply(before + b"\n", found) == after + b"\n" if found else before == after


@settings(max_examples=100, deadline=None)
@given(text, text)
def test_so_it_does_where_everything_counts_as_replaced(before: bytes, after: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unsaved, "MOST_COMPARED", 0)
        found = text_change("a.txt", before + b"\n", after + b"\n")
    assert apply(before + b"\n", found) == after + b"\n" if found else before == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\nb\nc\n", b"a\nc\n"),
        (b"a\nc\n", b"a\nb\nc\n"),
        (b"".join(b"%d\n" % n for n in range(40)), b"".join(b"%d\n" % n for n in range(3, 36))),
        (b"a\n", b"a\nb"),
        (b"x\n" * 9, b"y\n" + b"x\n" * 9 + b"z\n"),
    ],
)
def test_it_is_what_git_says(tmp_path: Path, before: bytes, after: bytes) -> None:
    for name, data in (("before", before), ("after", after)):
        (tmp_path / name).write_bytes(data)
    command = ["git", "diff", "--no-index", "before", "after"]
    patch = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout
    git = parse_diff(patch).files[0].hunks
    ours = change(before, after).hunks
    assert [(h.old_start, h.old_count, h.new_start, h.new_count, h.lines) for h in ours] == [
        (h.old_start, h.old_count, h.new_start, h.new_count, h.lines) for h in git
    ]


def test_kinds() -> None:
    assert change(None, b"a\n").kind is ChangeKind.ADDED
    assert change(None, b"a\n").added_lines() == {1}
    assert change(b"a\n", None).kind is ChangeKind.DELETED
    assert change(b"a\n", None).removed_lines() == {1}
    assert change(b"a\n", b"b\n").kind is ChangeKind.MODIFIED
    assert change(None, b"").note == "empty file"
    assert change(b"a\n", b"\0").binary


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\n", b"a\r\nb\r\n"),
        (b"a\nb\n", b"\xef\xbb\xbfa\nb\n"),
        (b"a\nb\n", b"a\nb"),
        ("ü\n".encode("latin-1"), "ü\n".encode()),
    ],
)
def test_line_ends_marks_and_encodings_are_no_change(before: bytes, after: bytes) -> None:
    assert text_change("a.txt", before, after) is None


def test_a_changed_line_keeps_its_carriage_return() -> None:
    found = change(b"a\nb\n", b"a\r\nB\r\n")
    assert [(line.kind.value, line.text) for line in found.hunks[0].lines] == [
        (" ", "a\r"),
        ("-", "b"),
        ("+", "B\r"),
    ]
