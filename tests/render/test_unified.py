"""Unified diffs: as git writes them, and taken by git itself."""

import subprocess
from pathlib import Path

import pytest

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.render.unified import unified

BEFORE = b"".join(b"line %d\n" % number for number in range(1, 41))


def check(tmp_path: Path, *files: tuple[str, bytes | None, bytes]) -> str:
    """The diff of an edit, after git has made the new files of the old ones with it."""
    edit = WorkspaceEdit("T", tuple(FileEdit(*file) for file in files))
    text = unified(edit)
    for path, before, _ in files:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if before is not None:
            target.write_bytes(before)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        input=text.encode("utf-8", "surrogateescape"),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    for path, _, after in files:
        assert (tmp_path / path).read_bytes() == after
    return text


def test_a_change_is_shown_with_three_lines_around_it(tmp_path: Path) -> None:
    text = check(tmp_path, ("a.py", BEFORE, BEFORE.replace(b"line 20\n", b"other\n")))
    assert text == (
        "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -17,7 +17,7 @@\n"
        " line 17\n line 18\n line 19\n-line 20\n+other\n line 21\n line 22\n line 23\n"
    )


def test_changes_far_apart_are_hunks_of_their_own(tmp_path: Path) -> None:
    after = BEFORE.replace(b"line 5\n", b"five\nfive\n").replace(b"line 12\n", b"")
    assert check(tmp_path, ("a.py", BEFORE, after)).count("\n@@") == 1
    after = BEFORE.replace(b"line 5\n", b"five\nfive\n").replace(b"line 13\n", b"")
    text = check(tmp_path / "two", ("a.py", BEFORE, after))
    assert "\n@@ -2,7 +2,8 @@\n" in text
    assert "\n@@ -10,7 +11,6 @@\n" in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"a\nb\n", b"a\nc\n", id="end"),
        pytest.param(b"a\nb", b"a\nc", id="no final newline"),
        pytest.param(b"a\nb", b"a\nb\n", id="a final newline comes"),
        pytest.param(b"a\nb\n", b"a\nb", id="a final newline goes"),
        pytest.param(b"a\r\nb\r\nc\n", b"a\r\nB\r\nc\n", id="carriage returns"),
        pytest.param(b"a\rb\n", b"a\rc\n", id="a lone carriage return"),
        pytest.param(b"", b"a\n", id="empty before"),
        pytest.param(b"a\n", b"", id="empty after"),
        pytest.param("é\n".encode("latin-1"), "é\nü\n".encode("latin-1"), id="not UTF-8"),
        pytest.param("漢\n".encode(), "漢🎉\n".encode(), id="wide characters"),
        pytest.param(b"\xef\xbb\xbfa\n", b"\xef\xbb\xbfb\n", id="byte order mark"),
        pytest.param(b"a\x0cb\x85\xe2\x80\xa8c\n", b"a\x0cb\n", id="no other line ends"),
        pytest.param(b"-- a\n", b"++ b\n", id="like a header"),
    ],
)
def test_git_takes_every_change(tmp_path: Path, before: bytes, after: bytes) -> None:
    check(tmp_path, ("a.py", before, after))


def test_new_files_come_from_nowhere(tmp_path: Path) -> None:
    text = check(
        tmp_path, ("b/new.py", None, b"x\ny"), ("empty.py", None, b""), ("a.py", b"1\n", b"2\n")
    )
    assert text.startswith(
        "diff --git a/b/new.py b/b/new.py\nnew file mode 100644\n--- /dev/null\n+++ b/b/new.py\n"
        "@@ -0,0 +1,2 @@\n+x\n+y\n\\ No newline at end of file\n"
    )


@pytest.mark.parametrize("path", ["a b.py", "ä/漢.py", 'a"b.py', "a\\b.py", "a\tb.py", "-x.py"])
def test_git_takes_every_path(tmp_path: Path, path: str) -> None:
    check(tmp_path, (path, b"a\n", b"b\n"))
    check(tmp_path, (path + "2", None, b"b\n"))


def test_a_file_in_utf_16_is_shown_as_text() -> None:
    before = b"\xff\xfe" + "a\nb\n".encode("utf-16-le")
    after = b"\xff\xfe" + "a\né\n".encode("utf-16-le")
    text = unified(WorkspaceEdit("T", (FileEdit("a.py", before, after),)))
    assert text.endswith("@@ -1,2 +1,2 @@\n a\n-b\n+é\n")


def test_nothing_is_shown_of_what_stays() -> None:
    assert unified(WorkspaceEdit("T", (FileEdit("a.py", b"a", b"a"),))) == ""
