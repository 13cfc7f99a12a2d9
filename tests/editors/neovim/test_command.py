"""The command :CodeAssist without a server, and setup(): completion, refusals, options."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from neovim_binary import PLUGIN
from neovim_editor import Editor

SUBCOMMANDS = sorted(path.stem for path in (PLUGIN / "lua/codeassist/commands").glob("*.lua"))
# What the plugin must have, whatever else there is.
WANTED = {
    "architecture", "bugs", "cancel", "cost", "doctor", "document", "log", "pack", "prompt",
    "refactor", "restart", "review",
}  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor without a server for all tests of this file."""
    with Editor(Place(tmp_path_factory.mktemp("command")), init="") as editor:
        yield editor


@pytest.fixture
def editor(running: Editor) -> Editor:
    """The editor, with nothing said."""
    running.lua(
        "reset(); vim.o.columns = 80; require('codeassist.config').set({}); vim.cmd('silent! only')"
    )
    return running


def completed(editor: Editor, line: str) -> list[str]:
    """What Neovim offers after a command line."""
    return list(editor.lua("return vim.fn.getcompletion(..., 'cmdline')", line))


def test_subcommands_are_completed(editor: Editor) -> None:
    assert set(SUBCOMMANDS) >= WANTED
    assert completed(editor, "CodeAssist ") == SUBCOMMANDS
    assert completed(editor, "CodeAssist do") == ["doctor", "document"]
    assert completed(editor, "5,10CodeAssist ref") == ["refactor"]
    assert completed(editor, "CodeAssist document ") == ["symbol", "file"]
    assert completed(editor, "CodeAssist prompt ar") == ["architecture"]
    assert completed(editor, "CodeAssist cost ") == []
    assert "cost" not in completed(editor, "CodeAssist! "), "it takes no bang"


def test_only_what_is_used_is_loaded(tmp_path: Path) -> None:
    """The start of the editor pays for the command and the mappings alone."""
    with Editor(Place(tmp_path), init="") as editor:
        code = """
        local names = vim.tbl_filter(function(name)
          return vim.startswith(name, "codeassist")
        end, vim.tbl_keys(package.loaded))
        table.sort(names)
        return names
        """
        assert editor.lua(code) == ["codeassist.plugs"]
        editor.command("CodeAssist log")
        loaded = [name for name in editor.lua(code) if ".commands." in name]
        assert loaded == ["codeassist.commands.log"]


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_a_subcommand_is_whole(editor: Editor, name: str) -> None:
    """It has a description that ends as a sentence does, and is in the help."""
    described = editor.lua("return require('codeassist.command').load(...).desc", name)
    assert described.endswith(".")
    help_text = (PLUGIN / "doc" / "codeassist.txt").read_text("utf-8")
    assert f"*codeassist-{name}*" in help_text


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        ("CodeAssist nonsense", '"nonsense" is no subcommand', "there are: architecture, bugs"),
        ("CodeAssist! cost", "cost takes no bang", ":CodeAssist cost"),
        ("%CodeAssist cost", "cost takes no range", ":CodeAssist cost"),
        ("CodeAssist document all", '"all" is nothing that can be documented', "document file"),
        ("CodeAssist prompt all", '"all" is no task', "there are: architecture, bugs"),
        ("CodeAssist document", "the type of this file is not known", ":set filetype=python"),
        ("CodeAssist review", "no server is running", "open a file"),
        ("CodeAssist key", "no server is running", "open a file"),
        ("CodeAssist fix", "no hypothesis with a fix here", ":CodeAssist bugs"),
        ("CodeAssist cancel", "nothing is running", ""),
        ("CodeAssist explain", "no finding of codeassist here", "CA101"),
    ],
)
def test_a_refusal_says_what_to_do(editor: Editor, line: str, message: str, remedy: str) -> None:
    editor.command(line)
    (said,) = editor.said
    assert said.startswith(f"codeassist: {message}")
    assert remedy in said


def test_a_refusal_depends_on_the_type_of_the_file(editor: Editor) -> None:
    for filetype, message in (
        ("cobol", "codeassist does not know files of the type cobol"),
        ("python", "no server is running for this buffer"),
    ):
        editor.command(f"enew | noautocmd setlocal filetype={filetype}")
        editor.command("CodeAssist bugs")
        editor.hears(message)


def test_without_a_name_the_user_chooses(editor: Editor) -> None:
    """Among those that can be called so."""
    for line in ("CodeAssist", "CodeAssist!", "%CodeAssist"):
        editor.command(line)
    everything, with_bang, with_range = editor.asked
    assert [text.partition(":")[0] for text in everything] == SUBCOMMANDS
    assert "cost: Show what models have cost." in everything
    names = [{text.partition(":")[0] for text in each} for each in (with_bang, with_range)]
    assert ["cancel" in each for each in names] == [True, False]
    assert ["prompt" in each for each in names] == [False, True]
    number = SUBCOMMANDS.index("cancel") + 1
    editor.answers(number).command("CodeAssist")
    editor.hears("nothing is running")


