"""Carrying a task's requests: order, counting, packing again, cancelling, declining.

The gateway is a stand-in that does what a test says; real servers answer in tests/e2e.
"""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.base.messages import Message, ModelAnswer, ModelRequest, Role, Usage
from codeassist.base.model_errors import AuthenticationError, NoModelError, TooLongError
from codeassist.engine.asking import Asker, converse
from codeassist.engine.requests import Confirm, Estimate, always, silent
from codeassist.tasks.task import Ask, Conversation, Reply, TaskReport

TOKENS = 1_000  # what the stand-in says that every request has


@dataclass(frozen=True)
class _Estimate:
    model: str = "m"
    input_tokens: int = TOKENS
    cost: float | None = 0.5
    likely: float | None = 0.25


@dataclass
class StandIn:
    """Answers by a function of the request's last text."""

    answering: Callable[[str], Reply]
    asked: list[str] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    ended: list[str] = field(default_factory=list)

    def tokens_of(self, request: ModelRequest) -> int:
        return TOKENS

    def estimate(self, requests: list[ModelRequest]) -> _Estimate:
        return _Estimate()

    def address(self, request: ModelRequest) -> str:
        return "here"

    async def ask_all(self, requests: list[ModelRequest], on_text: object) -> tuple[Reply, ...]:
        texts = [request.messages[-1].text for request in requests]
        self.asked += texts
        if "hang" in texts:
            self.begun.set()
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                self.ended.append("connection closed")
                raise
        return tuple(self.answering(text) for text in texts)

    async def close(self) -> None:
        self.ended.append("closed")


def ask(text: str, shrink: Callable[[int], ModelRequest] | None = None) -> Ask:
    return Ask(request(text), shrink)


def request(text: str) -> ModelRequest:
    return ModelRequest("docs", (Message(Role.USER, text),))


def answered(text: str) -> ModelAnswer:
    return ModelAnswer(text.upper(), model="m", usage=Usage(10, 4, 2, 1), cost=0.25)


def asker(
    gateway: StandIn, token: CancellationToken | None = None, confirm: Confirm = always
) -> Asker:
    return Asker(gateway, token or CancellationToken(), silent, confirm)  # type: ignore[arg-type]


def test_a_conversation_runs_to_its_report() -> None:
    def task() -> Conversation:
        first = yield ask("a"), ask("b")
        second = yield (ask("c"),)
        texts = [reply.text for reply in (*first, *second) if isinstance(reply, ModelAnswer)]
        return TaskReport(document=" ".join(texts))

    gateway = StandIn(answered)
    with asker(gateway) as asking:
        report = converse(task(), asking)
    assert report.document == "A B C"
    assert (asking.count.requests, asking.count.usage) == (3, Usage(30, 12, 6, 3))
    assert (asking.count.cost, list(asking.count.models)) == (0.75, ["m"])
    assert gateway.ended == ["closed"]


def test_a_cost_that_is_not_known_makes_the_sum_unknown() -> None:
    gateway = StandIn(lambda text: ModelAnswer(text, cost=None if text == "b" else 0.25))
    with asker(gateway) as asking:
        asking((ask("a"), ask("b"), ask("c")))
    assert asking.count.cost is None


def test_what_is_too_long_is_packed_again_once() -> None:
    """The server counts 1,500 where we count 1,000, and takes 900: we may have 540 and a margin."""
    sizes: list[int] = []

    def shrink(limit: int) -> ModelRequest:
        sizes.append(limit)
        return request("smaller")

    gateway = StandIn(
        lambda text: (
            TooLongError("too long", limit=900, asked=1_500) if text == "long" else answered(text)
        )
    )
    with asker(gateway) as asking:
        replies = asking((ask("a"), ask("long", shrink)))
    assert [reply.text for reply in replies if isinstance(reply, ModelAnswer)] == ["A", "SMALLER"]
    assert sizes == [540]
    assert "packed again for 540 tokens" in next(iter(asking.count.notes))


def test_what_is_still_too_long_is_an_error() -> None:
    gateway = StandIn(lambda text: TooLongError("too long"))
    with asker(gateway) as asking:
        (reply,) = asking((ask("long", lambda limit: request("smaller")),))
    assert isinstance(reply, TooLongError)
    assert gateway.asked == ["long", "smaller"]
    assert list(asking.count.failures) == [reply]


def test_one_failure_leaves_the_others_alone() -> None:
    error = AuthenticationError("wrong key", "set another")
    gateway = StandIn(lambda text: error if text == "b" else answered(text))
    with asker(gateway) as asking:
        replies = asking((ask("a"), ask("b")))
    assert replies[1] is error
    assert (asking.count.requests, list(asking.count.failures)) == (1, [error])


def test_who_declines_sends_nothing_and_is_asked_once() -> None:
    gateway = StandIn(answered)
    seen: list[Estimate] = []

    def decline(estimate: Estimate) -> bool:
        seen.append(estimate)
        return False

    with asker(gateway, confirm=decline) as asking:
        replies = asking((ask("a"),)) + asking((ask("b"),))
    assert [type(reply) for reply in replies] == [NoModelError, NoModelError]
    assert seen == [Estimate("m", "here", 1, TOKENS, 0.5, 0.25)]
    assert (gateway.asked, list(asking.count.failures)) == ([], [])


def test_cancelling_ends_the_request_and_its_connection() -> None:
    gateway, token = StandIn(answered), CancellationToken()

    def cancel() -> None:
        assert gateway.begun.wait(30)
        token.cancel()

    watcher = threading.Thread(target=cancel)
    watcher.start()
    with pytest.raises(Cancelled), asker(gateway, token) as asking:
        asking((ask("hang"),))
    watcher.join()
    assert gateway.ended == ["connection closed", "closed"]


def test_nothing_is_asked_after_a_cancellation() -> None:
    gateway, token = StandIn(answered), CancellationToken()
    token.cancel()
    with pytest.raises(Cancelled), asker(gateway, token) as asking:
        asking((ask("a"),))
    assert gateway.asked == []
