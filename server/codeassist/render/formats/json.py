"""codeassist's own JSON: everything that a report holds, in a schema that only grows.

    version         1; raised only when a field changes its meaning or goes away
    tool            {name, version}
    status          "findings", "incomplete", "nothing-reviewed" or "clean", in this order of
                    precedence. The command's exit code also depends on its options: 1 says that
                    findings count as a failure, 3 that something could not be looked at
    complete        whether everything that could matter was looked at
    base, head      the two states that were compared, as people call them
    findings        [{code, name, severity, message, remedy, symbol, subject, url, fingerprint,
                    location, evidence: [{message, location}], confidence, fix}]
    rules           [{code, name, title, severity, explanation}]
    coverage        {reviewed: [path], partial: [{path, reason}], skipped: [{path, reason}],
                    failures: [text]}
    suppressed      how many findings were left out on request
    notes           [text]
    indexed_files   files in the index
    seconds         how long the review took

`confidence` is in per cent, null for a fact. `fix` is null, or what repairs it: {title, verified,
problems, proofs, files: [{path, created, diff, edits: [{start, end, text}]}]}. `diff` is a unified
one, as git writes it; edits replace the text from `start` to `end` of the file as it was.

A location is {path, side, start, end, excerpt}. `side` is "new", or "old" for a place in the base.
`start` and `end` are {line, column}: lines are 1-based, columns are 1-based and count UTF-8 bytes,
the end is exclusive; both are null where the file as a whole is meant. `excerpt` is
{first_line, lines} or null; its text gives a column in any other unit. Strings are as they are in
the repository: a reader that shows them must escape them. A path that is not UTF-8 has its bytes as
lone surrogates, as Python's surrogateescape makes them.
"""

from codeassist import __version__
from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import Skipped, decode
from codeassist.base.findings import Finding, Location, Report, Rule
from codeassist.base.text import Span
from codeassist.render.escape import dumps
from codeassist.render.options import RenderOptions
from codeassist.render.summary import ordered, status
from codeassist.render.unified import file_diff

SCHEMA_VERSION = 1


def render(report: Report, options: RenderOptions) -> str:
    """The whole report as one JSON object."""
    coverage = report.coverage
    return dumps(
        {
            "version": SCHEMA_VERSION,
            "tool": {"name": "codeassist", "version": __version__},
            "status": status(report).value,
            "complete": coverage.complete,
            "base": report.base,
            "head": report.head,
            "findings": [finding_data(finding) for finding in ordered(report.findings)],
            "rules": [_rule(rule) for rule in report.rules],
            "coverage": {
                "reviewed": list(coverage.reviewed),
                "partial": [_skipped(file) for file in coverage.partial],
                "skipped": [_skipped(file) for file in coverage.skipped],
                "failures": list(coverage.failures),
            },
            "suppressed": report.suppressed,
            "notes": list(report.notes),
            "indexed_files": report.indexed_files,
            "seconds": round(report.seconds, 3),
        }
    )


def finding_data(finding: Finding) -> dict[str, object]:
    """One finding as an object."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "message": finding.message,
        "remedy": finding.remedy,
        "symbol": finding.symbol,
        "subject": finding.subject,
        "url": finding.url,
        "fingerprint": finding.fingerprint,
        "location": _location(finding.location),
        "evidence": [
            {"message": piece.message, "location": _location(piece.location)}
            for piece in finding.evidence
        ],
        "confidence": finding.confidence,
        "fix": None if finding.fix is None else _fix(finding.fix),
    }


def _fix(fix: WorkspaceEdit) -> dict[str, object]:
    return {
        "title": fix.title,
        "verified": fix.is_verified,
        "problems": list(fix.problems),
        "proofs": list(fix.proofs),
        "files": [_file_edit(file) for file in fix.files],
    }


def _file_edit(file: FileEdit) -> dict[str, object]:
    lines = decode(file.path, file.before or b"").lines
    return {
        "path": file.path,
        "created": file.before is None,
        "diff": file_diff(file),
        "edits": [
            {**_range(lines.span(each.start, each.end)), "text": each.text} for each in file.edits
        ],
    }


def _location(location: Location) -> dict[str, object]:
    excerpt = location.excerpt
    place = {"start": None, "end": None} if location.whole_file else _range(location.span)
    return {
        "path": location.path,
        "side": "old" if location.old else "new",
        **place,
        "excerpt": excerpt and {"first_line": excerpt.first_line + 1, "lines": list(excerpt.lines)},
    }


def _range(span: Span) -> dict[str, object]:
    return {
        "start": {"line": span.start_line + 1, "column": span.start_column + 1},
        "end": {"line": span.end_line + 1, "column": span.end_column + 1},
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.label,
        "explanation": rule.explanation,
    }


def _skipped(file: Skipped) -> dict[str, str]:
    return {"path": file.path, "reason": file.reason}
