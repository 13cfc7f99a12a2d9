"""The shared helper of the checks' tests: a review of two small repositories written as dicts.

The diff is made with difflib, so that these tests need neither git nor a diff parser. Asserts
nothing itself.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher

from trees import DictTree, store

from codeassist.base.cancellation import CancellationToken
from codeassist.base.changes import ChangeKind, Diff, DiffLine, FileChange, Hunk, LineKind
from codeassist.checks.check import Review
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.view import View

CONTEXT_LINES = 3  # git's default
SIMILAR = 0.5  # git's default threshold for renames


def view_of(files: Mapping[str, str | bytes], label: str = "head") -> View:
    """The view of a repository with these files."""

    def progress(stage: str, done: int, total: int) -> None:
        pass

    tree = DictTree(label, files)
    return build(tree, store(), "", IndexConfig(workers=1), progress, CancellationToken()).view


def review_of(before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]) -> Review:
    """The review of the change from one state to another, each path with its text."""
    return Review(diff_of(before, after), view_of(before, "base"), view_of(after, "head"))


def diff_of(before: Mapping[str, str | bytes], after: Mapping[str, str | bytes]) -> Diff:
    """The diff between two states, files that were moved and changed little as renames."""
    gone = {path: _lines(before[path]) for path in sorted(before.keys() - after.keys())}
    changes: list[FileChange] = []
    for path in sorted(after):
        new = _lines(after[path])
        if path in before:
            old = _lines(before[path])
            if old != new:
                changes.append(FileChange(ChangeKind.MODIFIED, path, path, _hunks(old, new)))
            continue
        origin = max(gone, key=lambda each: _ratio(gone[each], new), default=None)
        if origin is not None and _ratio(gone[origin], new) >= SIMILAR:
            hunks = _hunks(gone.pop(origin), new)
            changes.append(FileChange(ChangeKind.RENAMED, origin, path, hunks))
        else:
            changes.append(FileChange(ChangeKind.ADDED, None, path, _hunks([], new)))
    for path, old in gone.items():
        changes.append(FileChange(ChangeKind.DELETED, path, None, _hunks(old, [])))
    return Diff(tuple(changes))


def _lines(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _ratio(old: list[str], new: list[str]) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _hunks(old: list[str], new: list[str]) -> tuple[Hunk, ...]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        _hunk(group, old, new) for group in matcher.get_grouped_opcodes(CONTEXT_LINES) if group
    )


def _hunk(group: list[tuple[str, int, int, int, int]], old: list[str], new: list[str]) -> Hunk:
    lines: list[DiffLine] = []
    for tag, old_start, old_end, new_start, new_end in group:
        if tag == "equal":
            pairs = zip(range(old_start, old_end), range(new_start, new_end), strict=True)
            lines += [DiffLine(LineKind.CONTEXT, old[o], o + 1, n + 1) for o, n in pairs]
            continue
        lines += [
            DiffLine(LineKind.REMOVED, old[o], o + 1, None) for o in range(old_start, old_end)
        ]
        lines += [DiffLine(LineKind.ADDED, new[n], None, n + 1) for n in range(new_start, new_end)]
    (_, old_first, _, new_first, _), (_, _, old_last, _, new_last) = group[0], group[-1]
    old_count, new_count = old_last - old_first, new_last - new_first
    return Hunk(
        old_first + (old_count > 0),
        old_count,
        new_first + (new_count > 0),
        new_count,
        tuple(lines),
    )
