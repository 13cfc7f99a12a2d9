"""The exact requests: held to the types of OpenAI's own package, and to what a server receives."""

import collections.abc
import json
import types
import typing
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin

import pytest
from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
from openai.types.responses.response_create_params import ResponseCreateParamsStreaming
from provider_calls import HELD, IMAGE, KEY, REQUEST, SCHEMA, SEEING, call, config_for
from scripted_openai import ScriptedServer, answer

from codeassist.base.messages import Message, ModelRequest, Role
from codeassist.base.model_errors import RejectedError
from codeassist.llm.config import ModelConfig
from codeassist.llm.providers import PROVIDERS, kind_of, make

CHAT_TYPE = CompletionCreateParamsStreaming
RESPONSES_TYPE = ResponseCreateParamsStreaming
PNG = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


Type = Any  # an annotation


def misfits(value: object, wanted: Type, at: str = "") -> list[str]:
    """Where a JSON value is not of a type of the SDK: unknown and missing keys, wrong values."""
    origin = get_origin(wanted)
    if wanted in (object, Any):
        return []
    if hasattr(wanted, "__required_keys__"):  # a TypedDict
        return _misfits_of_object(value, wanted, at)
    if origin in (typing.Required, typing.NotRequired, typing.Annotated):
        return misfits(value, get_args(wanted)[0], at)
    if origin in (typing.Union, types.UnionType):
        tries = [misfits(value, each, at) for each in get_args(wanted)]
        return min(tries, key=len)
    if origin is Literal:
        return [] if value in get_args(wanted) else [f"{at}: {value!r}"]
    if origin in (list, collections.abc.Iterable, collections.abc.Sequence):
        if not isinstance(value, list):
            return [f"{at}: no list"]
        inner = get_args(wanted)[0]
        return [m for i, each in enumerate(value) for m in misfits(each, inner, f"{at}[{i}]")]
    if origin in (dict, collections.abc.Mapping):
        return [] if isinstance(value, dict) else [f"{at}: no object"]
    if wanted is float:
        return [] if type(value) in (int, float) else [f"{at}: {value!r}"]
    return [] if type(value) is wanted else [f"{at}: {value!r}"]


def _misfits_of_object(value: object, wanted: Type, at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: no object"]
    hints = typing.get_type_hints(wanted, include_extras=True)
    # Annotations are strings there, so that the class itself cannot tell what is required.
    required = {name for name, hint in hints.items() if get_origin(hint) is typing.Required}
    found = [f"{at}.{name}: unknown" for name in value if name not in hints]
    found += [f"{at}.{name}: missing" for name in sorted(required) if name not in value]
    for name in value.keys() & hints.keys():
        found += misfits(value[name], hints[name], f"{at}.{name}")
    return found


def test_the_comparison_with_the_types_finds_what_is_wrong() -> None:
    message = {"role": "user", "content": "x"}
    good = {"model": "m", "messages": [message], "stream": True}
    assert misfits(good, CHAT_TYPE) == []
    assert misfits(good | {"reasoning": {}}, CHAT_TYPE) == [".reasoning: unknown"]
    assert misfits(good | {"max_tokens": "1"}, CHAT_TYPE)
    assert misfits(good | {"messages": [{"role": "user"}]}, CHAT_TYPE)
    assert misfits({"model": "m", "messages": []}, CHAT_TYPE) == [".stream: missing"]


CASES: dict[str, tuple[dict[str, Any], ModelRequest, Any]] = {
    "openai": ({"provider": "openai", "name": "gpt-5.2"}, HELD, RESPONSES_TYPE),
    "openai image": ({"provider": "openai", "name": "gpt-5.2"}, SEEING, RESPONSES_TYPE),
    "openai unknown": ({"provider": "openai", "name": "gpt-7"}, HELD, RESPONSES_TYPE),
    "compatible": ({"provider": "compatible"}, HELD, CHAT_TYPE),
    "compatible image": ({"provider": "compatible", "sees": True}, SEEING, CHAT_TYPE),
    "compatible set": (
        {"provider": "compatible", "effort": "high", "verbosity": "high"},
        HELD,
        CHAT_TYPE,
    ),
    "azure": ({"provider": "azure", "name": "gpt-5.2"}, HELD, CHAT_TYPE),
    "azure classic": ({"provider": "azure", "api_version": "2024-10-21"}, HELD, CHAT_TYPE),
}


@pytest.mark.parametrize(("options", "request_", "wanted"), CASES.values(), ids=CASES)
def test_what_is_sent_is_the_body_and_of_openais_types(
    server: ScriptedServer, options: dict[str, Any], request_: ModelRequest, wanted: object
) -> None:
    server.enqueue(answer('{"a": 1}'))
    config = config_for(server, **options)
    body = make(config).body(request_)
    assert call(config, request_).error is None
    (received,) = [each for each in server.requests() if each.method == "POST"]
    # Exactly: the same keys in the same order.
    assert json.dumps(received.body) == json.dumps(body)
    assert misfits(received.body, wanted) == []


def test_the_whole_request_to_openai() -> None:
    body = make(ModelConfig(key=KEY)).body(HELD)
    assert body == {
        "model": "gpt-5.2",
        "input": [
            {"role": "developer", "content": "You write docs."},
            {"role": "user", "content": "Write one."},
        ],
        "stream": True,
        "text": {
            "format": {
                "type": "json_schema",
                "name": "verdict",
                "schema": SCHEMA.schema,
                "strict": True,
            },
            "verbosity": "low",
        },
        "reasoning": {"effort": "medium"},
        "max_output_tokens": 4_096 + 25_000,
        "store": False,
        "prompt_cache_key": "repo",
    }


def test_the_whole_request_to_a_compatible_server() -> None:
    body = make(ModelConfig("llama", base_url="http://h/v1")).body(HELD)
    assert body == {
        "model": "llama",
        "messages": [
            {"role": "system", "content": "You write docs."},
            {"role": "user", "content": "Write one."},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "verdict", "strict": True, "schema": SCHEMA.schema},
        },
        "max_tokens": 4_096,
        "temperature": 0.2,
    }


