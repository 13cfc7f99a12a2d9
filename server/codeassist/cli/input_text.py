"""Texts that a command reads from a file or from standard input."""

import sys

from codeassist.base.errors import UsageError


def read_input(path: str) -> str:
    """A file's text, or standard input's for "-"; what is not UTF-8 is replaced.

    Raises UsageError for a file that cannot be read.
    """
    if path == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8-sig", "replace")
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", "name a text file") from error
