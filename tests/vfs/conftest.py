"""Folders of files for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

Files = dict[str, bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes files below a fresh folder and returns it."""

    def make(files: Files) -> Path:
        root = tmp_path / "root"
        for path, content in files.items():
            full = root / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(content)
        return root

    return make
