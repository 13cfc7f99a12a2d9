"""reviewdog's diagnostic format (rdjson): one JSON object with all diagnostics.

Lines and columns are 1-based, columns count UTF-8 bytes, an end is exclusive. reviewdog shows
messages as Markdown in review comments, so they are escaped for that. The format has no room for
coverage.
"""

from codeassist.base.findings import Finding, Location, Report
from codeassist.render.escape import dumps, markdown
from codeassist.render.options import RenderOptions
from codeassist.render.places import safe_url
from codeassist.render.summary import ordered


def render(report: Report, options: RenderOptions) -> str:
    """The report as a `DiagnosticResult` of reviewdog.proto."""
    findings = ordered(report.findings)
    result: dict[str, object] = {"source": {"name": "codeassist"}}
    if findings:
        result["severity"] = max(finding.severity for finding in findings).name
    result["diagnostics"] = [_diagnostic(finding) for finding in findings]
    return dumps(result)


def _diagnostic(finding: Finding) -> dict[str, object]:
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
    return diagnostic


def _location(location: Location) -> dict[str, object]:
    if location.old:  # its lines are those of the base, which reviewdog does not see
        return {"path": location.path}
    span = location.span
    return {
        "path": location.path,
        "range": {
            "start": {"line": span.start_line + 1, "column": span.start_column + 1},
            "end": {"line": span.end_line + 1, "column": span.end_column + 1},
        },
    }
