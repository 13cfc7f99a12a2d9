"""Every way in which a server can fail, over real HTTP: the right error, a remedy, no key."""

import json
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from provider_calls import HELD, KEY, call, config_for, failed, replied
from scripted_openai import Behaviour, ScriptedServer, answer, drop, error, html, raw, stream

from codeassist.base.model_errors import (
    AuthenticationError,
    EmptyAnswerError,
    FilteredError,
    ModelError,
    ModelNotFoundError,
    QuotaError,
    RateLimitError,
    RefusedError,
    RejectedError,
    ServerError,
    TooLongError,
    TruncatedError,
    UnreachableError,
)

BOTH = pytest.mark.parametrize("provider", ["openai", "compatible"])


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


def check(
    server: ScriptedServer,
    provider: str,
    behaviour: Behaviour,
    wanted: type[ModelError],
    words: tuple[str, ...] = (),
    **options: object,
) -> ModelError:
    """One request fails with exactly this error, once, with `words` in message and remedy."""
    server.enqueue(behaviour)
    found = failed(config_for(server, provider, **options), HELD)
    assert type(found) is wanted, repr(found)
    assert found.remedy
    assert "\n" not in found.message + found.remedy
    for word in words:
        assert word in f"{found.message} {found.remedy}"
    assert len(server.bodies()) == 1
    check_no_key(found)
    return found


def check_no_key(found: ModelError) -> None:
    """Nothing that hangs on an error has the key."""
    parts = [repr(found), str(found), str(vars(found)), *traceback.format_exception(found)]
    frames = [frame.f_locals for frame, _ in traceback.walk_tb(found.__traceback__)]
    parts += [repr(value) for each in frames for value in each.values()]
    assert found.__cause__ is None
    assert found.__context__ is None
    assert not [part for part in parts if KEY in part]


STATUSES: dict[str, tuple[Behaviour, type[ModelError], tuple[str, ...]]] = {
    "401": (
        error(401, f"Incorrect API key provided: {KEY}.", code="invalid_api_key"),
        AuthenticationError,
        ("API_KEY",),
    ),
    "401 plain": (raw("Unauthorized", status=401, content="text/plain"), AuthenticationError, ()),
    "403": (error(403, f"no rights for {KEY}"), AuthenticationError, ("rights",)),
    "403 html": (html(403), AuthenticationError, ("proxy",)),
    "403 region": (
        error(403, "Country not supported", code="unsupported_country_region_territory"),
        AuthenticationError,
        ("not offered",),
    ),
    "403 model": (
        error(403, "Project has no access to model `m`", code="model_not_found"),
        ModelNotFoundError,
        ("model list",),
    ),
    "429 quota": (
        error(429, "You exceeded your current quota.", code="insufficient_quota"),
        QuotaError,
        ("credit",),
    ),
    "429 billing": (
        error(429, "Hard limit reached", code="billing_hard_limit_reached"),
        QuotaError,
        (),
    ),
    "402": (error(402, "Insufficient credits"), QuotaError, ()),
    "429": (error(429, "Rate limit reached", code="rate_limit_exceeded"), RateLimitError, ()),
    "404 model": (
        error(404, "The model `m` does not exist", code="model_not_found"),
        ModelNotFoundError,
        ("model list",),
    ),
    "404 Ollama": (
        error(404, 'model "llama9" not found, try pulling it first', kind="api_error"),
        ModelNotFoundError,
        ("model list",),
    ),
    "400 model": (error(400, "m is not a valid model ID"), ModelNotFoundError, ()),
    "404 path": (raw('{"detail":"Not Found"}', status=404), ModelNotFoundError, ("base_url",)),
    "404 html": (html(404), ModelNotFoundError, ("base_url",)),
    "405": (raw("", status=405), ModelNotFoundError, ("base_url",)),
    "400": (error(400, "Invalid value for 'input'."), RejectedError, ("Invalid value",)),
    "422": (raw('{"detail":[{"loc":["body","messages"]}]}', status=422), RejectedError, ()),
    "500": (error(500, "oops", kind="server_error"), ServerError, ("oops",)),
    "503": (raw("upstream connect error", status=503, content="text/plain"), ServerError, ()),
    "502 html": (html(502), ServerError, ()),
    "524": (raw("", status=524), ServerError, ()),
    "409": (error(409, "conflict"), ServerError, ()),
    "filter": (
        error(400, "The response was filtered", code="content_filter"),
        FilteredError,
        (),
    ),
    "filter Azure": (
        raw(
            json.dumps(
                {
                    "error": {
                        "message": "x",
                        "code": "400",
                        "innererror": {"code": "ResponsibleAIPolicyViolation"},
                    }
                }
            ),
            status=400,
        ),
        FilteredError,
        (),
    ),
    "too long": (
        error(400, "Too many tokens", code="context_length_exceeded"),
        TooLongError,
        ("input_tokens",),
    ),
    "413": (raw("Payload Too Large", status=413, content="text/plain"), TooLongError, ()),
    "login page": (html(200), ServerError, ("proxy",)),
    "200 no JSON": (raw("{not json", status=200), ServerError, ("base_url",)),
    "200 other JSON": (raw('{"hello": 1}', status=200), ServerError, ("base_url",)),
    "200 list": (raw("[]", status=200), ServerError, ("base_url",)),
    "200 error": (
        raw(json.dumps({"error": {"message": "m is not a valid model ID"}}), status=200),
        ModelNotFoundError,
        (),
    ),
    "200 nothing": (stream(), ServerError, ("base_url",)),
    "200 text": (stream("hello\n\n", ": a comment\n\n"), ServerError, ("base_url",)),
    "events no JSON": (stream("data: {nope\n\n"), ServerError, ("base_url",)),
    "events no objects": (stream("data: 1\n\n", "data: [1]\n\n"), ServerError, ()),
    "events no UTF-8": (stream("data: \udcff\n\n"), ServerError, ("base_url",)),
    "dropped": (drop(), UnreachableError, ()),
}


