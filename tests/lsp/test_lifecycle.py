"""The session: start, folders, configuration, end."""

import asyncio
import os
from pathlib import Path

import pytest
from command import Place
from editor import Editor
from wire import Wire, abilities


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"app.py": "def f(x):\n    return x\n"})


async def test_it_starts_and_ends(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        assert editor.result
        assert editor.result.server_info
        assert editor.result.server_info.name == "codeassist"
        assert editor.unit == {"vscode": "utf-16", "neovim": "utf-8"}[client]
        await editor.ready()
        assert editor.statuses[-1]["state"] == "offline"
        assert "no model is set up" in editor.statuses[-1]["reason"]
        server = editor.client._server
    assert server
    assert server.returncode == 0


async def test_exit_without_shutdown_is_1(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.client.exit(None)
        assert editor.client._server
        assert await asyncio.wait_for(editor.client._server.wait(), 20) == 1


async def test_it_ends_when_the_editor_is_gone(place: Place) -> None:
    async with Editor(place) as editor:
        server = editor.client._server
        assert server
        assert server.stdin
        server.stdin.close()
        assert await asyncio.wait_for(server.wait(), 20) == 1
        assert not os.path.exists(f"/proc/{server.pid}")


BREAKS = """
import sys

class Broken:
    def find_spec(self, name, path=None, target=None):
        if name == "codeassist.engine.spending":
            raise ImportError("half an installation")

sys.meta_path.insert(0, Broken())
"""


def test_a_server_that_cannot_start_says_so_and_ends(place: Place, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sitecustomize.py").write_text(BREAKS)
    place.environment["PYTHONPATH"] = str(tmp_path / "broken")
    with Wire.start(place) as wire:
        wire.initialize(abilities("neovim"), rootUri=place.root.as_uri())
        wire.until(lambda: any(each["method"] == "window/showMessage" for each in wire.sent))
        (said,) = (each["params"] for each in wire.sent if each["method"] == "window/showMessage")
        assert "codeassist could not start: half an installation" in said["message"]
        assert wire.ended() == 1
