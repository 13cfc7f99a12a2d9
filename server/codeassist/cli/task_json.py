"""What a task made, as JSON's objects.

findings, hypotheses   as in a review's JSON; a hypothesis has confidence, input, confirm, fix
edits                  [{title, verified, problems, proofs, applied, files: [{path, created,
                        diff}]}]
suggestions            edits with `explanation` and `lines`
document               Markdown, "" if the task writes none
dropped                [{what, reason}]
model                  {models, requests, kept, input_tokens, cached_tokens, output_tokens,
                        reasoning_tokens, cost}; cost in US dollars, null if not known
shown                  [{path, start_line, end_line, symbol, reasons}] what the model was shown
failures               [{message, remedy}]
notes, seconds
"""

from typing import TYPE_CHECKING, Any

from codeassist.base.edits import WorkspaceEdit
from codeassist.render.formats.json import finding_data
from codeassist.render.unified import unified

if TYPE_CHECKING:
    from codeassist.engine.requests import Applied, Outcome


def to_data(outcome: "Outcome", applied: "Applied | None") -> dict[str, Any]:
    """An outcome as JSON's objects."""
    report = outcome.report
    withheld = applied.withheld if applied else report.edits
    return {
        "findings": [finding_data(each) for each in report.findings],
        "hypotheses": [
            finding_data(each.finding)
            | {
                "confidence": each.confidence,
                "input": each.input,
                "confirm": each.confirm,
                "fix": _edit(each.fix, False) if each.fix else None,
            }
            for each in report.hypotheses
        ],
        "edits": [_edit(each, each not in withheld) for each in report.edits],
        "suggestions": [
            _edit(each.edit, False) | {"explanation": each.explanation, "lines": each.lines}
            for each in report.suggestions
        ],
        "document": report.document,
        "dropped": [{"what": each.what, "reason": each.reason} for each in report.dropped],
        "model": _model(outcome),
        "shown": _shown(outcome),
        "failures": [{"message": e.message, "remedy": e.remedy} for e in outcome.failures],
        "notes": list(outcome.notes),
        "seconds": round(outcome.seconds, 3),
    }


def _edit(edit: WorkspaceEdit, applied: bool) -> dict[str, Any]:
    return {
        "title": edit.title,
        "verified": edit.is_verified,
        "problems": list(edit.problems),
        "proofs": list(edit.proofs),
        "applied": applied,
        "files": [
            {
                "path": file.path,
                "created": file.before is None,
                "diff": unified(WorkspaceEdit(edit.title, (file,))),
            }
            for file in edit.files
        ],
    }


def _model(outcome: "Outcome") -> dict[str, Any]:
    usage = outcome.usage
    return {
        "models": list(outcome.models),
        "requests": outcome.requests,
        "kept": outcome.kept,
        "input_tokens": usage.input,
        "cached_tokens": usage.cached,
        "output_tokens": usage.output,
        "reasoning_tokens": usage.reasoning,
        "cost": outcome.cost,
    }


def _shown(outcome: "Outcome") -> list[dict[str, Any]]:
    shown = outcome.report.shown
    return [
        {
            "path": piece.path,
            "start_line": piece.start_line,
            "end_line": piece.end_line,
            "symbol": piece.symbol,
            "reasons": [reason.text for reason in piece.reasons],
        }
        for piece in (shown.pieces if shown else ())
    ]
