"""The gateway over real HTTP, against the scripted server in its own process.

What a provider alone does with each answer is tested beside it; here is what takes the gateway too.
"""

import asyncio
import json
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gateway_case import SCHEMA, Clock, Heard, request, word
from scripted_openai import ScriptedServer, answer, error, hang, matching

from codeassist.base.messages import ModelAnswer, ModelRequest
from codeassist.base.model_errors import (
    AuthenticationError,
    ModelError,
    QuotaError,
    SchemaError,
    SpendingLimitError,
    TruncatedError,
)
from codeassist.llm.config import GatewayConfig, LimitsConfig, ModelConfig
from codeassist.llm.gateway import Gateway
from codeassist.llm.ledger import Ledger

KEY = "sk-test-" + "7f3a9b2c4d5e6f8a"
SECRET = "ghp_" + "a8Kd03mXz9QwLpR7vB2n" + "Tc5Ye1Uj4Hg6Fs0D"
QUOTA = error(429, "You exceeded your current quota", code="insufficient_quota")
PROVIDERS = ("compatible", "openai")
_names = iter(range(1_000_000))


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


def model(server: ScriptedServer, provider: str = "compatible") -> ModelConfig:
    """A model at the server. The name is new, for providers remember what a model refuses."""
    return ModelConfig(
        name=f"gateway-{next(_names)}",
        provider=provider,
        base_url=server.url,
        key=KEY,
        timeout_seconds=20,
    )


def config(*models: ModelConfig, **changes: object) -> GatewayConfig:
    named = {each.name: each for each in models}
    return replace(GatewayConfig(named, {"default": tuple(named)}), **changes)


def ask(configured: GatewayConfig, *asked: ModelRequest, heard: Heard | None = None) -> list[Any]:
    """The answers or errors to requests, one after the other; time passes at once."""

    async def run() -> list[Any]:
        async with Gateway(configured, means=Clock().means) as gateway:
            answers: list[Any] = []
            for each in asked or (request(),):
                try:
                    answers.append(await gateway.ask(each, heard))
                except ModelError as problem:
                    answers.append(problem)
            return answers

    return asyncio.run(run())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_answer(server: ScriptedServer, provider: str) -> None:
    server.enqueue(answer(word(), usage={"input": 30, "cached": 10, "output": 5}))
    (got,) = ask(config(model(server, provider)))
    assert isinstance(got, ModelAnswer)
    assert got.data == {"word": "yes"}
    assert (got.usage.input, got.usage.cached, got.usage.output) == (30, 10, 5)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_is_killed_in_mid_answer(server: ScriptedServer, provider: str) -> None:
    heard = Heard()
    with ScriptedServer() as mortal:
        mortal.enqueue(answer(word("never whole"), pieces=20, piece_delay=0.05))
        server.enqueue(answer(word("whole")))
        first, second = model(mortal, provider), model(server)
        killed: list[int] = []

        class Killing(Heard):
            def text(self, index: int, piece: str) -> None:
                heard.text(index, piece)
                if not killed:
                    killed.append(index)
                    mortal.kill()

            def void(self, index: int, reason: str) -> None:
                heard.void(index, reason)

        (got,) = ask(config(first, second), heard=Killing())
    assert got.data == {"word": "whole"}
    assert got.notes[0].startswith(f"{second.name} answered instead: ")
    kinds = [event[0] for event in heard.events]
    assert kinds[:2] == ["text", "void"]
    assert heard.events[-1] == ("text", 0, word("whole"))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_retry_after_is_honoured(server: ScriptedServer, provider: str) -> None:
    server.enqueue(error(429, "slow down", headers={"retry-after": "17"}), answer(word()))
    heard = Heard()
    (got,) = ask(config(model(server, provider)), heard=heard)
    assert got.data == {"word": "yes"}
    (wait,) = [event for event in heard.events if event[0] == "waiting"]
    assert 17.0 <= wait[2] <= 18.0
    assert len(server.bodies()) == 2


def test_used_up_rates_are_waited_for(server: ScriptedServer) -> None:
    used_up = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m3s"}
    server.enqueue(answer(word(), headers=used_up), answer(word()))
    heard = Heard()
    ask(config(model(server)), request("1"), request("2"), heard=heard)
    (wait,) = [event for event in heard.events if event[0] == "waiting"]
    assert 60.0 < wait[2] <= 63.0


@pytest.mark.parametrize("provider", PROVIDERS)
def test_quota_is_not_retried(server: ScriptedServer, provider: str) -> None:
    server.enqueue(QUOTA, answer(word()))
    (got,) = ask(config(model(server, provider)))
    assert isinstance(got, QuotaError)
    assert len(server.bodies()) == 1


def test_quota_goes_to_the_fall_back(server: ScriptedServer) -> None:
    first, second = model(server), model(server)
    server.enqueue(QUOTA, answer(word("second")))
    (got,) = ask(config(first, second))
    assert got.data == {"word": "second"}
    assert [body["model"] for body in server.bodies()] == [first.name, second.name]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_schema_that_is_not_honoured(server: ScriptedServer, provider: str) -> None:
    server.enqueue(answer('{"wrod": "yes"}'), answer(word()))
    (got,) = ask(config(model(server, provider)))
    assert got.data == {"word": "yes"}
    assert "$: has no 'word'" in json.dumps(server.bodies()[1])


def test_a_schema_that_is_never_honoured(server: ScriptedServer) -> None:
    server.enqueue(answer("Sure! Here it is:"), answer("{}"), answer(word()))
    (got,) = ask(config(model(server)))
    assert isinstance(got, SchemaError)
    assert len(server.bodies()) == 2


