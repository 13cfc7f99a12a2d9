"""One real VS Code for the tests of the extension, and windows that are closed again."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the import mode of pytest adds no folders of its own

from vscode_window import Editor, Window, surroundings  # noqa: E402

# Not part of `make test` yet: on two busy cores some of them run out of time. `make test-vscode`.
_IN_A_WINDOW = ("first_start", "host", "icon", "local", "local_models", "model", "review")
if not os.environ.get("CODEASSIST_TEST_VSCODE"):
    collect_ignore = [f"test_vscode_{name}.py" for name in _IN_A_WINDOW]

IMAGES = HERE.parents[2] / "editors" / "vscode" / "images"


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
def picture(request: pytest.FixtureRequest) -> Callable[[Window, str], None]:
    """Takes a screenshot; with --update-golden it becomes the one in the extension's README."""

    def take(window: Window, name: str) -> None:
        folder = IMAGES if request.config.getoption("--update-golden") else window.editor.folder
        window.picture(folder / f"{name}.png")

    return take
