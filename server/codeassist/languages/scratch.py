"""Temporary folders with copies of code, for programs and libraries that read files from a disk.

A process that is killed cannot tidy up, and what it leaves is somebody's code. So the folders are
named by their process, and the next process that makes one takes those of dead ones away.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from codeassist.base.processes import lives

PREFIX = "codeassist-scratch-"


@contextmanager
def folder() -> Iterator[Path]:
    """An empty folder, for the time of a `with` block."""
    _tidy()
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-") as name:
        yield Path(name).resolve()


@cache
def _tidy() -> None:
    """Remove what killed processes of this user have left, once in the life of this one."""
    if os.name != "posix":  # elsewhere there is no way to ask for a process without harm
        return
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        process = left.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdecimal() and not lives(int(process)) and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)  # another user's stays
