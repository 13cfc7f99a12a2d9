"""`textDocument/codeAction`: what can be done at a place. No model is asked, no file is read.

Answers within the deadline of `Offering` whatever else is going on; what needs the text understood
is left out if that takes longer.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.engine.texts import language_of, private_reason
from codeassist.lsp.actions import Row, wanted
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft, action_of
from codeassist.lsp.actions.kinds import is_wanted
from codeassist.lsp.actions.offering import Offering
from codeassist.lsp.actions.text_place import place_now
from codeassist.lsp.places import Place
from codeassist.lsp.session import LOGGER, Session

if TYPE_CHECKING:
    from codeassist.engine.offers import Offers

_AUTOMATIC = types.CodeActionTriggerKind.Automatic


async def handle(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions, in the order of the table of producers."""
    context = params.context
    only = tuple(str(getattr(each, "value", each)) for each in context.only or ())
    rows = list(wanted(only, is_automatic=context.trigger_kind is _AUTOMATIC))
    place = place_now(session, params.text_document.uri) if rows else None
    if place is None:
        return []
    language = language_of(place.path, place.lines.data)
    offers: Offers | None = None
    if language and context.trigger_kind is not _AUTOMATIC and place.lines.data.strip():
        offering: Offering = session.feature(Offering)
        offers = await offering.offers(place, place.span(params.range, session.client.unit))
    asked = Asked(
        client=session.client,
        place=place,
        range=params.range,
        language=language,
        no_model=_no_model(session, place),
        diagnostics=tuple(context.diagnostics),
        only=only,
        is_automatic=context.trigger_kind is _AUTOMATIC,
        offers=offers,
    )
    drafts = (each for row in rows for each in _drafts(row, asked) if is_wanted(each.kind, only))
    listed = (action_of(each, asked) for each in drafts)
    return [each for each in listed if each is not None]


def _drafts(row: Row, asked: Asked) -> Iterator[Draft]:
    """What one producer offers. One that breaks must not take the others out of the menu."""
    if row.needs_offers and asked.offers is None:
        return
    try:
        yield from import_module(row.module).drafts(asked)
    except Exception:
        LOGGER.exception("a producer of actions broke: %s", row.module)


def _no_model(session: Session, place: Place) -> str:
    """Why no model can be asked about a document, "" if one can."""
    return session.status.model.reason or private_reason(place.path)
