"""How messages come and go: standard input and output, TCP, WebSocket.

Not pygls' own loops: a length of any size or a header that is none must not end the server, reading
must not go through a pool's threads line by line, and a client that does not read must not hold up
the event loop. Each transport takes bodies apart and hands them to the protocol; sending is a queue
with a thread of its own where writing can block.
"""

import asyncio
import queue
import re
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, Protocol

MAX_BODY = 256 * 1024 * 1024  # bytes; what claims to be more is no message of an editor
MAX_LINE = 8_192
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,12})[ \t]*\r?\n$", re.IGNORECASE)
_CHUNK = 1 << 20

Receive = Callable[[bytes], None]


class Endpoint(Protocol):
    """What a transport needs of the protocol."""

    def receive(self, body: bytes) -> None:
        """A message's body, in the event loop's thread."""
        ...

    def connected(self, send: Callable[[bytes], None], is_framed: bool) -> None:
        """From now on messages go out through `send`, with headers if they are framed."""
        ...


def body_of(stream: BinaryIO) -> bytes | None:
    """The next message's body of a blocking stream, None at its end.

    Lines that are no header are passed over until one is.
    """
    length = None
    while True:
        line = stream.readline(MAX_LINE)
        if not line:
            return None
        match = _LENGTH.match(line)
        if match is not None and int(match[1]) <= MAX_BODY:
            length = int(match[1])
        elif not line.strip() and length is not None:
            return _exactly(stream, length)


def framed(body: bytes) -> bytes:
    """A message with its header."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _exactly(stream: BinaryIO, length: int) -> bytes | None:
    parts: list[bytes] = []
    while length:
        part = stream.read(min(length, _CHUNK))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


async def serve_stdio(endpoint: Endpoint, stop: asyncio.Event) -> None:
    """Serve the client that started this process, until it closes its end or `stop` is set."""
    loop = asyncio.get_running_loop()
    outgoing: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    output, source = sys.stdout.buffer, sys.stdin.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not break the protocol

    def read() -> None:
        with suppress(OSError, ValueError):
            while (body := body_of(source)) is not None:
                loop.call_soon_threadsafe(endpoint.receive, body)
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(stop.set)

    def write() -> None:
        try:
            while body := outgoing.get():
                output.write(framed(body))
                output.flush()
        except (OSError, ValueError):  # the client is gone
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(stop.set)

    endpoint.connected(outgoing.put, True)
    writer = threading.Thread(target=write, name="writer", daemon=True)
    threading.Thread(target=read, name="reader", daemon=True).start()
    writer.start()
    await stop.wait()
    outgoing.put(b"")
    await asyncio.to_thread(writer.join, 1.0)  # what was answered last still goes out


async def serve_tcp(endpoint: Endpoint, stop: asyncio.Event, host: str, port: int) -> None:
    """Serve the first client that connects."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.close()  # one session, one client
        endpoint.connected(lambda body: writer.write(framed(body)), True)
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            while (body := await _next_body(reader)) is not None:
                endpoint.receive(body)
        stop.set()

    server = await asyncio.start_server(talk, host, port, limit=_CHUNK)
    _announce("tcp", server.sockets[0].getsockname())
    await stop.wait()
    server.close()


async def _next_body(reader: asyncio.StreamReader) -> bytes | None:
    length = None
    while True:
        line = await reader.readline()
        if not line:
            return None
        match = _LENGTH.match(line)
        if match is not None and int(match[1]) <= MAX_BODY:
            length = int(match[1])
        elif not line.strip() and length is not None:
            return await reader.readexactly(length)


async def serve_ws(endpoint: Endpoint, stop: asyncio.Event, host: str, port: int) -> None:
    """Serve the first client that connects; each message is one frame."""
    from websockets.asyncio.server import ServerConnection, serve

    taken = False

    async def talk(connection: ServerConnection) -> None:
        nonlocal taken
        if taken:
            await connection.close(1013, "this server has its client already")
            return
        taken = True
        outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        sender = asyncio.create_task(_send(connection, outgoing))
        endpoint.connected(outgoing.put_nowait, False)
        async for message in connection:
            endpoint.receive(message if isinstance(message, bytes) else message.encode())
        sender.cancel()
        stop.set()

    async with serve(talk, host, port, max_size=MAX_BODY) as server:
        _announce("ws", next(iter(server.sockets)).getsockname())
        await stop.wait()


async def _send(connection: object, outgoing: "asyncio.Queue[bytes]") -> None:
    while True:
        body = await outgoing.get()
        await connection.send(body.decode())  # type: ignore[attr-defined]


def _announce(kind: str, address: tuple[object, ...]) -> None:
    """Say where the server listens: whoever asked for port 0 has to be told."""
    host = f"[{address[0]}]" if ":" in str(address[0]) else address[0]
    sys.stderr.write(f"listening on {kind}://{host}:{address[1]}\n")
    sys.stderr.flush()
