"""One request to one model, until there is an answer that can be used.

Kept answers, limits, rates, retries, the schema and the ledger come together here; other models are
the gateway's matter. What is sent is redacted already.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from codeassist.base.messages import Message, ModelAnswer, ModelRequest, Role, Usage
from codeassist.base.model_errors import (
    AnswerError,
    ModelError,
    RateLimitError,
    SchemaError,
    SpendingLimitError,
    TruncatedError,
)
from codeassist.llm.answers import Answers, request_key
from codeassist.llm.cost import Estimate, estimate
from codeassist.llm.ledger import Entry, Ledger, Reservation
from codeassist.llm.provider import Provider, ProviderReply
from codeassist.llm.rates import Gate
from codeassist.llm.redaction import Redactor
from codeassist.llm.retry import Means, Patience, retried
from codeassist.llm.routes import Candidate
from codeassist.llm.schema_check import Misfit, beginning, parsed
from codeassist.llm.stream import Stream

IMAGE_TOKENS = 1_500  # of a screenshot at the detail that models choose themselves
MORE_ROOM = 2  # times the limit that an answer was cut off at
LONGEST_WRONG_ANSWER = 40_000  # characters of it that are sent back with the complaint

_COMPLAINT = """\
Your answer does not have the form that was asked for:
{complaints}
Give the whole answer again, as JSON of that form and nothing else."""


class Settlements:
    """Tells those who wait for room in a limit that a request has been settled."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def happened(self) -> None:
        """A request was settled."""
        self._event.set()
        self._event = asyncio.Event()

    async def following(self) -> None:
        """Wait for the next one."""
        await self._event.wait()


@dataclass(frozen=True)
class Desk:
    """What all requests of a gateway share. `answers` is None where none are kept."""

    ledger: Ledger
    answers: Answers | None
    count: Callable[[str], int]
    means: Means
    settlements: Settlements = field(default_factory=Settlements)

    def tokens(self, request: ModelRequest) -> int:
        """The input tokens of a request, about."""
        texts = [message.text for message in request.messages]
        if request.schema:
            texts.append(json.dumps(request.schema.schema))
        images = sum(len(message.images) for message in request.messages)
        return sum(map(self.count, texts)) + images * IMAGE_TOKENS


