"""A user at a terminal: types, reads the screen, and sees what the plugin shows."""

import shutil
from collections.abc import Iterator

import pytest
from command import Place
from model_place import DOCUMENTED, SOURCE
from neovim_binary import PLUGIN, nvim
from neovim_editor import Editor
from scripted_openai import ScriptedServer, answer, hang
from terminal import Terminal
from test_tasks import instructed, replacing

INIT = f"""
vim.opt.runtimepath:prepend({str(PLUGIN)!r})
vim.o.laststatus = 2
vim.o.statusline = "%f%=%{{%v:lua.require'codeassist'.statusline()%}}"
vim.lsp.enable("codeassist")
"""


@pytest.fixture
def terminal(place: Place) -> Iterator[Terminal]:
    """Neovim with the function's file, when its status line says that the server is ready."""
    folders = Editor(place)  # for its environment; it is never started
    init = place.root.parent / "init.lua"
    init.write_text(INIT, "utf-8")
    command = [nvim(), "-u", str(init), "-i", "NONE", "-n", "shop.py"]
    with Terminal(command, folders.environment, place.root) as running:
        running.sees("codeassist: ready, gpt-5.2")
        yield running
    shutil.rmtree(folders.state.parent, ignore_errors=True)


def test_a_docstring(model: ScriptedServer, place: Place, terminal: Terminal) -> None:
    """Asked for, read, accepted, written."""
    model.enqueue(answer(DOCUMENTED, delay=1.0))
    terminal.type(":CodeAssist doc").press("Tab", "Tab").type(" symbol").press("Enter")
    terminal.sees(":CodeAssist cancel)")
    screen = terminal.sees('+    """Compute a price.')
    assert "╭ codeassist ─" in screen
    assert "a apply" in screen
    assert "[x]" in screen
    terminal.sees("codeassist: ready, gpt-5.2")  # below the preview
    terminal.type("a").sees_no("╭ codeassist ─")
    screen = terminal.sees('    """Compute a price.')
    assert "        rate: For one." in screen
    terminal.type(":w").press("Enter").sees("written")
    assert '"""Compute a price.' in (place.root / "shop.py").read_text()


def test_an_instruction_is_typed_and_rejected(
    model: ScriptedServer, place: Place, terminal: Terminal
) -> None:
    model.enqueue(answer(instructed(replacing("amount * rate", "rate * amount"))))
    terminal.type(":CodeAssist refactor").press("Enter").sees("Refactor:")
    terminal.type("swap the factors").press("Enter").sees("+    return rate * amount")
    terminal.type("q")
    assert "    return amount * rate" in terminal.sees_no("╭ codeassist ─")
    assert (place.root / "shop.py").read_text() == SOURCE


def test_cancelled(model: ScriptedServer, terminal: Terminal) -> None:
    """The screen shows what runs, how to end it, and that it has ended."""
    model.enqueue(hang())
    terminal.type(":CodeAssist document").press("Enter").sees("(:CodeAssist cancel)")
    terminal.type(":CodeAssist cancel").press("Enter").sees(
        "codeassist: document the symbol: cancelled"
    )
    terminal.sees("codeassist: ready, gpt-5.2")


def test_the_menu_of_actions(model: ScriptedServer, terminal: Terminal) -> None:
    """Neovim's own key, and a number typed at its prompt."""
    terminal.type("gra")
    screen = terminal.sees("Type number and <Enter>")
    (line,) = [each for each in screen.splitlines() if "ocument" in each and ":" in each][:1]
    model.enqueue(answer(DOCUMENTED))
    terminal.type(line.strip().partition(":")[0]).press("Enter")
    terminal.sees('+    """Compute a price.')