@BOTH
@pytest.mark.parametrize(("behaviour", "wanted", "words"), STATUSES.values(), ids=STATUSES)
def test_a_failure_of_the_server_is_the_right_error(
    server: ScriptedServer,
    provider: str,
    behaviour: Behaviour,
    wanted: type[ModelError],
    words: tuple[str, ...],
) -> None:
    check(server, provider, behaviour, wanted, words)


ENDS: dict[str, tuple[Behaviour, type[ModelError], tuple[str, ...]]] = {
    "length": (answer('{"a": 1', finish="length"), TruncatedError, ("output_tokens",)),
    # Whole as it looks: it is not taken all the same.
    "length after all": (answer('{"a": 1}', finish="length"), TruncatedError, ()),
    "reasoning": (
        answer("", finish="length", reasoning=1_152, usage={"output": 1_152}),
        TruncatedError,
        ("1,152 of 1,152 tokens went into reasoning", "effort"),
    ),
    "filter": (answer('{"a"', finish="content_filter"), FilteredError, ()),
    "refusal": (answer("", refusal="I cannot help."), RefusedError, ("I cannot help.",)),
    "empty": (answer(""), EmptyAnswerError, ()),
    "blank": (answer(" \n\t "), EmptyAnswerError, ()),
    "broken at once": (answer("abc", breaks_after=0), UnreachableError, ()),
    "broken midway": (answer("abc", breaks_after=1), UnreachableError, ("middle",)),
}


@BOTH
@pytest.mark.parametrize(("behaviour", "wanted", "words"), ENDS.values(), ids=ENDS)
def test_how_an_answer_ended_is_looked_at_before_its_text(
    server: ScriptedServer,
    provider: str,
    behaviour: Behaviour,
    wanted: type[ModelError],
    words: tuple[str, ...],
) -> None:
    check(server, provider, behaviour, wanted, words)


def sse(*data: object) -> Behaviour:
    return stream(*(f"data: {json.dumps(each)}\n\n" for each in data))


CHUNK = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
HALF = CHUNK | {"choices": [{"index": 0, "delta": {"content": "abc"}, "finish_reason": None}]}
FAILED = {"type": "response.failed", "response": {"status": "failed", "error": None}}

EVENTS: dict[str, tuple[str, Behaviour, type[ModelError]]] = {
    "no end": ("compatible", sse(HALF), UnreachableError),
    "no end, done": (
        "compatible",
        stream(f"data: {json.dumps(HALF)}\n\n", "data: [DONE]\n\n"),
        UnreachableError,
    ),
    "error": ("compatible", sse(HALF, {"error": {"message": "boom"}}), ServerError),
    "error 429": (
        "compatible",
        sse(HALF, {"error": {"code": 429, "message": "x"}}),
        RateLimitError,
    ),
    "error text": ("compatible", sse({"error": "boom"}), ServerError),
    "too long": (
        "compatible",
        sse({"error": {"code": 400, "message": "exceeds the available context size"}}),
        TooLongError,
    ),
    "reset": (
        "compatible",
        stream(f"data: {json.dumps(HALF)}\n\n", breaks="reset"),
        UnreachableError,
    ),
    "responses error": (
        "openai",
        sse({"type": "error", "code": "rate_limit_exceeded", "message": "x", "param": None}),
        RateLimitError,
    ),
    "responses failed": (
        "openai",
        sse(
            {
                "type": "response.failed",
                "response": {"status": "failed", "error": {"code": "server_error", "message": "x"}},
            }
        ),
        ServerError,
    ),
    "responses failed without a word": ("openai", sse(FAILED), ServerError),
    "responses no end": ("openai", sse({"type": "response.created"}), UnreachableError),
    "responses shapes": (
        "openai",
        sse(None, [], 3, {"type": 5}, {"type": "response.completed", "response": 7}),
        UnreachableError,
    ),
    "chat shapes": (
        "compatible",
        sse(
            None,
            [],
            3,
            {"choices": 5},
            {"choices": [7, {"delta": [1]}]},
            {"choices": [{"delta": {"content": 1}}]},
        ),
        UnreachableError,
    ),
}


