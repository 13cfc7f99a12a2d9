"""The first start on a machine that has Python and nothing else of ours."""

import re
from collections.abc import Callable
from pathlib import Path

from vscode_places import invoices
from vscode_window import Editor, Window, expect, surroundings

NOTHING_SET = {
    "codeassist.server.command": None,
    "workbench.welcomePage.walkthroughs.openOnInstall": True,
}


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
        (line,) = {_program(pid) for pid in editor.processes("codeassist serve")}
        assert line == str(server / "bin" / "python")
        made = (server / "ready.json").stat().st_mtime_ns
        window.page.reload()
        window.open_file("invoice.py")
        window.ready()
        assert _environments(editor) == [server]
        assert (server / "ready.json").stat().st_mtime_ns == made


def test_no_python_is_said_with_what_to_do(tmp_path: Path) -> None:
    repository = invoices(tmp_path)
    # Without a shell either: VS Code asks it for the PATH that a user has.
    nothing = {"PATH": "/nowhere", "SHELL": "/nowhere/sh"}
    with Editor(tmp_path / "vscode", surroundings(tmp_path) | nothing) as editor, editor.browsing():
        window = editor.open(repository, NOTHING_SET)
        window.open_file("invoice.py")
        message = window.message(re.compile("No Python was found: install Python 3.11"))
        for label in ("Show Log", "Try Again", "Open Settings"):
            expect(message.get_by_role("button", name=label)).to_be_visible()


def _environments(editor: Editor) -> list[Path]:
    storage = editor.data / "User" / "globalStorage" / "codeassist.codeassist"
    return [path for path in storage.glob("server-*") if path.is_dir()]


def _program(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode()
