"""`codeAction/resolve`: works out the edit of an action that was chosen.

There is an edit that is verified and made for the document as it is, or an error that says why
there is none: never an action without one, which an editor would take for done.
"""

from collections.abc import Mapping

from lsprotocol import types

from codeassist.base.edits import WorkspaceEdit, joined
from codeassist.engine.offers import asks_model
from codeassist.engine.options import RefactorOptions
from codeassist.lsp.actions.fix_finding import KEPT
from codeassist.lsp.actions.naming import naming
from codeassist.lsp.actions.quietly import run_quietly
from codeassist.lsp.failures import failed, sentence
from codeassist.lsp.findings.fixing import fix_of
from codeassist.lsp.orders import Order, order_of, text_of
from codeassist.lsp.running import Ran, run
from codeassist.lsp.session import Session
from codeassist.lsp.stale import telling

NOTES_SHOWN = 3  # a message is a few lines at most
NO_EDIT = "there is nothing to change here"


async def handle(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit. Raises RequestError where there is none."""
    if action.edit is not None or action.command is not None:
        return action
    if not isinstance(action.data, Mapping):
        raise failed("this action cannot be worked out", "list the actions again")
    if KEPT in action.data:
        uri, mark = text_of(action.data, "uri"), text_of(action.data, KEPT)
        edit, converter = await fix_of(session, uri, mark)
        action.edit = converter.edit(edit)
        return action
    order = order_of(action.data)
    with telling(session):
        ran = await (run_quietly if is_local(session, order) else run)(session, order)
    edit = _edit(session, ran)
    action.edit = ran.converter.edit(edit)
    action.command = naming(edit, ran.converter)
    return action


def is_local(session: Session, order: Order) -> bool:
    """Whether an order is done without a model: it needs none, or there is none."""
    if isinstance(order.options, RefactorOptions):
        return not asks_model(order.options.action)
    return not session.status.model.is_there


def _edit(session: Session, ran: Ran) -> WorkspaceEdit:
    """All verified edits of a report as one; what is left out is told."""
    outcome = ran.outcome
    sure = [each for each in outcome.report.edits if each.is_verified]
    unsure = [each for each in outcome.report.edits if not each.is_verified]
    told = [sentence(each.message, each.remedy) for each in outcome.failures]
    told += [f"left out: {each.what} ({each.reason})" for each in outcome.report.dropped]
    told += [f"left out, since not verified: {_why(each)}" for each in unsure]
    told += outcome.notes
    if not sure and unsure:
        raise failed(f"not applied, since not verified: {_why(unsure[0])}")
    if not sure:
        raise failed("; ".join(told[:NOTES_SHOWN]) or NO_EDIT)
    if told:
        session.say("codeassist: " + "; ".join(told[:NOTES_SHOWN]))
    return joined(sure)


def _why(edit: WorkspaceEdit) -> str:
    return f"{edit.title}: {edit.problems[0]}"
