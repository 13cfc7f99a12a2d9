"""From replacements to bytes: what is outside of them stays, in every encoding and line ending."""

import pytest
from packing import view_of

from codeassist.base.edits import TextEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.edits.make import workspace_edit


def made(before: bytes, *edits: TextEdit, path: str = "a.py") -> bytes:
    """The bytes of a file after some edits; asserts that the edit remembers those before."""
    edit = workspace_edit(view_of({path: before}), "Try it", {path: edits})
    (file,) = edit.files
    assert file.before == before
    return file.after


def put(document: str, old: str, new: str) -> TextEdit:
    """The edit that replaces the one `old` in a document's text."""
    assert document.count(old) == 1
    start = len(document[: document.index(old)].encode())
    return TextEdit(start, start + len(old.encode()), new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("x = 1\ny = é\n".encode(), "X = 1\ny = é\n".encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbfx = 1\n", b"\xef\xbb\xbfX = 1\n", id="byte order mark"),
        pytest.param(b"x = 1", b"X = 1", id="no final newline"),
        pytest.param(
            "# coding: latin-1\nx = 'é'\n".encode("latin-1"),
            "# coding: latin-1\nX = 'é'\n".encode("latin-1"),
            id="declared encoding",
        ),
        pytest.param(
            b"\xff\xfe" + "x = 'é'\r\n".encode("utf-16-le"),
            b"\xff\xfe" + "X = 'é'\r\n".encode("utf-16-le"),
            id="utf-16, little end first",
        ),
        pytest.param(
            b"\xfe\xff" + "x = 'é'\n".encode("utf-16-be"),
            b"\xfe\xff" + "X = 'é'\n".encode("utf-16-be"),
            id="utf-16, big end first",
        ),
    ],
)
def test_encodings_and_marks_are_kept(before: bytes, after: bytes) -> None:
    view = view_of({"a.py": before})
    document = view.document("a.py")
    assert document is not None
    text = document.data.decode()
    edit = workspace_edit(view, "Try it", {"a.py": [put(text, "x", "X")]})
    assert edit.files[0].after == after


def test_new_lines_end_as_the_lines_around_them() -> None:
    before = "a\r\nb\r\nc\nd\n"
    assert made(before.encode(), put(before, "b", "1\n2")) == b"a\r\n1\r\n2\r\nc\nd\n"
    assert made(before.encode(), put(before, "d", "1\r\n2")) == b"a\r\nb\r\nc\n1\n2\n"
    # The last line has no ending of its own: that of the line before counts.
    assert made(b"a\nb\r\nc", TextEdit(6, 6, "\nd")) == b"a\nb\r\nc\r\nd"
    assert made(b"a\rb", TextEdit(2, 3, "c\nd")) == b"a\rc\rd"


def test_an_edit_never_divides_a_line_ending() -> None:
    # From "b" to between the two characters of its line's ending.
    assert made(b"a\r\nb\r\nc\r\n", TextEdit(3, 5, "x")) == b"a\r\nx\r\nc\r\n"
    # The line feed alone means the whole ending.
    assert made(b"a\r\nb\r\n", TextEdit(2, 3, "")) == b"ab\r\n"


def test_what_stays_the_same_is_not_part_of_the_edit() -> None:
    before = b"one\ntwo\nthree\n"
    edit = workspace_edit(
        view_of({"a.py": before}), "Try it", {"a.py": [TextEdit(0, 14, "one\nTWO\nthree\n")]}
    )
    assert edit.files[0].edits == (TextEdit(4, 8, "TWO\n"),)


def test_an_edit_that_changes_nothing_is_refused() -> None:
    with pytest.raises(EditError, match="changes nothing"):
        made(b"x = 1\r\ny\r\n", TextEdit(0, 8, "x = 1\ny"))


def test_a_file_without_changes_is_left_out() -> None:
    view = view_of({"a.py": "x\n", "b.py": "x\n"})
    edits = {"a.py": [TextEdit(0, 1, "x")], "b.py": [TextEdit(0, 1, "y")]}
    assert [file.path for file in workspace_edit(view, "Try it", edits).files] == ["b.py"]


