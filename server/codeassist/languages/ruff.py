"""The installed ruff, run once on copies of Python files in a temporary folder.

Knows how it is found and run: without a cache, without environment variables, so that those of
ruff's own change nothing, and never writing. What it is asked and what is made of its answer is the
caller's matter.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from codeassist.base.errors import IncompleteError
from codeassist.languages import scratch

SECONDS = 30.0  # a hundred times what ruff needs for a large diff
_QUIETLY = ("--no-fix", "--no-cache", "--exit-zero", "--quiet", "--output-format", "json")


@contextmanager
def copies(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files by path, for the time of a `with` block.

    An empty configuration above them keeps ruff from looking further up on this machine.
    """
    with scratch.folder() as folder:
        for path, data in {"ruff.toml": b"", **files}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield folder


def check(
    folder: Path, paths: Sequence[str], *options: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run `ruff check` on paths of a folder; its findings as JSON on standard output.

    Raises IncompleteError where it cannot be run.
    """
    command = [_binary(), "check", *_QUIETLY, *options, "--", *paths]
    try:
        return subprocess.run(
            command, cwd=folder, env={}, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IncompleteError(f"ruff could not be run: {error}") from error


def _binary() -> str:
    """The path of ruff's program. Older versions of the package keep the function elsewhere."""
    for module in ("ruff", "ruff.__main__"):
        find = getattr(import_module(module), "find_ruff_bin", None)
        if find is not None:
            return os.fsdecode(find())
    raise IncompleteError("the ruff package has no program", "reinstall codeassist")
