"""What the server is doing, for a status bar: the notification `codeassist/status`.

Sent when it changes, and not more often than people can read.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

STATUS = "codeassist/status"
SECONDS_BETWEEN = 0.1


class State(Enum):
    """What the server is busy with, or waits for."""

    STARTING = "starting"
    INDEXING = "indexing"
    READY = "ready"
    THINKING = "thinking"
    OFFLINE = "offline"
    LIMIT = "limit"


@dataclass
class Running:
    """A long piece of work as the status shows it. `cost` is in US dollars, None if not known."""

    token: int | str
    title: str
    stage: str = ""
    inputTokens: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether a model can be asked; `reason` says why not, with the remedy."""

    name: str = ""
    reason: str = ""

    @property
    def is_there(self) -> bool:
        """Whether one can."""
        return not self.reason


@dataclass
class Status:
    """The status of a session; `send` is called in the event loop's thread.

    `limit` says which of the user's limits kept the last run from asking, with the remedy.
    """

    send: Callable[[str, Mapping[str, Any]], None]
    is_started: bool = False
    indexing: dict[str, int] = field(default_factory=dict)
    running: dict[int | str, Running] = field(default_factory=dict)
    model: ModelState = field(default_factory=ModelState)
    limit: str = ""
    cost_today: float | None = None
    _sent: Mapping[str, Any] = field(default_factory=dict)
    _due: asyncio.TimerHandle | None = None

    def data(self) -> dict[str, Any]:
        """The status as JSON's objects."""
        state = self._state()
        percents = list(self.indexing.values())
        percent = min(percents) if state is State.INDEXING else None
        return {
            "state": state.value,
            "message": self._message(state, percent),
            "percent": percent,
            "running": [asdict(each) for each in self.running.values()],
            "model": self.model.name,
            "hasModel": self.is_started and self.model.is_there,
            "reason": self.model.reason or self.limit,
            "costToday": self.cost_today,
        }

    def changed(self) -> None:
        """Tell the client, soon."""
        if self._due is None:
            loop = asyncio.get_running_loop()
            self._due = loop.call_later(SECONDS_BETWEEN, self._tell)

    def close(self) -> None:
        """Say nothing more."""
        if self._due is not None:
            self._due.cancel()

    def _tell(self) -> None:
        self._due = None
        data = self.data()
        if data != self._sent:
            self._sent = data
            self.send(STATUS, data)

    def _state(self) -> State:
        if not self.is_started:
            return State.STARTING
        if self.running:
            return State.THINKING
        if self.indexing:
            return State.INDEXING
        if not self.model.is_there:
            return State.OFFLINE
        return State.LIMIT if self.limit else State.READY

    def _message(self, state: State, percent: int | None) -> str:
        if state is State.THINKING:
            first, *others = self.running.values()
            more = f" (and {len(others)} more)" if others else ""
            if first.stage.startswith(first.title):
                return f"{first.stage}{more}"
            return f"{first.title}: {first.stage}{more}" if first.stage else f"{first.title}{more}"
        if state is State.INDEXING:
            return f"indexing {percent} %" if percent else "indexing"
        if state is State.READY:
            return f"ready, {self.model.name}"
        return {
            State.STARTING: "starting",
            State.OFFLINE: "facts only",
            State.LIMIT: "limit reached",
        }[state]
