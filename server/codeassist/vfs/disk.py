"""The files of a folder on disk as a tree.

Never leaves the folder: symbolic links are not entries, and `read` follows one only to a file
inside. Which paths there are is the caller's to say: git's list, or `walk`.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from codeassist.base.files import Entry, Skipped, size_reason

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would block for ever
    | getattr(os, "O_CLOEXEC", 0)
)


class DiskTree:
    """The working tree. `list_paths` is called once for each round of `entries`."""

    def __init__(
        self,
        root: str | Path,
        list_paths: Callable[[], Iterable[str]],
        label: str = "working tree",
    ) -> None:
        self._root = os.path.realpath(root)
        self._list_paths = list_paths
        self._label = label
        self._skipped: tuple[Skipped, ...] = ()
        self._inside: dict[str, bool] = {}

    @property
    def label(self) -> str:
        """What people call this state."""
        return self._label

    def entries(self) -> Iterator[Entry]:
        """All regular files that are small enough, in the order of the list of paths."""
        entries: list[Entry] = []
        skipped: list[Skipped] = []
        prefix = os.path.join(self._root, "")
        for path in self._list_paths():
            try:
                status = os.lstat(prefix + path)
            except (OSError, ValueError) as error:
                skipped.append(Skipped(path, _gone(error)))
                continue
            reason = self._reason(path, status)
            if reason is None:
                entries.append(Entry(path, status.st_size, None, _stamp(status)))
            else:
                skipped.append(Skipped(path, reason))
        self._skipped = tuple(skipped)
        return iter(entries)

    def skipped(self) -> tuple[Skipped, ...]:
        """What the last `entries` passed over, each with the reason."""
        return self._skipped

    def read(self, path: str) -> bytes:
        """A file's raw bytes. Raises OSError if it is gone, unreadable or outside the folder."""
        full = os.path.join(self._root, path)
        if os.path.islink(full):
            full = os.path.realpath(full)
        if not self._is_inside(os.path.dirname(full)):
            raise PermissionError(f"{path} leads out of the folder")
        # A link that takes the file's place in this moment must not be followed either.
        descriptor = os.open(full, _FLAGS | getattr(os, "O_NOFOLLOW", 0))
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(f"{path} is not a regular file")
            return file.read()

    def _is_inside(self, folder: str) -> bool:
        known = self._inside.get(folder)
        if known is None:
            real = os.path.realpath(folder)
            known = real == self._root or real.startswith(os.path.join(self._root, ""))
            self._inside[folder] = known
        return known

    def _reason(self, path: str, status: os.stat_result) -> str | None:
        if stat.S_ISREG(status.st_mode):
            return size_reason(status.st_size)
        if stat.S_ISLNK(status.st_mode):
            return self._link_reason(path)
        if stat.S_ISDIR(status.st_mode):
            return "folder of a submodule or another repository"
        return "not a regular file"

    def _link_reason(self, path: str) -> str:
        full = os.path.join(self._root, path)
        target = os.path.realpath(full)
        if not self._is_inside(os.path.dirname(target)):
            return "symbolic link that leads out of the folder"
        if not os.path.exists(target):
            return "symbolic link that leads nowhere"
        shown = os.path.relpath(target, self._root).replace(os.sep, "/")
        return f"symbolic link to {shown}"


def _stamp(status: os.stat_result) -> str:
    # The inode catches a file that was replaced, ctime one whose mtime was set back.
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}-{status.st_ctime_ns}"


def _gone(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "not on disk: deleted meanwhile, or not checked out"
    return f"cannot be looked at: {getattr(error, 'strerror', None) or error}"
