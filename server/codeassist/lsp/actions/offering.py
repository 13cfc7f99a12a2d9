"""Works out what can be offered in a lane of its own, so that a menu never waits for other work.

A text is looked at when it is opened and when its user pauses in typing; the menu then has only the
place left to look at. One that comes earlier waits a moment and goes without.
"""

import asyncio
from collections.abc import Callable
from contextvars import Context
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types

from codeassist.base.cancellation import CancellationToken
from codeassist.base.text import Span
from codeassist.engine.texts import language_of
from codeassist.lsp.actions import PRODUCERS
from codeassist.lsp.actions.text_place import place_now
from codeassist.lsp.folders import Folder
from codeassist.lsp.lanes import Lane, WasCancelled
from codeassist.lsp.messages import REQUESTS
from codeassist.lsp.places import Place
from codeassist.lsp.session import LOGGER, Session
from codeassist.lsp.uris import same

if TYPE_CHECKING:
    from codeassist.engine.offers import OfferDesk, Offers

# A menu that takes longer feels stuck, and some editors hold up saving for it.
DEADLINE_SECONDS = 0.040
# Typing is quicker than this; looking at every letter would only be in its way.
PAUSE_SECONDS = 0.15
Result = TypeVar("Result")


class Offering:
    """What is kept for a session: the lane, and what is to be looked at next."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lane: Lane[OfferDesk] = Lane("offers", _desk)
        self._due: dict[str, asyncio.TimerHandle] = {}
        self._under_way: dict[str, set[asyncio.Task[Any]]] = {}
        self._seen: set[str] = set()
        session.listeners.append(self)

    async def offers(self, place: Place, span: Span) -> "Offers | None":
        """What there is for a place; None if that takes too long, or the text has changed.

        The work goes on then: the next menu has it.
        """
        data = place.lines.data

        def job(desk: "OfferDesk", token: CancellationToken) -> "Offers":
            return desk.offers(place.path, data, span)

        task = self._begin(place.document.uri, job)
        done, _ = await asyncio.wait({task}, timeout=DEADLINE_SECONDS)
        if not done or task.cancelled() or task.exception() is not None:
            return None
        return task.result()

    # What it hears of

    def document_changed(self, uri: str) -> None:
        """Look at the text once its user pauses; at once if it was opened."""
        key = same(uri)
        self._drop(key)
        pause = PAUSE_SECONDS if key in self._seen else 0.0
        self._seen.add(key)
        # In a context of its own: it is about the documents as they are then.
        loop = self._session.loop
        self._due[key] = loop.call_later(pause, self._warm, uri, context=Context())

    def document_closed(self, uri: str) -> None:
        """Let go of the text."""
        key = same(uri)
        self._drop(key)
        self._seen.discard(key)

    def files_changed(self, folder: Folder) -> None:
        """Nothing: only open texts count."""

    def folder_closed(self, folder: Folder) -> None:
        """Nothing, for the same reason."""

    def _warm(self, uri: str) -> None:
        self._due.pop(same(uri), None)
        place = place_now(self._session, uri)
        if place is None or not language_of(place.path, place.lines.data):
            return
        path, data = place.path, place.lines.data

        def job(desk: "OfferDesk", token: CancellationToken) -> None:
            desk.warm(path, data)

        self._begin(uri, job)

    def _begin(
        self, uri: str, job: "Callable[[OfferDesk, CancellationToken], Result]"
    ) -> "asyncio.Task[Result]":
        """Have something done in the lane; `_drop` takes it out again if it has not begun."""
        key = same(uri)
        task = self._session.loop.create_task(self._lane.run(job))
        self._under_way.setdefault(key, set()).add(task)
        task.add_done_callback(lambda done: self._done(key, done))
        return task

    def _done(self, key: str, task: "asyncio.Task[Any]") -> None:
        tasks = self._under_way.get(key, set())
        tasks.discard(task)
        if not tasks:
            self._under_way.pop(key, None)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, WasCancelled):
            LOGGER.error("could not work out what to offer", exc_info=error)

    def _drop(self, key: str) -> None:
        """Forget what was to be done for a text that is no more."""
        due = self._due.pop(key, None)
        if due is not None:
            due.cancel()
        for task in list(self._under_way.get(key, ())):
            task.cancel()


def _desk() -> "OfferDesk":
    """Made in the lane, with all that a menu needs: to load that takes a fifth of a second."""
    from codeassist.engine.offers import OfferDesk

    for row in PRODUCERS:
        import_module(row.module)
    import_module(REQUESTS[types.TEXT_DOCUMENT_CODE_ACTION])
    return OfferDesk()
