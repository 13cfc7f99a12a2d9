"""One repository for all tests of this folder, which only read it."""

import pytest
from command import Place


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository whose branch `work` has one error and one warning against main."""
    folder = tmp_path_factory.mktemp("e2e")
    made = Place(folder).with_finding({"notes.py": "x = 1\n"})
    return made.commit({"notes.py": "x = 1\nbreakpoint()\n"})
