"""Makes what is shown of findings and of hypotheses: their diagnostics, and what is behind them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.lsp.convert import Converter
from codeassist.lsp.findings.shown import Cited, Kind, Shown
from codeassist.render.fingerprint import with_fingerprints

if TYPE_CHECKING:
    from codeassist.tasks.task import Hypothesis


def shown(kind: Kind, findings: Iterable[Finding], converter: Converter) -> list[Shown]:
    """Findings as they are shown; those in the base of a change are nowhere to be shown."""
    here = [each for each in findings if not each.location.old]
    return [_shown(kind, each, converter) for each in with_fingerprints(here)]


def supposed(hypotheses: "Iterable[Hypothesis]", converter: Converter, spent: str) -> list[Shown]:
    """Hypotheses as they are shown: with how sure they are, and how to see that they are right."""
    known = list(hypotheses)
    findings = with_fingerprints([each.finding for each in known])
    found: list[Shown] = []
    for finding, hypothesis in zip(findings, known, strict=True):
        careful = replace(finding, severity=min(finding.severity, Severity.WARNING))
        fix = hypothesis.fix if hypothesis.fix and hypothesis.fix.is_verified else None
        each = _shown(Kind.HYPOTHESIS, careful, converter, fix)
        each.diagnostic.message = _words(hypothesis)
        found.append(replace(each, hypothesis=hypothesis, spent=spent))
    return found


def _shown(
    kind: Kind, finding: Finding, converter: Converter, fix: WorkspaceEdit | None = None
) -> Shown:
    data = {
        "code": finding.code,
        "fingerprint": finding.fingerprint,
        "fix": fix is not None,
        "title": fix.title if fix is not None else "",
    }
    keeps = converter.client.keeps_diagnostic_data
    uri, _ = converter.place(finding.location.path, finding.location.span)
    return Shown(
        kind,
        finding.location.path,
        uri,
        finding,
        converter.diagnostic(finding, data if keeps else None),
        tuple(_cited(each, converter) for each in finding.evidence),
    )


def _cited(evidence: Evidence, converter: Converter) -> Cited:
    where = converter.location(evidence.location)
    path, line = evidence.location.path, evidence.location.span.start_line
    if where is None:
        return Cited(evidence.message, path, line)
    return Cited(evidence.message, path, where[1].start.line, where[0])


def _words(hypothesis: "Hypothesis") -> str:
    """A hypothesis as a message: what, how sure, when, how to confirm, and what to do."""
    finding = hypothesis.finding
    parts = [f"{finding.message} ({hypothesis.confidence} % sure)"]
    parts += [f"Goes wrong for: {hypothesis.input}"] if hypothesis.input else []
    parts += [f"To confirm: {hypothesis.confirm}"] if hypothesis.confirm else []
    return "\n".join((*parts, *filter(None, (finding.remedy,))))
