"""The one way to models: from a request to an answer that can be used, whichever model gives it.

Redacts, chooses the model by the task, falls back to others, and asks many requests at once. What
happens between one request and one model is in `question`. Knows no code and no task.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, Self

from codeassist.base.messages import ModelAnswer, ModelRequest
from codeassist.base.model_errors import (
    TRANSIENT,
    AuthenticationError,
    ModelError,
    NoModelError,
    QuotaError,
    SpendingLimitError,
    TooLongError,
)
from codeassist.llm import providers
from codeassist.llm.answers import Answers
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.cost import Estimate, estimate
from codeassist.llm.ledger import Ledger
from codeassist.llm.listener import Listener, Silent
from codeassist.llm.provider import Provider
from codeassist.llm.question import Desk, Question
from codeassist.llm.rates import Rates
from codeassist.llm.redaction import Redactor
from codeassist.llm.retry import Means, Patience
from codeassist.llm.routes import (
    Candidate,
    RouteFacts,
    misfit,
    planned,
    route,
    route_facts,
)
from codeassist.llm.stream import Stream

# After these the other requests of a batch would fail alike, and might cost.
STOPPING = (AuthenticationError, QuotaError, NoModelError, SpendingLimitError)
# Where there is another model to go to, it is not worth to wait long for this one.
WITH_FALL_BACK = Patience(attempts=3, longest_retry_after=30.0, give_up_after=60.0)
# For a model that has just failed after all attempts.
IN_TROUBLE = Patience(attempts=1)
TROUBLE_SECONDS = 60.0
COUNTED_TEXTS = 64  # the messages of a batch, most of which begin alike
REPOSITORY_DIGITS = 12  # of a digest: enough that no two repositories of a user share one
CHARACTERS_A_TOKEN = 4  # of English and code; the estimate where nobody counts


def about(text: str) -> int:
    """The tokens of a text, estimated from its length."""
    return -(-len(text) // CHARACTERS_A_TOKEN)


class Gateway:
    """The gateway of one run: limits "a run" are for this object. For one event loop.

    async with Gateway(config) as gateway:
        answer = await gateway.ask(request)
    """

    def __init__(
        self,
        config: GatewayConfig,
        make: Callable[[ModelConfig], Provider] = providers.make,
        *,
        count: Callable[[str], int] = about,
        rates: Rates | None = None,
        means: Means | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`count` tells the tokens of a text. `rates` is shared by the gateways of a process."""
        self._config = config
        self._make = make
        self._means = means or Means()
        self._rates = rates or Rates(self._means)
        self._providers: dict[str, Provider] = {}
        self._trouble: dict[str, tuple[float, str]] = {}
        self._desk = Desk(
            Ledger(config.folder, config.limits, config.repository, clock),
            Answers(config.folder) if config.keeps_answers else None,
            lru_cache(COUNTED_TEXTS)(count),  # each is asked for before, and when it is sent
            self._means,
        )

    @property
    def ledger(self) -> Ledger:
        """What was spent."""
        return self._desk.ledger

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the files of the gateway."""
        answers = self._desk.answers
        return (*self._desk.ledger.notes, *(answers.notes if answers else ()))

    def facts(self, task: str) -> RouteFacts:
        """The facts of the model that a task's requests go to first.

        Raises NoModelError if none is set up, or all is to stay on this machine.
        """
        return route_facts(route(self._config, task)[0])

    def planned_facts(self, task: str) -> RouteFacts:
        """The same for a model that need not be set up yet, to show what would be sent."""
        return route_facts(planned(self._config, task)[0])

    def estimate(self, requests: Sequence[ModelRequest]) -> Estimate:
        """What requests may cost at most, with the models that they go to first."""
        total = Estimate("")
        for request in requests:
            tokens = self._desk.tokens(request)
            first = self._first(request, tokens)
            total += estimate(request, tokens, first.most_output(request), first.facts)
        return total

    def tokens_of(self, request: ModelRequest) -> int:
        """The input tokens of a request, as they are counted here."""
        return self._desk.tokens(request)

    def address(self, request: ModelRequest) -> str:
        """Where a request goes to first."""
        return self._first(request, self._desk.tokens(request)).address

    def preview(self, request: ModelRequest) -> Mapping[str, Any]:
        """What would be sent: "address", "model" and the exact "body". Sends nothing."""
        redacted = self._keyed(Redactor.of(request, self._keys()).request(request))
        candidate = self._first(redacted, self._desk.tokens(redacted))
        return {
            "address": candidate.address,
            "model": candidate.config.name,
            "body": dict(self._provider(candidate).body(redacted)),
        }

    async def ask(self, request: ModelRequest, listener: Listener | None = None) -> ModelAnswer:
        """The answer to a request. Raises a ModelError.

        `listener` hears of it as the request 0.
        """
        listener = listener or Silent()
        try:
            return await self._ask(0, request, listener)
        finally:
            listener.done(0)

    async def ask_all(
        self, requests: Sequence[ModelRequest], listener: Listener | None = None
    ) -> tuple[ModelAnswer | ModelError, ...]:
        """The answers to requests, or why there is none, in the order of the requests.

        As many at once as the limits say. An error that would meet all of them keeps those from
        being sent that have not begun. Cancelling closes all connections before it returns.
        """
        heard = listener or Silent()
        places = asyncio.Semaphore(max(1, self._config.limits.concurrent))
        stop: list[ModelError] = []

        async def one(index: int, request: ModelRequest) -> ModelAnswer | ModelError:
            async with places:
                if stop:
                    return stop[0]
                try:
                    return await self._ask(index, request, heard)
                except ModelError as error:
                    if isinstance(error, STOPPING):
                        stop.append(error)
                    return error
                finally:
                    heard.done(index)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(*each)) for each in enumerate(requests)]
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return tuple(task.result() for task in tasks)

    async def close(self) -> None:
        """Close all connections and files."""
        opened, self._providers = self._providers, {}
        for provider in opened.values():
            await provider.close()
        self._desk.ledger.close()
        if self._desk.answers:
            self._desk.answers.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *unused: object) -> None:
        await self.close()

    async def _ask(self, index: int, request: ModelRequest, listener: Listener) -> ModelAnswer:
        redactor = Redactor.of(request, self._keys())
        sent = self._keyed(redactor.request(request))
        stream = Stream(listener, index, redactor, in_json=request.schema is not None)
        waiting, reasons = self._fitting(sent)
        failed: list[ModelError] = []
        while waiting:
            candidate = waiting.pop(0)
            question = Question(
                candidate,
                self._provider(candidate),
                self._rates.gate(
                    candidate.address, candidate.config.name, self._config.limits.concurrent
                ),
                self._patience(candidate, waiting),
                sent,
                redactor,
                stream,
                self._desk,
            )
            try:
                answer = await question.answer()
            except ModelError as error:
                self._hide_keys(error)
                if not isinstance(error, TRANSIENT):
                    raise
                until = self._means.clock() + TROUBLE_SECONDS
                self._trouble[candidate.key] = (until, error.message)
                stream.begin("another model is asked")
                failed.append(error)
                reasons.append(error.message)
                continue
            self._trouble.pop(candidate.key, None)
            return _noted(answer, candidate, reasons)
        raise _joined(failed[0], reasons)

    def _fitting(self, request: ModelRequest) -> tuple[list[Candidate], list[str]]:
        """The models that can answer, those in trouble last; and why others are passed over.

        Raises the reason of the first if there is none.
        """
        tokens = self._desk.tokens(request)
        candidates = route(self._config, request.task)
        problems = [misfit(each, request, tokens) for each in candidates]
        fitting = [each for each, problem in zip(candidates, problems, strict=True) if not problem]
        found = [problem for problem in problems if problem]
        if not fitting:
            raise _widest(found)
        troubled = [each for each in fitting if self._trouble_of(each)]
        healthy = [each for each in fitting if each not in troubled]
        reasons = [problem.message for problem in found]
        if healthy:
            reasons += [self._trouble_of(each) for each in troubled]
        return healthy + troubled, reasons

    def _first(self, request: ModelRequest, tokens: int) -> Candidate:
        """The model that a request would go to, set up or not."""
        candidates = planned(self._config, request.task)
        set_up = [each for each in candidates if each.is_set_up] or candidates
        fitting = [each for each in set_up if not misfit(each, request, tokens)]
        return (fitting or list(set_up))[0]

    def _patience(self, candidate: Candidate, others: Sequence[Candidate]) -> Patience:
        if self._trouble_of(candidate):
            return IN_TROUBLE
        return WITH_FALL_BACK if others else Patience()

    def _trouble_of(self, candidate: Candidate) -> str:
        """Why a model failed a short while ago, "" if it did not."""
        until, reason = self._trouble.get(candidate.key, (0.0, ""))
        return reason if until > self._means.clock() else ""

    def _provider(self, candidate: Candidate) -> Provider:
        if candidate.key not in self._providers:
            self._providers[candidate.key] = self._make(candidate.config)
        return self._providers[candidate.key]

    def _keyed(self, request: ModelRequest) -> ModelRequest:
        """The request with a cache key of its repository's own, which does not tell its name."""
        if not request.cache_key or not self._config.repository:
            return request
        digest = sha256(self._config.repository.encode("utf-8", "surrogateescape")).hexdigest()
        return replace(request, cache_key=f"{digest[:REPOSITORY_DIGITS]}-{request.cache_key}")

    def _keys(self) -> tuple[str, ...]:
        return tuple(model.key for model in self._config.models.values() if model.key)

    def _hide_keys(self, error: ModelError) -> None:
        """A last look, whatever a server or a library put into a message."""
        for key in self._keys():
            error.message = error.message.replace(key, "…")
            error.remedy = error.remedy.replace(key, "…")
        error.args = (error.message,)


def _joined(first: ModelError, reasons: Sequence[str]) -> ModelError:
    """The first model's error, with what kept the others from answering."""
    others = [reason for reason in dict.fromkeys(reasons) if reason != first.message]
    if others:
        first.message = f"{first.message}; {'; '.join(others)}"
        first.args = (first.message,)
    return first


def _widest(problems: Sequence[ModelError]) -> ModelError:
    """Of the reasons why no model can answer the one that asks for least."""
    too_long = [each for each in problems if isinstance(each, TooLongError)]
    return max(too_long, key=lambda each: each.limit or 0) if too_long else problems[0]


def _noted(answer: ModelAnswer, candidate: Candidate, reasons: Sequence[str]) -> ModelAnswer:
    """The answer with a note of who gave it, where it was not the first."""
    if not reasons:
        return answer
    note = f"{candidate.config.name} answered instead: {'; '.join(dict.fromkeys(reasons))}"
    return replace(answer, notes=(note, *answer.notes))
