"""The parser against the shapes of patches that break other parsers; see FIELD group B."""

import pytest

from codeassist.base.changes import ChangeKind, FileChange, LineKind
from codeassist.base.errors import DiffError
from codeassist.git.diff import parse_diff
from codeassist.git.draft import MAX_FILE_DIFF_BYTES


def check_one(raw: bytes) -> FileChange:
    (change,) = parse_diff(raw).files
    return change


def shown(change: FileChange) -> list[str]:
    """The lines of a change as `old:new sign text`, with `$` where no line feed follows."""
    return [
        f"{line.old or ''}:{line.new or ''} {line.kind.value}{line.text}{'$' * line.no_newline}"
        for hunk in change.hunks
        for line in hunk.lines
    ]


def headed(body: bytes, names: bytes = b"--- a/x\n+++ b/x\n") -> bytes:
    return b"diff --git a/x b/x\nindex 1111111..2222222 100644\n" + names + body


def test_lines_are_numbered_on_both_sides() -> None:
    change = check_one(headed(b"@@ -5,3 +5,4 @@ def f():\n a\n-b\n+B\n+C\n d\n"))
    assert change.kind is ChangeKind.MODIFIED
    assert shown(change) == ["5:5  a", "6: -b", ":6 +B", ":7 +C", "7:8  d"]
    assert change.hunks[0].heading == "def f():"
    assert change.added_lines() == {6, 7}
    assert change.removed_lines() == {6}


def test_no_newline_marker_in_the_middle_counts_for_nothing() -> None:
    body = b"@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
    assert shown(check_one(headed(body))) == ["1:1  a", "2: -b$", ":2 +c"]


def test_no_newline_marker_in_another_language() -> None:
    body = b"@@ -1 +1 @@\n-b\n+c\n\\ Kein Zeilenumbruch am Dateiende.\n"
    assert shown(check_one(headed(body))) == ["1: -b", ":1 +c$"]


def test_pure_rename() -> None:
    raw = b"diff --git a/x b/y z\nsimilarity index 100%\nrename from x\nrename to y z\n"
    change = check_one(raw)
    assert (change.kind, change.old_path, change.new_path) == (ChangeKind.RENAMED, "x", "y z")
    assert not change.hunks
    assert change.note == "renamed without a change"


def test_rename_with_hunk_keeps_both_names() -> None:
    raw = (
        b"diff --git a/d/x b/e/y\nsimilarity index 90%\nrename from d/x\nrename to e/y\n"
        b"index 1111111..2222222 100644\n--- a/d/x\n+++ b/e/y\n@@ -1 +1 @@\n-a\n+b\n"
    )
    change = check_one(raw)
    assert (change.kind, change.old_path, change.new_path) == (ChangeKind.RENAMED, "d/x", "e/y")
    assert (shown(change), change.note) == (["1: -a", ":1 +b"], "")


def test_copy_is_not_a_rename() -> None:
    raw = b"diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n"
    assert check_one(raw).kind is ChangeKind.COPIED


def test_mode_only() -> None:
    change = check_one(b"diff --git a/x b/x\nold mode 100644\nnew mode 100755\n")
    assert change.kind is ChangeKind.MODE
    assert (change.old_mode, change.new_mode) == ("100644", "100755")
    assert change.note == "mode changed from 100644 to 100755"


@pytest.mark.parametrize(
    "body",
    [
        b"Binary files a/x and b/x differ\n",
        b"GIT binary patch\nliteral 2\nJcmZQz\n\nliteral 2\nJcmZQz\n\n",
    ],
)
def test_binary(body: bytes) -> None:
    raw = headed(body, b"") + b"diff --git a/e b/e\nnew file mode 100644\nindex 0..1\n"
    first, second = parse_diff(raw).files
    assert first.binary
    assert first.note == "binary file"
    assert (second.kind, second.path) == (ChangeKind.ADDED, "e")


