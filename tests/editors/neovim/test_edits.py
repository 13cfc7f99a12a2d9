"""What the plugin makes of an edit, without a server: texts, hunks, encodings, undo."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from command import Place
from neovim_editor import Editor

PAIRS = 150
SEED = 20
_MAKE = """
local edit, encoding = ...
plan = require("codeassist.edit.plan").make(edit, encoding)
return vim.tbl_map(function(file) return #file.hunks end, plan.files)
"""
# None where it was applied, else why not and what to do.
_APPLY = 'return require("codeassist.edit.apply").run(plan, "utf-8", {})'
_CHOOSE = "for i, hunk in ipairs(plan.files[1].hunks) do hunk.chosen = (...)[i] end"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor without a server for all tests of this file."""
    place = Place(tmp_path_factory.mktemp("edits")).write({"empty.txt": ""})
    with Editor(place, init="") as running:
        yield running


def text_edit(line: int, start: int, end_line: int, end: int, text: str) -> dict[str, Any]:
    """A TextEdit."""
    return {
        "range": {
            "start": {"line": line, "character": start},
            "end": {"line": end_line, "character": end},
        },
        "newText": text,
    }


def edit_of(files: dict[Path, list[dict[str, Any]]], version: int | None = None) -> dict[str, Any]:
    """An Edit of the protocol; without a version where a document is not open."""
    changes = []
    for path, edits in files.items():
        document: dict[str, Any] = {"uri": path.as_uri()}
        if version is not None:
            document["version"] = version
        changes.append({"textDocument": document, "edits": edits})
    return {
        "title": "edit",
        "verified": True,
        "problems": [],
        "proofs": [],
        "diff": "",
        "edit": {"documentChanges": changes},
    }


def opened(editor: Editor, name: str, text: str | bytes) -> Path:
    """A file that the current window shows."""
    editor.place.write({name: text})
    editor.command("silent! only").command("%bwipeout!").open(name)
    return editor.place.root / name


def whole(text: str, lines: int) -> list[dict[str, Any]]:
    """Everything replaced."""
    return [text_edit(0, 0, lines, 0, text)]


def varied(rng: random.Random) -> tuple[list[str], list[str]]:
    """Two texts that have much in common, in lines."""
    before = [rng.choice("abcdefg") * rng.randint(0, 3) for _ in range(rng.randint(1, 12))]
    after: list[str] = []
    for line in before:
        roll = rng.random()
        if roll < 0.15:
            continue
        after.append("new" if roll < 0.3 else line)
        if roll > 0.85:
            after.extend(["more", "lines"][: rng.randint(1, 2)])
    return before, after or ["all gone"]


def test_any_text_becomes_any_other_in_one_undo_step(editor: Editor) -> None:
    rng = random.Random(SEED)
    for number in range(PAIRS):
        before, after = varied(rng)
        path = opened(editor, f"pair{number}.txt", "".join(f"{line}\n" for line in before))
        edits = whole("".join(f"{line}\n" for line in after), len(before))
        editor.lua(_MAKE, edit_of({path: edits}), "utf-8")
        if before != after:
            assert editor.lua(_APPLY) is None
        assert editor.lines == after
        if before != after:
            editor.command("undo")
            assert editor.lines == before


def merged(before: Sequence[str], hunks: Sequence[dict[str, Any]], after: Sequence[str]) -> Any:
    """The text with the chosen hunks: what `patch` would write."""
    result: list[str] = []
    position = 0  # of `before`
    for hunk in hunks:
        start = hunk["first"] - (1 if hunk["removed"] else 0)
        result += before[position:start]
        position = start + hunk["removed"]
        if hunk["chosen"]:
            result += after[hunk["start"] - 1 : hunk["start"] - 1 + hunk["added"]]
        else:
            result += before[start:position]
    return result + list(before[position:])


def test_any_choice_of_hunks_is_applied(editor: Editor) -> None:
    rng = random.Random(SEED)
    for number in range(PAIRS):
        before, after = varied(rng)
        path = opened(editor, f"choice{number}.txt", "".join(f"{line}\n" for line in before))
        edits = whole("".join(f"{line}\n" for line in after), len(before))
        if not editor.lua(_MAKE, edit_of({path: edits}), "utf-8"):
            continue
        count = editor.lua("return #plan.files[1].hunks")
        editor.lua(_CHOOSE, [rng.random() < 0.5 for _ in range(count)])
        hunks = editor.lua("return plan.files[1].hunks")
        is_refused = editor.lua(_APPLY) is not None
        assert is_refused != any(hunk["chosen"] for hunk in hunks)
        assert editor.lines == (merged(before, hunks, after) or [""])


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 8), ("utf-16", 5), ("utf-32", 4)])
def test_positions_are_those_of_the_encoding(editor: Editor, encoding: str, column: int) -> None:
    """`x="é😀` is 4 characters before the emoji's end less one: 2+1+1 code points, and so on."""
    path = opened(editor, f"{encoding}.py", 'aé😀 = "é"\n')
    # After "aé😀 ": bytes 1+2+4+1, units 1+1+2+1, code points 1+1+1+1.
    editor.lua(_MAKE, edit_of({path: [text_edit(0, column, 0, column + 1, "==")]}), encoding)
    assert editor.lua(_APPLY) is None
    assert editor.text == 'aé😀 == "é"\n'


