"""OpenAI's own models through the Responses API: strict schemas, effort and verbosity said.

Nothing is stored there (`store` is false), and each request stands for itself.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from codeassist.base.messages import Message, ModelRequest, Role, Usage
from codeassist.llm.config import ModelConfig
from codeassist.llm.lengths import without_lengths
from codeassist.llm.provider import OnText, Provider
from codeassist.llm.providers.shared.connection import http_client
from codeassist.llm.providers.shared.dropped import JSON, NO_LIMIT, SCHEMA
from codeassist.llm.providers.shared.failure import read_failure
from codeassist.llm.providers.shared.http_provider import AnswerReader, HttpProvider
from codeassist.llm.providers.shared.outcome import FILTER, LENGTH, STOP, integer
from codeassist.llm.providers.shared.parts import cache_key, data_url, output_tokens, sendable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

ADDRESS = "https://api.openai.com/v1"
_ROLES: Mapping[Role, str] = {
    Role.SYSTEM: "developer",
    Role.USER: "user",
    Role.ASSISTANT: "assistant",
}
_REASONS = {"max_output_tokens": LENGTH, "content_filter": FILTER}


def make(config: ModelConfig) -> Provider:
    """The provider of a model of OpenAI's."""
    return OpenAIProvider(config, config.base_url or ADDRESS, config.name)


class OpenAIProvider(HttpProvider):
    """A model behind the Responses API."""

    kind: ClassVar[str] = "openai"
    path: ClassVar[str] = "/responses"

    def make_client(self) -> "AsyncOpenAI":
        """A client that retries nothing."""
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            api_key=self.config.key,
            base_url=self.address,
            timeout=self.timeout(),
            max_retries=0,
            http_client=http_client(),
        )

    def make_body(self, request: ModelRequest) -> dict[str, Any]:
        """The body; what is the same for many requests comes first."""
        facts, dropped = self.facts, self.dropped
        body: dict[str, Any] = {
            "model": self.model,
            "input": [_item(message) for message in request.messages],
            "stream": True,
        }
        text = self._text(request)
        if text:
            body["text"] = text
        if facts.effort is not None and "reasoning" not in dropped:
            body["reasoning"] = {"effort": facts.effort}
        if NO_LIMIT not in dropped:
            body["max_output_tokens"] = output_tokens(request, facts, reasons=True)
        if "store" in facts.accepts and "store" not in dropped:
            body["store"] = False
        if request.cache_key and "cache_key" in facts.accepts and "prompt_cache_key" not in dropped:
            body["prompt_cache_key"] = cache_key(request)
        return body

    def make_reader(self, on_text: OnText) -> AnswerReader:
        """A reader of the events of a response."""
        return ResponseReader(on_text)

    def _text(self, request: ModelRequest) -> dict[str, Any]:
        """The form of the answer, and how much is written."""
        text: dict[str, Any] = {}
        schema = request.schema
        if schema is not None and SCHEMA not in self.dropped:
            held = {"name": schema.name, "schema": without_lengths(schema.schema), "strict": True}
            text["format"] = {"type": SCHEMA} | held
        elif schema is not None and JSON not in self.dropped:
            text["format"] = {"type": JSON}
        if self.facts.verbosity is not None and "verbosity" not in self.dropped:
            text["verbosity"] = self.facts.verbosity
        return text


def _item(message: Message) -> dict[str, Any]:
    role, text = _ROLES[message.role], sendable(message.text)
    if not message.images:
        return {"role": role, "content": text}
    parts: list[dict[str, Any]] = [{"type": "input_text", "text": text}] * bool(text)
    for image in message.images:
        parts.append({"type": "input_image", "image_url": data_url(image), "detail": "auto"})
    return {"role": role, "content": parts}


class ResponseReader(AnswerReader):
    """Reads the events of a response, or a whole one."""

    def take(self, event: object) -> bool:
        """Take an event."""
        if not isinstance(event, Mapping):
            return True
        kind = event.get("type")
        self.outcome.has_begun = self.outcome.has_begun or isinstance(kind, str)
        match kind:
            case "response.output_text.delta":
                self.take_text(event.get("delta"))
            case "response.completed" | "response.incomplete" | "response.failed":
                self._take_end(event.get("response"))
            case "error":
                self.outcome.failure = read_failure(0, event)
        return not self.outcome.is_endless

    def take_whole(self, data: object) -> None:
        """Take a response that was not streamed."""
        if isinstance(data, Mapping):
            self.outcome.has_begun = data.get("object") == "response"
            self._take_end(data)

    def _take_end(self, response: object) -> None:
        """The last word: how it ended, what it cost, and text that was not streamed."""
        if not isinstance(response, Mapping):
            return
        outcome = self.outcome
        if response.get("status") == "failed" or response.get("error"):
            outcome.failure = read_failure(0, response.get("error") or {})
            return
        outcome.model = str(response.get("model") or "")
        outcome.finish = _finish(response)
        outcome.usage = _usage(response.get("usage"))
        has_text = bool(self._pieces)
        for part in _parts(response):
            if part.get("type") == "refusal":
                outcome.refusal += str(part.get("refusal") or "")
            elif part.get("type") == "output_text" and not has_text:
                self.take_text(part.get("text"))


def _finish(response: Mapping[str, Any]) -> str:
    if response.get("status") == "completed":
        return STOP
    details = response.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, Mapping) else None
    return _REASONS.get(str(reason), "")


def _usage(usage: object) -> Usage | None:
    if not isinstance(usage, Mapping):
        return None
    return Usage(
        input=integer(usage, "input_tokens"),
        cached=integer(usage, "input_tokens_details", "cached_tokens"),
        output=integer(usage, "output_tokens"),
        reasoning=integer(usage, "output_tokens_details", "reasoning_tokens"),
    )


def _parts(response: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The parts of all messages in a response."""
    output = response.get("output")
    items = [each for each in output or () if isinstance(each, Mapping)]
    parts = [part for each in items for part in each.get("content") or ()]
    return [part for part in parts if isinstance(part, Mapping)]