def test_an_answer_that_was_cut_gets_more_room(server: ScriptedServer) -> None:
    server.enqueue(answer('{"word": "ye', finish="length"), answer(word()))
    (got,) = ask(config(model(server)), request(max_output_tokens=300))
    assert got.data == {"word": "yes"}
    first, second = (body["max_tokens"] for body in server.bodies())
    assert second - first == 300


def test_a_useless_answer_is_in_the_ledger(server: ScriptedServer, tmp_path: Path) -> None:
    usage = {"input": 30, "output": 5}
    server.enqueue(*[answer('{"word": "ye', finish="length", usage=usage)] * 2)
    (got,) = ask(config(model(server), folder=str(tmp_path)), request(max_output_tokens=300))
    assert isinstance(got, TruncatedError)
    ledger = Ledger(str(tmp_path))
    (total,) = ledger.totals()
    ledger.close()
    assert (total.usage.input, total.usage.output) == (60, 10)


def test_a_limit_sends_nothing(server: ScriptedServer) -> None:
    server.enqueue(answer(word()))
    (got,) = ask(config(model(server), limits=LimitsConfig(run_tokens=50)))
    assert isinstance(got, SpendingLimitError)
    assert server.requests() == []


def test_a_kept_answer_sends_nothing(server: ScriptedServer, tmp_path: Path) -> None:
    server.enqueue(answer(word()))
    configured = config(model(server), folder=str(tmp_path))
    first, second = ask(configured, request(), request())
    (third,) = ask(configured)
    assert [each.is_kept for each in (first, second, third)] == [False, True, True]
    assert third.data == {"word": "yes"}
    assert len(server.bodies()) == 1


def test_a_kept_answer_outlives_a_refused_parameter(server: ScriptedServer, tmp_path: Path) -> None:
    """The body changes once the server has refused a part of it; the answer is found by both."""
    refusal = error(400, "Unknown parameter: 'stream_options'.", param="stream_options")
    server.enqueue(refusal, answer(word()))
    ask(config(model(server), folder=str(tmp_path)), request(), request())
    assert len(server.bodies()) == 2  # the refused one and the one without; the third is kept


def test_no_secret_is_received(server: ScriptedServer) -> None:
    server.enqueue(answer(word("REDACTED_SECRET_1")))
    (got,) = ask(config(model(server)), request(f'TOKEN = "{SECRET}"'))
    (received,) = server.requests()
    assert SECRET not in received.raw
    assert 'TOKEN = \\"REDACTED_SECRET_1\\"' in received.raw
    assert got.data == {"word": SECRET}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_preview_is_what_is_received(server: ScriptedServer, provider: str) -> None:
    server.enqueue(answer(word()))
    configured = config(model(server, provider))

    async def run() -> Mapping[str, object]:
        async with Gateway(configured) as gateway:
            shown = gateway.preview(request(f"my token is {SECRET}"))
            assert server.requests() == []
            await gateway.ask(request(f"my token is {SECRET}"))
            return shown

    shown = asyncio.run(run())
    (body,) = server.bodies()
    assert shown["body"] == body
    assert shown["address"] == server.url


def test_cancelling_closes_all_connections(server: ScriptedServer) -> None:
    server.enqueue(*[hang()] * 3)
    configured = config(model(server), limits=LimitsConfig(concurrent=3))

    async def run() -> None:
        async with Gateway(configured) as gateway:
            asked = [request(str(number)) for number in range(3)]
            task = asyncio.create_task(gateway.ask_all(asked))
            await asyncio.to_thread(server.wait_for_requests, 3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.to_thread(all_left, server)

    asyncio.run(run())


def all_left(server: ScriptedServer) -> None:
    """Waits until the server has seen that all of its clients are gone."""
    assert server.closed_early()
    for _ in range(500):
        if all(each.closed_early for each in server.requests()):
            return
        time.sleep(0.01)
    raise AssertionError("a connection is open")


def test_one_failure_does_not_stop_the_others(server: ScriptedServer) -> None:
    server.enqueue(
        matching(answer("", refusal="no"), when="number 1", times=0),
        matching(answer(word()), when="number", times=0),
    )
    configured = config(model(server))

    async def run() -> list[str]:
        async with Gateway(configured) as gateway:
            asked = [request(f"number {each}") for each in range(4)]
            return [type(each).__name__ for each in await gateway.ask_all(asked)]

    assert asyncio.run(run()) == ["ModelAnswer", "RefusedError", "ModelAnswer", "ModelAnswer"]


def test_a_key_is_in_no_error_and_in_no_file(server: ScriptedServer, tmp_path: Path) -> None:
    wrong = error(401, f"Incorrect API key provided: {KEY}.", code="invalid_api_key")
    server.enqueue(wrong, answer(word("REDACTED_SECRET_1, REDACTED_SECRET_2")))
    configured = config(model(server), folder=str(tmp_path))
    refused, answered = ask(configured, request("a"), request(f"the key {KEY}, the token {SECRET}"))
    assert isinstance(refused, AuthenticationError)
    assert KEY not in f"{refused!r} {refused.message} {refused.remedy} {refused.__cause__!r}"
    assert KEY in answered.text
    assert SECRET in answered.text
    everything = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    kept = sqlite3.connect(next(tmp_path.glob("answers*.sqlite")))
    ((reply,),) = kept.execute("SELECT reply FROM answer").fetchall()
    kept.close()
    everything += zlib.decompress(reply)
    assert b"REDACTED_SECRET_1" in everything
    assert KEY.encode() not in everything
    assert SECRET.encode() not in everything


def test_the_schema_is_sent(server: ScriptedServer) -> None:
    server.enqueue(answer(word()))
    ask(config(model(server)))
    assert SCHEMA.name in json.dumps(server.bodies()[0])
