"""Narrows what a review compares to what is new since a revision that was reviewed before.

The base of the settings and of the rules stays the base of the whole change: the revision that was
reviewed last belongs to the change, so nothing of it is to be trusted.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from codeassist.base.changes import Diff, FileChange, Hunk
from codeassist.base.errors import RepositoryError, UsageError
from codeassist.engine.requests import ReviewRequest, Source
from codeassist.engine.states import States
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree

_COMMIT = re.compile(r"[0-9a-f]{7,64}")  # a pipeline names commits; a name is a slip of somebody


@contextmanager
def since(
    repository: Repository | None, whole: States, request: ReviewRequest
) -> Iterator[tuple[States, tuple[str, ...]]]:
    """What is new since `request.since`, with notes; the whole where that is "" or is not here.

    Raises UsageError where the request compares no revisions, or for a name that does not exist.
    """
    if not request.since:
        yield whole, ()
        return
    if request.source is not Source.REVISIONS or repository is None:
        raise UsageError(
            "--since goes with revisions only", "give BASE...HEAD, or leave --since out"
        )
    last = _resolved(repository, request.since)
    if not last:
        yield whole, (f"{request.since} is not here, so the whole change was reviewed",)
        return
    head = repository.resolve(_head_name(request.revisions))
    diff = _common(repository.diff_trees(last, head), whole.diff)
    with RevisionTree(repository, last, f"{request.since} ({last[:10]})") as tree:
        yield replace(whole, diff=diff, base=tree), (f"only what is new since {last[:10]}",)


def _resolved(repository: Repository, revision: str) -> str:
    """A revision's id, "" for a commit that is gone: a branch may have been rewritten since."""
    if revision.startswith("-"):
        raise UsageError(f"{revision} is no revision", "name the revision that was reviewed last")
    try:
        return repository.resolve(revision)
    except (RepositoryError, UsageError):
        if _COMMIT.fullmatch(revision):
            return ""
        raise


def _head_name(revisions: str) -> str:
    """The new state that a range names; see `states`."""
    for dots in ("...", ".."):
        if dots in revisions:
            return revisions.partition(dots)[2] or "HEAD"
    return "HEAD"


def _common(new: Diff, whole: Diff) -> Diff:
    """What is new and belongs to the change: what came with a merge of the base does not."""
    changes = {change.path: change for change in whole.files}
    kept = (_narrowed(each, changes[each.path]) for each in new.files if each.path in changes)
    return Diff(tuple(each for each in kept if each is not None))


def _narrowed(new: FileChange, whole: FileChange) -> FileChange | None:
    if not new.hunks or not whole.hunks:
        return new
    hunks = tuple(hunk for hunk in new.hunks if any(_touch(hunk, each) for each in whole.hunks))
    return replace(new, hunks=hunks) if hunks else None


def _touch(one: Hunk, other: Hunk) -> bool:
    """Whether two hunks have lines of the new file in common, or end where the other begins."""
    first, second = sorted((one, other), key=lambda hunk: hunk.new_start)
    return second.new_start <= first.new_start + first.new_count
