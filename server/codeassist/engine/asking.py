"""Carries a task's requests to the gateway and its answers back, until the task is done.

The one place where the synchronous engine meets the asynchronous gateway: a loop of its own for
each run. Cancelling the token cancels what is under way, which closes its connections. Knows no
task and no provider.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from codeassist.base.cancellation import CancellationToken
from codeassist.base.messages import NO_USAGE, ModelAnswer, ModelRequest, Usage
from codeassist.base.model_errors import ModelError, NoModelError, TooLongError
from codeassist.engine.requests import Confirm, Estimate, Progress
from codeassist.tasks.task import Ask, Conversation, Reply, TaskReport

if TYPE_CHECKING:
    from codeassist.llm.gateway import Gateway

# Of what a server says that it takes. Its own count of the same text may be higher than ours.
SHRUNK_SHARE = 0.9


@dataclass
class Count:
    """What a run has used so far."""

    requests: int = 0
    kept: int = 0
    usage: Usage = NO_USAGE
    cost: float | None = 0.0
    models: dict[str, None] = field(default_factory=dict)
    failures: dict[ModelError, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, answer: ModelAnswer) -> None:
        """Count an answer in."""
        self.requests += 1
        self.kept += answer.is_kept
        self.usage += answer.usage
        known = self.cost is not None and answer.cost is not None
        self.cost = (self.cost or 0.0) + (answer.cost or 0.0) if known else None
        self.models[answer.model] = None
        self.notes.update(dict.fromkeys(answer.notes))


@dataclass
class _Heard:
    """Makes progress of what comes in while a batch is answered."""

    progress: Progress
    model: str
    total: int
    received: dict[int, int] = field(default_factory=dict)
    answered: int = 0

    def text(self, index: int, piece: str) -> None:
        """A piece of an answer."""
        self.received[index] = self.received.get(index, 0) + len(piece)
        self._say(f"{self.model} answers: {sum(self.received.values()):,} characters")

    def void(self, index: int, reason: str) -> None:
        """An answer begins anew."""
        if self.received.pop(index, 0):
            self._say(f"{self.model} begins anew: {reason}")

    def waiting(self, index: int, seconds: float, reason: str) -> None:
        """Nothing is sent for a while."""
        self._say(f"waiting {seconds:.0f} s for {self.model}: {reason}")

    def done(self, index: int) -> None:
        """One request is over."""
        self.answered += 1
        self._say(f"{self.model} answers")

    def _say(self, stage: str) -> None:
        many = self.total > 1  # a bar of one step tells nothing
        self.progress(stage, self.answered if many else 0, self.total if many else 0)


class Answering(Protocol):
    """Answers a batch of requests, one reply each."""

    def __call__(self, batch: tuple[Ask, ...]) -> tuple[Reply, ...]:
        """A reply for each request, in order."""
        ...


def converse(conversation: Conversation, answering: Answering) -> TaskReport:
    """Run a task to its end."""
    try:
        batch = next(conversation)
        while True:
            batch = conversation.send(answering(batch))
    except StopIteration as end:
        report: TaskReport = end.value
        return report
    finally:
        conversation.close()


@dataclass
class Asker:
    """Answers from a gateway. Use it in `with`, so that its connections are closed."""

    gateway: "Gateway"
    token: CancellationToken
    progress: Progress
    confirm: Confirm
    count: Count = field(default_factory=Count)
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    _refused: bool = False

    def __enter__(self) -> "Asker":
        self._runner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._runner.run(self.gateway.close())
        finally:
            self._runner.close()

    def __call__(self, batch: tuple[Ask, ...]) -> tuple[Reply, ...]:
        """Ask the gateway. What is too long is made smaller once, and the user is told."""
        self.token.check()
        if not batch:
            return ()
        requests = [ask.request for ask in batch]
        estimate = self._estimate(requests)
        self._refused = self._refused or not self.confirm(estimate)
        if self._refused:
            return tuple(NoModelError("you declined to send it", "") for _ in batch)
        replies = list(self._ask(requests, estimate))
        smaller = self._smaller(batch, replies)
        if smaller:
            again = self._ask(list(smaller.values()), estimate)
            for number, reply in zip(smaller, again, strict=True):
                replies[number] = reply
        for reply in replies:
            if isinstance(reply, ModelAnswer):
                self.count.add(reply)
            elif not self._refused:
                self.count.failures[reply] = None
        return tuple(replies)

    def _smaller(self, batch: tuple[Ask, ...], replies: list[Reply]) -> dict[int, ModelRequest]:
        """The requests to ask again, by position, as small as the server takes them."""
        found: dict[int, ModelRequest] = {}
        for number, (ask, reply) in enumerate(zip(batch, replies, strict=True)):
            if not isinstance(reply, TooLongError) or ask.shrink is None:
                continue
            size = self.gateway.tokens_of(ask.request)
            limit = int((reply.limit or size) * SHRUNK_SHARE)
            if reply.limit and reply.asked:  # by the server's own way of counting
                limit = int(limit * size / max(size, reply.asked))
            limit = min(limit, size * 2 // 3)
            found[number] = ask.shrink(limit)
            note = f"the model takes less than was packed: packed again for {limit:,} tokens"
            self.count.notes[note] = None
        return found

    def _estimate(self, requests: list[ModelRequest]) -> Estimate:
        found = self.gateway.estimate(requests)
        return Estimate(
            found.model,
            self.gateway.address(requests[0]),
            len(requests),
            found.input_tokens,
            found.cost,
            found.likely,
        )

    def _ask(self, requests: list[ModelRequest], estimate: Estimate) -> tuple[Reply, ...]:
        heard = _Heard(self.progress, estimate.model, len(requests))
        size = f"{estimate.input_tokens:,} tokens{_price(estimate)}"
        self.progress(f"asking {estimate.model}: {size}", 0, 0)
        try:
            return self._runner.run(self._cancellable(requests, heard))
        except asyncio.CancelledError:
            self.token.check()
            raise

    async def _cancellable(
        self, requests: list[ModelRequest], heard: "_Heard"
    ) -> tuple[ModelAnswer | ModelError, ...]:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None, "a coroutine runs in a task"

        def cancel() -> None:
            with suppress(RuntimeError):  # the loop has ended, and all that was in it
                loop.call_soon_threadsafe(task.cancel)

        forget = self.token.on_cancel(cancel)
        try:
            return await self.gateway.ask_all(requests, heard)
        finally:
            forget()


def _price(estimate: Estimate) -> str:
    """What a batch is likely to cost, for a line of progress."""
    if not estimate.likely:
        return ""
    return ", less than $0.01" if estimate.likely < 0.01 else f", about ${estimate.likely:.2f}"
