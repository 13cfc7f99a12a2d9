"""From a report to an exit code. Pure."""

from codeassist.base.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INCOMPLETE
from codeassist.base.findings import Report, Severity


def exit_code(report: Report, fail_on: Severity | None) -> int:
    """What a review's exit code says; `fail_on` is None where findings do not count.

    Findings win over incompleteness: what was found stands, whatever else there may be.
    """
    if fail_on is not None and any(each.severity >= fail_on for each in report.findings):
        return EXIT_FINDINGS
    coverage = report.coverage
    if not coverage.complete:
        return EXIT_INCOMPLETE
    if coverage.unseen and not report.findings:
        return EXIT_INCOMPLETE  # a review that saw nothing must not pass for a clean one
    return EXIT_CLEAN