@pytest.mark.parametrize(("provider", "behaviour", "wanted"), EVENTS.values(), ids=EVENTS)
def test_failures_in_mid_stream_are_errors_too(
    server: ScriptedServer, provider: str, behaviour: Behaviour, wanted: type[ModelError]
) -> None:
    check(server, provider, behaviour, wanted)


def test_a_rate_limit_says_how_long_to_wait(server: ScriptedServer) -> None:
    found = check(
        server,
        "openai",
        error(429, "slow", code="rate_limit_exceeded", headers={"retry-after-ms": "1500"}),
        RateLimitError,
    )
    assert isinstance(found, RateLimitError)
    assert found.retry_after == 1.5


def test_a_request_larger_than_a_minutes_tokens_is_too_long(server: ScriptedServer) -> None:
    text = (
        "Request too large for gpt-5.2 on tokens per min (TPM): Limit 30000, Requested 50000. "
        "The input or output tokens must be reduced in order to run successfully."
    )
    found = check(server, "openai", error(429, text, code="rate_limit_exceeded"), TooLongError)
    assert isinstance(found, TooLongError)
    assert (found.limit, found.asked) == (30_000, 50_000)


def test_a_missing_v1_is_named(server: ScriptedServer) -> None:
    found = check(
        server, "compatible", html(404), ModelNotFoundError, ("/v1",), base_url=server.root
    )
    assert "/v1" in found.remedy


def test_long_and_wild_messages_are_shown_on_one_short_line(server: ScriptedServer) -> None:
    text = "bad\x1b[31m\r\n::error::" + "x" * 100_000 + KEY
    found = check(server, "compatible", error(500, text), ServerError)
    assert len(found.message) < 600
    assert "\x1b" not in found.message
    found_plain = check_plain(server, text)
    assert "\x1b" not in found_plain.message


def check_plain(server: ScriptedServer, text: str) -> ModelError:
    server.reset()
    return check(server, "compatible", raw(text, status=500, content="text/plain"), ServerError)


@pytest.mark.parametrize("key", ["sk-a\nb", "sk-ä", "sk a", "sk-\x00"])
def test_a_key_that_cannot_be_one_is_not_sent(server: ScriptedServer, key: str) -> None:
    found = failed(config_for(server, "openai", key=key))
    assert type(found) is AuthenticationError
    assert key not in f"{found!r}{found.remedy}"
    assert server.requests() == []


@pytest.mark.parametrize("provider", ["openai", "azure"])
def test_a_missing_key_is_said_before_anything_is_sent(
    server: ScriptedServer, provider: str
) -> None:
    found = failed(config_for(server, provider, key=""))
    assert type(found) is AuthenticationError
    assert "OPENAI_API_KEY" in found.remedy
    assert server.requests() == []


@pytest.mark.parametrize(
    "address", ["localhost:8000", "ftp://h/v1", "http://", "http://h:x/v1", "x"]
)
def test_what_is_no_address_is_said_so(server: ScriptedServer, address: str) -> None:
    found = failed(config_for(server, "compatible", base_url=address))
    assert type(found) is ModelNotFoundError
    assert "http://" in found.remedy


@BOTH
def test_models_are_listed_and_failures_are_the_same(server: ScriptedServer, provider: str) -> None:
    import asyncio

    from scripted_openai import matching

    from codeassist.llm.providers import make

    def models() -> tuple[str, ...]:
        async def run() -> tuple[str, ...]:
            made = make(config_for(server, provider))
            try:
                return tuple(each.name for each in await made.models())
            finally:
                await made.close()

        return asyncio.run(run())

    assert models() == ("scripted",)
    wrong: list[tuple[Behaviour, type[ModelError]]] = [
        (html(200), ServerError),
        (raw('{"data": 3}'), ServerError),
        (error(401, "no"), AuthenticationError),
        (drop(), UnreachableError),
    ]
    for behaviour, wanted in wrong:
        server.enqueue(matching(behaviour, path="/models"))
        with pytest.raises(wanted) as caught:
            models()
        check_no_key(caught.value)


def test_a_server_that_does_not_stream_is_understood(server: ScriptedServer) -> None:
    whole: dict[str, Any] = {
        "model": "m",
        "choices": [{"message": {"content": '{"a": 1}'}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 30, "completion_tokens": 5},
    }
    server.enqueue(raw(json.dumps(whole)))
    called = call(config_for(server, "compatible"), HELD)
    assert called.reply
    assert (called.pieces, called.reply.text, called.reply.usage.input) == (
        ('{"a": 1}',),
        '{"a": 1}',
        30,
    )


def test_an_answer_without_end_is_given_up(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from codeassist.llm.providers.shared import http_provider

    monkeypatch.setattr(http_provider, "MOST_CHARACTERS", 1_000)
    server.enqueue(answer("x" * 100_000, pieces=1_000))
    found = failed(config_for(server, "compatible"))
    assert "does not end" in found.message


def test_a_huge_answer_below_that_is_read(server: ScriptedServer) -> None:
    server.enqueue(answer("é" * 1_000_000, pieces=50))
    assert len(replied(config_for(server, "openai")).text) == 1_000_000
