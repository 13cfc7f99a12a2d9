"""The scripted server speaks as OpenAI does: held to the types of its own package."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter
from scripted_openai import ScriptedServer, answer, error, matching

BOTH = ("/v1/responses", "/v1/chat/completions")


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer(models=("a", "b")) as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


def post(server: ScriptedServer, path: str, body: dict[str, Any]) -> str:
    request = urllib.request.Request(server.root + path, json.dumps(body).encode())
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
        text: str = reply.read().decode()
        return text


def events(text: str) -> list[str]:
    lines = [line[6:] for line in text.splitlines() if line.startswith("data: ")]
    return [line for line in lines if line != "[DONE]"]


FORMS = [
    answer("some text", reasoning=3),
    answer("", refusal="no"),
    answer("cut", finish="length"),
    answer("", finish="content_filter"),
]


@pytest.mark.parametrize("form", FORMS, ids=["text", "refusal", "length", "filter"])
def test_everything_streamed_is_of_the_types_that_openai_publishes(
    server: ScriptedServer, form: dict[str, Any]
) -> None:
    event = TypeAdapter[Any](ResponseStreamEvent)
    server.enqueue(form, form)
    asked = {"model": "m", "stream": True, "stream_options": {"include_usage": True}}
    for each in events(post(server, "/v1/responses", asked)):
        event.validate_json(each)
    for each in events(post(server, "/v1/chat/completions", asked)):
        ChatCompletionChunk.model_validate_json(each)


@pytest.mark.parametrize("form", FORMS, ids=["text", "refusal", "length", "filter"])
def test_everything_whole_is_of_the_types_that_openai_publishes(
    server: ScriptedServer, form: dict[str, Any]
) -> None:
    server.enqueue(form, form)
    Response.model_validate_json(post(server, "/v1/responses", {"model": "m"}))
    ChatCompletion.model_validate_json(post(server, "/v1/chat/completions", {"model": "m"}))


def test_behaviours_are_used_once_in_order_and_kept_for_who_they_match(
    server: ScriptedServer,
) -> None:
    server.enqueue(answer("one"), matching(answer("two"), when="special"), answer("three"))
    asked = [{"model": "m"}, {"model": "m"}, {"model": "special"}]
    texts = [json.loads(post(server, BOTH[1], each)) for each in asked]
    assert [each["choices"][0]["message"]["content"] for each in texts] == ["one", "three", "two"]
    assert server.bodies() == asked


def test_a_server_with_nothing_left_says_so(server: ScriptedServer) -> None:
    server.enqueue(error(429, "slow"))
    for status in (429, 400):
        with pytest.raises(urllib.error.HTTPError) as caught:
            post(server, BOTH[1], {"model": "m"})
        assert caught.value.code == status
        caught.value.close()
