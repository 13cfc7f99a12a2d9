"""Reports in a terminal one after the other: only what is new, gone or has moved is shown again.

Asks for no report, and knows no files but by their names.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from codeassist.base.findings import Finding, Report
from codeassist.render import RenderOptions

NAMED = 3  # changed files that a line names
_NEW = (("new", "not there before this change"),)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a report has that the one before had not, and what that one had; by fingerprints."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    stay: int


def difference(before: Report, after: Report) -> Difference:
    """What is different between two reports whose findings have fingerprints."""
    old = {each.fingerprint for each in before.findings}
    now = {each.fingerprint for each in after.findings}
    return Difference(
        tuple(each for each in after.findings if each.fingerprint not in old),
        tuple(each for each in before.findings if each.fingerprint not in now),
        len(old & now),
    )


def _findings_of(report: Report) -> tuple[object, ...]:
    """What is shown of the findings, but for the code around them."""
    return tuple(
        (each.fingerprint, each.location.span, each.severity, each.message)
        for each in report.findings
    )


def _rest_of(report: Report) -> tuple[object, ...]:
    """What is shown beside the findings, but for how long it took."""
    covered = report.coverage
    seen = len(covered.reviewed), covered.partial, covered.skipped, covered.failures
    return (*seen, report.suppressed, report.notes, report.base)


@dataclass
class Screen:
    """Shows one report after the other, and each only as far as it is not the last one.

    `write` gets text for people, `clock` says what time it is.
    """

    options: Callable[[Report], RenderOptions]
    write: Callable[[str], None]
    clock: Callable[[], str] = lambda: time.strftime("%H:%M:%S")
    last: Report | None = field(default=None, init=False)

    def show(self, report: Report, changed: Collection[str]) -> None:
        """Show a report; `changed` are the paths that it was made for."""
        from codeassist.render.formats.text import coverage_text, findings_text, named_text
        from codeassist.render.summary import ordered

        report = replace(report, findings=ordered(report.findings))
        before, self.last = self.last, report
        options = self.options(report)
        if before is None:
            self.write(findings_text(report, options) + coverage_text(report, options))
            return
        is_other = _findings_of(report) != _findings_of(before)
        if not is_other and _rest_of(report) == _rest_of(before):
            return
        found = difference(before, report)
        self.write(f"\n{self._line(changed, found)}\n")
        if is_other:
            labels = dict.fromkeys(found.new, _NEW)
            self.write(findings_text(report, options, labels))
            self.write(named_text("gone", found.gone, options))
        self.write(coverage_text(report, options))

    def _line(self, changed: Collection[str], found: Difference) -> str:
        """What changed, and what came of it."""
        from codeassist.render.escape import log_safe, visible

        counts = f"{len(found.new)} new, {len(found.gone)} gone, {found.stay} as before"
        return log_safe(visible(f"-- {self.clock()} {names(changed)}: {counts}"))


def names(changed: Iterable[str]) -> str:
    """Changed files in a few words; git's own files are called git's."""
    paths = sorted({"git" if path.startswith(".git/") else path for path in changed})
    if not paths:
        return "what changed meanwhile"
    more = len(paths) - NAMED
    return ", ".join(paths[:NAMED]) + (f" and {more} more" if more > 0 else "")
