"""Reviews into the quickfix list, explanations, and `:checkhealth`, with the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from neovim_editor import ENABLE, Editor

ITEMS = """
return vim.tbl_map(function(item)
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(item.bufnr))
  return { name, item.lnum, item.type, item.text }
end, vim.fn.getqflist())
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A repository whose branch breaks an import, without a model."""
    return Place(tmp_path).with_finding()


@pytest.fixture(scope="module")
def only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor in such a repository for all tests of this file that change nothing."""
    with Editor(Place(tmp_path_factory.mktemp("review")).with_finding()) as running:
        yield running


@pytest.fixture
def editor(only: Editor) -> Editor:
    """The editor as if it had just started."""
    return only.reset().open("lib.py").attached()


def test_into_the_quickfix_list_with_evidence(editor: Editor) -> None:
    editor.command("CodeAssist review base")
    editor.hears("review: 1 finding; 1 file reviewed")
    items = editor.lua(ITEMS)
    first = items[0]
    assert first[:3] == ["app.py", 1, "E"]
    assert first[3].startswith("CA101 ")
    assert items[1] == ["app.py", 3, "N", "  because: also used here"]
    assert "review" in editor.lua("return vim.fn.getqflist({ title = 0 }).title")
    assert editor.lua("return vim.fn.getqflist({ winid = 0 }).winid") != 0
    assert editor.lua("return vim.fn.bufname()").endswith("lib.py"), "the window stays"
    editor.command("cfirst")
    assert editor.lua("return vim.fn.bufname()").endswith("app.py")
    editor.command("copen").command("CodeAssist explain")
    editor.wait("vim.b.codeassist_document ~= nil")
    assert editor.lines[0].startswith("# CA101")


def test_what_is_in_the_buffer_counts(place: Place) -> None:
    """A review of the head sees what is not saved."""
    place.git("switch", "-q", "main")
    with Editor(place) as editor:
        editor.open("lib.py").attached()
        editor.command("3,6delete")
        editor.command("CodeAssist review head")
        editor.hears("review: 1 finding; 1 file reviewed")
        first = editor.lua(ITEMS)[0]
        assert (first[0], first[3].partition(" ")[0]) == ("app.py", "CA101")


def test_a_list_that_is_not_to_be_opened(place: Place) -> None:
    init = 'require("codeassist").setup({ quickfix = { open = false } })'
    with Editor(place, init) as editor:
        editor.open("lib.py").attached().command("CodeAssist review base")
        editor.hears("review: 1 finding; 1 file reviewed")
        assert editor.lua("return vim.fn.getqflist({ winid = 0 }).winid") == 0
        assert len(editor.lua(ITEMS)) > 1


def test_nothing_has_changed(editor: Editor) -> None:
    editor.command("CodeAssist review HEAD..HEAD")
    editor.hears("review: there are no changes in ")
    assert editor.lua(ITEMS) == []


def test_from_the_quickfix_window(editor: Editor) -> None:
    """What concerns the repository goes there too; what needs code says so."""
    editor.command("copen").command("CodeAssist architecture")
    editor.wait("vim.b.codeassist_document ~= nil")
    assert "lib.py" in editor.text
    assert editor.lua("return vim.fn.bufname()") == "codeassist://architecture"
    editor.keys("q").wait("vim.b.codeassist_document == nil")
    editor.command("CodeAssist document")
    assert "go to your code" in editor.hears("this window shows no file")


def test_revisions_that_there_are_not(editor: Editor) -> None:
    editor.command("CodeAssist review nowhere...HEAD")
    assert "nowhere" in editor.hears("nowhere")
    assert editor.lua(ITEMS) == []


def test_documents(editor: Editor) -> None:
    """What is to be read is shown, each in its window; nothing is sent for it."""
    shows = {
        "explain CA103": "# CA103",
        "cost": "",
        "doctor": "codeassist",
        "pack how is it used": "def kept",
        "prompt document": "def kept",
        "architecture": "lib.py",
        "models http://127.0.0.1:9/v1": "127.0.0.1:9",
    }
    for line, part in shows.items():
        editor.command(f"CodeAssist {line}").wait("vim.b.codeassist_document ~= nil")
        assert part in editor.text, line
        editor.keys("q").wait("vim.b.codeassist_document == nil")
    assert editor.said == []


def test_checkhealth(editor: Editor) -> None:
    editor.command("checkhealth codeassist")
    editor.wait("vim.bo.filetype == 'checkhealth'")
    text = editor.text
    for part in (
        "Neovim 0.", "the options are right", "the server is enabled", "codeassist 0.",
        "python: ", "git: ", f"running for {editor.place.root}, 1 buffer", "no key is set up",
        "no model can be asked", "OPENAI_API_KEY",
    ):  # fmt: skip
        assert part in text, part
    assert "ERROR" not in text


def test_checkhealth_tells_of_wrong_options(place: Place) -> None:
    init = f'require("codeassist").setup({{ colour = 1 }})\n{ENABLE}'
    with Editor(place, init) as editor:
        editor.open("lib.py").attached().command("checkhealth codeassist")
        editor.wait("vim.bo.filetype == 'checkhealth'")
        assert "colour is no option" in editor.text
        assert "correct it where you call setup()" in editor.text


def test_a_workspace_that_is_not_trusted(place: Place) -> None:
    """The server is told; a model is not asked there."""
    init = """
    require("codeassist").setup({ restricted = function(root) return root ~= nil end })
    """
    place.environment["OPENAI_API_KEY"] = "sk-unused"
    with Editor(place, init) as editor:
        editor.open("lib.py").attached()
        assert editor.lua("return require('codeassist').status().hasModel") is False
