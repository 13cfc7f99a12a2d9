"""Runs a task of the engine for a client: progress, cancellation, and nothing stale comes out."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.base.model_errors import SpendingLimitError
from codeassist.base.text import LineIndex
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Outcome, Spot, TaskRequest, Use
from codeassist.lsp.convert import Converter
from codeassist.lsp.documents import Document
from codeassist.lsp.failures import changed, failed, sentence
from codeassist.lsp.orders import Order
from codeassist.lsp.places import Place
from codeassist.lsp.stale import check_current, edits_of, with_versions
from codeassist.lsp.uris import name_of, same
from codeassist.lsp.work import Token, Work, do

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

ENGINE_WIDE = frozenset({"architecture"})  # tasks for a repository, whatever document is open
UNTRUSTED = "this workspace is not trusted, so nothing was sent: these are the facts alone"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a task made, and how to tell the client; use `converter` for nothing older."""

    place: Place
    outcome: Outcome
    converter: Converter


def digest_of(document: Document) -> str:
    """A document's content in a few characters, for actions that are resolved later."""
    return blake2b(document.data, digest_size=8).hexdigest()


async def run(session: "Session", order: Order, token: Token | None = None) -> Ran:
    """Do a task. Raises RequestError for a document that is not there, or that changed meanwhile.

    `token` is the client's own for the progress.
    """

    async def job(work: Work) -> Ran:
        place = await place_of(session, order)
        request = request_of(session, order, place)
        make_converter, texts = session.converter(place.folder), session.buffers(place.folder)
        await work.indexed(place.folder)

        def in_lane(engine: Engine, lane_token: CancellationToken) -> Ran:
            engine.show(texts)
            outcome = engine.run(request, work.progress, lane_token, work.confirm_with(lane_token))
            return settled(place, outcome, make_converter(engine))

        ran = await place.folder.run_lane().run(in_lane)
        _tell_limit(session, ran.outcome)
        return _noted(session, await checked(session, ran))

    key = (order.task, same(order.uri), str(order.range), str(order.options))
    try:
        return await do(session, order.title, key, job, token)
    finally:
        session.spent()


async def place_of(session: "Session", order: Order) -> Place:
    """The place of an order's document, which has to be as it was when the action was listed."""
    if order.task in ENGINE_WIDE:
        return await _whole(session, order.uri)
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


def settled(place: Place, outcome: Outcome, converter: Converter) -> Ran:
    """What a task made, in a form that needs the engine no more. Call it in the lane."""
    report = outcome.report
    findings = (*report.findings, *(each.finding for each in report.hypotheses))
    return Ran(place, outcome, converter.settled(findings))


async def checked(session: "Session", ran: Ran) -> Ran:
    """The same for the documents of now. Raises RequestError if what counts has changed."""
    edits = tuple(edits_of(ran.outcome))
    await check_current(session, ran.place, edits)
    return replace(ran, converter=with_versions(ran.converter, edits, session.documents.get))


async def _whole(session: "Session", uri: str) -> Place:
    """The place for a task on the repository that a document, or the folder itself, is in."""
    await session.ready.wait()
    folder = session.folders.get(same(uri.rstrip("/"))) or session.folder_of(uri)
    if not folder.root:
        raise failed(f"{name_of(uri)} is in no folder of this workspace", "open its folder")
    return Place(folder, "", Document(uri, "", 0, b""), LineIndex(b""))


def _tell_limit(session: "Session", outcome: Outcome) -> None:
    """Have the status tell whether a limit of the user's was in the way."""
    limits = [each for each in outcome.failures if isinstance(each, SpendingLimitError)]
    if limits or outcome.requests:
        texts = (sentence(each.message, each.remedy) for each in limits)
        session.status.limit = next(texts, "")


def _noted(session: "Session", ran: Ran) -> Ran:
    """The outcome with a note of why no model was asked, where the engine was not told to."""
    if not session.is_restricted:
        return ran
    return replace(ran, outcome=replace(ran.outcome, notes=(UNTRUSTED, *ran.outcome.notes)))
