"""Where only an address is set: which model is meant there, and what it takes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from model_place import DOCUMENTED, model_place
from scripted_openai import ScriptedServer, answer, error, matching, raw

from codeassist.base.cancellation import CancellationToken
from codeassist.engine import introducing
from codeassist.engine.introducing import introduce, introduced, shown_name
from codeassist.llm.config import GatewayConfig, ModelConfig

WINDOW = 8_192
# What servers say, by their documentation.
VLLM = {"id": "one", "max_model_len": WINDOW}
OPENROUTER = {"id": "one", "context_length": WINDOW}
LLAMA = {"id": "one", "meta": {"n_ctx": WINDOW, "n_ctx_train": 4 * WINDOW}}
OLLAMA = {"id": "one"}
OTHER = {"id": "other", "max_model_len": 4_096}


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def server(shared: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> ScriptedServer:
    shared.reset()
    monkeypatch.setattr(introducing, "_offers", {})
    return shared


def check(
    server: ScriptedServer,
    listed: list[dict[str, Any]] | None,
    *,
    offline: bool = False,
    **set_: Any,
) -> tuple[str, int | None, int | None]:
    """The name, input and output tokens that a task goes by, with what an address lists."""
    failing = error(404, "there is no such path")
    body = raw(json.dumps({"object": "list", "data": listed})) if listed is not None else failing
    server.enqueue(matching(body, path="/models"))
    model = ModelConfig(**{"base_url": server.url, "is_named": "name" in set_} | set_)
    config = GatewayConfig(models={"default": model}, offline=offline)
    introduce(config, "docs", CancellationToken())
    found = introduced(config).models["default"]
    return found.name, found.input_tokens, found.output_tokens


@pytest.mark.parametrize("row", [VLLM, OPENROUTER, LLAMA])
def test_the_one_model_there_is_meant_with_its_window(
    server: ScriptedServer, row: dict[str, Any]
) -> None:
    # A quarter of what request and answer share is left for the answer.
    assert check(server, [row]) == ("one", 6_144, 2_048)


def test_a_server_that_tells_no_window(server: ScriptedServer) -> None:
    assert check(server, [OLLAMA]) == ("one", None, None)


def test_of_several_models_none_is_meant(server: ScriptedServer) -> None:
    assert check(server, [VLLM, OTHER]) == ("gpt-5.2", None, None)


def test_a_chosen_name_gets_its_own_window(server: ScriptedServer) -> None:
    assert check(server, [VLLM, OTHER], name="other") == ("other", 3_072, 1_024)


def test_a_chosen_name_that_is_not_listed_stays(server: ScriptedServer) -> None:
    assert check(server, [VLLM], name="mine") == ("mine", None, None)


def test_what_the_user_has_set_counts(server: ScriptedServer) -> None:
    assert check(server, [VLLM], input_tokens=1_000) == ("one", 1_000, None)


@pytest.mark.parametrize("listed", [None, []])
def test_an_address_that_does_not_list_changes_nothing(
    server: ScriptedServer, listed: list[dict[str, Any]] | None
) -> None:
    assert check(server, listed) == ("gpt-5.2", None, None)


@pytest.mark.parametrize(
    "set_",
    [
        {"name": "gpt-5.2"},
        {"name": "mine", "input_tokens": 1_000},
        {"base_url": None, "key": "x"},
        {"offline": True},
    ],
    ids=["known", "stated", "openai", "offline"],
)
def test_nobody_is_asked_where_nothing_is_unclear(
    server: ScriptedServer, set_: dict[str, Any]
) -> None:
    check(server, [VLLM], **set_)
    assert server.requests() == []


def test_it_is_asked_once_in_a_while(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(server, [VLLM])
    check(server, [OTHER])
    assert len(server.requests()) == 1
    monkeypatch.setattr(introducing, "SECONDS_KEPT", -1.0)
    server.reset()
    assert check(server, [OTHER])[0] == "other"  # somebody has started another model


def test_before_it_was_asked_an_address_is_shown_by_its_place() -> None:
    local = ModelConfig(base_url="http://127.0.0.1:8080/v1", is_named=False)
    assert shown_name(local) == "127.0.0.1:8080"
    assert shown_name(ModelConfig(name="mine", base_url="http://127.0.0.1:8080/v1")) == "mine"
    assert shown_name(ModelConfig(is_named=False)) == "gpt-5.2"


def test_the_command_asks_the_one_model_that_is_there(
    tmp_path: Path, server: ScriptedServer
) -> None:
    place = model_place(tmp_path, server.url)
    del place.environment["CODEASSIST_MODEL_NAME"]
    shown = place.run("docs", "shop.py", "--show-prompt")
    assert '"model": "scripted"' in shown.out
    assert server.bodies() == []
    server.enqueue(answer(DOCUMENTED))
    done = place.run("docs", "shop.py")
    assert "asking scripted at" in done.err
    assert "$" not in done.err  # what it costs is not known
    (body,) = server.bodies()
    assert body["model"] == "scripted"
