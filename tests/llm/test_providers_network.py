"""Connections: trust, proxies, silence, cancellation. Real sockets, nothing simulated."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from provider_calls import KEY, REQUEST, call, config_for, failed, replied
from scripted_openai import ScriptedServer, answer, hang, stream

from codeassist.base.model_errors import CertificateError, UnreachableError
from codeassist.llm.config import ModelConfig
from codeassist.llm.providers import make
from codeassist.llm.providers.shared.connection import trust

BOTH = pytest.mark.parametrize("provider", ["openai", "compatible"])
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXIES, *map(str.lower, PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    trust.cache_clear()


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that nobody trusts, for this machine, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    pair = (str(folder / "certificate.pem"), str(folder / "key.pem"))
    line = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    command = [*line.split(), *names, "-out", pair[0], "-keyout", pair[1]]
    subprocess.run(command, check=True, capture_output=True)
    return pair


def test_a_certificate_that_is_not_trusted_is_said_so_and_can_be_trusted(
    certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(certificate=certificate) as server:
        server.enqueue(answer("ok"))
        found = failed(config_for(server, "compatible"))
        assert type(found) is CertificateError
        assert "trust store" in found.remedy
        assert "SSL_CERT_FILE" in found.remedy
        assert server.bodies() == []
        # The remedy works.
        monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
        assert replied(config_for(server, "compatible")).text == "ok"


def test_https_to_a_server_without_it_is_explained(server: ScriptedServer) -> None:
    address = server.url.replace("http://", "https://")
    found = failed(config_for(server, "compatible", base_url=address))
    assert type(found) is UnreachableError
    assert "http://" in found.remedy


def test_https_proxies_of_the_environment_are_used(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.root)
    found = failed(ModelConfig("m", base_url="https://model.invalid/v1", key=KEY))
    assert type(found) is UnreachableError
    assert "HTTPS_PROXY" in found.remedy
    (received,) = server.requests()
    assert received.method == "CONNECT"
    assert received.headers["host"].startswith("model.invalid")
    assert KEY not in str(received)


def test_http_proxies_and_exceptions_from_them(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.enqueue(answer("through"), answer("past"))
    monkeypatch.setenv("HTTP_PROXY", server.root)
    assert replied(ModelConfig("m", base_url="http://model.invalid/v1")).text == "through"
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert replied(config_for(server, "compatible")).text == "past"


def test_a_server_that_is_not_there_is_said_so() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = failed(ModelConfig("m", base_url=f"http://127.0.0.1:{port}/v1"))
    assert type(found) is UnreachableError
    assert "runs" in found.remedy


def test_a_host_that_is_not_known_is_said_so() -> None:
    # .invalid never resolves (RFC 2606).
    found = failed(ModelConfig("m", base_url="http://model.invalid/v1"))
    assert type(found) is UnreachableError
    assert "not known" in found.message


@BOTH
def test_silence_is_limited_before_the_answer(server: ScriptedServer, provider: str) -> None:
    server.enqueue(hang())
    found = failed(config_for(server, provider, timeout_seconds=1))
    assert type(found) is UnreachableError
    assert "timeout_seconds" in found.remedy
    assert server.closed_early()


def test_silence_is_limited_within_the_answer(server: ScriptedServer) -> None:
    chunk = 'data: {"choices":[{"delta":{"content":"a"}}]}\n\n'
    server.enqueue(stream(chunk, breaks="hang"))
    called = call(config_for(server, "compatible", timeout_seconds=1))
    assert type(called.error) is UnreachableError
    assert called.pieces == ("a",)
    assert "timeout_seconds" in called.error.remedy


def test_a_long_answer_is_not_silence(server: ScriptedServer) -> None:
    # Five pieces, each within the limit, together beyond it.
    server.enqueue(answer("abcde", pieces=5, piece_delay=0.3))
    assert replied(config_for(server, "compatible", timeout_seconds=1)).text == "abcde"


@BOTH
def test_cancelling_closes_the_connection(server: ScriptedServer, provider: str) -> None:
    server.enqueue(answer("x" * 100, pieces=100, piece_delay=0.1))

    async def run() -> int:
        pieces: list[str] = []
        begun = asyncio.Event()

        def on_text(piece: str) -> None:
            pieces.append(piece)
            begun.set()

        made = make(config_for(server, provider))
        task = asyncio.create_task(made.complete(REQUEST, on_text))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # Closed by the cancellation itself, not by `close`.
        assert await asyncio.to_thread(server.closed_early)
        await made.close()
        return len(pieces)

    assert 0 < asyncio.run(run()) < 100


def test_cancelling_before_the_answer_closes_the_connection(server: ScriptedServer) -> None:
    server.enqueue(hang())

    async def run() -> None:
        made = make(config_for(server, "compatible"))
        task = asyncio.create_task(made.complete(REQUEST, lambda piece: None))
        await asyncio.to_thread(server.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.closed_early)
        await made.close()

    asyncio.run(run())


def test_an_error_of_whoever_listens_is_theirs_and_closes_the_connection(
    server: ScriptedServer,
) -> None:
    server.enqueue(answer("x" * 100, pieces=100, piece_delay=0.1))

    def on_text(piece: str) -> None:
        raise ZeroDivisionError

    async def run() -> None:
        made = make(config_for(server, "compatible"))
        with pytest.raises(ZeroDivisionError):
            await made.complete(REQUEST, on_text)
        assert await asyncio.to_thread(server.closed_early)
        await made.close()

    asyncio.run(run())


def test_a_provider_works_in_one_event_loop_after_the_other(server: ScriptedServer) -> None:
    server.enqueue(answer("one"), answer("two"))
    made = make(config_for(server, "compatible"))

    async def run() -> str:
        reply = await made.complete(REQUEST, lambda piece: None)
        await made.close()
        return reply.text

    assert [asyncio.run(run()), asyncio.run(run())] == ["one", "two"]


def test_many_requests_at_once_do_not_mix(server: ScriptedServer) -> None:
    server.enqueue(*[answer(str(n), pieces=1, delay=0.02) for n in range(8)])

    async def run() -> list[tuple[str, str]]:
        made = make(config_for(server, "compatible"))

        async def one() -> tuple[str, str]:
            pieces: list[str] = []
            reply = await made.complete(REQUEST, pieces.append)
            return reply.text, "".join(pieces)

        found = await asyncio.gather(*[one() for _ in range(8)])
        await made.close()
        return found

    found = asyncio.run(run())
    assert all(text == streamed for text, streamed in found)
    assert sorted(text for text, _ in found) == [str(n) for n in range(8)]


def test_a_body_is_made_without_the_sdk() -> None:
    server = Path(__file__).parents[2] / "server"
    code = (
        "import sys\n"
        "from codeassist.base.messages import Message, ModelRequest, Role\n"
        "from codeassist.llm.config import ModelConfig\n"
        "from codeassist.llm.providers import make\n"
        "request = ModelRequest('docs', (Message(Role.USER, 'x'),))\n"
        "for name in ('openai', 'compatible', 'azure'):\n"
        "    make(ModelConfig(provider=name, base_url='http://h')).body(request)\n"
        "print('openai' in sys.modules, 'httpx2' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=server, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("False False", "")
