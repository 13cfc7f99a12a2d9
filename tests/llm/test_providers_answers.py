"""Answers as they should be: streamed in order, counted, unwrapped; what a server cut is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from provider_calls import HELD, REQUEST, call, config_for, replied
from scripted_openai import ScriptedServer, answer, stream

from codeassist.base.messages import Message, Role, Usage
from codeassist.llm.provider import Remaining

BOTH = pytest.mark.parametrize("provider", ["openai", "compatible", "azure"])
LONG = replace(REQUEST, messages=(Message(Role.USER, "x" * 120_000),))


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


@BOTH
def test_pieces_come_in_order_and_make_the_text(server: ScriptedServer, provider: str) -> None:
    text = "één 漢字 😀 two\r\nthree"
    server.enqueue(answer(text, pieces=7, model="served-1", reasoning=2, usage={"cached": 3}))
    called = call(config_for(server, provider))
    assert called.reply
    assert len(called.pieces) > 3
    assert "".join(called.pieces) == called.reply.text == text
    assert called.reply.model == "served-1"


@BOTH
def test_tokens_are_those_that_the_server_counts(server: ScriptedServer, provider: str) -> None:
    server.enqueue(answer("ok", reasoning=7, usage={"input": 1_000, "cached": 900, "output": 10}))
    reply = replied(config_for(server, provider))
    assert reply.usage == Usage(input=1_000, cached=900, output=10, reasoning=7)
    assert reply.notes == ()


@BOTH
def test_the_rates_left_are_read_from_the_headers(server: ScriptedServer, provider: str) -> None:
    headers = {
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-remaining-tokens": "480000",
        "x-ratelimit-reset-requests": "120ms",
        "X-RateLimit-Reset-Tokens": "6m0s",
    }
    server.enqueue(answer("ok", headers=headers), answer("ok"))
    config = config_for(server, provider)
    assert replied(config).remaining == Remaining(499, 480_000, 0.12, 360.0)
    assert replied(config).remaining == Remaining()


def test_a_prompt_that_the_server_cut_is_told(server: ScriptedServer) -> None:
    # 120,000 characters are 24,000 to 60,000 tokens; a server that counts 4,096 has cut them.
    server.enqueue(answer("ok", usage={"input": 4_096}), answer("ok", usage={"input": 24_000}))
    config = config_for(server, "compatible")
    (note,) = replied(config, LONG).notes
    assert "cut the prompt" in note
    assert "num_ctx" in note
    assert replied(config, LONG).notes == ()


def test_tokens_that_a_server_does_not_count_are_estimated_and_told(
    server: ScriptedServer,
) -> None:
    chunk = '{"choices":[{"index":0,"delta":{"content":"12345678"},"finish_reason":"stop"}]}'
    server.enqueue(stream(f"data: {chunk}\n\n", "data: [DONE]\n\n"))
    reply = replied(config_for(server, "compatible"), LONG)
    assert (reply.usage.input, reply.usage.output) == (30_000, 2)
    assert "estimated" in reply.notes[0]


WRAPPED = {
    "fence": '```json\n{"a": 1}\n```',
    "bare fence": '\n```\n{"a": 1}```\n',
    "thoughts": '<think>hm\n{"a": 2}</think>\n\n{"a": 1}',
    "both": '<think>hm</think>```json\n{"a": 1}\n```',
}


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_what_is_wrapped_around_an_answer_is_taken_off(server: ScriptedServer, text: str) -> None:
    server.enqueue(answer(text))
    assert replied(config_for(server, "compatible"), HELD).text.strip() == '{"a": 1}'


@pytest.mark.parametrize("text", ['```json\n{"a": 1}', '<think>{"a": 1}', 'x ```{"a": 1}```'])
def test_an_open_or_inner_fence_stays(server: ScriptedServer, text: str) -> None:
    server.enqueue(answer(text))
    assert replied(config_for(server, "compatible"), HELD).text == text


def test_no_fence_is_taken_off_where_none_should_be(server: ScriptedServer) -> None:
    text = WRAPPED["fence"]
    server.enqueue(answer(text), answer(text), answer(text))
    assert replied(config_for(server, "openai"), HELD).text == text
    assert replied(config_for(server, "azure"), HELD).text == text
    assert replied(config_for(server, "compatible"), REQUEST).text == text  # no schema


def test_thoughts_beside_the_text_are_no_part_of_it(server: ScriptedServer) -> None:
    server.enqueue(answer("text", thoughts="let me think"))
    called = call(config_for(server, "compatible"))
    assert called.reply
    assert called.reply.text == "".join(called.pieces) == "text"
