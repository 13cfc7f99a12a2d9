"""A provider but for its protocol: one attempt, in which refused parameters are left out.

What a protocol adds: the body of a request, a reader of answers, the path, the client.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from codeassist.base.messages import ModelRequest
from codeassist.base.model_errors import AnswerError, ModelError, RejectedError
from codeassist.llm.config import ModelConfig
from codeassist.llm.model_facts import ModelFacts, facts_for
from codeassist.llm.provider import OfferedModel, OnText, ProviderReply
from codeassist.llm.providers.shared.connection import CONNECT_SECONDS, Connection, Reader, Trouble
from codeassist.llm.providers.shared.dropped import (
    MOST_DROPS,
    dropped_for,
    refused_parameter,
    sent_parameters,
)
from codeassist.llm.providers.shared.errors import Place, model_error, not_a_model
from codeassist.llm.providers.shared.failure import Failure
from codeassist.llm.providers.shared.outcome import MOST_CHARACTERS, Outcome, problem_of, usage_of
from codeassist.llm.providers.shared.waiting import remaining

if TYPE_CHECKING:
    from openai import AsyncOpenAI, Timeout


class AnswerReader(Reader, ABC):
    """A reader that hands the text on as it comes."""

    def __init__(self, on_text: OnText) -> None:
        self._on_text = on_text
        self._pieces: list[str] = []
        self._length = 0
        self.outcome = Outcome()

    def take_text(self, piece: object) -> None:
        """Take a piece of the text, if it is one."""
        if not isinstance(piece, str) or not piece:
            return
        self._length += len(piece)
        self.outcome.is_endless = self._length > MOST_CHARACTERS
        self._pieces.append(piece)
        self._on_text(piece)

    def finished(self) -> Outcome:
        """The outcome with all of its text."""
        self.outcome.text = "".join(self._pieces)
        return self.outcome


class HttpProvider(ABC):
    """One model at one address. Implements `llm.provider.Provider`."""

    kind: ClassVar[str]
    path: ClassVar[str]

    def __init__(self, config: ModelConfig, address: str, model: str) -> None:
        """`address` is the one to connect to, `model` the name to ask for."""
        self.config = config
        self.model = model
        self.address = address
        self.facts: ModelFacts = facts_for(config.name, config)
        self.dropped = dropped_for(address, model)
        self._place = Place(model, address, self.kind, bool(config.key))
        self._connection = Connection(self._place, config.key, self.make_client)

    @abstractmethod
    def make_client(self) -> "AsyncOpenAI":
        """The SDK's client for this address."""

    @abstractmethod
    def make_body(self, request: ModelRequest) -> dict[str, Any]:
        """The body of a request, without what was dropped."""

    @abstractmethod
    def make_reader(self, on_text: OnText) -> AnswerReader:
        """A reader of one answer."""

    def finished_text(self, outcome: Outcome, request: ModelRequest) -> str:
        """The text of an answer that is whole."""
        return outcome.text

    def body(self, request: ModelRequest) -> Mapping[str, Any]:
        """The exact JSON body that `complete` would send. Raises RejectedError for images that
        the model does not see.
        """
        if request.needs_sight and not self.facts.sees:
            raise RejectedError(
                f"{self.model} is not known to take images",
                "set sees = true for this model if it does, or use another one",
            )
        return self.make_body(request)

    async def complete(self, request: ModelRequest, on_text: OnText) -> ProviderReply:
        """One attempt, streamed. A parameter that the server refuses is left out at once."""
        trouble: Trouble | None = None
        for _ in range(MOST_DROPS):
            body = self.body(request)
            reader = self.make_reader(on_text)
            headers, trouble = await self._connection.ask(self.path, body, reader)
            outcome = reader.finished()
            trouble = trouble or outcome.failure
            if trouble is None:
                return self._reply(request, outcome, headers)
            if not self._drops(trouble, body):
                break
        raise self._error(trouble)

    async def models(self) -> tuple[OfferedModel, ...]:
        """The models that the address offers. Raises a ModelError."""
        found = await self._connection.models()
        if isinstance(found, tuple):
            return found
        raise self._error(found)

    async def close(self) -> None:
        """Close all connections."""
        await self._connection.close()

    def timeout(self) -> "Timeout":
        """Short to connect; for reading, the longest silence between two pieces."""
        from openai import Timeout

        return Timeout(self.config.timeout_seconds, connect=CONNECT_SECONDS)

    def _drops(self, trouble: Trouble, body: Mapping[str, Any]) -> bool:
        """Whether something is left out from now on, so that another try makes sense."""
        if isinstance(trouble, ModelError):
            return False
        name = refused_parameter(trouble, sent_parameters(body))
        if name is None or name in self.dropped:
            return False
        self.dropped.add(name)
        return True

    def _error(self, trouble: Trouble | None) -> ModelError:
        if isinstance(trouble, ModelError):
            return trouble
        return model_error(trouble or Failure(), self._place)

    def _reply(
        self, request: ModelRequest, outcome: Outcome, headers: Mapping[str, str]
    ) -> ProviderReply:
        if not outcome.has_begun:
            raise not_a_model(self._place)
        problem = problem_of(outcome, self._place)
        if isinstance(problem, AnswerError):
            problem.usage = outcome.usage  # it is billed all the same
        if problem is not None:
            raise problem
        usage, notes = usage_of(outcome, request)
        return ProviderReply(
            text=self.finished_text(outcome, request),
            usage=usage,
            model=outcome.model or self.model,
            remaining=remaining(headers),
            notes=(*self.dropped.notes, *notes),
        )
