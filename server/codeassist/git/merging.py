"""Joins what git lists as two entries of a diff but people know as one file's change."""

from collections.abc import Sequence
from dataclasses import replace

from codeassist.base.changes import ChangeKind, FileChange, Hunk

UNMERGED_NOTE = "unresolved merge conflict"


def merge_parts(changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Join the two halves of a change of type, and a conflict's notice with its diff.

    Git shows a file that became a symbolic link as deleted and added again, and announces an
    unmerged path on a line of its own before the path's diff.
    """
    merged: list[FileChange] = []
    for change in changes:
        joined = _joined(merged[-1], change) if merged else None
        if joined is None:
            merged.append(change)
        else:
            merged[-1] = joined
    return tuple(merged)


def _joined(first: FileChange, second: FileChange) -> FileChange | None:
    if first.path != second.path:
        return None
    if first.kind is ChangeKind.DELETED and second.kind is ChangeKind.ADDED:
        return FileChange(
            kind=ChangeKind.TYPE,
            old_path=first.old_path,
            new_path=second.new_path,
            hunks=_one_hunk(first.hunks + second.hunks),
            binary=first.binary or second.binary,
            submodule=first.submodule or second.submodule,
            old_mode=first.old_mode,
            new_mode=second.new_mode,
            note=f"file type changed from {first.old_mode} to {second.new_mode}",
            too_large=first.too_large or second.too_large,
        )
    if first.note == UNMERGED_NOTE:
        return replace(second, note=UNMERGED_NOTE)
    return None


def _one_hunk(hunks: tuple[Hunk, ...]) -> tuple[Hunk, ...]:
    """The removal of all lines and the addition of others as one replacement."""
    if len(hunks) < 2:
        return hunks
    old, new = hunks
    counts = (old.old_start, old.old_count, new.new_start, new.new_count)
    return (Hunk(*counts, old.lines + new.lines),)
