"""Asks git for diffs in one fixed form, whatever the user's configuration says, and parses them."""

import os
import stat
from pathlib import Path

from codeassist.base.changes import ChangeKind, Diff, DiffLine, FileChange, Hunk, LineKind
from codeassist.base.files import is_binary
from codeassist.git.command import GitRunner
from codeassist.git.diff import parse_diff
from codeassist.git.draft import MAX_FILE_DIFF_BYTES

DIFF_OPTIONS = (
    "--patch",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--full-index",
    "--find-renames",
    "--unified=3",
    "--inter-hunk-context=0",
    "--diff-algorithm=default",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--submodule=short",
    "--ignore-submodules=dirty",  # else git runs in the submodule, under its configuration
    "-O/dev/null",  # no diff.orderFile
)
# Only what the repository itself sets; a filter in the user's own configuration is the user's will.
_LOCAL_FILTERS = r"^filter\..*\.(clean|process|smudge)$"
ADDED_MODE = "100644"


def between(git: GitRunner, base: str, head: str) -> Diff:
    """The changes from one commit or tree to another. Both are full ids."""
    return parse_diff(git.run("diff", *DIFF_OPTIONS, base, head, "--"))


def staged(git: GitRunner) -> Diff:
    """The changes from HEAD to the staging area; from nothing if there are no commits yet."""
    return parse_diff(git.run("diff", *DIFF_OPTIONS, "--cached", "--"))


def worktree(git: GitRunner, root: Path, base: str) -> Diff:
    """The changes from a commit or tree to the work tree, untracked files as added ones."""
    safe = git.with_configuration(_without_local_filters(git))
    tracked = parse_diff(safe.run("diff", *DIFF_OPTIONS, base, "--"))
    listed = git.run("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    known = {change.path for change in tracked.files}
    paths = sorted(path.decode("utf-8", "surrogateescape") for path in listed if path)
    added = [_untracked(root, path) for path in paths if path not in known]
    return Diff(tracked.files + tuple(change for change in added if change is not None))


def _without_local_filters(git: GitRunner) -> list[str]:
    settings: list[str] = []
    for scope in ("--local", "--worktree"):
        listed = git.line(
            "config", scope, "--includes", "-z", "--name-only", "--get-regexp", _LOCAL_FILTERS
        )
        for name in filter(None, (listed or "").split("\0")):
            settings += [f"{name}=", f"{name.rpartition('.')[0]}.required=false"]
    return settings


def _untracked(root: Path, path: str) -> FileChange | None:
    """An untracked file as an added one; None if it is gone, or no regular file.

    Its mode is given as that of a plain file: whether it can be run is of no matter here.
    """
    full = os.path.join(root, path)
    try:
        status = os.lstat(full)
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > MAX_FILE_DIFF_BYTES:
            note = "untracked and larger than 1 MiB, so left out"
            return _added(path, (), note, too_large=True)
        with open(full, "rb") as file:
            raw = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        return _added(path, (), f"untracked and cannot be read: {error.strerror}")
    if is_binary(raw):
        return _added(path, (), "binary file", binary=True)
    if not raw:
        return _added(path, (), "empty file")
    return _added(path, (_whole(raw),), "")


def _added(
    path: str, hunks: tuple[Hunk, ...], note: str, *, binary: bool = False, too_large: bool = False
) -> FileChange:
    return FileChange(
        ChangeKind.ADDED,
        None,
        path,
        hunks,
        binary,
        new_mode=ADDED_MODE,
        note=note,
        too_large=too_large,
    )


def _whole(raw: bytes) -> Hunk:
    texts = raw.decode("utf-8", "surrogateescape").split("\n")
    bare = texts[-1] != ""
    if not bare:
        texts.pop()
    last = len(texts)
    lines = tuple(
        DiffLine(LineKind.ADDED, text, None, number, bare and number == last)
        for number, text in enumerate(texts, 1)
    )
    return Hunk(0, 0, 1, last, lines)