class Question:
    """A request to one model."""

    def __init__(
        self,
        candidate: Candidate,
        provider: Provider,
        gate: Gate,
        patience: Patience,
        request: ModelRequest,
        redactor: Redactor,
        stream: Stream,
        desk: Desk,
    ) -> None:
        self._candidate = candidate
        self._provider = provider
        self._gate = gate
        self._patience = patience
        self._request = request
        self._redactor = redactor
        self._stream = stream
        self._desk = desk
        self._usage = Usage()
        self._cost: float | None = 0.0

    async def answer(self) -> ModelAnswer:
        """The answer. Raises a ModelError."""
        key = self._key()
        kept = self._kept(key)
        if kept:
            return kept
        try:
            reply, data = await self._usable()
        except TruncatedError as error:
            return self._beginning(error)
        if self._desk.answers:
            # A server that refused a parameter has changed what the body will be next time.
            for each in {key, self._key()}:
                self._desk.answers.keep(each, reply)
        return self._finished(reply, data, is_kept=False)

    def _key(self) -> str:
        body = self._provider.body(self._request)
        return request_key(body, self._candidate.address, self._candidate.config.name)

    def _kept(self, key: str) -> ModelAnswer | None:
        reply = self._desk.answers.get(key) if self._desk.answers else None
        if reply is None:
            return None
        try:
            data = self._data(reply)
        except Misfit:
            return None
        self._stream.begin("an earlier answer is used")
        self._stream.feed(reply.text)
        self._stream.end()
        entry = Entry(self._request.task, self._candidate.config.name, reply.usage, 0.0, True)
        self._desk.ledger.add(entry)
        return self._finished(reply, data, is_kept=True)

    async def _usable(self) -> tuple[ProviderReply, object]:
        """The first reply that fits, after one more try where it was cut off or has no form."""
        request = self._request
        try:
            reply = await self._send(request, "")
        except TruncatedError:
            request = self._with_more_room()
            if request == self._request:
                raise
            reply = await self._send(request, "the answer was cut off")
        try:
            return reply, self._data(reply)
        except Misfit as misfit:
            request = _with_complaint(request, reply, misfit)
        reply = await self._send(request, "the answer did not have the right form")
        try:
            return reply, self._data(reply)
        except Misfit as misfit:
            raise SchemaError(
                f"the answer of {self._candidate.config.name} does not have the form that was "
                f"asked for, twice: {misfit}",
                "use a model or server that holds answers to a schema",
                self._usage,
            ) from None

    def _beginning(self, error: TruncatedError) -> ModelAnswer:
        """What can be used of an answer that was cut off. Raises the error where that is nothing.

        It is not kept: whoever asks again may have raised the limit.
        """
        schema = self._request.schema
        try:
            if schema is None or not schema.items:
                raise error
            data = beginning(error.text, schema.items, schema.schema)
        except Misfit:
            raise error from None
        self._stream.end()
        note = f"{error.message}, and what it said before is used; {error.remedy}"
        reply = ProviderReply(json.dumps(data), self._usage, "", notes=(note,))
        return replace(self._finished(reply, data, is_kept=False), is_cut=True)

    def _data(self, reply: ProviderReply) -> object:
        schema = self._request.schema
        return parsed(reply.text, schema.schema) if schema else None

    def _with_more_room(self) -> ModelRequest:
        most = self._candidate.facts.output_ceiling
        room = min(self._request.max_output_tokens * MORE_ROOM, most)
        return replace(self._request, max_output_tokens=max(room, self._request.max_output_tokens))

    async def _send(self, request: ModelRequest, reason: str) -> ProviderReply:
        """The reply to one request, within the limits, tried as often as patience allows."""
        expected = estimate(
            request,
            self._desk.tokens(request),
            self._candidate.most_output(request),
            self._candidate.facts,
        )
        reservation = await self._reserve(expected)
        self._stream.begin(reason)
        try:
            return await retried(
                lambda: self._attempt(request, expected, reservation),
                lambda: self._stream.characters > 0,
                lambda seconds, error: self._stream.waiting(seconds, error.message),
                self._patience,
                self._desk.means,
            )
        finally:
            self._desk.ledger.release(reservation)
            self._desk.settlements.happened()

    async def _reserve(self, expected: Estimate) -> Reservation:
        """Room in the limits; what others under way do not use up in the end counts as room."""
        while True:
            try:
                return self._desk.ledger.reserve(expected)
            except SpendingLimitError:
                if not self._desk.ledger.is_holding:
                    raise
            await self._desk.settlements.following()

    async def _attempt(
        self, request: ModelRequest, expected: Estimate, reservation: Reservation
    ) -> ProviderReply:
        longest = self._patience.longest_retry_after
        async with self._gate.passage(expected.tokens, longest, self._stream.waiting):
            self._desk.ledger.renew(reservation)
            self._stream.begin("the answer broke off")
            try:
                reply = await self._provider.complete(request, self._stream.feed)
            except AnswerError as error:
                if error.usage:
                    self._spend(error.usage)
                raise
            except (ModelError, asyncio.CancelledError) as error:
                self._broken(error, expected)
                raise
        self._gate.saw(reply.remaining)
        self._spend(reply.usage)
        self._stream.end()
        return reply

    def _broken(self, error: BaseException, expected: Estimate) -> None:
        """No answer. Where text had come there will be a bill: it is estimated."""
        if isinstance(error, RateLimitError) and error.retry_after:
            if error.retry_after <= self._patience.longest_retry_after:
                self._gate.close_for(error.retry_after)
        elif self._stream.characters:
            output = -(-self._stream.characters // 4)
            self._spend(Usage(input=expected.input_tokens, output=output))

    def _spend(self, usage: Usage) -> None:
        cost = self._candidate.facts.cost(usage)
        self._usage += usage
        self._cost = None if cost is None or self._cost is None else self._cost + cost
        name = self._candidate.config.name
        self._desk.ledger.add(Entry(self._request.task, name, usage, cost))

    def _finished(self, reply: ProviderReply, data: object, *, is_kept: bool) -> ModelAnswer:
        """The answer as the task gets it, secrets put back."""
        restored: Any = self._redactor.restore_data(data)
        text = self._redactor.restore(reply.text)
        if data is not None and text != reply.text:
            # A secret may hold quotes: the text has to stay the JSON of the data.
            text = json.dumps(restored, ensure_ascii=False)
        return ModelAnswer(
            text=text,
            data=restored,
            model=reply.model or self._candidate.config.name,
            usage=Usage() if is_kept else self._usage,
            cost=0.0 if is_kept else self._cost,
            is_kept=is_kept,
            notes=(*reply.notes, *_redaction_notes(self._redactor, text)),
        )


def _with_complaint(request: ModelRequest, reply: ProviderReply, misfit: Misfit) -> ModelRequest:
    """The request with the wrong answer and what is wrong with it."""
    wrong = Message(Role.ASSISTANT, reply.text[:LONGEST_WRONG_ANSWER])
    complaint = Message(Role.USER, _COMPLAINT.format(complaints=misfit))
    return replace(request, messages=(*request.messages, wrong, complaint))


def _redaction_notes(redactor: Redactor, text: str) -> tuple[str, ...]:
    notes = []
    if redactor.titles:
        what = ", ".join(title[0].lower() + title[1:] for title in redactor.titles)
        notes.append(f"not sent, a placeholder stood for it: {what}")
    unknown = redactor.unknown(text)
    if unknown:
        notes.append(
            "the model changed or made up placeholders for secrets, look at them: "
            f"{', '.join(unknown)}"
        )
    return tuple(notes)