def test_azure_takes_max_completion_tokens_and_the_effort() -> None:
    body = make(ModelConfig(provider="azure", base_url="https://r.openai.azure.com")).body(REQUEST)
    assert body["max_completion_tokens"] == 4_096 + 25_000
    assert (body["reasoning_effort"], body["verbosity"]) == ("medium", "low")
    assert "max_tokens" not in body


@pytest.mark.parametrize(
    ("asked", "ceiling", "sent"), [(1, 10, 16), (100, None, 100), (9_999, 500, 500)]
)
def test_the_limit_for_output_is_within_what_is_accepted(
    asked: int, ceiling: int | None, sent: int
) -> None:
    config = ModelConfig(effort="none", output_tokens=ceiling)
    body = make(config).body(replace(REQUEST, max_output_tokens=asked))
    assert body["max_output_tokens"] == sent


def test_images_go_as_data_and_only_to_models_that_see() -> None:
    message = Message(Role.USER, "", (IMAGE, IMAGE))
    request = replace(REQUEST, messages=(message,))
    body = make(ModelConfig()).body(request)
    image = {"type": "input_image", "image_url": PNG, "detail": "auto"}
    assert body["input"] == [{"role": "user", "content": [image, image]}]
    blind = ModelConfig("llama", base_url="http://h/v1")
    seeing = make(replace(blind, sees=True)).body(SEEING)
    assert seeing["messages"][0]["content"] == [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": PNG}},
    ]
    with pytest.raises(RejectedError) as caught:
        make(blind).body(SEEING)
    assert "sees" in caught.value.remedy


@pytest.mark.parametrize("name", ["openai", "compatible", "azure"])
def test_requests_that_begin_alike_have_bodies_that_begin_alike(
    server: ScriptedServer, name: str
) -> None:
    first = REQUEST.messages[0]
    requests = [
        ModelRequest("docs", (first, Message(Role.USER, "same"), Message(Role.USER, "one"))),
        ModelRequest(
            "bugs",
            (first, Message(Role.USER, "same"), Message(Role.USER, "two")),
            SCHEMA,
            max_output_tokens=99,
        ),
    ]
    config = config_for(server, name)
    server.enqueue(answer("1"), answer('{"a": 1}'))
    for each in requests:
        assert call(config, each).error is None
    raws = [each.raw for each in server.requests()]
    ends = [raw.index('"content":"one"' if '"one"' in raw else '"content":"two"') for raw in raws]
    assert raws[0][: ends[0]] == raws[1][: ends[1]]
    assert "same" in raws[0][: ends[0]]


def test_half_a_surrogate_pair_does_not_break_a_request(server: ScriptedServer) -> None:
    server.enqueue(answer("ok"))
    request = replace(REQUEST, messages=(Message(Role.USER, "a\ud83d\0é漢😀"),))
    assert call(config_for(server, "compatible"), request).error is None
    assert server.bodies()[0]["messages"][0]["content"] == "a\ufffd\0é漢😀"


def test_a_long_cache_key_is_made_short_and_stays_the_same() -> None:
    keys = [
        make(ModelConfig()).body(replace(REQUEST, cache_key="k" * 65))["prompt_cache_key"]
        for _ in range(2)
    ]
    assert keys[0] == keys[1]
    assert len(keys[0]) == 64


def test_the_key_goes_to_its_address_and_nothing_of_openais_to_others(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    server.enqueue(*[answer("ok")] * 4)
    for provider, options in (
        ("compatible", {"key": ""}),
        ("compatible", {}),
        ("azure", {}),
        ("azure", {"api_version": "2024-10-21"}),
    ):
        assert call(config_for(server, provider, **options)).error is None
    none, compatible, azure, classic = (each.headers for each in server.requests())
    assert "authorization" not in none
    assert compatible["authorization"] == azure["authorization"] == f"Bearer {KEY}"
    assert classic["api-key"] == KEY
    for headers in (none, compatible, azure, classic):
        assert not [name for name in headers if name.startswith("openai-")]
        assert "sk-of-another" not in str(headers)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (None, "openai"),
        ("https://api.openai.com/v1", "openai"),
        ("https://eu.api.openai.com/v1/", "openai"),
        ("https://r.openai.azure.com/", "azure"),
        ("https://r.cognitiveservices.azure.com/", "azure"),
        ("https://r.services.ai.azure.com/api/projects/p", "azure"),
        ("http://localhost:11434/v1", "compatible"),
        ("https://openai.com.evil.example/v1", "compatible"),
        ("https://notopenai.com/v1", "compatible"),
        ("http://[", "compatible"),
    ],
)
def test_the_address_tells_the_provider(address: str | None, kind: str) -> None:
    assert kind_of(ModelConfig(base_url=address)) == kind
    assert kind_of(ModelConfig(base_url=address, provider="azure")) == "azure"


def test_every_provider_has_a_file_and_every_file_is_a_provider() -> None:
    import pkgutil

    from codeassist.llm import providers

    names = [each.name for each in pkgutil.iter_modules(providers.__path__)]
    assert sorted(PROVIDERS) == sorted(name for name in names if name != "shared")
