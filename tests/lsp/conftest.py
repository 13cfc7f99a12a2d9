"""Every test of the language server runs twice: as VS Code's client, and as Neovim's."""

import pytest
from editor import CLIENTS


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    """The name of a client whose abilities the test's editor has."""
    name: str = request.param
    return name
