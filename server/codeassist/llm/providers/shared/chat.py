"""Chat Completions: the body of a request, and the reading of an answer.

What comes first in a body is the same for requests that begin alike: the model, then the messages.
"""

import json
from collections.abc import Mapping
from typing import Any

from codeassist.base.messages import Message, ModelRequest, Role, Usage
from codeassist.llm.providers.shared.dropped import JSON, NO_LIMIT, SCHEMA, SYSTEM, Dropped
from codeassist.llm.providers.shared.http_provider import AnswerReader
from codeassist.llm.providers.shared.outcome import STOP, integer
from codeassist.llm.providers.shared.parts import data_url, sendable

_SCHEMA_WORDS = "Answer with one JSON object and nothing else. It must fit this JSON schema:\n"
_ENDS = ("length", "content_filter")


def chat_body(
    model: str, request: ModelRequest, dropped: Dropped, options: Mapping[str, Any]
) -> dict[str, Any]:
    """A request for a streamed answer. `options` are what the protocol's user adds."""
    body: dict[str, Any] = {"model": model, "messages": _messages(request, dropped), "stream": True}
    if "stream_options" not in dropped:
        body["stream_options"] = {"include_usage": True}
    form = _response_format(request, dropped)
    if form is not None:
        body["response_format"] = form
    return body | {name: value for name, value in options.items() if name not in dropped}


def limit_name(first: str, dropped: Dropped) -> str | None:
    """The name of the limit for output: the first choice, or the other one if that was refused."""
    names = [first, *({"max_tokens", "max_completion_tokens"} - {first})]
    if NO_LIMIT in dropped:
        return None
    return next((name for name in names if name not in dropped), None)


def _messages(request: ModelRequest, dropped: Dropped) -> list[dict[str, Any]]:
    messages = [_message(each) for each in request.messages]
    if request.schema is not None and SCHEMA in dropped:
        words = _SCHEMA_WORDS + json.dumps(request.schema.schema, ensure_ascii=False)
        messages = _with_instruction(messages, words)
    return _without_system(messages) if SYSTEM in dropped else messages


def _message(message: Message) -> dict[str, Any]:
    text = sendable(message.text)
    if not message.images:
        return {"role": message.role.value, "content": text}
    parts: list[dict[str, Any]] = [{"type": "text", "text": text}] * bool(text)
    parts += [{"type": "image_url", "image_url": {"url": data_url(i)}} for i in message.images]
    return {"role": message.role.value, "content": parts}


def _with_instruction(messages: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """The messages with words at the end of the first, which is the same for many requests."""
    system = Role.SYSTEM.value
    if messages and messages[0]["role"] == system and isinstance(messages[0]["content"], str):
        first = {"role": system, "content": f"{messages[0]['content']}\n\n{words}"}
        return [first, *messages[1:]]
    return [{"role": system, "content": words}, *messages]


def _without_system(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For chat templates that know users and assistants alone: the user says it all."""
    systems = [each["content"] for each in messages if each["role"] == Role.SYSTEM.value]
    others = [each for each in messages if each["role"] != Role.SYSTEM.value]
    words = "\n\n".join(systems)
    if others and others[0]["role"] == Role.USER.value:
        first = others[0]["content"]
        joined: Any = (
            f"{words}\n\n{first}"
            if isinstance(first, str)
            else [{"type": "text", "text": words}, *first]
        )
        return [{"role": Role.USER.value, "content": joined}, *others[1:]]
    return [{"role": Role.USER.value, "content": words}, *others]


def _response_format(request: ModelRequest, dropped: Dropped) -> dict[str, Any] | None:
    schema = request.schema
    if schema is None or JSON in dropped:
        return None
    if SCHEMA in dropped:
        return {"type": JSON}
    held = {"name": schema.name, "strict": True, "schema": dict(schema.schema)}
    return {"type": SCHEMA, SCHEMA: held}


class ChatReader(AnswerReader):
    """Reads chunks of a chat completion, or a whole one. Thoughts beside the text are ignored."""

    def take(self, event: object) -> bool:
        """Take a chunk."""
        if not isinstance(event, Mapping):
            return True
        self._take_frame(event)
        for choice in _choices(event):
            self._take_part(choice.get("delta"), choice.get("finish_reason"))
        return not self.outcome.is_endless

    def take_whole(self, data: object) -> None:
        """Take a completion that was not streamed."""
        if not isinstance(data, Mapping):
            return
        self._take_frame(data)
        for choice in _choices(data):
            self._take_part(choice.get("message"), choice.get("finish_reason") or STOP)

    def _take_frame(self, data: Mapping[str, Any]) -> None:
        outcome = self.outcome
        outcome.has_begun = outcome.has_begun or isinstance(data.get("choices"), list)
        if isinstance(data.get("model"), str) and data["model"]:
            outcome.model = data["model"]
        usage = data.get("usage")
        if isinstance(usage, Mapping):
            outcome.usage = Usage(
                input=integer(usage, "prompt_tokens"),
                cached=integer(usage, "prompt_tokens_details", "cached_tokens"),
                output=integer(usage, "completion_tokens"),
                reasoning=integer(usage, "completion_tokens_details", "reasoning_tokens"),
            )

    def _take_part(self, part: object, finish: object) -> None:
        if isinstance(finish, str) and finish:
            self.outcome.finish = finish if finish in _ENDS else STOP
        if not isinstance(part, Mapping):
            return
        if isinstance(part.get("refusal"), str):
            self.outcome.refusal += part["refusal"]
        self.take_text(part.get("content"))


def _choices(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The first choice; there are no others unless they are asked for."""
    choices = data.get("choices")
    found = choices if isinstance(choices, list) else []
    return [each for each in found[:1] if isinstance(each, Mapping)]
