"""What a model is asked and what it answers, as plain data. Knows no provider and no task.

A task makes a `ModelRequest`; whoever carries it to a model gives a `ModelAnswer` back, or raises
one of `base.model_errors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

DEFAULT_OUTPUT_TOKENS = 4_096  # an answer of some screens; reasoning comes on top of it


class Role(Enum):
    """Who speaks. A provider may call the first one "developer"."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture for models that see. `media_type` is "image/png", "image/jpeg", …."""

    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSchema:
    """The form of an answer: a JSON schema in OpenAI's strict subset.

    Every property is required, `additionalProperties` is false everywhere, and what may be absent
    is nullable. `maxLength` and `maxItems` may stand in it as hints: servers that build a grammar
    keep to them, all others never see them. `name` has letters, digits, "_" and "-", 64 at most.
    `items` is the schema's only property if that is a list whose items stand each for itself: of an
    answer that was cut off those that are whole are used then.
    """

    name: str
    schema: Mapping[str, Any]
    items: str = ""


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """A question to a model.

    `task` chooses the model by the user's routes ("docs", "bugs", "bugs.refute"). The messages have
    what is the same for many requests first, so that a provider can reuse it; requests with one
    `cache_key` begin alike. `max_output_tokens` is for the answer itself, without reasoning.
    """

    task: str
    messages: tuple[Message, ...]
    schema: AnswerSchema | None = None
    max_output_tokens: int = DEFAULT_OUTPUT_TOKENS
    cache_key: str = ""

    @property
    def needs_sight(self) -> bool:
        """Whether only a model that sees images can answer."""
        return any(message.images for message in self.messages)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests. `cached` is part of `input`, `reasoning` of `output`."""

    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input + other.input,
            self.cached + other.cached,
            self.output + other.output,
            self.reasoning + other.reasoning,
        )


NO_USAGE = Usage()


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model answered.

    `data` is the parsed answer, which fits the request's schema; None without a schema. `cost` is
    in US dollars, None where the model's price is not known, 0 for an answer that was kept
    (`is_kept`). `is_cut` tells that the model had more to say: what is here was whole before it was
    cut off. `notes` are sentences that the user must see (a fall-back was used, …).
    """

    text: str
    data: Any = None
    model: str = ""
    usage: Usage = NO_USAGE
    cost: float | None = None
    is_kept: bool = False
    is_cut: bool = False
    notes: tuple[str, ...] = ()
