"""SARIF 2.1.0, in the subset that GitHub code scanning and editors read.

Columns are UTF-16 code units, as `columnKind` says. Evidence of the new state is a related location
with a link in the message, which is where GitHub shows it; evidence of the base is told in words,
since its place may not exist any more. A fix is a `fixes`, if all that it brings in can be seen.
Suppressed findings are not in a report.
"""

from collections.abc import Iterator, Sequence

from codeassist import __version__
from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.base.findings import Evidence, Finding, Location, Report, Severity
from codeassist.base.text import ColumnUnit
from codeassist.render.escape import dumps, visible
from codeassist.render.options import RenderOptions
from codeassist.render.places import (
    column,
    commit_id,
    last_line,
    safe_url,
    short_label,
    uri_path,
)
from codeassist.render.sarif_tool import descriptors, escaped, invocation
from codeassist.render.suggestion import is_plain
from codeassist.render.summary import ordered

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, options: RenderOptions) -> str:
    """The report as one SARIF log with one run."""
    findings = ordered(report.findings)
    rules = descriptors(report, findings, LEVELS)
    indexes = {str(rule["id"]): index for index, rule in enumerate(rules)}
    run: dict[str, object] = {
        "tool": {"driver": {"name": "codeassist", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [invocation(report)],
    }
    commit, repository = commit_id(report), safe_url(options.repository_url or "")
    if repository:
        provenance = {"repositoryUri": repository, "mappedTo": {"uriBaseId": ROOT}}
        run["versionControlProvenance"] = [provenance | ({"revisionId": commit} if commit else {})]
    run["results"] = [_result(finding, indexes[finding.code]) for finding in findings]
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, rule_index: int) -> dict[str, object]:
    related = [piece for piece in finding.evidence if not piece.location.old]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding, related)},
        "locations": [{"physicalLocation": _physical(finding.location)}],
        "partialFingerprints": {"primaryLocationLineHash": finding.fingerprint},
    }
    if finding.symbol:
        names = [{"fullyQualifiedName": visible(finding.symbol)}]
        result["locations"] = [
            {"physicalLocation": _physical(finding.location), "logicalLocations": names}
        ]
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(piece.location),
                "message": {"text": escaped(piece.message)},
            }
            for number, piece in enumerate(related)
        ]
    if finding.fix is not None and all(map(_is_shown, finding.fix.files)):
        result["fixes"] = [_fix(finding.fix)]
    return result


def _is_shown(file: FileEdit) -> bool:
    return bool(file.edits) and all(is_plain(each.text) for each in file.edits)


def _fix(fix: WorkspaceEdit) -> dict[str, object]:
    return {
        "description": {"text": escaped(fix.title)},
        "artifactChanges": [
            {"artifactLocation": _artifact(file.path), "replacements": list(_replacements(file))}
            for file in fix.files
        ],
    }


def _replacements(file: FileEdit) -> Iterator[dict[str, object]]:
    lines = decode(file.path, file.before or b"").lines
    for each in file.edits:
        region = {}
        for name, at in (("start", each.start), ("end", each.end)):
            line, utf8 = lines.position(at)
            region[f"{name}Line"] = line + 1
            region[f"{name}Column"] = lines.column(line, utf8, ColumnUnit.UTF16) + 1
        yield {"deletedRegion": region, "insertedContent": {"text": each.text}}


def _message(finding: Finding, related: Sequence[Evidence]) -> str:
    """The message, where it stood in the base, the evidence, and the remedy: a line each."""
    lines = [escaped(finding.message)]
    if finding.location.old:
        lines.append(f"The place is {escaped(short_label(finding.location))} in the base.")
    numbers = {id(piece): number for number, piece in enumerate(related)}
    for piece in finding.evidence:
        place, number = escaped(short_label(piece.location)), numbers.get(id(piece))
        if number is None:
            lines.append(f"Because: {escaped(piece.message)} ({place} in the base)")
        else:
            place = place.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
            lines.append(f"Because: {escaped(piece.message)} ([{place}]({number}))")
    if finding.remedy:
        lines.append(f"Fix: {escaped(finding.remedy)}")
    return "\n".join(lines)


def _physical(location: Location) -> dict[str, object]:
    artifact = _artifact(location.path)
    # Lines of the base would point at something else in the new file.
    if location.old or location.whole_file:
        return {"artifactLocation": artifact}
    return {"artifactLocation": artifact, "region": region(location)}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": uri_path(path), "uriBaseId": ROOT}


def region(location: Location) -> dict[str, int]:
    """A SARIF region: 1-based, end exclusive, in UTF-16 units; lines only where text is missing."""
    span = location.span
    start = column(location, span.start_line, span.start_column, ColumnUnit.UTF16)
    end = column(location, span.end_line, span.end_column, ColumnUnit.UTF16)
    if start is None or end is None:
        return {"startLine": span.start_line + 1, "endLine": last_line(span) + 1}
    return {
        "startLine": span.start_line + 1,
        "startColumn": start + 1,
        "endLine": span.end_line + 1,
        "endColumn": end + 1,
    }
