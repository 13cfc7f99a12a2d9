"""`codeassist.run`: does a task and applies the edit that comes of it, with the document's version.

For editors that work no edit out later, and for suggestions, among which the user chooses. What is
not verified is never applied; the user is told why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from codeassist.base.edits import WorkspaceEdit, joined
from codeassist.engine.requests import Outcome
from codeassist.lsp.failures import failed, sentence
from codeassist.lsp.orders import order_of, token_of
from codeassist.lsp.running import Ran, checked, run
from codeassist.lsp.session import Session
from codeassist.lsp.stale import telling

NO_EDIT = "there is nothing to change here"
NOTES_SHOWN = 3  # a message is a few lines at most


@dataclass(frozen=True, slots=True)
class _Choice:
    """A verified suggestion, by what the user reads of it."""

    label: str
    edit: WorkspaceEdit


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{applied}`, as the editor says. Raises RequestError where a document has changed."""
    order = order_of(params)
    if not session.client.applies_edits:
        raise failed("this editor does not take edits from a server", "use the command codeassist")
    with telling(session):
        ran = await run(session, order, token_of(params))
        _tell(session, ran.outcome)
        edit = await _chosen(session, ran)
        if edit is None:
            return {"applied": False}
        return {"applied": await _apply(session, await checked(session, ran), edit)}


def _tell(session: Session, outcome: Outcome) -> None:
    """Say what failed, else what is to be known of an edit that comes."""
    for error in outcome.failures:
        text = sentence(error.message, error.remedy)
        session.say(f"codeassist: {text}", types.MessageType.Error)
    is_applied = any(each.is_verified for each in outcome.report.edits)
    if outcome.notes and is_applied and not outcome.failures:
        session.say(f"codeassist: {'; '.join(outcome.notes[:NOTES_SHOWN])}")


async def _chosen(session: Session, ran: Ran) -> WorkspaceEdit | None:
    """The edit to apply; None where there is none, or none is wanted. The user knows why."""
    report = ran.outcome.report
    edits = [*report.edits, *(each.edit for each in report.suggestions)]
    unsure = [each for each in edits if not each.is_verified]
    if unsure:
        text = f"not applied, since not verified: {_reasons(unsure)}"
        session.say(f"codeassist: {text}", types.MessageType.Warning)
    sure = [each for each in report.edits if each.is_verified]
    if sure:
        return joined(sure)
    choices = list(_choices(ran.outcome))
    if choices:
        question = "codeassist: which of these changes?"
        answer = await session.ask(question, tuple(each.label for each in choices))
        return next((each.edit for each in choices if each.label == answer), None)
    if not unsure and not ran.outcome.failures:
        session.say(f"codeassist: {_without_edit(ran.outcome)}")
    return None


def _reasons(unsure: Sequence[WorkspaceEdit]) -> str:
    """Why edits are not applied, in a line: the first in full."""
    first, *others = unsure
    more = f" (and {len(others)} more)" if others else ""
    return f"{first.title}: {'; '.join(first.problems)}{more}"


def _choices(outcome: Outcome) -> Iterator[_Choice]:
    """The verified suggestions; no two of them read alike."""
    taken: dict[str, int] = {}
    for each in outcome.report.suggestions:
        if not each.edit.is_verified:
            continue
        label = f"{each.edit.title} ({each.lines} line{'' if each.lines == 1 else 's'})"
        taken[label] = taken.get(label, 0) + 1
        number = f" [{taken[label]}]" if taken[label] > 1 else ""
        yield _Choice(f"{label}{number}", each.edit)


def _without_edit(outcome: Outcome) -> str:
    """What there is to say of a result that has no edit, in a line."""
    report = outcome.report
    found = [each.message for each in report.findings]
    found += [each.finding.message for each in report.hypotheses]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return f"{found[0]}{more}"
    if report.document:
        return (
            f"there is a document of {len(report.document):,} characters, which is not shown here"
        )
    reasons = [*outcome.notes, *(f"{each.what}: {each.reason}" for each in report.dropped)]
    return "; ".join((NO_EDIT, *reasons[:NOTES_SHOWN]))


async def _apply(session: Session, ran: Ran, edit: WorkspaceEdit) -> bool:
    """Have the editor apply an edit, and tell the user if it does not."""
    converted = ran.converter.edit(edit)
    params = types.ApplyWorkspaceEditParams(converted, label=edit.title)
    answer = await session.server.workspace_apply_edit_async(params)
    if not answer.applied:
        reason = answer.failure_reason or "it gives no reason"
        session.say(f"codeassist: the editor did not apply it: {reason}", types.MessageType.Warning)
    return bool(answer.applied)
