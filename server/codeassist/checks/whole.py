"""The checks on whole files as they are today, outside of any diff.

Presents the files as added to an empty repository, so that every line counts; the checks whose
`Check.whole` says so run on that. What only a diff can tell (a removed name, a changed signature)
has no such form. What was measured to be noise in code that works has none either: overriding
methods with other parameters are mostly on purpose there.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

from codeassist.base.cancellation import CancellationToken
from codeassist.base.changes import ChangeKind, Diff, FileChange
from codeassist.base.files import Skipped
from codeassist.base.findings import Finding
from codeassist.checks import CHECKS, load, misfit_calls
from codeassist.checks.check import Review
from codeassist.checks.run import Job, run_jobs
from codeassist.index.view import View

CALLS = misfit_calls.CHECK.code


class Whole(NamedTuple):
    """The findings, sorted by place; the checks that broke, in words; files that were passed over.

    `suppressed` is how many findings a comment silences.
    """

    findings: tuple[Finding, ...]
    failures: tuple[str, ...] = ()
    lost: tuple[Skipped, ...] = ()
    suppressed: int = 0


@dataclass(frozen=True)
class WholeReview(Review):
    """A review that takes every line of its files for added, and their order for the diff's.

    If `lines` are given, those are the only ones.
    """

    lines: range | None = None

    @cached_property
    def added(self) -> Mapping[str, frozenset[int]]:
        """The 0-based numbers of all lines, by path."""
        return {path: frozenset(self._lines(path)) for path in self.changes}

    def _lines(self, path: str) -> range:
        document = self.head.document(path)
        every = range(document.lines.line_count if document is not None else 0)
        return every if self.lines is None else every[self.lines.start : self.lines.stop]


def whole_review(
    view: View,
    paths: Collection[str],
    token: CancellationToken,
    docstring_style: str = "auto",
    lines: range | None = None,
) -> WholeReview:
    """The files of a view as a review; paths that it does not have are passed over.

    `lines` are 0-based, in each of the files.
    """
    changes = (FileChange(ChangeKind.ADDED, None, p) for p in sorted(paths) if p in view.file_set)
    diff = Diff(tuple(changes))
    return WholeReview(diff, view.without_files(), view, token, docstring_style, lines=lines)


def whole_findings(
    view: View,
    paths: Collection[str],
    token: CancellationToken,
    codes: Collection[str] = frozenset(CHECKS),
    docstring_style: str = "auto",
    lines: range | None = None,
) -> Whole:
    """What the checks say of files as they are, or of those lines of them. Raises Cancelled."""
    review = whole_review(view, paths, token, docstring_style, lines)
    return _whole(review, {code: job for code, job in _jobs(review) if code in codes})


def calls_that_misfit(
    view: View, paths: Collection[str], called: str, token: CancellationToken
) -> Whole:
    """What CA104 says of the calls of one name in files as they are. Raises Cancelled."""
    review = whole_review(view, paths, token)
    return _whole(review, {CALLS: partial(misfit_calls.whole, review, called)})


def _whole(review: WholeReview, jobs: Mapping[str, Job]) -> Whole:
    said = run_jobs(review, jobs)
    return Whole(tuple(said.findings), tuple(said.failures), tuple(review.lost), said.suppressed)


def _jobs(review: Review) -> Iterator[tuple[str, Job]]:
    for code in CHECKS:
        run = load(code).whole
        if run is not None:
            yield code, partial(run, review)
