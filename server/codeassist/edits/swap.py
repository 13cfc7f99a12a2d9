"""Several files replaced, made or taken away together, each in one step of the file system.

First everything new is written beside its place and flushed to the disk; then each file is put in
place by a rename, with the old one kept under a second name until all are done. A failure on the
way puts the old ones back. A process that is killed leaves whole files, old or new, and perhaps
hidden ones with TEMPORARY in their names.
"""

import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from codeassist.base.errors import EditError, StaleError

TEMPORARY = ".codeassist-tmp"
NAME_BYTES = 100  # of the file's own name in that of a temporary one; file systems take 255


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a file: `target` is its real path, `path` its name for people.

    `before` is what it has now, None if there is none; `after` is what it gets, None to delete it.
    """

    path: str
    target: str
    before: bytes | None
    after: bytes | None


@dataclass
class _Step:
    """A change under way.

    `fresh` and `kept` are the temporary names of the new and the old content, "" where there is
    none; they are set before such a file is made. `stamp` is that of the old file in its place, or
    of the new one where there was none. Whether the change is done is read off the file system, as
    an interrupt may come between any two statements.
    """

    change: Change
    fresh: str = ""
    kept: str = ""
    stamp: tuple[int, ...] = ()


@dataclass
class _Run:
    steps: list[_Step]
    folders: list[str] = field(default_factory=list)


def swap(changes: Sequence[Change]) -> tuple[str, ...]:
    """Make all changes. Gives the folders that were made for new files, outermost first.

    Raises EditError, or StaleError for a file that changes in this moment; nothing has changed then
    unless the message says so.
    """
    run = _Run([_Step(change) for change in changes])
    current = ""
    try:
        for step in run.steps:
            current = step.change.path
            _prepare(run, step)
        for step in run.steps:
            current = step.change.path
            _put(step)
    except BaseException as error:
        _roll_back(run)
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise EditError(f"{current}: it cannot be written: {reason}") from error
        raise
    for step in run.steps:
        _remove(step.kept)
    for folder in {os.path.dirname(step.change.target) for step in run.steps}:
        _flush_folder(folder)
    return tuple(run.folders)


def _prepare(run: _Run, step: _Step) -> None:
    """Write a change's new content beside its place."""
    change = step.change
    if change.before is not None:
        step.stamp = _stamp(change.target)
        with open(change.target, "rb") as file:
            if file.read() != change.before:
                raise _changed(change)
    if change.after is None:
        return
    _make_folders(run, os.path.dirname(change.target))
    name = _temporary(change.target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    step.fresh = name
    descriptor = os.open(name, flags, 0o666 if change.before is None else 0o600)
    with open(descriptor, "wb") as file:
        file.write(change.after)
        file.flush()
        os.fsync(descriptor)
    if change.before is not None:
        _take_after(change.target, name)


def _changed(change: Change) -> StaleError:
    return StaleError(f"{change.path}: it has changed in this moment", "run it again")


def _make_folders(run: _Run, folder: str) -> None:
    missing: list[str] = []
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    for each in reversed(missing):
        os.mkdir(each)
        run.folders.append(each)


def _take_after(target: str, name: str) -> None:
    """Give a file the mode, the owner and the attributes of another one, as far as that goes."""
    status = os.stat(target)
    with suppress(OSError):
        shutil.copystat(target, name)  # the time stamps too, which are set anew below
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(name, status.st_uid, status.st_gid)
    os.chmod(name, status.st_mode & 0o7777)  # a change of the owner takes some bits away
    os.utime(name)


def _put(step: _Step) -> None:
    """Put one change in place, with what was there kept under another name."""
    target = step.change.target
    if step.change.before is None:
        _put_new(step)
        return
    if _stamp(target) != step.stamp:
        raise _changed(step.change)
    step.kept = _temporary(target)
    _keep(target, step.kept)
    if step.change.after is None:
        os.unlink(target)
    else:
        os.replace(step.fresh, target)


def _put_new(step: _Step) -> None:
    """Put a new file in place, never over another."""
    target = step.change.target
    step.stamp = _stamp(step.fresh)
    try:
        os.link(step.fresh, target)
    except FileExistsError as error:
        raise StaleError(f"{step.change.path}: there is such a file by now") from error
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise StaleError(f"{step.change.path}: there is such a file by now") from None
        os.rename(step.fresh, target)
    _remove(step.fresh)


def _keep(target: str, kept: str) -> None:
    """A second name for a file: the same one where the file system can, else a copy."""
    try:
        os.link(target, kept)
    except OSError:
        shutil.copy2(target, kept)


def _roll_back(run: _Run) -> None:
    """Put back what is done, the last first, and take every temporary file away.

    Raises EditError where that fails: then the old content is in the file that it names.
    """
    lost: list[str] = []
    for step in reversed(run.steps):
        _remove(step.fresh)
        try:
            _put_back(step)
        except OSError as error:
            where = f"; what it was is in {os.path.basename(step.kept)}" if step.kept else ""
            lost.append(f"{step.change.path}: it could not be put back: {error.strerror}{where}")
    for folder in reversed(run.folders):
        with suppress(OSError):
            os.rmdir(folder)
    if lost:
        raise EditError("\n".join(lost))


def _put_back(step: _Step) -> None:
    """Undo a change if it has been made."""
    target = step.change.target
    is_ours = bool(step.stamp) and os.path.lexists(target) and _stamp(target) == step.stamp
    if step.change.before is None:
        if is_ours:
            os.unlink(target)
    elif step.kept and os.path.lexists(step.kept):
        if is_ours:
            _remove(step.kept)
        else:
            os.replace(step.kept, target)


def _temporary(target: str) -> str:
    folder, name = os.path.split(target)
    short = os.fsencode(name)[:NAME_BYTES].decode("utf-8", "ignore")
    return os.path.join(folder, f".{short}{TEMPORARY}-{secrets.token_hex(6)}")


def _stamp(target: str) -> tuple[int, ...]:
    """What changes whenever a file does: its device, inode, size and time of change."""
    status = os.lstat(target)
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _remove(name: str) -> None:
    if name:
        with suppress(OSError):
            os.unlink(name)


def _flush_folder(folder: str) -> None:
    """Make renames in a folder last through a loss of power, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
