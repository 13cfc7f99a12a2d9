"""The preview, driven by keys as a user drives it; the edit comes from the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from neovim_editor import Editor
from test_edits import edit_of, opened, text_edit

SOURCE = "".join(f"line {number}\n" for number in range(1, 21))
FIRST = text_edit(1, 0, 1, 6, "second")
LAST = text_edit(18, 0, 18, 7, "nineteenth")
_OFFER = """
local edit, is_model, is_unseen = ...
require("codeassist.tasks").offer(edit, {
  title = "test", client_id = 0, encoding = "utf-8", versions = {},
  is_model = is_model, is_unseen = is_unseen,
})
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor without a server for all tests of this file."""
    with Editor(Place(tmp_path_factory.mktemp("preview")), init="") as editor:
        yield editor


@pytest.fixture
def editor(running: Editor) -> Editor:
    """The editor, with nothing set and nothing said."""
    running.lua("said = {}; require('codeassist.config').set({})")
    return running


def offered(
    editor: Editor, path: Path, is_model: bool = True, is_unseen: bool = False, **more: object
) -> None:
    """Offer an edit of two places of a file."""
    edit = edit_of({path: [FIRST, LAST]}) | {"title": "Number lines"} | more
    editor.lua(_OFFER, edit, is_model, is_unseen)


def with_changes(*changes: int) -> str:
    """The source with some of the changes."""
    words = {2: "second", 19: "nineteenth"}
    lines = [words[n] if n in changes else f"line {n}" for n in range(1, 21)]
    return "".join(f"{line}\n" for line in lines)


def test_the_diff_is_shown_and_nothing_changes_before_it_is_accepted(editor: Editor) -> None:
    path = opened(editor, "accept.txt", SOURCE)
    offered(editor, path, proofs=["the meaning is the same"])
    shown = editor.preview()
    assert shown[:2] == ["Number lines", "proved: the meaning is the same"]
    assert "--- accept.txt" in shown
    head = shown.index("@@ -1,5 +1,5 @@ [x]")
    assert shown[head + 1 : head + 7] == [
        " line 1", "-line 2", "+second", " line 3", " line 4", " line 5",
    ]  # fmt: skip
    assert "@@ -16,5 +16,5 @@ [x]" in shown
    editor.keys("a").wait("vim.bo.filetype ~= 'codeassist-preview'")
    assert editor.text == with_changes(2, 19)
    editor.command("undo")
    assert editor.text == SOURCE
    assert editor.said == ["codeassist: applied: Number lines"]


@pytest.mark.parametrize("keys", ["q", "<Esc>", ":quit<CR>", "<C-w>c", ":only<CR>"])
def test_rejected(editor: Editor, keys: str) -> None:
    """By its keys, and by any way of closing a window."""
    path = opened(editor, "reject.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    if keys == ":only<CR>":
        editor.command("wincmd p")
    editor.keys(keys)
    editor.hears("rejected")
    assert editor.text == SOURCE
    assert editor.lua("return vim.fn.winnr('$')") == 1


def test_a_hunk_is_left_out(editor: Editor) -> None:
    path = opened(editor, "hunk.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    editor.keys("]cx").wait("vim.fn.search('\\\\V[ ]', 'nw') > 0")
    assert "@@ -16,5 +16,5 @@ [ ]" in editor.lines
    editor.keys("<CR>")
    assert "may not hold" in editor.hears("applied 1 of 2 hunks: Number lines")
    assert editor.text == with_changes(2)


def test_back_and_forth_between_hunks(editor: Editor) -> None:
    path = opened(editor, "moves.txt", SOURCE)
    offered(editor, path)
    shown = editor.preview()
    first, second = (i for i, line in enumerate(shown, 1) if line.startswith("@@"))
    for keys, line in (("", first), ("]c", second), ("]c", second), ("[c", first), ("[c", first)):
        editor.keys(keys)
        editor.wait(f"vim.fn.line('.') == {line}")
    editor.keys("]c[cxx")  # chosen again
    editor.keys("a")
    editor.hears("Number lines")
    assert editor.text == with_changes(2, 19)


def test_no_hunk_is_nothing(editor: Editor) -> None:
    path = opened(editor, "none.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    editor.keys("x]cxa")
    editor.hears("no hunk was chosen: nothing was done")
    assert editor.text == SOURCE


def test_the_file_changed_while_the_preview_was_open(editor: Editor) -> None:
    path = opened(editor, "changed.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    buffer = editor.lua("return vim.fn.bufnr(...)", str(path))
    editor.lua("vim.api.nvim_buf_set_lines(..., 0, 0, false, { 'typed meanwhile' })", buffer)
    editor.keys("a")
    said = editor.hears("changed.txt changed meanwhile: nothing was done")
    assert said.endswith("run it again")
    assert editor.text == "typed meanwhile\n" + SOURCE


def test_in_a_tab_what_is_left_on_the_right_is_applied(editor: Editor) -> None:
    path = opened(editor, "tab.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    editor.keys("d").wait("vim.fn.tabpagenr('$') == 2")
    assert editor.lua("return vim.wo.diff")
    drawn = "return vim.api.nvim_eval_statusline(vim.wo.winbar, { maxwidth = ... }).str"
    assert editor.lua(drawn, 50) == "tab.txt: a apply · q reject"
    assert editor.lua(drawn, 15).startswith("tab.txt: a")
    # The first hunk is taken back from the left, a word is changed by hand.
    editor.keys("2Gdo19GccNINETEEN<Esc>a").wait("vim.fn.tabpagenr('$') == 1")
    assert editor.text == SOURCE.replace("line 19", "NINETEEN")


@pytest.mark.parametrize("keys", ["q", ":tabclose<CR>", ":quit<CR>"])
def test_a_tab_is_rejected(editor: Editor, keys: str) -> None:
    editor.lua("require('codeassist.config').set({ preview = { layout = 'tab' } })")
    path = opened(editor, "tab2.txt", SOURCE)
    offered(editor, path)
    editor.wait("vim.fn.tabpagenr('$') == 2")
    editor.keys(keys)
    editor.hears("rejected")
    editor.wait("vim.fn.tabpagenr('$') == 1")
    assert editor.text == SOURCE


def test_several_files_in_a_tab(editor: Editor) -> None:
    editor.lua("require('codeassist.config').set({ preview = { layout = 'tab' } })")
    editor.place.write({"other.txt": SOURCE})
    path = opened(editor, "several.txt", SOURCE)
    other = editor.place.root / "other.txt"
    editor.lua(_OFFER, edit_of({path: [FIRST], other: [LAST]}), True, False)
    editor.wait("vim.fn.tabpagenr('$') == 2")
    assert "several.txt 1/2" in editor.lua("return vim.wo.winbar")
    editor.keys("]f").wait("vim.wo.winbar:find('other.txt 2/2', 1, true) ~= nil")
    assert editor.text == with_changes(19)
    editor.keys("a").wait("vim.fn.tabpagenr('$') == 1")
    assert editor.text == with_changes(2)
    editor.command(f"buffer {other}")
    assert editor.text == with_changes(19)


def test_what_is_proved_without_a_model_is_applied_at_once(editor: Editor) -> None:
    path = opened(editor, "local.txt", SOURCE)
    offered(editor, path, is_model=False)
    assert editor.text == with_changes(2, 19)


def test_what_is_not_verified_is_always_shown(editor: Editor) -> None:
    path = opened(editor, "unverified.txt", SOURCE)
    problems = ["it removes the public name `f`"]
    offered(editor, path, False, True, verified=False, problems=problems)
    assert "not verified: it removes the public name `f`" in editor.preview()
    editor.keys("q")
    editor.hears("rejected")


def test_with_a_bang_a_model_s_verified_edit_is_applied_at_once(editor: Editor) -> None:
    path = opened(editor, "bang.txt", SOURCE)
    offered(editor, path, is_unseen=True)
    assert editor.text == with_changes(2, 19)


def test_always(editor: Editor) -> None:
    editor.lua("require('codeassist.config').set({ preview = { when = 'always' } })")
    path = opened(editor, "always.txt", SOURCE)
    offered(editor, path, is_model=False)
    editor.preview()
    editor.keys("a")
    editor.hears("Number lines")
    assert editor.text == with_changes(2, 19)


def test_keys_of_the_user_s_own(editor: Editor) -> None:
    editor.lua("require('codeassist.config').set({ preview = { keys = { accept = { 'y' } } } })")
    path = opened(editor, "keys.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    editor.keys("y")
    editor.hears("Number lines")
    assert editor.text == with_changes(2, 19)


def test_a_key_that_is_not_wanted(editor: Editor) -> None:
    """It does nothing and is not in the hint."""
    editor.lua("require('codeassist.config').set({ preview = { keys = { tab = {} } } })")
    path = opened(editor, "unwanted.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    hint = editor.lua("return vim.api.nvim_win_get_config(0).footer[1][1]")
    assert hint.strip() == "a apply · q reject · x hunk on/off · ]c next · [c previous"
    assert editor.lua("return vim.fn.maparg('d', 'n')") == ""
    editor.keys("q")
    editor.hears("rejected")


def test_a_second_preview_takes_the_place_of_the_first(editor: Editor) -> None:
    path = opened(editor, "twice.txt", SOURCE)
    offered(editor, path)
    editor.preview()
    offered(editor, path, title="Again")
    editor.hears("rejected")
    assert editor.preview()[0] == "Again"
    editor.keys("a")
    editor.hears("Again")
    assert editor.text == with_changes(2, 19)
