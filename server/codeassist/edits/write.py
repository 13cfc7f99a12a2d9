"""Edits onto the disk: all files of a call or none, and a way back.

Compares each file with what the edit was made against, and never leaves the root. Decides nothing:
whether an edit may be applied is the caller's matter. How files are replaced is `swap`'s.
"""

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.edits.paths import checked_path
from codeassist.edits.swap import Change, swap

_READ = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would block for ever
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)
_AGAIN = "run it again"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back from a `write`. `paths` are the files that were written, relative to the root.

    `folders` are those that were made for new files, outermost first.
    """

    root: str
    files: tuple[FileEdit, ...]
    folders: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were written."""
        return tuple(file.path for file in self.files)

    def __call__(self) -> None:
        """The same as `undo`."""
        self.undo()

    def undo(self) -> None:
        """Put everything back. Raises StaleError if a file was changed since; then nothing is."""
        changes = [
            Change(file.path, _existing(self.root, file.path, file.after), file.after, file.before)
            for file in self.files
        ]
        swap(changes)
        for folder in reversed(self.folders):
            try:
                os.rmdir(folder)
            except OSError:
                return  # Something else is in it by now.


def write(root: str | Path, edits: Sequence[WorkspaceEdit]) -> Undo:
    """Write the files of some edits below a root. All or nothing.

    Each file is replaced as a whole, so that at any moment it has its old content or its new one.
    A link is written through to its target inside of the root. A file with several hard links
    becomes one of its own. Raises StaleError where a file is not as the edit says or a new one is
    there already, and EditError for everything else that keeps a file from being written; then
    nothing has changed.
    """
    real = os.path.realpath(root)
    files = tuple(file for edit in edits for file in edit.files)
    changes: list[Change] = []
    complaints: list[EditError] = []
    for file in files:
        try:
            changes.append(_change(real, file))
        except EditError as error:
            complaints.append(error)
    targets = [os.path.normcase(change.target) for change in changes]
    for at, change in enumerate(changes):
        if targets[at] in targets[:at]:
            complaints.append(EditError(f"{change.path}: two edits change this file"))
    if complaints:
        stale = all(isinstance(error, StaleError) for error in complaints)
        message = "\n".join(error.message for error in complaints)
        raise StaleError(message, _AGAIN) if stale else EditError(message)
    folders = swap(changes)
    return Undo(real, files, folders)


def _change(root: str, file: FileEdit) -> Change:
    path = checked_path(file.path)
    if file.before is None:
        return Change(path, _new(root, path), None, file.after)
    return Change(path, _existing(root, path, file.before), file.before, file.after)


def _new(root: str, path: str) -> str:
    """Where a new file goes. No folder on the way there may be a link."""
    target = os.path.join(root, *path.split("/"))
    if os.path.lexists(target):
        raise StaleError(f"{path}: there is such a file by now", _AGAIN)
    folder = os.path.dirname(target)
    while folder != root and not os.path.lexists(folder):
        folder = os.path.dirname(folder)
    if os.path.realpath(folder) != folder:
        raise EditError(f"{path}: a folder on the way there is a symbolic link")
    if not os.path.isdir(folder):
        raise EditError(f"{path}: {os.path.relpath(folder, root)} is not a folder")
    return target


def _existing(root: str, path: str, expected: bytes) -> str:
    """Where a file really is, if it is what is expected there."""
    target = os.path.realpath(os.path.join(root, *path.split("/")))
    inside = os.path.relpath(target, root) if target.startswith(os.path.join(root, "")) else ""
    if not inside:
        raise EditError(f"{path}: it is a link that leads out of the repository")
    checked_path(inside.replace(os.sep, "/"))
    try:
        descriptor = os.open(target, _READ)
        with open(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise EditError(f"{path}: it is not a regular file")
            content = opened.read()
    except FileNotFoundError as error:
        raise StaleError(f"{path}: it is not there any more", _AGAIN) from error
    except OSError as error:
        raise EditError(f"{path}: it cannot be read: {error.strerror or error}") from error
    if content != expected:
        raise StaleError(f"{path}: it has changed since the edit was made", _AGAIN)
    if not os.access(target, os.W_OK):
        raise EditError(f"{path}: it is read-only", "make it writable, or edit a copy")
    return target
