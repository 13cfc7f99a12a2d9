"""What a report says as a whole: order, counts, status and coverage, in words that formats share.

Plain text without markup or colour; each format escapes and paints it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from codeassist.base.files import Skipped
from codeassist.base.findings import Finding, Report, Severity
from codeassist.base.words import counted
from codeassist.render.fingerprint import with_fingerprints
from codeassist.render.places import COMMIT_ID

_SHORT_COMMIT = 12  # unique even in the largest repositories
SHOWN_PATHS = 10  # of one reason: enough to recognise the kind of file, few enough to read


class Status(Enum):
    """What a report means, from the best to the worst.

    FINDINGS wins over INCOMPLETE, since a finding stands even when not everything was looked at;
    `Report.coverage.complete` tells the two apart.
    """

    CLEAN = "clean"
    NOTHING_REVIEWED = "nothing-reviewed"
    INCOMPLETE = "incomplete"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class PathGroup:
    """Files that share a reason: the first few paths, and how many more there are."""

    reason: str
    paths: tuple[str, ...]
    more: int

    @property
    def total(self) -> int:
        """How many files there are."""
        return len(self.paths) + self.more


def status(report: Report) -> Status:
    """What the report means. A review that saw nothing is never clean."""
    if report.findings:
        return Status.FINDINGS
    if not report.coverage.complete:
        return Status.INCOMPLETE
    return Status.CLEAN if report.coverage.reviewed else Status.NOTHING_REVIEWED


def ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with fingerprints: files with the worst first, in a file the worst, then by line."""
    worst: dict[str, Severity] = {}
    for finding in findings:
        path = finding.location.path
        worst[path] = max(finding.severity, worst.get(path, finding.severity))

    def place(finding: Finding) -> tuple[object, ...]:
        where = finding.location
        return -worst[where.path], where.path, -finding.severity, where.span, finding.code

    return with_fingerprints(sorted(findings, key=place))


def severity_counts(findings: Iterable[Finding]) -> str:
    """`2 errors, 1 warning`; empty for no findings."""
    numbers: defaultdict[Severity, int] = defaultdict(int)
    for finding in findings:
        numbers[finding.severity] += 1
    names = {Severity.INFO: ("note", "notes")}
    return ", ".join(
        counted(numbers[severity], *names.get(severity, (severity.label,)))
        for severity in sorted(numbers, reverse=True)
    )


def headline(report: Report) -> str:
    """The result in a few words, such as `2 errors, 1 warning in 3 files`."""
    state = status(report)
    if state is Status.FINDINGS:
        files = len({finding.location.path for finding in report.findings})
        return f"{severity_counts(report.findings)} in {counted(files, 'file')}"
    if state is Status.CLEAN:
        return "No problems found"
    if state is Status.NOTHING_REVIEWED:
        skipped = report.coverage.skipped
        return "Nothing was reviewed" if skipped else "Nothing to review: there are no changes"
    return "No problems found, but the review is incomplete"


def totals(report: Report) -> list[str]:
    """How much was looked at, as short phrases: reviewed, partly, skipped, failures."""
    coverage = report.coverage
    parts = [f"{counted(len(coverage.reviewed), 'file')} reviewed"]
    if status(report) is Status.NOTHING_REVIEWED:
        parts = []  # the headline has said so
    if coverage.partial:
        parts.append(f"{len(coverage.partial):,} partly reviewed")
    if coverage.skipped:
        parts.append(f"{len(coverage.skipped):,} skipped")
    if coverage.failures:
        parts.append(f"{counted(len(coverage.failures), 'check')} failed")
    if report.suppressed:
        parts.append(f"{counted(report.suppressed, 'finding')} suppressed")
    return parts


def by_reason(files: Sequence[Skipped]) -> tuple[PathGroup, ...]:
    """Files grouped by reason, the largest group first, then by the reason's name."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        groups[file.reason].append(file.path)
    return tuple(
        PathGroup(reason, tuple(sorted(paths)[:SHOWN_PATHS]), max(0, len(paths) - SHOWN_PATHS))
        for reason, paths in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    )


def work_done(report: Report) -> str:
    """What was compared and how long it took, such as `412 files indexed in 1.3 s`."""
    done = f"{counted(report.indexed_files, 'file')} indexed in {report.seconds:.1f} s"
    if not report.base and not report.head:
        return done
    return f"{done}, comparing {_short(report.base)} with {_short(report.head)}"


def _short(state: str) -> str:
    return state[:_SHORT_COMMIT] if COMMIT_ID.fullmatch(state) else state or "nothing"
