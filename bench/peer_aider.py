"""Aider's repository map as a peer: its own environment, and runs of it.

The environment is made once, in the user's cache folder, with the Python that runs this script.
"""

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from platformdirs import user_cache_path

from measure import Run, run

VERSION = "0.86.2"
FIRST_PYTHON_WITHOUT = (3, 13)  # its dependencies have no wheels for it
_PROBE = Path(__file__).with_name("aider_probe.py")
_MAPS = Path(__file__).with_name("aider_maps.py")


class AiderMissingError(Exception):
    """Aider cannot be installed here, and why."""


def python() -> Path:
    """The Python of aider's environment, which is made if need be. Raises AiderMissingError."""
    if sys.version_info >= FIRST_PYTHON_WITHOUT:
        raise AiderMissingError(f"aider-chat {VERSION} needs Python before 3.13")
    folder = user_cache_path("codeassist-bench", appauthor=False) / f"aider-{VERSION}"
    executable = folder / "bin" / "python"
    if executable.exists() and _has_aider(executable):
        return executable
    venv.create(folder, with_pip=True)
    command = [str(executable), "-m", "pip", "install", "--quiet", f"aider-chat=={VERSION}"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise AiderMissingError(done.stderr.decode("utf-8", "replace").strip()[-500:])
    return executable


def repository_map(executable: Path, root: Path, listing: Path) -> Run:
    """Make the map of some files. Raises ProbeError."""
    return run([str(executable), str(_PROBE), str(root), str(listing)])


class Maps:
    """Aider's maps around a focus, by one process for all. Use it in `with`."""

    def __init__(self, executable: Path) -> None:
        self._process = subprocess.Popen(
            [str(executable), str(_MAPS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def texts(
        self, root: Path, focus: str, files: Iterable[str], budgets: Sequence[int]
    ) -> list[str]:
        """The map for each budget. Raises RuntimeError if aider has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"root": str(root), "focus": focus, "files": list(files), "budgets": budgets}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("aider's process has ended")
        texts: list[str] = json.loads(line)["maps"]
        return texts


def forget(root: Path) -> None:
    """Remove aider's cache, which lies in the work tree."""
    for folder in root.glob(".aider.tags.cache*"):
        shutil.rmtree(folder)


def _has_aider(executable: Path) -> bool:
    question = "from importlib.metadata import version; print(version('aider-chat'))"
    done = subprocess.run([executable, "-c", question], capture_output=True, check=False)
    return done.stdout.decode().strip() == VERSION
