"""One real VS Code for the tests of the extension, and windows that are closed again.

These tests are part of `make test`. Where no VS Code can be had they are skipped, and said so on
the terminal; with `CI` in the environment they fail.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the import mode of pytest adds no folders of its own

from vscode_tools import missing  # noqa: E402
from vscode_window import Editor, Window, surroundings  # noqa: E402

IMAGES = HERE.parents[2] / "editors" / "vscode" / "images"
_NEEDS_NOTHING = "test_vscode_manifest.py"
# Those with an editor of their own last: what another process takes over is the end of the list.
_IN_A_WINDOW = ("local", "model", "review", "local_models", "icon", "host", "first_start")
_FIRST = [HERE / f"test_vscode_{name}.py" for name in _IN_A_WINDOW]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows first, so that one of several processes has them all while others do the rest."""
    places = {path: number for number, path in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a VS Code where there is none, or fail it."""
    if item.path.name == _NEEDS_NOTHING or not (reason := missing()):
        return
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    _shout(item.config, f"THE VS CODE EXTENSION IS NOT TESTED: {reason.splitlines()[0]}")
    pytest.skip(reason)


@cache
def _shout(config: pytest.Config, line: str) -> None:
    """Write to the terminal, once, past what catches the output of tests."""
    capture = config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stderr.write(f"\n{line}\n")
        sys.stderr.flush()


@pytest.fixture(scope="session")
def shared_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """VS Code with the extension installed."""
    folder = tmp_path_factory.mktemp("vscode")
    with Editor(folder, surroundings(folder), ("--log=trace",)) as editor:
        yield editor


@pytest.fixture(scope="module")
def browsing_editor(shared_editor: Editor) -> Iterator[Editor]:
    """VS Code with a browser."""
    with shared_editor.browsing() as editor:
        yield editor


@pytest.fixture
def editor(browsing_editor: Editor, request: pytest.FixtureRequest) -> Iterator[Editor]:
    """VS Code; windows that a test opens are closed, and a failure leaves a picture of each."""
    failed, known = request.session.testsfailed, browsing_editor.window_count
    yield browsing_editor
    if request.session.testsfailed > failed:
        browsing_editor.keep_pictures(request.node.name)
    browsing_editor.close_windows(known)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Takes a screenshot; with --update-golden it becomes the one in the extension's README."""

    def take(window: Window, name: str, under: "Locator | None" = None) -> None:
        folder = IMAGES if request.config.getoption("--update-golden") else window.editor.folder
        window.picture(folder / f"{name}.png", under)

    return take
