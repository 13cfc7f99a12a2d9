"""A place for each scenario."""

from pathlib import Path

import pytest
from command import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty folder with a cache beside it."""
    return Place(tmp_path)
