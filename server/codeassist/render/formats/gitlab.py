"""GitLab Code Quality: a JSON array of findings, for the merge request's widget and diff.

The format has no room for evidence or coverage. Severities follow what GitLab's users know from
ESLint's formatter: error is `major`, warning `minor`, info `info`; `critical` and `blocker` are
left to people.
"""

from codeassist.base.findings import Finding, Report, Severity
from codeassist.render.escape import dumps, visible
from codeassist.render.options import RenderOptions
from codeassist.render.summary import ordered

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, options: RenderOptions) -> str:
    """The report as GitLab's subset of Code Climate's format; fingerprints are unique."""
    return dumps([_issue(finding) for finding in ordered(report.findings)])


def _issue(finding: Finding) -> dict[str, object]:
    where = finding.location
    # The format demands a line. One of the base would point at something else in the new file.
    line = 1 if where.old or where.whole_file else where.span.start_line + 1
    return {
        "description": visible(finding.message),
        "check_name": finding.code,
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": where.path.removeprefix("./"), "lines": {"begin": line}},
    }
