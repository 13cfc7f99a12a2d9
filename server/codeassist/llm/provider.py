"""What a provider is: the way to one model at one address.

A provider makes one attempt and says exactly what went wrong, as one of `base.model_errors`.
Retries, limits, routes, cost and kept answers are the gateway's matter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from codeassist.base.messages import ModelRequest, Usage

OnText = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a server says is left of its rates. Seconds until it is full again; None: not said."""

    requests: int | None = None
    tokens: int | None = None
    requests_reset: float | None = None
    tokens_reset: float | None = None


@dataclass(frozen=True, slots=True)
class ProviderReply:
    """A complete answer: not truncated, refused, filtered or empty, for those are errors.

    `model` is what the server says that it used. `notes` are sentences for the user, such as that
    a parameter was left out, or that the server seems to have cut the prompt.
    """

    text: str
    usage: Usage
    model: str
    remaining: Remaining = Remaining()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model that an address lists. `window` is what a request and its answer may have together.

    In tokens; None where the address does not say.
    """

    name: str
    window: int | None = None


class Provider(Protocol):
    """One model at one address."""

    async def complete(self, request: ModelRequest, on_text: OnText) -> ProviderReply:
        """One attempt, streamed: `on_text` gets each piece of the answer as it comes.

        Cancelling the awaiting task closes the connection. Raises a ModelError.
        """
        ...

    async def models(self) -> tuple[OfferedModel, ...]:
        """The models that the address offers. Raises a ModelError."""
        ...

    def body(self, request: ModelRequest) -> Mapping[str, Any]:
        """The exact JSON body that `complete` would send. Sends nothing."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
