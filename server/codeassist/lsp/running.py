"""Runs a task of the engine for a client: progress, cancellation, and nothing stale comes out.

The documents are looked at before and after. A model thinks for minutes, and users go on typing: an
edit for a text that is no longer there is never given to anybody.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import decode
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Outcome, Spot, TaskRequest, Use
from codeassist.lsp.convert import Converter
from codeassist.lsp.documents import Document
from codeassist.lsp.failures import changed, failed
from codeassist.lsp.orders import Order
from codeassist.lsp.places import Place, path_in
from codeassist.lsp.work import Work, do

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

ENGINE_WIDE = frozenset({"architecture"})  # tasks for a repository, whatever document is open
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a task made, and how to tell the client; use `converter` for nothing older."""

    place: Place
    outcome: Outcome
    converter: Converter


def digest_of(document: Document) -> str:
    """A document's content in a few characters, for actions that are resolved later."""
    return blake2b(document.data, digest_size=8).hexdigest()


async def run(session: "Session", order: Order, token: int | str | None = None) -> Ran:
    """Do a task. Raises RequestError for a document that is not there, or that changed meanwhile.

    `token` is the client's own for the progress.
    """
    place = await place_of(session, order)
    request = request_of(session, order, place)
    make_converter, texts = session.converter(place.folder), session.buffers(place.folder)

    async def job(work: Work) -> Ran:
        if not place.folder.indexed.is_set() and place.folder.root:
            work.progress("waiting for the index", 0, 0)
            await place.folder.indexed.wait()

        def in_lane(engine: Engine, lane_token: CancellationToken) -> Ran:
            engine.show(texts)
            outcome = engine.run(request, work.progress, lane_token, work.confirm_with(lane_token))
            return Ran(place, outcome, make_converter(engine))

        return await place.folder.run_lane().run(in_lane)

    key = (order.task, place.path, str(order.range), str(order.options))
    ran = await do(session, order.title, key, job, token)
    check_current(session, ran)
    session.spent()
    return ran


async def place_of(session: "Session", order: Order) -> Place:
    """The place of an order's document, which has to be as it was when the action was listed."""
    place = await session.place(order.uri)
    if place is None:
        if session.document(order.uri) is not None:
            raise failed("this document is larger than 5 MB", "nothing is offered for it")
        raise failed("this document is not open", "open it first")
    if order.digest and digest_of(place.document) != order.digest:
        raise changed()
    return place


def request_of(session: "Session", order: Order, place: Place) -> TaskRequest:
    """The engine's request for an order."""
    use = Use.FACTS if session.is_restricted else Use.AUTO
    request = TaskRequest(order.task, order.options, use=use)
    if order.task in ENGINE_WIDE:
        return request
    span = place.span(order.range, session.client.unit) if order.range is not None else None
    return replace(request, spot=Spot(place.path, span))


def check_current(session: "Session", ran: Ran) -> None:
    """Raise RequestError if what a task was done for has changed meanwhile."""
    document = ran.place.document
    now = session.documents.get(document.uri)
    if now is None or now.data != document.data:
        raise changed()
    report = ran.outcome.report
    edits = [*report.edits, *(each.edit for each in report.suggestions)]
    edits += [each.fix for each in report.hypotheses if each.fix is not None]
    for edit in edits:
        if not is_current(session, ran.place, edit):
            raise changed()


def is_current(session: "Session", place: Place, edit: WorkspaceEdit) -> bool:
    """Whether the open documents that an edit changes are those that it was made for."""
    texts = {
        path_in(place.folder, each): each.data
        for each in session.documents.current.values()
        if session.folder_of(each.uri) is place.folder
    }
    return all(
        decode(file.path, file.before or b"").data == texts[file.path]
        for file in edit.files
        if file.path in texts
    )
