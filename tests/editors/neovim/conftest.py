"""What the tests of the plugin share: modules by bare name, a scripted model, places, editors."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Place
from model_place import SOURCE, model_place
from scripted_openai import ScriptedServer

sys.path.insert(0, str(Path(__file__).parent))

from neovim_editor import Editor
from waiting import wait_for


@pytest.fixture(scope="module")
def shared_model() -> Iterator[ScriptedServer]:
    """One server for all tests of a file."""
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def model(shared_model: ScriptedServer) -> ScriptedServer:
    """A model with nothing scripted."""
    shared_model.reset()
    return shared_model


@pytest.fixture
def place(tmp_path: Path, model: ScriptedServer) -> Place:
    """A repository with one undocumented function, whose model is the scripted one."""
    return model_place(tmp_path, model.url)


@pytest.fixture
def fresh(place: Place) -> Iterator[Editor]:
    """An editor of its own with the function's file, when the server is ready."""
    with Editor(place) as running:
        yield running.open("shop.py").attached()


@pytest.fixture(scope="module")
def shared_editor(
    tmp_path_factory: pytest.TempPathFactory, shared_model: ScriptedServer
) -> Iterator[Editor]:
    """One editor and one server for all tests of a file that leave them alive."""
    folder = tmp_path_factory.mktemp("shared")
    place = model_place(folder, shared_model.url, CODEASSIST_MODEL_KEEP_ANSWERS="false")
    with Editor(place) as running:
        yield running


@pytest.fixture
def editor(shared_editor: Editor, model: ScriptedServer) -> Iterator[Editor]:
    """The shared editor as if it had just started, with the function's file.

    It leaves nothing under way, which the model would hear of in the middle of the next test.
    """
    shared_editor.reset().place.write({"shop.py": SOURCE})
    yield shared_editor.open("shop.py").attached()
    shared_editor.idle()
    wait_for(lambda: all(each.is_done for each in model.requests()))