@pytest.mark.parametrize(
    ("columns", "lines"), [(200, ["t: nothing came of it: a is so; b is so"]),
                           (40, ["t: nothing came of it:", "- a is so", "- b is so"])],
)  # fmt: skip
def test_what_does_not_fit_on_a_line_is_said_on_several(
    editor: Editor, columns: int, lines: list[str]
) -> None:
    editor.lua("vim.o.columns = ...", columns)
    details = ["a is so", "b is so"]
    editor.lua("require('codeassist.report').done('t: nothing came of it', ...)", details)
    assert editor.said == ["codeassist: " + "\n".join(lines)]


def test_the_log_has_what_was_said(editor: Editor) -> None:
    editor.command("CodeAssist cancel").command("CodeAssist log")
    assert any(line.endswith("info    nothing is running") for line in editor.lines)
    editor.keys("q").wait("vim.fn.winnr('$') == 1")


@pytest.mark.parametrize("layout", ["split", "vsplit", "tab", "float"])
def test_a_document_is_shown_once(editor: Editor, layout: str) -> None:
    editor.lua(
        "require('codeassist').setup({ enable = false, document = { layout = ... } })", layout
    )
    show = "require('codeassist.show').open('title', 'markdown', ...)"
    editor.lua(show, "# One")
    count = editor.lua("return #vim.api.nvim_list_wins()")
    editor.lua(show, "# Two\n100 %")
    assert editor.lines == ["# Two", "100 %"]
    assert editor.lua("return #vim.api.nvim_list_wins()") == count
    assert editor.lua("return vim.bo.modifiable") is False
    editor.keys("q").wait("#vim.api.nvim_list_wins() == ...", count - 1)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"colour": 1}, "colour is no option"),
        ({"preview": {"when": "sometimes"}}, 'preview.when is "sometimes"'),
        ({"preview": {"layouts": "tab"}}, "preview.layouts is no option"),
        ({"preview": "tab"}, "preview is no option"),
        ({"quickfix": {"open": "yes"}}, "quickfix.open is string; it has to be boolean"),
        ({"key_cmd": "pass show openai"}, "key_cmd is string; it has to be string[]"),
        ({"key_cmd": []}, "key_cmd: it has to be a list of words"),
        ({"cmd": ["codeassist", 1]}, "cmd: it has to be a list of words"),
        ({"preview": {"keys": {"acept": ["y"]}}}, "preview.keys: acept is none of accept, reject"),
        ({"preview": {"keys": {"accept": "y"}}}, "preview.keys: accept has to be a list of keys"),
        ({"preview": {"keys": {"reject": []}}}, "preview.keys: reject has to be a list of keys"),
    ],
)
def test_wrong_options_are_said_and_change_nothing(
    editor: Editor, options: dict[str, object], problem: str
) -> None:
    editor.lua("require('codeassist').setup(...)", options)
    (said,) = editor.said
    assert problem in said
    assert "until then the defaults are in force" in said
    assert editor.lua("return require('codeassist.config').get().preview.when") == "model"


def test_options_are_merged_into_the_defaults(editor: Editor) -> None:
    options = {"enable": False, "preview": {"layout": "tab"}, "cmd": ["other", "serve"],
               "settings": {"model": {"name": "m"}}}  # fmt: skip
    editor.lua("require('codeassist').setup(...)", options)
    assert editor.said == []
    code = """
    local options, server = require("codeassist.config").get(), vim.lsp.config["codeassist"]
    return { options.preview.layout, options.preview.when, server.cmd, server.settings }
    """
    settings = {"codeassist": {"model": {"name": "m"}}}
    assert editor.lua(code) == ["tab", "model", ["other", "serve"], settings]
    assert editor.lua("return vim.lsp.is_enabled('codeassist')") is False


def test_plugs(editor: Editor) -> None:
    """Every mapping names a subcommand, and no key is mapped."""
    code = """
    return vim.tbl_map(function(plug)
      local name = ("<Plug>(codeassist-%s)"):format(plug.name)
      return { plug.command, vim.fn.maparg(name, plug.modes[1]) }
    end, require("codeassist.plugs").list)
    """
    for name, mapping in editor.lua(code):
        assert name in SUBCOMMANDS
        assert mapping == f":CodeAssist {name}<CR>"
    mapped = editor.lua(
        "return vim.tbl_map(function(m) return m.lhs end, vim.api.nvim_get_keymap('n'))"
    )
    ours = [lhs for lhs in mapped if "codeassist" in lhs.lower()]
    assert all(lhs.startswith("<Plug>") for lhs in ours)


def test_a_document_in_the_last_window_can_be_left(editor: Editor) -> None:
    editor.lua("require('codeassist.show').open('title', 'markdown', 'One')")
    editor.command("only").keys("q").wait("vim.b.codeassist_document == nil")
    assert editor.lua("return #vim.api.nvim_list_wins()") == 1


def test_a_window_that_is_used_for_something_else_is_left_alone(editor: Editor) -> None:
    """A later document does not take the place of a file that the user opened there."""
    editor.lua("require('codeassist.show').open('title', 'markdown', 'One')")
    editor.place.write({"mine.txt": "mine\n"})
    editor.open("mine.txt")
    assert editor.lua("return vim.wo.winbar") == ""
    editor.lua("require('codeassist.show').open('title', 'markdown', 'Two')")
    assert editor.lines == ["Two"]
    editor.keys("q").wait("vim.fn.bufname():find('mine.txt') ~= nil")