def test_line_ends_and_the_missing_last_one_are_kept(editor: Editor) -> None:
    path = opened(editor, "dos.txt", b"one\r\ntwo\r\n")
    editor.lua(_MAKE, edit_of({path: [text_edit(1, 0, 1, 3, "2\r\n3")]}), "utf-8")
    assert editor.lua(_APPLY) is None
    editor.command("write")
    assert path.read_bytes() == b"one\r\n2\r\n3\r\n"
    path = opened(editor, "noeol.txt", b"one\ntwo")
    editor.command("setlocal nofixendofline")
    editor.lua(_MAKE, edit_of({path: [text_edit(0, 0, 0, 3, "1")]}), "utf-8")
    assert editor.lua(_APPLY) is None
    editor.command("write")
    assert path.read_bytes() == b"1\ntwo"


def test_a_file_that_is_not_open_is_edited_and_not_written(editor: Editor) -> None:
    opened(editor, "open.txt", "here\n")
    editor.place.write({"other.txt": "there\n"})
    other = editor.place.root / "other.txt"
    editor.lua(_MAKE, edit_of({other: [text_edit(0, 0, 0, 5, "changed")]}), "utf-8")
    assert editor.lua(_APPLY) is None
    assert other.read_text() == "there\n"
    assert editor.lines == ["here"]
    editor.command("wall")
    assert other.read_text() == "changed\n"


def test_a_new_file_is_a_buffer_that_is_not_written(editor: Editor) -> None:
    opened(editor, "open.txt", "here\n")
    new = editor.place.root / "folder" / "new.txt"
    edit = edit_of({new: [text_edit(0, 0, 0, 0, "one\ntwo\n")]})
    edit["edit"]["documentChanges"].insert(0, {"kind": "create", "uri": new.as_uri()})
    assert editor.lua(_MAKE, edit, "utf-8") == [1]
    assert editor.lua(_APPLY) is None
    assert not new.exists()
    editor.command(f"buffer {new}")
    assert editor.lines == ["one", "two"]


def test_all_files_or_none(editor: Editor) -> None:
    """The second file has changes that no server has seen, so that the first stays too."""
    first = opened(editor, "first.txt", "one\n")
    editor.place.write({"second.txt": "two\n"})
    second = editor.place.root / "second.txt"
    editor.command(f"badd {second}").lua("vim.fn.bufload(...)", str(second))
    edit = edit_of({each: [text_edit(0, 0, 0, 3, "new")] for each in (first, second)})
    editor.lua(_MAKE, edit, "utf-8")
    buffer = editor.lua("return vim.fn.bufnr(...)", str(second))
    editor.lua("vim.api.nvim_buf_set_lines(..., 0, 0, false, { 'unsaved' })", buffer)
    refusal = editor.lua(_APPLY)
    assert editor.lines == ["one"]
    assert refusal == {
        "reason": "second.txt changed meanwhile: nothing was done", "remedy": "run it again",
    }  # fmt: skip
    editor.lua(_MAKE, edit, "utf-8")
    refusal = editor.lua(_APPLY)
    assert editor.lines == ["one"]
    assert "second.txt has changes that are not saved" in refusal["reason"]
    assert "save it" in refusal["remedy"]


def test_writing_the_file_meanwhile_is_no_change(editor: Editor) -> None:
    path = opened(editor, "written.txt", "one\n")
    editor.lua(_MAKE, edit_of({path: [text_edit(0, 0, 0, 3, "1")]}), "utf-8")
    editor.command("write")
    assert editor.lua(_APPLY) is None
    assert editor.lines == ["1"]


def test_a_buffer_that_cannot_be_modified_is_left_alone(editor: Editor) -> None:
    path = opened(editor, "fixed.txt", "one\n")
    editor.lua(_MAKE, edit_of({path: [text_edit(0, 0, 0, 3, "1")]}), "utf-8")
    editor.command("setlocal nomodifiable")
    refusal = editor.lua(_APPLY)
    assert "cannot be modified" in refusal["reason"]
    assert ":set modifiable" in refusal["remedy"]


def test_edits_of_one_answer_are_one(editor: Editor) -> None:
    """Two that are apart go together; one that overlaps with an earlier one is left over."""
    path = opened(editor, "several.txt", "one\ntwo\nthree\n")
    edits = [
        edit_of({path: [text_edit(line, 0, line, 3, text)]}) | {"title": text}
        for line, text in ((0, "1"), (1, "2"), (1, "again"))
    ]
    edits[1] |= {"verified": False, "problems": ["breaks an import"]}
    code = """
    local edit, left = require("codeassist.edit.combine").all(...)
    plan = require("codeassist.edit.plan").make(edit, "utf-8")
    return { edit.title, edit.verified, edit.problems, #left, left[1].title }
    """
    combined = editor.lua(code, edits)
    assert combined == ["1, and 1 more", False, ["breaks an import"], 1, "again"]
    assert editor.lua(_APPLY) is None
    assert editor.lines == ["1", "2", "three"]


def test_the_diff_that_is_shown_is_one_that_git_applies(editor: Editor) -> None:
    """git is the judge of the line numbers and of the context, of which no line comes twice."""
    rng = random.Random(SEED)
    editor.place.init()
    shown = 'return require("codeassist.preview.text").of(plan).lines'
    for number in range(PAIRS // 3):
        name = f"shown{number}.txt"
        before, after = varied(rng)
        path = opened(editor, name, "".join(f"{line}\n" for line in before))
        edits = whole("".join(f"{line}\n" for line in after), len(before))
        if not editor.lua(_MAKE, edit_of({path: edits}), "utf-8"):
            continue
        lines = editor.lua(shown)
        start = lines.index(f"--- {name}") + 1
        diff = [f"--- a/{name}", f"+++ b/{name}", *lines[start:]]
        text = "".join(f"{line.removesuffix(' [x]')}\n" for line in diff)
        editor.place.write({"shown.diff": text})
        editor.place.git("apply", "--unidiff-zero", "shown.diff")
        assert path.read_text() == "".join(f"{line}\n" for line in after)
