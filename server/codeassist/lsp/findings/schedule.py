"""When to look: soon after something was opened or saved, and at a pause of typing.

A look begins anew with every change. What was changed is looked at first, then the other open
documents, for which the change may matter too, and in the end what takes long. Nobody waits longer
than for the look at their own document.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

from codeassist.lsp.folders import Folder

# After the last change. Most people pause longer than this where they want to see something, and
# type on sooner where they do not.
PAUSE_SECONDS = 0.4
# An editor that starts opens documents one after the other.
GATHER_SECONDS = 0.02


Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


@dataclass(eq=False)
class Due:
    """What of a folder has to be looked at, by keys of documents.

    `changed` comes first, `others` next. `slow` is what takes long.
    """

    folder: Folder
    changed: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    slow: set[str] = field(default_factory=set)
    timer: asyncio.TimerHandle | None = None
    task: asyncio.Task[None] | None = None
    waiting: dict[str, asyncio.Future[bool]] = field(default_factory=dict)

    def is_due(self, key: str) -> bool:
        """Whether what is known of a document may not be true any more."""
        return key in self.changed or key in self.others

    def stop(self) -> None:
        """End what is under way."""
        if self.timer is not None:
            self.timer.cancel()
        if self.task is not None:
            self.task.cancel()
        self.timer = self.task = None

    def answer(self) -> set[str]:
        """Let those go on who wait for a document that was looked at; their keys."""
        done = {key for key in self.waiting if not self.is_due(key)}
        return {key for key in done if settle(self.waiting.pop(key), is_last=True)}


def settle(waiting: asyncio.Future[bool], *, is_last: bool) -> bool:
    """Let somebody go on who waits; whether they still did."""
    if waiting.done():
        return False
    waiting.set_result(is_last)
    return True


class Schedule:
    """The looks of a session. `look` does what is due in a folder, in the event loop's thread."""

    def __init__(self, look: Callable[[Due], Coroutine[Any, Any, None]], spawn: Spawn) -> None:
        self._look = look
        self._spawn = spawn
        self._dues: dict[Folder, Due] = {}

    def due(self, folder: Folder) -> Due:
        """What is due in a folder."""
        if folder not in self._dues:
            self._dues[folder] = Due(folder)
        return self._dues[folder]

    def is_due(self, folder: Folder, key: str) -> bool:
        """Whether what is known of a document may not be true any more."""
        return self.due(folder).is_due(key)

    def changed(self, folder: Folder, keys: Iterable[str], open_keys: Iterable[str]) -> None:
        """Documents have another text: look at them after a pause, and then at all others."""
        due = self.due(folder)
        due.changed.update(keys)
        due.slow.update(keys)
        due.others.update(set(open_keys) - due.changed)
        self._begin(due, PAUSE_SECONDS)

    def opened(self, folder: Folder, keys: Iterable[str]) -> None:
        """Documents were opened: look at them now."""
        due = self.due(folder)
        due.changed.update(keys)
        due.slow.update(keys)
        self._begin(due, GATHER_SECONDS)

    def all_changed(self, folder: Folder, open_keys: Iterable[str]) -> None:
        """The disk or the settings have changed, so nothing that is known may still be true.

        Where a look is due anyway, as when somebody types and saves at once, it begins now.
        """
        due = self.due(folder)
        is_pending = due.timer is not None
        due.others.update(set(open_keys) - due.changed)
        self._begin(due, GATHER_SECONDS if is_pending else PAUSE_SECONDS)

    def gone(self, folder: Folder, keys: Iterable[str]) -> None:
        """Documents were closed."""
        due = self.due(folder)
        for each in (due.changed, due.others, due.slow):
            each.difference_update(keys)
        due.answer()

    def closed(self, folder: Folder) -> None:
        """A folder is gone: nobody waits for it any more."""
        due = self._dues.pop(folder, None)
        if due is not None:
            due.stop()
            for each in (due.changed, due.others, due.slow):
                each.clear()
            due.answer()

    async def wait(self, folder: Folder, key: str) -> bool:
        """Wait until what is known of a document is true. False where another one waits instead."""
        due = self.due(folder)
        before = due.waiting.pop(key, None)
        if before is not None:
            settle(before, is_last=False)
        if not due.is_due(key):
            return True
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        due.waiting[key] = mine
        try:
            return await mine
        finally:
            if due.waiting.get(key) is mine:
                del due.waiting[key]

    def _begin(self, due: Due, seconds: float) -> None:
        due.stop()
        loop = asyncio.get_running_loop()
        # In a context of its own: who looks later looks at the documents as they are then.
        due.timer = loop.call_later(seconds, self._start, due, context=Context())

    def _start(self, due: Due) -> None:
        due.timer = None
        due.task = self._spawn(self._run(due))

    async def _run(self, due: Due) -> None:
        await self._look(due)
        if due.task is asyncio.current_task():
            due.task = None
