"""The server and the editor: attached, restarted, one for each root; by enable() alone."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from model_place import SOURCE
from neovim_binary import PLUGIN
from neovim_editor import ENABLE, Editor

_CLIENTS = "return vim.tbl_map(function(c) return c.root_dir end, vim.lsp.get_clients())"


def children(pid: int) -> Iterator[int]:
    """The processes that a process has started."""
    listing = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    yield from map(int, listing)


def server_of(editor: Editor) -> int:
    """The process of the only server."""
    pid = editor.lua("return vim.uv.os_getpid()")
    (server,) = [
        each for each in children(pid) if b"serve" in Path(f"/proc/{each}/cmdline").read_bytes()
    ]
    return server


def test_attached(fresh: Editor) -> None:
    """By the native configuration alone; positions are counted in bytes."""
    client = fresh.lua("""
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    return { client.name, client.offset_encoding, client.root_dir }
    """)
    assert client == ["codeassist", "utf-8", str(fresh.place.root)]
    assert fresh.lua("return require('codeassist').statusline()") == "codeassist: ready, gpt-5.2"
    fresh.place.write({"other.py": "x = 1\n"})
    fresh.open("other.py").attached()
    assert fresh.lua(_CLIENTS) == [str(fresh.place.root)], "one server serves both files"


def test_the_status_line_can_be_drawn(fresh: Editor) -> None:
    """Also with a per cent sign, and empty where there is no server."""
    line = "%{%v:lua.require'codeassist'.statusline()%}"
    drawn = "return vim.api.nvim_eval_statusline(..., {}).str"
    fresh.lua("""
    local id = vim.lsp.get_clients()[1].id
    local state = { state = "indexing", message = "indexing 40 %", percent = 40 }
    require("codeassist.status").receive(nil, state, { client_id = id })
    """)
    assert fresh.lua(drawn, line) == "codeassist: indexing 40 %"
    fresh.command("enew")
    assert fresh.lua(drawn, line) == ""


def test_the_status_line_counts_the_seconds_while_a_model_is_asked(fresh: Editor) -> None:
    """It may be silent for a minute."""
    receive = """
    local id = vim.lsp.get_clients()[1].id
    require("codeassist.status").receive(nil, ..., { client_id = id })
    return require("codeassist").statusline()
    """
    state = {"state": "thinking", "message": "asking m"}
    assert fresh.lua(receive, state) == "codeassist: asking m (0 s)"
    fresh.wait("require('codeassist').statusline() == 'codeassist: asking m (1 s)'")
    assert fresh.lua(receive, {"state": "ready", "message": "ready"}) == "codeassist: ready"


def test_status_events(fresh: Editor) -> None:
    fresh.lua("""
    states = {}
    vim.api.nvim_create_autocmd("User", { pattern = "CodeAssistStatus", callback = function(args)
      table.insert(states, args.data.status.state)
    end })
    """)
    fresh.command("CodeAssist restart").wait("vim.list_contains(states, 'ready')")


def test_as_a_plain_package(place: Place) -> None:
    """`pack/*/start` and one line of configuration: what the help tells to do."""
    init = """
    vim.opt.runtimepath:remove(vim.g.plugin)
    vim.opt.packpath:prepend(vim.fn.stdpath("data") .. "/site")
    vim.lsp.enable("codeassist")
    """
    with Editor(place, f"vim.g.plugin = {str(PLUGIN)!r}\n{init}", before=link_package) as editor:
        editor.open("shop.py").attached()
        assert editor.lua("return vim.fn.exists(':CodeAssist')") == 2
        paths = editor.lua("return vim.api.nvim_get_runtime_file('lsp/codeassist.lua', true)")
        assert ["pack/any/start" in path for path in paths] == [True]


def link_package(data: Path) -> None:
    """Put the plugin where packages are."""
    start = data / "nvim" / "site" / "pack" / "any" / "start"
    start.mkdir(parents=True)
    (start / "codeassist").symlink_to(PLUGIN)


def test_settings_reach_the_server(place: Place) -> None:
    init = """
    require("codeassist").setup({ settings = { model = { name = "from-the-editor" } } })
    """
    with Editor(place, init) as editor:
        editor.open("shop.py").attached()
        assert "from-the-editor" in editor.lua("return require('codeassist').statusline()")


def test_two_roots_have_a_server_each(place: Place, tmp_path: Path) -> None:
    second = Place(tmp_path / "second").init().commit({"till.py": SOURCE})
    with Editor(place) as editor:
        editor.open("shop.py").attached()
        editor.command(f"edit {second.root / 'till.py'}").attached()
        assert sorted(editor.lua(_CLIENTS)) == sorted([str(place.root), str(second.root)])
        # Each knows its own files: the document of one is not the other's.
        for root, name in ((place, "shop.py"), (second, "till.py")):
            editor.command(f"edit {root.root / name}").command("CodeAssist pack")
            editor.wait("vim.b.codeassist_document == 'codeassist: pack'")
            assert name in editor.text
            editor.keys("q").wait("vim.b.codeassist_document == nil")


@pytest.mark.parametrize("how", ["killed", "asked"])
def test_restarted(fresh: Editor, how: str) -> None:
    first = server_of(fresh)
    client = fresh.lua("return vim.lsp.get_clients()[1].id")
    if how == "killed":
        os.kill(first, signal.SIGKILL)
        assert ":CodeAssist restart" in fresh.hears("the server ended")
        assert fresh.lua("return require('codeassist').statusline()") == ""
    fresh.command("CodeAssist restart").hears("the server is being started again")
    fresh.wait("(vim.lsp.get_clients({ bufnr = 0 })[1] or { id = ... }).id ~= ...", client)
    fresh.attached()
    assert server_of(fresh) != first
    fresh.command("CodeAssist pack").wait("vim.b.codeassist_document ~= nil")
    assert "def price" in fresh.text
    assert (len([each for each in fresh.said if "ended" in each]) > 0) == (how == "killed")


def test_a_server_that_ends_leaves_nothing_running(fresh: Editor) -> None:
    """What was asked of it ends with a message, and can be asked of the next."""
    # A stopped process takes the request and never answers.
    server = server_of(fresh)
    os.kill(server, signal.SIGSTOP)
    fresh.command("CodeAssist pack").wait("#require('codeassist').running() == 1")
    os.kill(server, signal.SIGKILL)
    assert ":CodeAssist restart" in fresh.hears("pack was not answered: the server ended")
    assert fresh.lua("return #require('codeassist').running()") == 0


def test_no_command_to_start(place: Place) -> None:
    """The program is not installed: the editor works, and checkhealth says what to do."""
    init = f'vim.lsp.config("codeassist", {{ cmd = {{ "no-such-program", "serve" }} }})\n{ENABLE}'
    with Editor(place, init) as editor:
        editor.open("shop.py").command("CodeAssist document")
        editor.hears("no server is running for this buffer")
        editor.command("checkhealth codeassist")
        editor.wait("vim.bo.filetype == 'checkhealth'")
        assert "no-such-program is not on your PATH" in editor.text
        assert "pipx install" in editor.text


def test_a_file_without_a_root(place: Place, tmp_path: Path) -> None:
    """A single file, outside of any repository."""
    alone = tmp_path / "alone.py"
    alone.write_text(SOURCE, "utf-8")
    with Editor(place) as editor:
        editor.command(f"edit {alone}").attached()
        assert editor.lua("return vim.lsp.get_clients()[1].root_dir") is None
