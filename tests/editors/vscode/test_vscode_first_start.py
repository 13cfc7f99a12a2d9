"""Where the server comes from, on a machine that has Python and nothing else of ours."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from vscode_places import invoices
from vscode_tools import packed
from vscode_window import Editor, Window, expect, surroundings

NOTHING_SET = {
    "codeassist.server.command": None,
    "workbench.welcomePage.walkthroughs.openOnInstall": True,
}
NO_TRUST = {
    "codeassist.server.command": None,
    "security.workspace.trust.enabled": True,
    "security.workspace.trust.startupPrompt": "never",
}
PYTHON_EXTENSION = Path(__file__).parent / "python_extension"


def test_the_server_comes_from_the_wheel_in_the_package(
    tmp_path: Path, picture: Callable[[Window, str], None]
) -> None:
    repository = invoices(tmp_path)
    with Editor(tmp_path / "vscode", surroundings(tmp_path)) as editor, editor.browsing():
        window = editor.open(repository, NOTHING_SET)
        window.open_file("invoice.py")
        window.message(re.compile("setting up its server"))
        walkthrough = window.page.locator(".gettingStartedContainer", has_text="Choose a model")
        expect(walkthrough).to_be_visible()
        picture(window, "walkthrough")
        window.ready()
        (server,) = _environments(editor)
        assert _programs(editor) == {str(server / "bin" / "python")}
        made = (server / "ready.json").stat().st_mtime_ns
        window.reload()
        window.open_file("invoice.py")
        window.ready()
        assert _environments(editor) == [server]
        assert (server / "ready.json").stat().st_mtime_ns == made


def test_the_selected_python_is_used_in_a_workspace_that_is_trusted_alone(tmp_path: Path) -> None:
    """No other Python can be found here, so that it is plain which one was asked."""
    tools = tmp_path / "bin"
    tools.mkdir()
    git = shutil.which("git")
    assert git
    (tools / "git").symlink_to(git)
    environment = {
        "PATH": str(tools),
        "SHELL": "/nowhere/sh",  # VS Code asks it for the PATH that a user has
        "CODEASSIST_TEST_SELECTED_PYTHON": sys.executable,
    }
    python = packed(PYTHON_EXTENSION, tmp_path / "python.vsix")
    around = surroundings(tmp_path) | environment
    with (
        Editor(tmp_path / "vscode", around, extensions=[python]) as editor,
        editor.browsing(),
    ):
        window = editor.open(invoices(tmp_path), NO_TRUST)
        window.open_file("invoice.py")
        message = window.message(re.compile("No Python was found: install Python 3.11"))
        for label in ("Show Log", "Try Again", "Open Settings"):
            expect(message.get_by_role("button", name=label)).to_be_visible()
        window.trust()
        window.ready()
        assert _programs(editor) == {sys.executable}
        assert _environments(editor) == []


def _environments(editor: Editor) -> list[Path]:
    storage = editor.data / "User" / "globalStorage" / "codeassist.codeassist"
    return [path for path in storage.glob("server-*") if path.is_dir()]


def _programs(editor: Editor) -> set[str]:
    """What the servers that run were started with."""
    lines = (
        Path(f"/proc/{pid}/cmdline").read_bytes() for pid in editor.processes("codeassist serve")
    )
    return {line.split(b"\0")[0].decode() for line in lines}
