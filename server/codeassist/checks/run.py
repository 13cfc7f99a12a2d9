"""Runs the checks of a review: in table order, each on its own, silenced and sorted.

Knows checks and findings. Does not choose which checks run, and does not render.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from codeassist.base.errors import CodeassistError
from codeassist.base.findings import Finding
from codeassist.checks import CHECKS, load
from codeassist.checks.check import Review
from codeassist.checks.ignores import apply_ignores
from codeassist.checks.secret import masked

UNUSED_IGNORE = "CA501"
Job = Callable[[], Iterator[Finding]]


class Checked(NamedTuple):
    """What the checks say, those that broke in words, and how many findings were silenced."""

    findings: list[Finding]
    failures: list[str]
    suppressed: int


def run_checks(review: Review, codes: Collection[str]) -> Checked:
    """Run the checks with these codes. One that breaks is passed over; `Cancelled` is not."""
    jobs = {code: partial(_run, code, review) for code in CHECKS if code in codes}
    return run_jobs(review, jobs)


def _run(code: str, review: Review) -> Iterator[Finding]:
    return load(code).run(review)


def run_jobs(review: Review, jobs: Mapping[str, Job]) -> Checked:
    """Run jobs by the codes of their checks, like `run_checks`.

    Comments that silence nothing are reported if that check's code is among the jobs.
    """
    findings: list[Finding] = []
    failures: list[str] = []
    ran: set[str] = set()
    for code, job in jobs.items():
        review.token.check()
        try:
            # All at once: what a check said before it broke is not to be trusted either.
            findings += list(job())
            ran.add(code)
        except CodeassistError as error:
            failures.append(f"{code} could not run: {error.message}")
        except Exception as error:
            failures.append(f"{code} broke: {type(error).__name__}: {error}")
    applied = apply_ignores(review, _unique(findings), ran)
    kept = applied.kept + (applied.unused if UNUSED_IGNORE in jobs else [])
    shown = sorted((masked(finding) for finding in kept), key=_place)
    return Checked(shown, failures, applied.suppressed)


def _unique(findings: list[Finding]) -> Iterator[Finding]:
    """Of findings about one subject at one place, the first in table order."""
    seen: set[tuple[object, ...]] = set()
    for finding in findings:
        location = finding.location
        key = (location.path, location.span, location.old, finding.subject)
        if key not in seen:
            seen.add(key)
            yield finding


def _place(finding: Finding) -> tuple[object, ...]:
    location = finding.location
    return location.path, location.old, location.span, finding.code, finding.subject