def test_submodule_has_no_hunks() -> None:
    raw = (
        b"diff --git a/sub b/sub\nindex 1111111..2222222 160000\n--- a/sub\n+++ b/sub\n"
        b"@@ -1 +1 @@\n"
        b"-Subproject commit 1111111111111111111111111111111111111111\n"
        b"+Subproject commit 2222222222222222222222222222222222222222\n"
    )
    change = check_one(raw)
    assert change.submodule
    assert not change.hunks
    assert change.note == "submodule 1111111111 to 2222222222"


def test_a_file_that_speaks_of_a_subproject_is_no_submodule() -> None:
    change = check_one(headed(b"@@ -0,0 +1 @@\n+Subproject commit 1111111\n"))
    assert not change.submodule
    assert shown(change) == [":1 +Subproject commit 1111111"]


def test_submodule_as_a_log() -> None:
    change = check_one(b"Submodule libs/my sub 1111111..2222222:\n  > a commit\n")
    assert (change.path, change.submodule) == ("libs/my sub", True)


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (rb'"a/\303\251.txt" "b/\303\251.txt"', "é.txt"),
        (rb'"a/tab\there" "b/tab\there"', "tab\there"),
        (rb'"a/quote\"and\\" "b/quote\"and\\"', 'quote"and\\'),
        (rb'"a/\351" "b/\351"', "\udce9"),
        ("a/é b/é".encode(), "é"),
        (b"a/my file b/my file", "my file"),
        (b"a/x b/x b/x b/x", "x b/x"),
        (b"x x", "x"),
        (b"a/x a/x", "a/x"),
        (b"i/x w/x", "x"),
        (b"old/d/x newer/d/x", "d/x"),
    ],
)
def test_name_of_a_file_without_hunks(names: bytes, path: str) -> None:
    change = check_one(b"diff --git " + names + b"\nold mode 100644\nnew mode 100755\n")
    assert (change.old_path, change.new_path) == (path, path)


def test_no_prefix_of_a_file_in_a_folder_called_a() -> None:
    raw = b"diff --git a/x a/x\nindex 1..2 100644\n--- a/x\n+++ a/x\n@@ -1 +1 @@\n-1\n+2\n"
    assert check_one(raw).path == "a/x"


def test_name_with_a_space_ends_at_the_tab() -> None:
    raw = b"--- a/my file\t\n+++ b/my file\t\n@@ -1 +1 @@\n-1\n+2\n"
    assert check_one(raw).path == "my file"


@pytest.mark.parametrize(
    ("header", "kind", "old", "new"),
    [
        (b"new file mode 100644\nindex 0000000..e69de29\n", ChangeKind.ADDED, None, "x"),
        (b"deleted file mode 100644\nindex e69de29..0000000\n", ChangeKind.DELETED, "x", None),
    ],
)
def test_empty_file_has_no_names(
    header: bytes, kind: ChangeKind, old: str | None, new: str | None
) -> None:
    change = check_one(b"diff --git a/x b/x\n" + header)
    assert (change.kind, change.old_path, change.new_path) == (kind, old, new)
    assert change.note == "empty file"


def test_carriage_return_belongs_to_the_line() -> None:
    assert shown(check_one(headed(b"@@ -1 +1 @@\n-a\r\n+b\r\n"))) == ["1: -a\r", ":1 +b\r"]


def test_a_patch_with_all_its_lines_ended_by_crlf() -> None:
    raw = b"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@ f\n-a\n+b\n".replace(b"\n", b"\r\n")
    change = check_one(raw)
    assert (change.path, change.hunks[0].heading) == ("x", "f")


def test_only_line_feeds_end_lines() -> None:
    text = "a\rb\fc\vd\u0085e\u2028f\u2029g\x1ch"
    assert shown(check_one(headed(f"@@ -0,0 +1 @@\n+{text}\n".encode()))) == [f":1 +{text}"]


def test_content_that_looks_like_headers() -> None:
    lines = b"--- a/y\n+++ b/y\n-@@ -1 +1 @@\n+diff --git a/q b/q\n"
    change = check_one(headed(b"@@ -1,2 +1,2 @@\n" + lines))
    assert shown(change) == [
        "1: --- a/y",
        ":1 +++ b/y",
        "2: -@@ -1 +1 @@",
        ":2 +diff --git a/q b/q",
    ]


