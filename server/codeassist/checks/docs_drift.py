"""CA201: documentation that no longer fits the signature or the body that the diff changes.

Speaks only of what the diff introduces: a mismatch that the base had already is passed over, and so
are functions of which neither the signature, the documentation nor the body changed. The rules for
each kind of mismatch are in `drifts`.
"""

import re
from collections.abc import Iterator

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.checks.check import Check, Review, found, place
from codeassist.checks.docs_names import stale_names
from codeassist.checks.documented_functions import Function, functions
from codeassist.checks.drift import Drift
from codeassist.checks.drifts import drifts
from codeassist.checks.standing import is_own
from codeassist.vfs.generated import HEAD_BYTES, is_generated

# Some style's words for an entry; a file without them needs no closer look.
_MARKS = re.compile(
    rb"[@\\](?:t?param|arg|return|throw|raise|exception)|:(?:param|arg|key|raise|return|except)"
    rb"|^[ \t]*(?:Arg|Param|Keyword|Other Param|Raise|Exception|Return|Yield)\w*:?[ \t]*\r?$"
    rb"|Arguments:?[ \t]*\r?$|<param|<returns|<exception|# (?:Arguments|Parameters)",
    re.MULTILINE,
)


def run(review: Review) -> Iterator[Finding]:
    """The drift of every function that the diff touches."""
    for path in review.changes:
        review.token.check()
        document = review.head.document(path)
        if document is None or is_generated(path, document.data[:HEAD_BYTES]):
            continue
        for drift in stale_names(review, path):
            yield _finding(review, path, drift)
        if not _MARKS.search(document.data):
            continue
        now = functions(review.head, path, review.docstring_style)
        if not any(function.says.count for function in now):
            continue
        old_path = review.old_path.get(path)
        before = functions(review.base, old_path, review.docstring_style) if old_path else []
        kept = {function.key for function in now}
        for function in now:
            same = _befores(function, before, kept)
            if not function.says.count or not _is_touched(review, function, same):
                continue
            for drift in drifts(review, function, same):
                if not same and _is_moved(review, function):
                    break
                yield _finding(review, path, drift)


def whole(review: Review) -> Iterator[Finding]:
    """The documented names that are no parameters, outside of tests."""
    return (finding for finding in run(review) if is_own(review, finding))


def _befores(
    function: Function, before: list[Function], kept: set[tuple[str, bool]]
) -> list[Function]:
    """The function in the base: under its name, or renamed with its documentation unchanged."""
    same = [each for each in before if each.key == function.key]
    if same:
        return same
    text = function.doc_text
    return [each for each in before if each.doc_text == text and each.key not in kept]


def _is_touched(review: Review, function: Function, before: list[Function]) -> bool:
    """Whether the diff changes the function's signature, documentation or body."""
    lines = function.document.lines
    added = review.added.get(function.path, frozenset())
    symbol = function.symbol
    for start, end in ((symbol.start, symbol.end), function.doc):
        if any(lines.line_of(start) <= line <= lines.line_of(end - 1) for line in added):
            return True
    return bool(before) and all(
        (each.header, each.body, each.doc_text)
        != (function.header, function.body, function.doc_text)
        for each in before
    )


def _is_moved(review: Review, function: Function) -> bool:
    """Whether a file of the diff had this signature and this documentation in the base."""
    data = function.document.data
    symbol = function.symbol
    pieces = (data[slice(*function.doc)], data[symbol.start : symbol.body].strip())
    for change in review.diff.files:
        before = review.base.document(change.old_path) if change.old_path else None
        if before is not None and all(piece in before.data for piece in pieces):
            return True
    return False


def _finding(review: Review, path: str, drift: Drift) -> Finding:
    evidence = []
    if drift.shown is not None:
        evidence.append(Evidence(drift.shows, place(review.head, path, *drift.shown)))
    return found(
        CHECK,
        review,
        path,
        drift.start,
        drift.end,
        drift.message,
        subject=drift.subject,
        evidence=evidence,
        remedy=drift.remedy,
        severity=drift.severity,
    )


CHECK = Check(
    "CA201",
    "docs-drift",
    "Documentation that no longer fits its function",
    Severity.WARNING,
    run,
    whole=whole,
)
