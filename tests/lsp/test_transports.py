"""Real pipes and sockets: how sessions begin and end, and clients that behave badly."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import Place, check_refused
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from wire import Listener, Wire, end

SOON = 30.0  # seconds; for what takes two where nothing else runs
# More of the server's answers than any pipe or socket holds.
MANY = 6_000
LONG_ANSWER = ("codeassist/explain", {"code": "CA101"})


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"app.py": "x = 1\n"})


def leave(wire: Wire) -> int:
    """End a session as the protocol wants it; the exit code."""
    assert wire.code(wire.request("shutdown")) is None
    wire.notify("exit")
    return wire.ended(SOON)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_a_session_by_tcp(place: Place, host: str) -> None:
    if host == "[::1]" and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    with Listener.start(place, "tcp", host) as listener, Wire.connect(listener) as wire:
        assert wire.initialize()["result"]["serverInfo"]["name"] == "codeassist"
        assert wire.call("codeassist/status")["result"]
        assert leave(wire) == 0


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_second_client_by_tcp_is_turned_away(place: Place) -> None:
    with Listener.start(place, "tcp") as listener, Wire.connect(listener) as wire:
        wire.call("no/such/method")
        with pytest.raises(ConnectionRefusedError):
            Wire.connect(listener)
        assert wire.initialize()["result"]
        assert leave(wire) == 0


def test_who_only_knocks_does_not_end_the_server(place: Place) -> None:
    with Listener.start(place, "tcp") as listener:
        address = (listener.host, listener.port)
        with socket.create_connection(address):
            pass
        with socket.create_connection(address) as silent, socket.create_connection(address) as late:
            late.settimeout(SOON)
            assert late.recv(1) == b"", "the silent one was first"
            silent.close()
        for knocked in (b"GET / HTTP/1.1\r\n\r\n", _by_a_page(), b"OPTIONS * HTTP/1.0\r\n\r\n"):
            with socket.create_connection(address) as page:
                page.settimeout(SOON)
                page.sendall(knocked)
                assert page.recv(1) == b"", "a page in a browser gets no answer"
        with Wire.connect(listener) as wire:
            assert wire.initialize()["result"]
            assert leave(wire) == 0


def _by_a_page() -> bytes:
    """What any page can have a browser send to an address of this machine."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}).encode()
    head = b"POST / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


def test_a_tcp_client_that_is_gone_ends_the_server(place: Place) -> None:
    with Listener.start(place, "tcp") as listener, Wire.connect(listener) as wire:
        wire.initialize()
        wire.hang_up()
        assert wire.ended(SOON) == 1


