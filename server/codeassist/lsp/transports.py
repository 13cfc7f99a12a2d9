"""How messages come and go: standard input and output, TCP, WebSocket.

Not pygls' own loops: whatever comes must not end the server, reading must not go through a pool's
threads line by line, and a client that does not read must not hold up the event loop. Each
transport hands bodies to the protocol; sending is a queue with a thread of its own where writing
can block.

Addresses on this machine can be reached by any page in the user's browser. A page that comes by
HTTP, or by WebSocket from a foreign site, is turned away before it can say anything.
"""

import asyncio
import io
import os
import queue
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from codeassist.base.errors import UsageError
from codeassist.lsp.frames import MAX_BODY, Frames, framed

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

LAST_WORDS_SECONDS = 1.0  # for what was answered last to go out when the server ends
_CHUNK = 1 << 20
_HTTP = re.compile(rb"[A-Z]+ \S* HTTP/1")
_OWN_PAGES = re.compile(r"(?:https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?|vscode-.*)")
_BUSY = "this server has its client already"


class Endpoint(Protocol):
    """What a transport needs of the protocol."""

    def receive(self, body: bytes) -> None:
        """A message's body, in the event loop's thread."""
        ...

    def connected(self, send: Callable[[bytes], None]) -> None:
        """From now on bodies go out through `send`."""
        ...


async def serve_stdio(endpoint: Endpoint, stop: asyncio.Event) -> None:
    """Serve the client that started this process, until it closes its end or `stop` is set."""
    loop = asyncio.get_running_loop()
    outgoing: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    source, output = _own_pipes()

    def read() -> None:
        frames = Frames()
        with suppress(OSError, ValueError, RuntimeError):  # the last: the loop has ended
            while chunk := source.read1(_CHUNK):
                for body in frames.feed(chunk):
                    loop.call_soon_threadsafe(endpoint.receive, body)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)

    def write() -> None:
        try:
            while body := outgoing.get():
                output.write(framed(body))
                output.flush()
        except (OSError, ValueError):  # the client is gone
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(stop.set)

    endpoint.connected(outgoing.put)
    writer = threading.Thread(target=write, name="writer", daemon=True)
    threading.Thread(target=read, name="reader", daemon=True).start()
    writer.start()
    await stop.wait()
    outgoing.put(b"")
    await asyncio.to_thread(writer.join, LAST_WORDS_SECONDS)


def _own_pipes() -> tuple[io.BufferedReader, io.BufferedWriter]:
    """Input and output for this process alone.

    Whatever a library or a program that is started here reads or prints must not break the
    protocol: it gets nothing, and standard error. Nor may one that lives on keep the pipes open.
    """
    source, output = os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return open(source, "rb"), open(output, "wb")


async def serve_tcp(endpoint: Endpoint, stop: asyncio.Event, host: str, port: int) -> None:
    """Serve the first client that connects and says something; who comes later is turned away."""
    is_taken = False
    ends: list[asyncio.StreamWriter] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal is_taken
        if is_taken:
            writer.close()
            return
        is_taken = True
        with suppress(OSError):
            chunk = await reader.read(_CHUNK)
            if not chunk or _HTTP.match(chunk):  # somebody tried the port, or a browser
                is_taken = False
                writer.close()
                return
            server.close()
            ends.append(writer)
            frames = Frames()
            endpoint.connected(lambda body: writer.write(framed(body)))
            while chunk:
                for body in frames.feed(chunk):
                    endpoint.receive(body)
                chunk = await reader.read(_CHUNK)
        stop.set()

    with _listening(host, port):
        server = await asyncio.start_server(talk, host, port)
    _announce("tcp", server.sockets[0].getsockname())
    await stop.wait()
    server.close()
    for writer in ends:
        writer.close()
        with suppress(OSError, TimeoutError):
            await asyncio.wait_for(writer.wait_closed(), LAST_WORDS_SECONDS)


async def serve_ws(endpoint: Endpoint, stop: asyncio.Event, host: str, port: int) -> None:
    """Serve the first client that connects; each message is one frame."""
    from websockets.asyncio.server import serve
    from websockets.exceptions import ConnectionClosed

    is_taken = False
    outgoing: asyncio.Queue[bytes] = asyncio.Queue()
    senders: list[asyncio.Task[None]] = []

    async def talk(connection: "ServerConnection") -> None:
        nonlocal is_taken
        if is_taken:
            await connection.close(1013, _BUSY)
            return
        is_taken = True
        senders.append(asyncio.create_task(_send(connection, outgoing)))
        endpoint.connected(outgoing.put_nowait)
        with suppress(ConnectionClosed):
            async for message in connection:
                endpoint.receive(message if isinstance(message, bytes) else message.encode())
        stop.set()

    origins = (None, _OWN_PAGES)  # None: no page, but a program
    with _listening(host, port):
        server = await serve(talk, host, port, max_size=MAX_BODY, origins=origins)
    async with server:
        _announce("ws", next(iter(server.sockets)).getsockname())
        await stop.wait()
        outgoing.put_nowait(b"")
        with suppress(TimeoutError, ConnectionClosed):
            await asyncio.wait_for(asyncio.gather(*senders), LAST_WORDS_SECONDS)


async def _send(connection: "ServerConnection", outgoing: "asyncio.Queue[bytes]") -> None:
    while body := await outgoing.get():
        await connection.send(body.decode())


@contextmanager
def _listening(host: str, port: int) -> Iterator[None]:
    try:
        yield
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"cannot listen on {host}:{port}: {reason}", "use port 0, for any that is free"
        ) from error


def _announce(kind: str, address: tuple[object, ...]) -> None:
    """Say where the server listens: whoever asked for port 0 has to be told."""
    host = f"[{address[0]}]" if ":" in str(address[0]) else address[0]
    sys.stderr.write(f"listening on {kind}://{host}:{address[1]}\n")
    sys.stderr.flush()
