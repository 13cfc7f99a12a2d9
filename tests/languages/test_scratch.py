"""Temporary folders with copies of code: none outlives its process for long."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from codeassist.languages import scratch

LEAVE = """
import os, signal
from codeassist.languages import scratch
with scratch.folder() as folder:
    (folder / "secret.py").write_text("x = 1")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch._tidy.cache_clear()
    return tmp_path


def test_a_folder_goes_with_its_block() -> None:
    with scratch.folder() as folder:
        (folder / "a.py").write_text("x = 1")
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="processes are asked for as on POSIX")
def test_what_a_killed_process_left_goes_with_the_next_one(temporary: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVE], capture_output=True, text=True, check=False
    )
    left = Path(done.stdout.strip())
    assert (left / "secret.py").exists()
    mine = temporary / f"{scratch.PREFIX}{os.getpid()}-x"  # of a process that lives
    other = temporary / f"{scratch.PREFIX}notes"  # somebody else's
    mine.mkdir()
    other.mkdir()
    with scratch.folder() as folder:
        assert not left.exists()
        assert {mine, other, folder} == set(temporary.iterdir())
