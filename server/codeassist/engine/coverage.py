"""What a review looked at, what it looked at in part, and what it passed over, with reasons."""

from collections.abc import Iterable

from codeassist.base.changes import ChangeKind, Diff, FileChange
from codeassist.base.files import Skipped
from codeassist.base.findings import BINARY, EXCLUDED, SUBMODULE, Coverage
from codeassist.checks.check import Review
from codeassist.languages import for_path

HIDDEN = "code that git takes for binary, since there is a NUL in it: it was not looked at"


def without(diff: Diff, patterns: Iterable[str]) -> tuple[Diff, tuple[Skipped, ...]]:
    """A diff without the files that patterns exclude, and those files."""
    lines = tuple(patterns)
    if not lines:
        return diff, ()
    from pathspec import GitIgnoreSpec  # its import takes 0.1 s, and most settings need none

    spec = GitIgnoreSpec.from_lines(lines)
    kept = tuple(change for change in diff.files if not spec.match_file(change.path))
    gone = (change.path for change in diff.files if spec.match_file(change.path))
    return Diff(kept), tuple(Skipped(path, EXCLUDED) for path in gone)


def of(review: Review, excluded: tuple[Skipped, ...], failures: tuple[str, ...]) -> Coverage:
    """The coverage of a review that is done."""
    reviewed: list[str] = []
    partial: list[Skipped] = list(review.lost)
    skipped: list[Skipped] = list(excluded)
    reasons = {each.path: each.reason for each in review.head.skipped}
    for change in review.diff.files:
        reason = _passed_over(review, change, reasons)
        if reason == BINARY and for_path(change.path) is not None:
            # One NUL hides a file of code from all checks: that must not pass for clean.
            partial.append(Skipped(change.path, HIDDEN))
        elif reason:
            skipped.append(Skipped(change.path, reason))
        else:
            reviewed.append(change.path)
    # What a tree leaves out on purpose (a link, a submodule), and a change that was too large to
    # keep, were not lost, even if a check asked for them.
    trees = (review.base.tree, review.head.tree)
    known = {each.path for tree in trees for each in tree.skipped()}
    known |= {change.path for change in review.diff.files if change.too_large}
    lost = {
        path: reason
        for path, reason in {**review.base.lost, **review.head.lost}.items()
        if path not in known
    }
    partial.extend(Skipped(path, reason) for path, reason in sorted(lost.items()))
    named = {each.path for each in partial}
    return Coverage(
        tuple(path for path in reviewed if path not in named),
        tuple(partial),
        tuple(skipped),
        failures,
    )


def _passed_over(review: Review, change: FileChange, reasons: dict[str, str]) -> str:
    """Why nothing of a changed file was looked at, "" if something was."""
    if change.submodule:
        return SUBMODULE
    if change.binary:
        return BINARY
    if change.note:
        return change.note
    if change.kind is ChangeKind.DELETED:
        return ""
    return reasons.get(change.path, "")


def syntax_notes(review: Review) -> tuple[str, ...]:
    """A note where changed files have syntax that their grammar does not understand."""
    outlines = ((path, review.head.outline(path)) for path in sorted(review.changes))
    broken = [path for path, outline in outlines if outline is not None and outline.has_errors]
    if not broken:
        return ()
    more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
    return (f"{broken[0]}{more}: syntax that is not understood; names in there may be missed",)


def commentable(diff: Diff) -> dict[str, frozenset[int]]:
    """The 1-based lines of each new file that a comment on the diff can stand at."""
    return {
        change.new_path: frozenset(
            line.new for hunk in change.hunks for line in hunk.lines if line.new is not None
        )
        for change in diff.files
        if change.new_path
    }
