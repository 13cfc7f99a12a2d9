"""Parameters that a server refuses are left out at once, and for good."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from provider_calls import HELD, REQUEST, config_for, failed, replied
from scripted_openai import Behaviour, ScriptedServer, answer, error, matching, raw

from codeassist.base.model_errors import RejectedError
from codeassist.llm.providers.shared.dropped import refused_parameter
from codeassist.llm.providers.shared.failure import Failure


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


def unsupported(name: str) -> Behaviour:
    text = f"Unsupported parameter: '{name}' is not supported with this model."
    return error(400, text, code="unsupported_parameter", param=name)


PYDANTIC = json.dumps(
    {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra"}]}
)
CASES: dict[str, tuple[str, dict[str, Any], Behaviour, str]] = {
    "temperature": (
        "compatible",
        {},
        error(400, "Unsupported value: 'temperature' does not support 0.2 with this model."),
        "temperature",
    ),
    "stream_options": ("compatible", {}, raw(PYDANTIC, status=422), "stream_options"),
    "effort": (
        "compatible",
        {"effort": "low"},
        error(400, "Unrecognized request argument supplied: reasoning_effort"),
        "reasoning_effort",
    ),
    "effort of OpenAI": (
        "openai",
        {"name": "gpt-5.4"},
        unsupported("reasoning.effort"),
        "reasoning",
    ),
    "store": ("openai", {"name": "gpt-5.5"}, error(400, "Unknown parameter: 'store'."), "store"),
    "cache key": (
        "openai",
        {"name": "gpt-6-sol"},
        unsupported("prompt_cache_key"),
        "prompt_cache_key",
    ),
    "verbosity": ("azure", {"name": "gpt-5.2"}, unsupported("verbosity"), "verbosity"),
}


@pytest.mark.parametrize(("provider", "options", "refusal", "lost"), CASES.values(), ids=CASES)
def test_a_refused_parameter_is_left_out_once_and_for_all(
    server: ScriptedServer, provider: str, options: dict[str, Any], refusal: Behaviour, lost: str
) -> None:
    server.enqueue(refusal, answer("ok"), answer("ok"))
    config = config_for(server, provider, **options)
    assert replied(config).text == "ok"
    assert replied(config).text == "ok"
    first, second, third = server.bodies()
    assert lost in first
    assert second == {name: value for name, value in first.items() if name != lost}
    assert third == second  # another provider, later in the same process


def test_the_limit_for_output_has_two_names(server: ScriptedServer) -> None:
    text = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead."
    )
    server.enqueue(error(400, text, param="max_tokens"), answer("ok"))
    replied(config_for(server, "compatible"))
    first, second = server.bodies()
    assert second["max_completion_tokens"] == first["max_tokens"]
    assert "max_tokens" not in second


def test_azures_older_models_want_the_older_name(server: ScriptedServer) -> None:
    text = "Unrecognized request argument supplied: max_completion_tokens"
    server.enqueue(error(400, text), answer("ok"))
    replied(config_for(server, "azure"))
    assert "max_tokens" in server.bodies()[1]


def test_a_limit_that_does_not_fit_beside_the_prompt_is_left_out(server: ScriptedServer) -> None:
    text = (
        "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context "
        "length is 4096 tokens and your request has 12 input tokens (4096 > 4096 - 12)."
    )
    server.enqueue(error(400, text), answer("ok"))
    replied(config_for(server, "compatible"))
    assert not {"max_tokens", "max_completion_tokens"} & set(server.bodies()[1])


def test_a_schema_is_given_up_in_steps_and_told(server: ScriptedServer) -> None:
    kinds = [
        error(400, "This model does not support response format `json_schema`"),
        error(400, "'response_format.type' must be 'json_schema' or 'text'"),
    ]
    server.enqueue(*kinds, answer('{"a": 1}'))
    reply = replied(config_for(server, "compatible"), HELD)
    assert reply.notes
    assert "does not hold answers to the schema" in reply.notes[0]
    forms = [(body.get("response_format") or {}).get("type") for body in server.bodies()]
    assert forms == ["json_schema", "json_object", None]
    # The model is told in words what it is no longer held to.
    first = server.bodies()[2]["messages"][0]
    assert first["role"] == "system"
    assert json.dumps(HELD.schema.schema if HELD.schema else None) in first["content"]


def test_a_template_without_a_system_role_gets_it_from_the_user(server: ScriptedServer) -> None:
    text = "Error rendering prompt with jinja template: System role not supported"
    server.enqueue(error(500, text), answer("ok"))
    replied(config_for(server, "compatible"))
    assert server.bodies()[1]["messages"] == [
        {"role": "user", "content": "You write docs.\n\nWrite one."}
    ]


def test_the_same_refusal_twice_is_an_error(server: ScriptedServer) -> None:
    server.enqueue(matching(unsupported("temperature"), times=0))
    assert type(failed(config_for(server, "compatible"))) is RejectedError
    assert len(server.bodies()) == 2


def test_a_schema_that_is_wrong_is_an_error_not_a_refusal(server: ScriptedServer) -> None:
    text = "Invalid schema for response_format 'verdict': 'required' is required to be supplied"
    server.enqueue(error(400, text, code="invalid_json_schema", param="text.format.schema"))
    assert type(failed(config_for(server, "openai"), HELD)) is RejectedError
    assert len(server.bodies()) == 1


def test_what_one_model_refuses_another_still_gets(server: ScriptedServer) -> None:
    server.enqueue(unsupported("temperature"), answer("ok"), answer("ok"))
    replied(config_for(server, "compatible"))
    replied(config_for(server, "compatible"))
    assert ["temperature" in body for body in server.bodies()] == [True, False, True]


SENT = frozenset({"temperature", "max_tokens", "store", "json_schema", "system", "stream_options"})


@pytest.mark.parametrize(
    ("failure", "name"),
    [
        (Failure(400, "bad request", param="temperature"), "temperature"),
        (
            Failure(400, "Extra inputs are not permitted: ('body', 'stream_options')"),
            "stream_options",
        ),
        (Failure(400, "Failed to parse grammar"), "json_schema"),
        (Failure(500, "Failed to initialize samplers: failed to parse grammar"), "json_schema"),
        (Failure(400, "Conversation roles must alternate user/assistant"), "system"),
        # About other things.
        (Failure(400, "the temperature of the room is 20"), None),
        (Failure(400, "Invalid 'messages[0].content'"), None),
        (Failure(500, "temperature is not supported"), None),
        (Failure(429, "temperature is not supported"), None),
        (Failure(400, "Unsupported parameter: 'restore'"), None),
        (Failure(400, "Unsupported parameter: 'verbosity'"), None),  # was not sent
    ],
)
def test_which_parameter_a_complaint_is_about(failure: Failure, name: str | None) -> None:
    assert refused_parameter(failure, SENT) == name


def test_nothing_is_left_out_for_a_failure_of_another_kind(server: ScriptedServer) -> None:
    server.enqueue(error(400, "Invalid value: 'x' for 'messages[1].role'."))
    failed(config_for(server, "compatible"), REQUEST)
    assert len(server.bodies()) == 1
