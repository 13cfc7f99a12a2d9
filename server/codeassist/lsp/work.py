"""Long work: progress that the user sees and can cancel, a question before it costs, one result.

Work runs in a lane; this is what is around it in the event loop. A newer request for the same thing
cancels the one that is under way.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeassist.base.cancellation import CancellationToken
from codeassist.lsp.failures import cancelled, failed
from codeassist.lsp.folders import Folder
from codeassist.lsp.status import Running
from codeassist.lsp.tokens import Token as Token

if TYPE_CHECKING:
    from codeassist.engine.requests import Confirm, Estimate
    from codeassist.lsp.session import Session

SECONDS_BETWEEN = 0.1  # reports of progress; more often is noise, and fills the pipe
INDEXING = "indexing"
_NUMBERS = itertools.count(1)
_SEND, _DO_NOT = "Send", "Do not send"
Result = TypeVar("Result")


@dataclass(eq=False)
class Work:
    """A piece of long work. Its `progress` and `confirm` are called from a lane's thread."""

    session: "Session"
    title: str
    token: Token
    shown: Running
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    is_shown: bool = False
    _said: str = ""
    _next: float = 0.0

    def progress(self, stage: str, done: int, total: int) -> None:
        """A stage, from any thread."""
        with suppress(RuntimeError):  # the server has ended; the thread will notice
            self.loop.call_soon_threadsafe(self._report, stage, done, total)

    async def indexed(self, folder: Folder) -> None:
        """Wait until a folder is indexed, for the first time at least."""
        while folder.root and not folder.indexed.is_set():
            self._report(INDEXING, self.session.status.indexing.get(folder.path, 0), 100)
            with suppress(TimeoutError):
                await asyncio.wait_for(folder.indexed.wait(), SECONDS_BETWEEN)

    def confirm_with(self, token: CancellationToken) -> "Confirm":
        """What the engine asks before it sends: the user, above the limit of the settings."""

        def confirm(estimate: "Estimate") -> bool:
            self.loop.call_soon_threadsafe(self._estimated, estimate)
            limit = self.session.confirm_cents
            if not limit or estimate.likely is None or estimate.likely * 100 <= limit:
                return True
            self.progress("waiting for your answer", 0, 0)
            return self._ask(estimate, token) == _SEND

        return confirm

    def _ask(self, estimate: "Estimate", token: CancellationToken) -> str | None:
        """What the user answers, who may take their time, or cancel instead of answering."""
        question = self.session.ask(*_question(estimate))
        asked = asyncio.run_coroutine_threadsafe(question, self.loop)
        try:
            while True:
                token.check()
                with suppress(StillWaiting):
                    return asked.result(SECONDS_BETWEEN)
        except JsonRpcException:
            raise failed(
                "this editor could not ask you whether to send it, so nothing was sent",
                "set codeassist.editor.confirmCents to 0 to be asked no more",
            ) from None
        finally:
            asked.cancel()

    def _estimated(self, estimate: "Estimate") -> None:
        self.shown.inputTokens, self.shown.cost = estimate.input_tokens, estimate.likely
        self.session.status.changed()

    def _report(self, stage: str, done: int, total: int) -> None:
        percent = min(100, 100 * done // total) if total else None
        self.shown.stage = stage if percent is None else f"{stage} {percent} %"
        self.session.status.changed()
        now = self.loop.time()
        is_new = stage.partition(":")[0] != self._said
        if not self.is_shown or (now < self._next and not is_new):
            return
        self._said, self._next = stage.partition(":")[0], now + SECONDS_BETWEEN
        value = types.WorkDoneProgressReport(message=stage, percentage=percent, cancellable=True)
        self.session.notify_progress(self.token, value)


async def do(
    session: "Session",
    title: str,
    key: object,
    job: Callable[[Work], Awaitable[Result]],
    token: Token | None = None,
) -> Result:
    """Do long work with everything around it; `token` is the client's own for the progress.

    `key` says what it is for: a newer call with an equal one cancels this. Raises RequestError for
    cancelled work, and what the job raises.
    """
    session.cancel_work(key)
    name = token if token is not None else f"codeassist-{next(_NUMBERS)}"
    work = Work(session, title, name, Running(name, title))
    task = asyncio.ensure_future(_shown(work, job, token is not None))
    session.works[key] = (work, task)
    session.status.running[name] = work.shown
    session.status.changed()
    try:
        return await task
    except asyncio.CancelledError:
        task.cancel()
        current = asyncio.current_task()
        if current is not None and current.cancelling():
            raise
        raise cancelled() from None
    finally:
        if session.works.get(key, (None,))[0] is work:
            del session.works[key]
        if session.status.running.get(name) is work.shown:
            del session.status.running[name]
        session.status.changed()


async def _shown(work: Work, job: Callable[[Work], Awaitable[Result]], is_clients: bool) -> Result:
    """The job, between the beginning and the end of its progress."""
    session = work.session
    begun = asyncio.ensure_future(_begin(work, is_clients))
    try:
        return await job(work)
    finally:
        begun.cancel()
        if work.is_shown:
            work.is_shown = False
            session.notify_progress(work.token, types.WorkDoneProgressEnd())


async def _begin(work: Work, is_clients: bool) -> None:
    """Show the progress. The work does not wait for a client that is slow to agree."""
    session = work.session
    if not is_clients:
        if not session.client.shows_progress:
            return
        create = types.WorkDoneProgressCreateParams(work.token)
        try:
            await session.server.window_work_done_progress_create_async(create)
        except Exception:
            return  # the client does not want it
    begin = types.WorkDoneProgressBegin(
        f"codeassist: {work.title}", cancellable=True, message=work.shown.stage or None
    )
    session.notify_progress(work.token, begin)
    work.is_shown = True


def _question(estimate: "Estimate") -> tuple[str, tuple[str, ...]]:
    size = f"{estimate.requests} requests" if estimate.requests > 1 else "1 request"
    likely, most = estimate.likely or 0.0, estimate.cost or 0.0
    return (
        f"codeassist: {size} with {estimate.input_tokens:,} tokens to {estimate.model} at "
        f"{estimate.address} will cost about ${likely:.2f}, at most ${most:.2f}.",
        (_SEND, _DO_NOT),
    )
