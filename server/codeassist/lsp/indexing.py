"""Indexes a folder in the background, with progress that is seen and does not get in the way."""

import asyncio
from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import CodeassistError
from codeassist.lsp.folders import Folder
from codeassist.lsp.lanes import WasCancelled

if TYPE_CHECKING:
    from codeassist.engine.engine import Engine
    from codeassist.engine.requests import IndexStats
    from codeassist.lsp.session import Session


async def index(session: "Session", folder: Folder) -> None:
    """Bring the folder's index up to date. Answers meanwhile come from what is there."""
    loop, indexing = asyncio.get_running_loop(), session.status.indexing

    def say(percent: int) -> None:
        if folder.path in indexing:
            indexing[folder.path] = percent
            session.status.changed()

    def progress(stage: str, done: int, total: int) -> None:
        if total:
            loop.call_soon_threadsafe(say, 100 * done // total)

    def work(engine: "Engine", token: CancellationToken) -> "IndexStats":
        return engine.index(progress, token)

    indexing[folder.path] = 0
    session.status.changed()
    try:
        stats = await folder.checks.run(work)
        for note in stats.notes:
            session.say_once(f"codeassist: {note}")
    except CodeassistError as error:
        session.say_once(f"codeassist: {error.message}")
    except WasCancelled:
        pass
    finally:
        indexing.pop(folder.path, None)
        folder.indexed.set()
        session.status.changed()
    session.folder_changed(folder)
