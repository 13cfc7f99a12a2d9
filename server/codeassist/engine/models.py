"""Models themselves: serve a local one, list those of an address, test that one answers."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.base.messages import AnswerSchema, Message, ModelAnswer, ModelRequest, Role, Usage
from codeassist.base.model_errors import NoModelError
from codeassist.engine.introducing import introduce, introduced, shown_name
from codeassist.llm.config import GatewayConfig, ModelConfig
from codeassist.llm.provider import OfferedModel
from codeassist.llm.routes import route
from codeassist.settings.load import gateway_config
from codeassist.settings.schema import Settings

TEST_TOKENS = 64  # an answer of one word, with room for models that say more
Result = TypeVar("Result")
_SUM = AnswerSchema(
    "sum",
    {
        "type": "object",
        "properties": {"sum": {"type": "integer"}},
        "required": ["sum"],
        "additionalProperties": False,
    },
)
_QUESTION = ModelRequest(
    "test",
    (
        Message(Role.SYSTEM, 'Answer with JSON alone, such as {"sum": 3}.'),
        Message(Role.USER, "What is the sum of 2 and 3?"),
    ),
    _SUM,
    TEST_TOKENS,
)


@dataclass(frozen=True, slots=True)
class Tested:
    """How a model did. `input_tokens` is the most that a request to it may have."""

    model: str
    address: str
    seconds_to_first: float
    seconds: float
    usage: Usage
    cost: float | None
    input_tokens: int
    is_known: bool
    notes: tuple[str, ...]


def serve_local(
    path: str, port: int, context: int, threads: int | None, ready: Callable[[str], None]
) -> NoReturn:
    """Serve a local model until the process is told to, which ends it; `ready` gets the address.

    Raises ConfigurationError without the extra `local`, UsageError for a file that is no model.
    """
    from codeassist.llm.local import serve

    serve(Path(path), port, context, lambda address, name: ready(address), threads)


def asked_model(settings: Settings) -> tuple[str, str]:
    """The name of the model that tasks ask first, and why none can be asked ("" if one can)."""
    try:
        candidate = route(introduced(gateway_config(settings)), "default")[0]
    except NoModelError as error:
        return settings.model.name, f"{error.message}: {error.remedy}"
    return shown_name(candidate.config), ""


def list_models(settings: Settings, name: str) -> tuple[str, tuple[str, ...]]:
    """The address of a model of the settings, and the names of all models there."""
    model = _only(settings, name).models["default"]
    offer = offered(model, CancellationToken())
    return model.base_url or "", tuple(each.name for each in offer)


def offered(model: ModelConfig, token: CancellationToken) -> tuple[OfferedModel, ...]:
    """All models at a model's address. Raises a ModelError."""
    from codeassist.llm.providers import make

    async def ask() -> tuple[OfferedModel, ...]:
        provider = make(model)
        try:
            return await provider.models()
        finally:
            await provider.close()

    return _run(ask(), token)


def test_model(settings: Settings, name: str) -> Tested:
    """Ask a model a tiny question. Raises a ModelError if it does not answer it."""
    return tested(_only(settings, name), CancellationToken())


def tested(config: GatewayConfig, token: CancellationToken) -> Tested:
    """Ask the default model of a configuration a tiny question. Raises a ModelError."""
    from codeassist.llm.gateway import Gateway
    from codeassist.llm.listener import Silent

    introduce(config, "test", token)
    config = introduced(replace(config, keeps_answers=False))
    gateway = Gateway(config)
    facts = gateway.facts("test")
    started = time.perf_counter()
    first = 0.0

    class First(Silent):
        """Hears when the first words come."""

        def text(self, index: int, piece: str) -> None:
            nonlocal first
            first = first or time.perf_counter() - started

    async def ask() -> ModelAnswer:
        async with gateway:
            return await gateway.ask(_QUESTION, First())

    answer = _run(ask(), token)
    return Tested(
        model=answer.model,
        address=config.models["default"].base_url or "",
        seconds_to_first=first,
        seconds=time.perf_counter() - started,
        usage=answer.usage,
        cost=answer.cost,
        input_tokens=facts.input_tokens,
        is_known=facts.is_known,
        notes=answer.notes,
    )


def _run(work: Coroutine[Any, Any, Result], token: CancellationToken) -> Result:
    """Run something to its end, or until the token is raised, which closes its connections."""

    async def cancellable() -> Result:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

        def cancel() -> None:
            with suppress(RuntimeError):  # the loop has ended, and all that was in it
                loop.call_soon_threadsafe(task.cancel)

        forget = token.on_cancel(cancel)
        try:
            return await task
        finally:
            forget()

    try:
        return asyncio.run(cancellable())
    except asyncio.CancelledError:
        token.check()
        raise


def _only(settings: Settings, name: str) -> GatewayConfig:
    """The configuration with one model alone, so that no other one answers in its place."""
    config = gateway_config(settings)
    if name and name not in config.models:
        raise UsageError(
            f"there is no model {name!r} in your settings",
            f"the models are {', '.join(config.models)}; write [models.{name}] for another",
        )
    return replace(config, models={"default": config.models[name or "default"]}, routes={})
