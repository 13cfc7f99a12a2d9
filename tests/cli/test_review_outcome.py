"""Tests of the exit code of a review."""

import pytest

from codeassist.base.files import Skipped
from codeassist.base.findings import Coverage, Finding, Location, Report, Severity
from codeassist.base.text import Span
from codeassist.cli.outcome import exit_code
from codeassist.settings import ReviewConfig

PASSED_OVER = (Skipped("a.json", "larger than 1 MiB"),)
PICTURES = (Skipped("a.png", "binary"), Skipped("lib", "submodule"))
SEEN = Coverage(reviewed=("a.py",), skipped=PASSED_OVER)
IN_PART = Coverage(reviewed=("a.py",), partial=(Skipped("b.py", "cannot be read"),))


def report(coverage: Coverage, *severities: Severity) -> Report:
    place = Location("a.py", Span(0, 0, 0, 1))
    findings = tuple(Finding("CA101", "x", each, "m", place) for each in severities)
    return Report("main", "HEAD", "/r", findings, coverage, ())


@pytest.mark.parametrize(
    ("coverage", "severities", "fail_on", "code"),
    [
        (SEEN, (), "info", 0),
        (SEEN, (Severity.ERROR,), "never", 0),
        (SEEN, (Severity.WARNING,), "error", 0),
        (SEEN, (Severity.WARNING,), "warning", 1),
        (SEEN, (Severity.INFO, Severity.ERROR), "warning", 1),
        (SEEN, (Severity.INFO,), "info", 1),
        (IN_PART, (), "never", 3),
        (IN_PART, (Severity.INFO,), "error", 3),
        (IN_PART, (Severity.ERROR,), "error", 1),  # a finding stands, whatever else there may be
        (Coverage(reviewed=("a.py",), failures=("CA101 broke",)), (), "never", 3),
        (Coverage(skipped=PASSED_OVER), (), "never", 3),  # it saw nothing of what there was
        (Coverage(skipped=PICTURES), (), "never", 0),  # none of it is for a review
        (Coverage(skipped=(*PASSED_OVER, *PICTURES)), (), "never", 3),
        (Coverage(), (), "never", 0),  # there was nothing to see
    ],
)
def test_exit_code(
    coverage: Coverage, severities: tuple[Severity, ...], fail_on: str, code: int
) -> None:
    level = ReviewConfig(fail_on=fail_on).threshold  # type: ignore[arg-type]
    assert exit_code(report(coverage, *severities), level) == code
