"""What a task made, as our own requests give it; see "The protocol" in ARCHITECTURE.md.

An edit that this editor cannot make is among what is left out, with the reason.
"""

from collections.abc import Iterable
from typing import Any

from codeassist.base.edits import WorkspaceEdit
from codeassist.engine.requests import Outcome
from codeassist.lsp.actions.naming import made_up_place
from codeassist.lsp.convert import Converter
from codeassist.lsp.failures import RequestError
from codeassist.lsp.running import Ran
from codeassist.render.fingerprint import with_fingerprints
from codeassist.render.unified import unified

Json = dict[str, Any]


def run_result(ran: Ran) -> Json:
    """The answer to `codeassist/run`."""
    outcome, report, edits = ran.outcome, ran.outcome.report, _Edits(ran.converter)
    suggestions = [
        edit | {"explanation": each.explanation, "lines": each.lines}
        for each in report.suggestions
        for edit in edits.all([each.edit])
    ]
    hypotheses = []
    supposed = with_fingerprints([each.finding for each in report.hypotheses])
    for each, finding in zip(report.hypotheses, supposed, strict=True):
        data = ran.converter.finding(finding) | {
            "confidence": each.confidence,
            "input": each.input,
            "confirm": each.confirm,
        }
        fixes = edits.all([each.fix] if each.fix is not None else [])
        hypotheses.append(data | ({"fix": fixes[0]} if fixes else {}))
    return {
        "edits": edits.all(report.edits),
        "suggestions": suggestions,
        "hypotheses": hypotheses,
        "findings": [ran.converter.finding(each) for each in with_fingerprints(report.findings)],
        "document": report.document,
        "notes": list(outcome.notes),
        "dropped": [{"what": each.what, "reason": each.reason} for each in report.dropped]
        + edits.dropped,
        "failures": [{"message": e.message, "remedy": e.remedy} for e in outcome.failures],
        "usage": _usage(outcome),
        "seconds": round(outcome.seconds, 3),
    }


class _Edits:
    """Converts edits, and keeps what cannot be."""

    def __init__(self, converter: Converter) -> None:
        self._converter = converter
        self.dropped: list[Json] = []

    def all(self, edits: Iterable[WorkspaceEdit]) -> list[Json]:
        """Those of some edits that the editor can make."""
        found: list[Json] = []
        for edit in edits:
            try:
                found.append(edit_result(edit, self._converter))
            except RequestError as error:
                self.dropped.append({"what": edit.title, "reason": error.message})
        return found


def edit_result(edit: WorkspaceEdit, converter: Converter) -> Json:
    """An edit. Raises RequestError if the editor cannot make it."""
    return {
        "title": edit.title,
        "verified": edit.is_verified,
        "problems": list(edit.problems),
        "proofs": list(edit.proofs),
        "diff": unified(edit),
        "edit": converter.edit(edit),
        "rename": made_up_place(edit, converter),
    }


def _usage(outcome: Outcome) -> Json:
    return {
        "models": list(outcome.models),
        "requests": outcome.requests,
        "kept": outcome.kept,
        "inputTokens": outcome.usage.input,
        "outputTokens": outcome.usage.output,
        "cost": outcome.cost,
    }
