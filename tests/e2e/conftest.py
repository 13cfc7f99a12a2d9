"""One repository for all tests that only read it, and a scripted server for each file."""

from collections.abc import Iterator

import pytest
from command import Place
from scripted_openai import ScriptedServer


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository whose branch `work` has one error and one warning against main."""
    folder = tmp_path_factory.mktemp("e2e")
    made = Place(folder).with_finding({"notes.py": "x = 1\n"})
    return made.commit({"notes.py": "x = 1\nbreakpoint()\n"})


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    """One server for all tests of a file."""
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    """The server with nothing scripted."""
    shared.reset()
    return shared
