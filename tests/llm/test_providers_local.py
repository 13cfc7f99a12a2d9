"""A real model behind a real server, started as `model serve` starts it. Structure, not wording."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from local_model import LocalModel, weights
from provider_calls import call, failed

from codeassist.base.errors import ConfigurationError
from codeassist.base.messages import AnswerSchema, Message, ModelRequest, Role
from codeassist.base.model_errors import TooLongError, TruncatedError, UnreachableError
from codeassist.llm import local
from codeassist.llm.config import ModelConfig
from codeassist.llm.provider import OfferedModel
from codeassist.llm.providers import make

CONTEXT = 1_024
SCHEMA = AnswerSchema(
    "verdict",
    {
        "type": "object",
        "properties": {
            "kind": {"type": "string", "enum": ["bug", "fine"]},
            "line": {"type": "integer", "minimum": 1, "maximum": 99},
        },
        "required": ["kind", "line"],
        "additionalProperties": False,
    },
)
REQUEST = ModelRequest(
    "bugs",
    (Message(Role.SYSTEM, "You find bugs."), Message(Role.USER, "x = 1 / 0")),
    SCHEMA,
    max_output_tokens=200,
)
STORY = replace(
    REQUEST, messages=(Message(Role.USER, "Tell a long story."),), schema=None, max_output_tokens=64
)


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def config(model: LocalModel) -> ModelConfig:
    return ModelConfig(model.name, base_url=model.url)


def test_an_answer_is_held_to_the_schema_and_streamed(config: ModelConfig) -> None:
    called = call(config, REQUEST)
    assert called.reply
    data = json.loads(called.reply.text)
    assert data.keys() == {"kind", "line"}
    assert data["kind"] in ("bug", "fine")
    assert 1 <= data["line"] <= 99
    assert len(called.pieces) > 1
    assert "".join(called.pieces) == called.reply.text
    assert called.reply.usage.input > 0
    assert called.reply.usage.output > 0
    assert called.reply.notes == ()


def test_the_model_is_listed_by_the_name_of_its_file_with_its_window(config: ModelConfig) -> None:
    async def run() -> tuple[OfferedModel, ...]:
        provider = make(config)
        try:
            return await provider.models()
        finally:
            await provider.close()

    assert asyncio.run(run()) == (OfferedModel(weights().stem, CONTEXT),)


def test_more_than_the_context_is_too_long_and_the_limit_is_known(config: ModelConfig) -> None:
    long = replace(REQUEST, messages=(Message(Role.USER, "word " * 2 * CONTEXT),))
    found = failed(config, long)
    assert isinstance(found, TooLongError)
    assert found.limit == CONTEXT
    assert found.asked is not None
    assert found.asked > 2 * CONTEXT


def test_an_answer_that_is_cut_off_is_no_answer(config: ModelConfig) -> None:
    found = failed(config, replace(STORY, max_output_tokens=16))
    assert isinstance(found, TruncatedError)
    assert "16" in found.message


def test_cancelling_frees_the_server(config: ModelConfig) -> None:
    endless = replace(STORY, max_output_tokens=900)

    async def run() -> str:
        provider = make(config)
        for _ in range(local.PARALLEL + 1):  # more than the server answers at once
            begun = asyncio.Event()
            task = asyncio.create_task(provider.complete(endless, lambda piece, b=begun: b.set()))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        reply = await provider.complete(REQUEST, lambda piece: None)
        await provider.close()
        return reply.text

    assert json.loads(asyncio.run(run())).keys() == {"kind", "line"}


def test_a_server_that_dies_in_mid_answer_is_unreachable() -> None:
    with LocalModel(CONTEXT) as dying:
        config = ModelConfig(dying.name, base_url=dying.url)

        async def run() -> None:
            provider = make(config)
            request = replace(STORY, max_output_tokens=900)
            try:
                await provider.complete(request, lambda piece: dying.kill())
            finally:
                await provider.close()

        with pytest.raises(UnreachableError):
            asyncio.run(run())


def test_it_ends_cleanly_when_it_is_told_to() -> None:
    with LocalModel(CONTEXT) as running:
        assert running.stop() == 0


def test_it_ends_at_once_while_it_writes() -> None:
    with LocalModel(CONTEXT) as running:
        ended: list[int] = []

        def end(piece: str) -> None:
            if not ended:
                ended.append(running.stop())

        async def run() -> None:
            provider = make(ModelConfig(running.name, base_url=running.url))
            try:
                await provider.complete(replace(STORY, max_output_tokens=900), end)
            finally:
                await provider.close()

        with pytest.raises(UnreachableError):
            asyncio.run(run())
        assert ended == [0]


def never(address: str, name: str) -> None:
    raise AssertionError(address, name)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    for content in (b"", b"GGU", b"PK\x03\x04 not a model"):
        path.write_bytes(content)
        with pytest.raises(ConfigurationError, match="GGUF"):
            local.serve(path, 0, CONTEXT, never)
    with pytest.raises(ConfigurationError, match="No such file"):
        local.serve(tmp_path / "missing.gguf", 0, CONTEXT, never)
    with pytest.raises(ConfigurationError, match="directory"):
        local.serve(tmp_path, 0, CONTEXT, never)


def test_a_port_that_is_in_use_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind((local.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=str(port)) as caught:
            local.serve(weights(), port, CONTEXT, never)
    assert "--port" in caught.value.remedy


def test_a_model_that_llama_cannot_load_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    command = [sys.executable, "-m", "codeassist.llm.local", str(path), "--port", "0"]
    folder = Path(local.__file__).parents[2]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ConfigurationError) as caught:
        local.serve(weights(), 0, CONTEXT, never)
    assert caught.value.remedy == "pip install 'codeassist[local]'"