@pytest.mark.parametrize("kind", ["tcp", "ws"])
def test_a_port_that_is_taken(place: Place, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = place.run("serve", f"--{kind}", f"127.0.0.1:{port}")
    check_refused(done, [f"cannot listen on 127.0.0.1:{port}"], ["port 0"])


def test_ctrl_c_ends_a_server_that_listens(place: Place) -> None:
    with Listener.start(place, "tcp") as listener:
        listener.process.send_signal(signal.SIGINT)
        assert listener.process.wait(SOON) == 130


# WebSocket


def call(connection: ClientConnection, method: str, params: Any = None) -> dict[str, Any]:
    connection.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
    while True:
        message: dict[str, Any] = json.loads(connection.recv(SOON))
        if message.get("id") == 1:
            return message


def address(listener: Listener) -> str:
    return f"ws://{listener.host}:{listener.port}"


BEGIN = {"processId": None, "rootUri": None, "capabilities": {}}


def test_a_session_by_websocket(place: Place) -> None:
    with Listener.start(place, "ws") as listener, connect(address(listener)) as connection:
        assert call(connection, "initialize", BEGIN)["result"]["serverInfo"]
        connection.send(b'{"jsonrpc": "2.0", "id": 2, "method": "no/such"}')
        assert json.loads(connection.recv(SOON))["error"]["code"] == -32601
        connection.send("no JSON")
        assert json.loads(connection.recv(SOON))["error"]["code"] == -32700
        assert call(connection, "shutdown")["result"] is None
        connection.send(json.dumps({"jsonrpc": "2.0", "method": "exit"}))
        assert listener.process.wait(SOON) == 0


def test_a_second_client_by_websocket_is_told_why(place: Place) -> None:
    with Listener.start(place, "ws") as listener, connect(address(listener)) as first:
        call(first, "initialize", BEGIN)
        with connect(address(listener)) as second:
            with pytest.raises(ConnectionClosed) as closed:
                second.recv(SOON)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1013
            assert "has its client already" in closed.value.rcvd.reason
        assert call(first, "codeassist/status")["result"]


@pytest.mark.parametrize("origin", ["https://example.org", "http://localhost.example.org", "null"])
def test_pages_of_other_sites_are_turned_away(place: Place, origin: str) -> None:
    with Listener.start(place, "ws") as listener:
        with pytest.raises(InvalidStatus) as refused:
            connect(address(listener), origin=origin)  # type: ignore[arg-type]
        assert refused.value.response.status_code == 403
        with connect(address(listener), origin="http://localhost:3000") as own:  # type: ignore[arg-type]
            assert call(own, "initialize", BEGIN)["result"]


def test_a_websocket_that_breaks_off_ends_the_server(place: Place) -> None:
    with Listener.start(place, "ws") as listener, connect(address(listener)) as connection:
        call(connection, "initialize", BEGIN)
        connection.socket.shutdown(socket.SHUT_RDWR)
        assert listener.process.wait(SOON) == 1


# Clients that do not read, and editors that die


@pytest.mark.parametrize("kind", ["stdio", "tcp"])
def test_a_client_that_does_not_read_holds_up_nothing(place: Place, kind: str) -> None:
    """Everything is taken in, and answered when the client comes round."""
    with _session(place, kind) as wire:
        wire.initialize()
        wire.may_read.clear()
        numbers = [wire.request(*LONG_ANSWER) for _ in range(MANY)]
        wire.open("untitled:a", "x = 1\n")
        wire.may_read.set()
        assert [wire.code(number) for number in numbers] == [None] * MANY
        assert "x = 1" in wire.call("codeassist/pack", {"uri": "untitled:a"})["result"]["text"]
        assert leave(wire) == 0


@pytest.mark.parametrize("kind", ["stdio", "tcp"])
def test_a_client_that_never_reads_again_does_not_keep_the_server(place: Place, kind: str) -> None:
    with _session(place, kind) as wire:
        wire.initialize()
        wire.may_read.clear()
        for _ in range(MANY):
            wire.request(*LONG_ANSWER)
        wire.request("shutdown")
        wire.notify("exit")
        try:
            assert wire.ended(SOON) == 0
        finally:
            wire.may_read.set()


class _session:
    """A session by one of the transports."""

    def __init__(self, place: Place, kind: str) -> None:
        if kind == "stdio":
            self.wire = Wire.start(place)
        else:
            self.wire = Wire.connect(Listener.start(place, kind))

    def __enter__(self) -> Wire:
        return self.wire.__enter__()

    def __exit__(self, *exception: object) -> None:
        self.wire.__exit__(*exception)


def test_the_editors_death_is_noticed(place: Place) -> None:
    """Though the pipe stays open: another process may have inherited it."""
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with Wire.start(place) as wire:
        wire.initialize(processId=editor.pid)
        assert wire.call("codeassist/status")["result"]
        end(editor)
        assert wire.ended(SOON) == 1


def test_an_editor_on_another_machine_is_not_missed(place: Place) -> None:
    """In a container, or through ssh, its process is not there from the start."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(SOON)
    with Wire.start(place) as wire:
        wire.initialize(processId=gone.pid)
        with pytest.raises(subprocess.TimeoutExpired):
            wire.ended(3.0)
        assert leave(wire) == 0


def test_exit_codes(place: Place) -> None:
    with Wire.start(place) as wire:
        wire.initialize()
        assert leave(wire) == 0
    with Wire.start(place) as wire:
        wire.initialize()
        wire.notify("exit")
        assert wire.ended(SOON) == 1
    with Wire.start(place) as wire:
        wire.initialize()
        wire.close_input()
        assert wire.ended(SOON) == 1
    with Wire.start(place) as wire:
        assert wire.initialize()["result"]
        assert wire.code(wire.request("shutdown")) is None
        wire.close_input()
        assert wire.ended(SOON) == 1, "an exit was to come"
