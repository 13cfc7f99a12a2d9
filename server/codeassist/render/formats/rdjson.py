"""reviewdog's diagnostic format (rdjson): one JSON object with all diagnostics.

Lines and columns are 1-based, columns count UTF-8 bytes, an end is exclusive. reviewdog shows
messages as Markdown in review comments, so they are escaped for that. A file as a whole is a path
without a range. Suggestions are whole lines, which is how reviewdog hands them to GitHub and
GitLab: a range without columns, from its first to its last line. The format has no room for
coverage.
"""

from collections.abc import Collection

from codeassist.base.findings import Finding, Location, Report
from codeassist.render.escape import dumps, markdown
from codeassist.render.options import RenderOptions
from codeassist.render.places import safe_url
from codeassist.render.suggestion import suggestion
from codeassist.render.summary import ordered


def render(report: Report, options: RenderOptions) -> str:
    """The report as a `DiagnosticResult` of reviewdog.proto."""
    findings = ordered(report.findings)
    result: dict[str, object] = {"source": {"name": "codeassist"}}
    if findings:
        result["severity"] = max(finding.severity for finding in findings).name
    result["diagnostics"] = [
        _diagnostic(finding, options.commentable.get(finding.location.path, ()))
        for finding in findings
    ]
    return dumps(result)


def _diagnostic(finding: Finding, inside: Collection[int]) -> dict[str, object]:
    parts = (finding.message, finding.remedy)
    code = {"value": finding.code}
    if url := safe_url(finding.url):
        code["url"] = url
    diagnostic: dict[str, object] = {
        "message": "\n\n".join(markdown(part) for part in parts if part),
        "location": _location(finding.location),
        "severity": finding.severity.name,
        "code": code,
    }
    related = [
        {"message": markdown(piece.message), "location": _location(piece.location)}
        for piece in finding.evidence
        if not piece.location.old
    ]
    if related:
        diagnostic["related_locations"] = related
    if (suggested := _suggestion(finding, inside)) is not None:
        diagnostic["suggestions"] = [suggested]
    return diagnostic


def _suggestion(finding: Finding, inside: Collection[int]) -> dict[str, object] | None:
    """A fix as lines that begin at the finding's own: reviewdog counts from there for GitLab."""
    line = finding.location.span.start_line + 1
    found = suggestion(finding, inside, (line,))
    if found is None or found.first != line or finding.location.whole_file:
        return None
    if found.lines == ("",):
        return None  # one empty line is written as no line, which deletes
    lines = {"start": {"line": found.first}, "end": {"line": found.last}}
    return {"range": lines, "text": found.text}


def _location(location: Location) -> dict[str, object]:
    # The base's lines are not what reviewdog sees.
    if location.old or location.whole_file:
        return {"path": location.path}
    span = location.span
    return {
        "path": location.path,
        "range": {
            "start": {"line": span.start_line + 1, "column": span.start_column + 1},
            "end": {"line": span.end_line + 1, "column": span.end_column + 1},
        },
    }