def test_insertions_at_one_place_keep_their_order() -> None:
    assert made(b"c", TextEdit(0, 0, "b"), TextEdit(0, 0, "a")) == b"bac"


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ([TextEdit(0, 3, "x"), TextEdit(2, 4, "y")], "line 1 and line 1 overlap"),
        ([TextEdit(0, 99, "x")], "is not a range"),
        ([TextEdit(3, 2, "x")], "is not a range"),
        ([TextEdit(0, 1, "x")], "divides a character"),
        ([TextEdit(0, 2, "\ud800")], "half a character"),
    ],
)
def test_impossible_edits_are_refused(edits: list[TextEdit], reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        made("é = 1\n".encode(), *edits)


@pytest.mark.parametrize(
    ("before", "edit", "reason"),
    [
        pytest.param(b"x = '\xe9\x81'\n", TextEdit(0, 1, "y"), "encoding is not known", id="guess"),
        pytest.param(b"x\0y\n", TextEdit(0, 1, "y"), "binary", id="binary"),
        pytest.param(b"x = 1\n", TextEdit(0, 1, "\0"), "another encoding", id="becomes binary"),
        pytest.param(
            b"\xff\xfex\0y", TextEdit(0, 1, "y"), "encoding is not known", id="broken utf-16"
        ),
        pytest.param(
            "# coding: latin-1\nx = 'é'\n".encode("latin-1"),
            TextEdit(18, 19, "'€'"),
            "latin-1, cannot hold '€'",
            id="not in the encoding",
        ),
        pytest.param(
            "# coding: latin-1\nx = 'é'\n".encode("latin-1"),
            TextEdit(0, 18, ""),
            "another encoding",
            id="the declaration goes",
        ),
        pytest.param(
            b"# coding: latin-1\nx = 1\n",
            TextEdit(18, 19, "'€'"),
            "latin-1, cannot hold '€'",
            id="ASCII so far",
        ),
    ],
)
def test_what_cannot_be_written_back_is_refused(before: bytes, edit: TextEdit, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        made(before, edit)


def test_a_declared_encoding_counts_even_where_all_is_ascii() -> None:
    after = made(b"# coding: latin-1\nx = 1\n", TextEdit(18, 19, "é"))
    assert after == "# coding: latin-1\né = 1\n".encode("latin-1")


def test_a_file_that_is_gone_or_unknown_is_named_with_its_likes() -> None:
    view = view_of({"shop/cart.py": "x\n"})
    with pytest.raises(EditError, match=r"no such file; did you mean shop/cart.py"):
        workspace_edit(view, "Try it", {"cart.py": [TextEdit(0, 0, "y")]})


def test_a_file_that_changed_since_it_was_read_is_stale() -> None:
    files = {"a.py": "x\n"}
    view = view_of(files)
    assert view.document("a.py") is not None
    view.tree._files["a.py"] = b"y\n"  # type: ignore[attr-defined]  # as another program would
    with pytest.raises(StaleError, match="changed meanwhile"):
        workspace_edit(view, "Try it", {"a.py": [TextEdit(0, 0, "z")]})


def test_a_file_that_changed_since_it_was_indexed_is_stale() -> None:
    view = view_of({"a.py": "x\n"})
    view.tree._files["a.py"] = b"y\n"  # type: ignore[attr-defined]  # as another program would
    with pytest.raises(StaleError, match="changed while it was looked at"):
        workspace_edit(view, "Try it", {"a.py": [TextEdit(0, 0, "z")]})


def created(path: str, text: str = "x = 1\n", **files: str) -> bytes:
    """The bytes of a new file beside those given (names with "_py" for ".py")."""
    known = {name.replace("_py", ".py"): content for name, content in files.items()}
    edit = workspace_edit(view_of(known or {"a.py": "\n"}), "Try it", {}, {path: text})
    (file,) = edit.files
    assert file.before is None
    assert file.edits[0].text.encode() == file.after
    return file.after


def test_a_new_file_ends_its_lines_as_its_neighbours_do() -> None:
    assert created("b.py", "x\ny\n", a_py="1\r\n") == b"x\r\ny\r\n"
    assert created("b.md", "x\ny\n", a_py="1\r\n") == b"x\ny\n"
    assert created("deep/er/b.py", "x\ny", a_py="1\r\n") == b"x\ny"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("a.py", "such a file already"),
        ("A.py", "differs from a.py in upper case only"),
        ("a.py/b.py", "a.py is a file"),
        ("/etc/passwd", "not relative"),
        ("C:/x.py", "not relative"),
        ("~/x.py", "not relative"),
        ("../x.py", "out of its folder"),
        ("b/../../x.py", "out of its folder"),
        ("b/./x.py", "normal form"),
        ("b//x.py", "normal form"),
        (".git/hooks/pre-commit", "inside of .git"),
        ("b/.GIT/config", "inside of .git"),
        (".git./config", "inside of .git"),
        ("nul", "reserved name"),
        ("b/Com1.py", "reserved name"),
        ("b/x.py ", "cannot be the name"),
        ("b:c.py", "cannot be the name|not relative"),
        ("b\u202ec.py", "cannot be seen"),
        ("b\nc.py", "cannot be seen"),
        ("b/", "does not name a file"),
        ("", "does not name a file"),
    ],
)
def test_a_new_file_may_not_be_anywhere(path: str, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        created(path)


def test_all_complaints_come_at_once() -> None:
    with pytest.raises(EditError) as raised:
        workspace_edit(
            view_of({"a.py": "x\n"}), "T", {"a.py": [TextEdit(9, 9, "")]}, {"../b.py": "x"}
        )
    assert "a.py" in raised.value.message
    assert "../b.py" in raised.value.message
