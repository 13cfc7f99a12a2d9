"""SARIF's descriptions of the tool: its rules, and how the run went. No results."""

import re
from collections.abc import Iterable, Mapping, Sequence

from codeassist.base.files import Skipped
from codeassist.base.findings import Finding, Report, Rule, Severity
from codeassist.render.escape import visible
from codeassist.render.places import safe_url, uri_path
from codeassist.render.summary import Status, status

_LINK = re.compile(r"\](?=\()")


def escaped(text: str) -> str:
    """Text as a plain SARIF message: braces doubled (3.11.5), no links of its own (3.11.6)."""
    doubled = visible(text).replace("{", "{{").replace("}", "}}")
    return _LINK.sub(r"\\]", doubled)


def descriptors(
    report: Report, findings: Sequence[Finding], levels: Mapping[Severity, str]
) -> list[dict[str, object]]:
    """All rules of the report, and one for each finding's code that the report does not describe.

    Each has a unique `id`; the order is that of the report, so indexes stay the same between runs.
    """
    addresses = {finding.code: finding.url for finding in findings}
    rules = {rule.code: _descriptor(rule, levels) for rule in report.rules}
    for finding in findings:  # rules of other tools, such as `ruff:F821`
        text = {"text": visible(finding.name or finding.code)}
        rules.setdefault(
            finding.code,
            {
                "id": finding.code,
                "name": visible(finding.name or finding.code),
                "shortDescription": text,
                "fullDescription": text,  # GitHub asks for this one, and for help, of each rule
                "help": text,
                "defaultConfiguration": {"level": levels[finding.severity]},
            },
        )
    for code, rule in rules.items():
        if url := safe_url(addresses.get(code, "")):
            rule["helpUri"] = url
    return list(rules.values())


def invocation(report: Report) -> dict[str, object]:
    """How the run went: every file or check that was not fully looked at is a notification."""
    coverage = report.coverage
    notes = [_notification("error", failure) for failure in coverage.failures]
    if status(report) is Status.NOTHING_REVIEWED:
        notes.append(_notification("warning", "Nothing was reviewed."))
    notes += _files("warning", "Partly reviewed", coverage.partial)
    notes += _files("note", "Skipped", coverage.skipped)
    result: dict[str, object] = {"executionSuccessful": not coverage.failures}
    if notes:
        result["toolExecutionNotifications"] = notes
    return result


def _descriptor(rule: Rule, levels: Mapping[Severity, str]) -> dict[str, object]:
    title, explanation = visible(rule.title or rule.name), rule.explanation or rule.title
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": explanation or rule.name, "markdown": explanation or rule.name},
        "defaultConfiguration": {"level": levels[rule.severity]},
    }


def _files(level: str, what: str, files: Iterable[Skipped]) -> list[dict[str, object]]:
    return [
        _notification(level, f"{what}: {file.path}: {file.reason}")
        | {
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": uri_path(file.path),
                            "uriBaseId": "%SRCROOT%",
                        }
                    }
                }
            ]
        }
        for file in files
    ]


def _notification(level: str, text: str) -> dict[str, object]:
    return {"level": level, "message": {"text": escaped(text)}}
