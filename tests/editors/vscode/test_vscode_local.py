"""What works at once, with no model: a real VS Code, the packaged extension, the real server."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Place
from vscode_places import INVOICE, invoices
from vscode_window import WAIT_MS, Editor, Window, expect

Picture = Callable[..., None]


@pytest.fixture(scope="module")
def shared(browsing_editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> Window:
    """A window on invoice.py, with a server that is ready."""
    window = browsing_editor.open(invoices(tmp_path_factory.mktemp("local")))
    window.open_file("invoice.py")
    window.ready()
    return window


@pytest.fixture
def window(editor: Editor, shared: Window) -> Window:
    """The window as it was."""
    shared.afresh({"invoice.py": INVOICE})
    return shared


def test_extract_a_variable_from_the_light_bulb(window: Window, picture: Picture) -> None:
    line = INVOICE.splitlines()[5]
    start = line.index("amount * rate") + 1
    window.select(6, start, start + len("amount * rate"))
    menu = window.menu("Extract variable")
    picture(window, "actions")
    menu.click()
    window.line("amount + ").wait_for()
    window.expect_no_text("amount + amount * rate")
    window.page.keyboard.press("Escape")  # the name is offered to be changed
    saved = window.saved("invoice.py")
    assert re.search(r"(\w+) = amount \* rate\n    return round\(amount \+ \1, 2\)", saved), saved
    window.page.keyboard.press("Control+Z")
    window.expect_text("amount + amount * rate")
    assert window.saved("invoice.py") == INVOICE


def test_without_a_key_an_action_says_what_to_do(window: Window, picture: Picture) -> None:
    window.go_to(4, 6)
    window.page.keyboard.press("Control+Shift+R")  # unlike Ctrl+., it can show what is disabled
    window.page.locator(".action-widget").get_by_text("Show Disabled").click()
    disabled = window.page.locator(".action-widget .monaco-list-row.option-disabled")
    disabled.first.wait_for()
    picture(window, "no-key")
    expect(disabled.filter(has_text="run Codeassist: Set API Key").first).to_be_visible()


def test_without_a_key_the_status_bar_says_local(window: Window) -> None:
    item = window.status("Codeassist: local")
    item.hover()
    hover = window.page.locator(".monaco-hover", has_text="run Codeassist: Set API Key")
    expect(hover).to_be_visible()
    item.click()
    expect(window.page.locator(".quick-input-list", has_text="Doctor")).to_be_visible()


def test_the_menu_of_the_right_button(window: Window) -> None:
    window.line("def total").click(button="right")
    menu = window.page.locator(".monaco-menu")
    menu.get_by_role("menuitem", name="Codeassist").hover()
    for title in ("Document This", "Find Bugs Here", "Review My Changes"):
        expect(menu.get_by_role("menuitem", name=title)).to_be_visible()


def test_a_server_that_is_killed_starts_again(editor: Editor, window: Window) -> None:
    pid = _server(editor)
    os.kill(pid, signal.SIGKILL)
    message = window.message(re.compile("server stopped; it starts again"))
    expect(message.get_by_role("button", name="Show Log")).to_be_visible()
    window.ready()
    assert _server(editor) != pid


def test_an_untrusted_workspace_gets_facts_alone(
    editor: Editor, tmp_path: Path, picture: Picture
) -> None:
    """Nothing of the workspace is run or sent, even where its settings ask for it."""
    evil = tmp_path / "evil"
    place = Place(tmp_path / "untrusted").init()
    repository = place.commit({"invoice.py": INVOICE}).root
    (repository / ".vscode").mkdir()
    command = f'["/bin/sh", "-c", "touch {evil}"]'
    settings = f'{{"codeassist.server.command": {command}, "codeassist.model.offline": false}}'
    (repository / ".vscode" / "settings.json").write_text(settings, "utf-8")
    trust = {
        "security.workspace.trust.enabled": True,
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.emptyWindow": False,
    }
    window = editor.open(repository, trust)
    window.open_file("invoice.py")
    window.ready()
    item = window.status("Codeassist: local")
    item.hover()
    expect(window.page.locator(".monaco-hover", has_text="Restricted Mode")).to_be_visible()
    picture(window, "untrusted", item)
    window.quick("Codeassist: Review My Changes")
    window.page.locator(".notification-list-item, .pane-body .monaco-list-row").first.wait_for()
    rows = window.page.locator(".quick-input-list .monaco-list-row")
    window.offered(">Codeassist: ", rows.filter(has_text="Codeassist: Find Bugs Here"))
    expect(rows.filter(has_text="Codeassist: Document This")).to_have_count(0)
    assert not evil.exists()


def _server(editor: Editor) -> int:
    """The process of the one server that runs: those of closed windows end in a moment."""
    end = time.monotonic() + WAIT_MS / 1_000
    while time.monotonic() < end:
        running = editor.processes("codeassist serve")
        if len(running) == 1:
            return running[0]
        time.sleep(0.1)
    raise AssertionError(f"not one server, but {running}")
