"""Writes a result to a file: whole or not at all, so that no reader sees half a report."""

import os
import tempfile
from pathlib import Path

from codeassist.base.errors import UsageError

_NEW_FILE_MODE = 0o666  # what `open` asks for; the umask takes its part


def check_writable(path: str) -> None:
    """Raise UsageError now for what would fail after a long review."""
    target = Path(path)
    folder = target.resolve().parent
    if target.is_dir():
        raise _cannot(path, "it is a folder")
    if not folder.is_dir():
        raise _cannot(path, f"there is no folder {folder}")
    if not os.access(target if _is_special(target) else folder, os.W_OK):
        raise _cannot(path, "you may not write there")


def write_atomically(path: str, text: str) -> None:
    """Write text as UTF-8 with its line endings as they are. Raises UsageError.

    A symbolic link is followed, an existing file keeps its mode; a pipe or a device is written to
    directly, since it cannot be replaced.
    """
    target = Path(path).resolve()
    try:
        if _is_special(target):
            target.write_bytes(text.encode())
        else:
            _replace(target, text.encode())
    except OSError as error:
        raise _cannot(path, error.strerror or str(error)) from error


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, _mode(target))
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except OSError:
        umask = os.umask(0)  # there is no way to ask for it without setting it
        os.umask(umask)
        return _NEW_FILE_MODE & ~umask


def _is_special(target: Path) -> bool:
    return target.exists() and not target.is_file()


def _cannot(path: str, reason: str) -> UsageError:
    return UsageError(f"cannot write {path}: {reason}", "name another file with --output")
