"""The key: from a function or a command to the server, and written nowhere on the way."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from model_place import DOCUMENTED
from neovim_editor import ENABLE, Editor
from scripted_openai import ScriptedServer, answer

SECRET = "sk-planted-in-the-editor-0123456789abcdef"


def setup(option: str) -> str:
    """A configuration with an option, and the editor's log of the protocol at its fullest."""
    return f"""
    vim.lsp.log.set_level("trace")
    require("codeassist").setup({{ {option} }})
    """


def files_of(editor: Editor) -> Iterator[Path]:
    """All files that the editor and the server have written."""
    for folder in (editor.state.parent, editor.place.cache, editor.place.root):
        yield from (path for path in folder.rglob("*") if path.is_file())


def check_sent_and_nowhere_written(model: ScriptedServer, editor: Editor) -> None:
    """The model got the key; no file has it, but the configuration that the test wrote."""
    model.enqueue(answer(DOCUMENTED))
    editor.command("CodeAssist document")
    editor.preview()
    assert model.requests()[0].headers["authorization"] == f"Bearer {SECRET}"
    log = (editor.state / "nvim" / "lsp.log").read_text("utf-8")
    assert "codeassist/run" in log, "the log is on"
    for path in files_of(editor):
        if path.name not in ("init.lua", "pass.py"):
            assert SECRET.encode() not in path.read_bytes(), path
    assert SECRET not in "".join(editor.said)
    variables = editor.lua("return vim.inspect(vim.fn.environ()) .. vim.inspect(vim.g)")
    assert SECRET not in variables
    assert editor.lua("return vim.lsp.log.get_level()") == editor.lua("return vim.log.levels.TRACE")


@pytest.fixture
def place(place: Place) -> Place:
    """A place whose environment has no key."""
    del place.environment["CODEASSIST_API_KEY"]
    return place


def test_from_a_function(model: ScriptedServer, place: Place) -> None:
    with Editor(place, setup(f"key = function() return {SECRET!r} end")) as editor:
        editor.open("shop.py").attached()
        check_sent_and_nowhere_written(model, editor)


def test_from_a_command(model: ScriptedServer, place: Place, tmp_path: Path) -> None:
    """Its first line; a request that comes before it has answered waits for it, and says so."""
    script, unlocked = tmp_path / "pass.py", tmp_path / "unlocked"
    script.write_text(
        "import pathlib, time\n"
        f"while not pathlib.Path({str(unlocked)!r}).exists(): time.sleep(0.05)\n"
        f"print({SECRET!r})\nprint('more')\n",
        "utf-8",
    )
    option = f"key_cmd = {{ {sys.executable!r}, {str(script)!r} }}"
    with Editor(place, setup(option)) as editor:
        editor.open("shop.py").command("CodeAssist pack")
        editor.hears("waiting for the key from key_cmd")
        unlocked.touch()
        editor.wait("vim.b.codeassist_document ~= nil")
        editor.keys("q").wait("vim.b.codeassist_document == nil")
        check_sent_and_nowhere_written(model, editor)


def test_asked_for(model: ScriptedServer, place: Place) -> None:
    """`:CodeAssist key`, typed by the user; and forgotten again."""
    with Editor(place, setup("")) as editor:
        editor.open("shop.py").attached()
        editor.keys(f":CodeAssist key<CR>{SECRET}<CR>")
        editor.hears("the key was handed over")
        check_sent_and_nowhere_written(model, editor)
        editor.keys("q:CodeAssist! key<CR>")
        editor.hears("the key is forgotten")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ('key_cmd = { "sh", "-c", "echo half-a-key; exit 3" }', "sh ended with 3"),
        ('key_cmd = { "true" }', "true ended with 0"),
        ('key_cmd = { "no-such-program" }', "key_cmd cannot be started"),
        ("key = function() error('half-a-key') end", "the function `key` failed"),
        ("key = function() return { 'half-a-key' } end", "the function `key` gave no string"),
    ],
)
def test_no_key_comes(place: Place, option: str, message: str) -> None:
    """It is said without what was printed, and requests do not wait for ever."""
    with Editor(place, setup(option)) as editor:
        editor.open("shop.py").attached()
        said = editor.hears(message)
        assert "half-a-key" not in said
        editor.command("CodeAssist pack").wait("vim.b.codeassist_document ~= nil")


def test_from_the_environment(model: ScriptedServer, place: Place) -> None:
    place.environment["OPENAI_API_KEY"] = SECRET
    with Editor(place, ENABLE) as editor:
        editor.open("shop.py").attached().command("checkhealth codeassist")
        editor.wait("vim.bo.filetype == 'checkhealth'")
        assert "the key comes from the environment (OPENAI_API_KEY)" in editor.text
        assert SECRET not in editor.text