def test_bytes_outside_utf8_survive() -> None:
    (line,) = check_one(headed(b"@@ -0,0 +1 @@\n+caf\xe9\n")).hunks[0].lines
    assert line.text.encode("utf-8", "surrogateescape") == b"caf\xe9"


def test_empty_context_line_without_its_space() -> None:
    change = check_one(headed(b"@@ -1,3 +1,3 @@\n-a\n+b\n\n c\n"))
    assert shown(change) == ["1: -a", ":1 +b", "2:2  ", "3:3  c"]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        (
            b"old/d/x.py\t2024-01-01 00:00:00 +0000",
            b"new/d/x.py\t2024-01-02 10:00:00 +0000",
            "d/x.py",
        ),
        (b"x.py\t2024-01-01 00:00:00 +0000", b"x.py\t2024-01-01 00:00:01 +0000", "x.py"),
        (b"x.py.orig", b"x.py", "x.py"),
        (b"x.py", b"x.py~", "x.py"),
        (b"a/x.py", b"b/x.py", "x.py"),
    ],
)
def test_plain_patch(old: bytes, new: bytes, path: str) -> None:
    change = check_one(b"--- " + old + b"\n+++ " + new + b"\n@@ -1 +1 @@\n-a\n+b\n")
    assert (change.kind, change.old_path, change.new_path) == (ChangeKind.MODIFIED, path, path)


def test_plain_patch_of_a_new_file_shows_the_epoch() -> None:
    epoch = b"1970-01-01 01:00:00.000000000 +0100"  # midnight in Greenwich
    raw = b"--- a/x\t" + epoch + b"\n+++ b/x\t2024-01-01 00:00:00 +0100\n@@ -0,0 +1 @@\n+a\n"
    assert check_one(raw).kind is ChangeKind.ADDED
    other = raw.replace(b"01:00:00.0", b"02:00:00.0")
    assert check_one(other).kind is ChangeKind.MODIFIED


def test_several_files_in_a_plain_patch() -> None:
    one = b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    raw = one + b"diff -u a/y b/y\n" + one.replace(b"/x", b"/y") + one.replace(b"/x", b"/z")
    assert [change.path for change in parse_diff(raw).files] == ["x", "y", "z"]


def test_binary_in_a_plain_patch() -> None:
    change = check_one(b"Binary files old/x.png and new/x.png differ\n")
    assert (change.path, change.binary) == ("x.png", True)


def test_mail_around_the_patch() -> None:
    raw = (
        b"From 1111111 Mon Sep 17 00:00:00 2001\nFrom: A <a@example.com>\nSubject: index x\n\n"
        b"--- not a header\n---\n x | 2 +-\n 1 file changed\n\n"
    )
    raw += headed(b"@@ -1 +1 @@\n-a\n+b\n") + b"-- \n2.39.5\n\n"
    assert shown(check_one(raw)) == ["1: -a", ":1 +b"]


def test_change_of_type_is_one_change() -> None:
    raw = (
        b"diff --git a/x b/x\ndeleted file mode 100644\nindex 1111111..0000000\n--- a/x\n"
        b"+++ /dev/null\n@@ -1 +0,0 @@\n-text\n"
        b"diff --git a/x b/x\nnew file mode 120000\nindex 0000000..2222222\n--- /dev/null\n"
        b"+++ b/x\n@@ -0,0 +1 @@\n+target\n\\ No newline at end of file\n"
    )
    change = check_one(raw)
    assert (change.kind, change.old_path, change.new_path) == (ChangeKind.TYPE, "x", "x")
    assert shown(change) == ["1: -text", ":1 +target$"]


