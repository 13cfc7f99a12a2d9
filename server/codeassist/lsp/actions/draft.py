"""An action as its producer means it, and what becomes of it for the abilities of a client."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from lsprotocol import types

from codeassist.lsp.actions.asked import Asked

RUN = "codeassist.run"


class Model(Enum):
    """What an action has to do with a model."""

    NONE = "none"
    MAY = "may"  # it is asked where there is one
    MUST = "must"
    DID = "did"  # it was asked, and this is what it said


@dataclass(frozen=True, slots=True)
class Draft:
    """An action: an `order` (see `lsp.orders`) whose edit comes later, or a `command`.

    `refused` says why it is not possible here; then it is shown in grey, where the editor does so.
    """

    title: str
    kind: str
    order: Mapping[str, Any] | None = None
    command: types.Command | None = None
    diagnostics: tuple[types.Diagnostic, ...] = ()
    model: Model = Model.NONE
    refused: str = ""


def action_of(draft: Draft, asked: Asked) -> types.CodeAction | None:
    """The action for a client; None where it could do nothing with it.

    None of them is ever preferred: an editor runs preferred ones at the touch of a key.
    """
    action = types.CodeAction(
        draft.title, kind=draft.kind, diagnostics=list(draft.diagnostics) or None
    )
    reason = draft.refused or (asked.no_model if draft.model is Model.MUST else "")
    if reason:
        if not asked.client.shows_disabled:
            return None
        action.disabled = types.CodeActionDisabled(reason)
        return action
    if _is_models(draft, asked) and asked.client.tags_llm:
        action.tags = [types.CodeActionTag.LlmGenerated]
    if draft.order is None:
        action.command = draft.command
        return action if draft.command is not None else None
    if asked.client.resolves_edits:
        action.data = draft.order
        return action
    if not asked.runs(RUN):
        return None
    action.command = types.Command(draft.title, RUN, arguments=[draft.order])
    return action


def _is_models(draft: Draft, asked: Asked) -> bool:
    """Whether what comes of an action is a model's."""
    if draft.model in (Model.MAY, Model.MUST):
        return not asked.no_model
    return draft.model is Model.DID
