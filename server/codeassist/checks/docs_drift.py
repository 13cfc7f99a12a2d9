"""CA201: being written."""

from collections.abc import Iterator

from codeassist.base.findings import Finding, Severity
from codeassist.checks.check import Check, Review


def run(_: Review) -> Iterator[Finding]:
    """Nothing yet."""
    return iter(())


CHECK = Check("CA201", "docs-drift", "docs-drift", Severity.WARNING, run)
