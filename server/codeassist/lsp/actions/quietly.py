"""Does a task that asks no model: mostly in the blink of an eye, so without progress at first."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.engine.engine import Engine
from codeassist.engine.requests import Use
from codeassist.lsp.folders import Folder
from codeassist.lsp.lanes import Lane
from codeassist.lsp.orders import Order
from codeassist.lsp.running import Ran, checked, place_of, request_of, settled
from codeassist.lsp.uris import same
from codeassist.lsp.work import Work, do

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

QUIET_SECONDS = 0.5  # what takes longer is shown, and can be cancelled
Report = Callable[[str, int, int], None]


async def run_quietly(session: "Session", order: Order) -> Ran:
    """Like `running.run`, with the facts alone. Raises what that raises."""
    place = await place_of(session, order)
    request = replace(request_of(session, order, place), use=Use.FACTS)
    make_converter, texts = session.converter(place.folder), session.buffers(place.folder)
    stages, folder = _Stages(), place.folder

    async def job() -> Ran:
        if folder.root:
            await folder.indexed.wait()
        lane = _lane(folder)

        def in_lane(engine: Engine, token: CancellationToken) -> Ran:
            if lane is folder.checks:
                folder.catch_up(engine)
            engine.show(texts)
            outcome = engine.run(request, stages.progress, token)
            return settled(place, outcome, make_converter(engine))

        return await lane.run(in_lane)

    task = asyncio.ensure_future(job())
    try:
        done, _ = await asyncio.wait({task}, timeout=QUIET_SECONDS)
        ran = await (task if done else _shown(session, order, task, stages))
    except asyncio.CancelledError:
        task.cancel()
        raise
    return await checked(session, ran)


def _lane(folder: Folder) -> Lane[Engine]:
    """The lane that knows the folder as it is, unless it is busy; then one for tasks."""
    return folder.checks if folder.checks.is_idle else folder.run_lane()


async def _shown(
    session: "Session", order: Order, task: "asyncio.Future[Ran]", stages: "_Stages"
) -> Ran:
    """The rest of the work, with progress."""

    async def rest(work: Work) -> Ran:
        stages.tell = work.progress
        return await task

    key = (order.task, same(order.uri), str(order.range), str(order.options))
    return await do(session, order.title, key, rest)


class _Stages:
    """Passes stages on once somebody listens; they come from a lane's thread."""

    tell: Report | None = None

    def progress(self, stage: str, done: int, total: int) -> None:
        tell = self.tell
        if tell is not None:
            tell(stage, done, total)