def test_unmerged_path_and_its_diff_are_one_change() -> None:
    raw = b"* Unmerged path x\n" + headed(b"@@ -1 +1 @@\n-a\n+b\n") + b"* Unmerged path y\n"
    first, second = parse_diff(raw).files
    assert (first.path, first.note) == ("x", "unresolved merge conflict")
    assert shown(first) == ["1: -a", ":1 +b"]
    assert (second.path, second.hunks) == ("y", ())


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n"])
def test_nothing_is_an_empty_diff(raw: bytes) -> None:
    assert parse_diff(raw).files == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_redirected_by_a_windows_shell(encoding: str) -> None:
    raw = headed("@@ -1 +1 @@\n-a\n+é\n".encode()).decode().encode(encoding)
    assert shown(check_one(raw)) == ["1: -a", ":1 +é"]


def test_huge_line_is_counted_and_left_out() -> None:
    huge = headed(b"@@ -1 +1 @@\n-1\n+" + b"a" * 17_000_000 + b"\n")
    raw = huge + b"diff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n"
    first, second = parse_diff(raw).files
    assert first.too_large
    assert not first.hunks
    assert first.note == "its diff of 16.2 MiB is larger than 1 MiB and was left out"
    assert shown(second) == ["1: -a", ":1 +b"]


def test_many_hunks_that_are_too_large_together_are_all_left_out() -> None:
    line = b"+" + b"a" * (MAX_FILE_DIFF_BYTES // 2) + b"\n"
    hunks = b"".join(b"@@ -%d,0 +%d @@\n" % (at, at + 1) + line for at in range(3))
    assert check_one(headed(hunks)).hunks == ()
    assert len(check_one(headed(b"@@ -0,0 +1 @@\n" + line)).hunks) == 1


def check_error(raw: bytes, *words: str) -> None:
    with pytest.raises(DiffError) as caught:
        parse_diff(raw)
    assert caught.value.remedy
    for word in words:
        assert word in f"{caught.value.message} / {caught.value.remedy}"


@pytest.mark.parametrize(
    ("hunk", "words"),
    [
        (b"@@ -1,3 +1,3 @@\n a\n-b\n", ("line 8", "hunk of line 5", "ends")),
        (b"@@ -1,3 +1,3 @@\n a\ndiff --git a/y b/y\n", ("line 7", "no diff line")),
        (b"@@ -1 +1 @@\n-a\n+b\n+c\n", ("line 8", "more lines than its header")),
        (b"@@ -1 +1,2 @@\n-a\n-b\n+c\n", ("line 7", "more lines than its header")),
        (b"@@ -x +1 @@\n-a\n", ("line 5", "header")),
    ],
)
def test_hunk_that_disagrees_with_its_counts(hunk: bytes, words: tuple[str, ...]) -> None:
    check_error(headed(hunk), *words)


def test_combined_diff_says_what_to_do() -> None:
    raw = b"diff --cc f\nindex 1,2..3\n--- a/f\n+++ b/f\n@@@ -1,1 -1,1 +1,1 @@@\n- 3\n -2\n++4\n"
    check_error(raw, "line 1", "combined diff", "git diff <first parent> <merge>")


def test_hunk_without_a_file() -> None:
    check_error(b"@@ -1 +1 @@\n-a\n+b\n", "line 1", "no file was named")


def test_text_without_a_diff() -> None:
    check_error(b"1c1\n< a\n---\n> b\n", "no unified diff", "diff -u")


def test_coloured_patch() -> None:
    check_error(b"\x1b[1mdiff --git a/x b/x\x1b[m\n", "--no-color")


@pytest.mark.parametrize("path", ["../x", "d/../../x", "/etc/x", ".git/config", "d/.GIT/hooks/x"])
def test_path_outside_the_repository(path: str) -> None:
    name = path.encode()
    names = b"--- " + name + b"\n+++ " + name + b"\n"
    check_error(names + b"@@ -1 +1 @@\n-a\n+b\n", "outside the repository", path)


def test_line_kinds_are_exact() -> None:
    lines = check_one(headed(b"@@ -1,2 +1,2 @@\n a\n-b\n+c\n")).hunks[0].lines
    assert [line.kind for line in lines] == [LineKind.CONTEXT, LineKind.REMOVED, LineKind.ADDED]
