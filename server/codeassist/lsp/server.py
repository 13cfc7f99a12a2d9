"""Builds the server, registers what the tables name, and serves until the client is done."""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
)
from pygls.lsp.server import LanguageServer

from codeassist import __version__
from codeassist.base.errors import CodeassistError
from codeassist.base.processes import lives
from codeassist.lsp import logs
from codeassist.lsp.capabilities import NOTEBOOKS, is_offered, options_of
from codeassist.lsp.client import client_of
from codeassist.lsp.converter import tolerant
from codeassist.lsp.failures import RequestError, apart, cancelled, in_one, of
from codeassist.lsp.lanes import WasCancelled
from codeassist.lsp.lifecycle import begin
from codeassist.lsp.messages import COMMANDS, NOTIFICATIONS, REQUESTS
from codeassist.lsp.protocol import BUG, OWN, Protocol
from codeassist.lsp.session import LOGGER, Session
from codeassist.lsp.tokens import token_of
from codeassist.lsp.transports import serve_stdio, serve_tcp, serve_ws

NAME = "codeassist"
SWITCH_SECONDS = 0.001  # how long the event loop waits for a lane that computes; Python's is 0.005
PARENT_SECONDS = 2.0  # between two looks at whether the editor's process still lives
# Errors that are answers: what the client asked cannot be done, and nothing is broken.
_MEANT = (RequestError, JsonRpcInvalidParams, JsonRpcInvalidRequest, JsonRpcMethodNotFound)
Handler = Callable[[Session, Any], Awaitable[Any]]
Telling = Callable[[RequestError], RequestError]


@dataclass(frozen=True, slots=True)
class Transport:
    """Where the client is: "stdio", or "tcp" or "ws" at a host and port."""

    kind: str = "stdio"
    host: str = ""
    port: int = 0


class Server(LanguageServer):
    """pygls' server with our protocol. Errors that nobody waits for are logged, not popped up."""

    def __init__(self) -> None:
        super().__init__(
            NAME,
            __version__,
            notebook_document_sync=NOTEBOOKS,
            protocol_cls=Protocol,
            converter_factory=tolerant,
        )

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401
        """Into the log, unless it is an answer that was meant."""
        if not isinstance(error, _MEANT):
            LOGGER.error("%s", error, exc_info=error)


def serve(transport: Transport, level: int = logging.WARNING) -> int:
    """Serve one client until it says exit, closes its end, or its process dies; the exit code."""
    logs.set_up(level)
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    return asyncio.run(_serve(transport))


async def _serve(transport: Transport) -> int:
    server, stop = Server(), asyncio.Event()
    protocol = server.protocol
    assert isinstance(protocol, Protocol)
    session = Session(server, protocol.documents)
    code = 1  # an end without `exit` is none that was asked for

    def end(wanted: int) -> None:
        nonlocal code
        code = wanted
        stop.set()

    protocol.on_exit = end

    def watch(process: int) -> None:
        # Whoever connects from elsewhere has its processes elsewhere; its connection ends with it.
        if transport.kind == "stdio":
            session.spawn(_watch_parent(process, stop))

    _register(server, session, watch)
    try:
        if transport.kind == "tcp":
            await serve_tcp(protocol, stop, transport.host, transport.port)
        elif transport.kind == "ws":
            await serve_ws(protocol, stop, transport.host, transport.port)
        else:
            await serve_stdio(protocol, stop)
    finally:
        session.close()
    return code


def _register(server: Server, session: Session, watch: Callable[[int], None]) -> None:
    """What is there from the first message on; the rest is registered when the client is known."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        session.client = client_of(params, server.workspace.position_encoding or "utf-16")
        begin(session, params)
        for method in REQUESTS:
            if is_offered(method, session.client):
                telling = apart if method.startswith(OWN) else in_one
                server.feature(method, options_of(method, session.client))(
                    _request(session, REQUESTS[method], telling)
                )
        for method, module in NOTIFICATIONS.items():
            server.feature(method, options_of(method, session.client))(
                _notification(session, module)
            )
        protocol = server.protocol
        assert isinstance(protocol, Protocol)
        for name, module in COMMANDS.items():
            protocol.fm.commands[name] = _request(session, module, in_one)
        if params.process_id is not None:
            watch(params.process_id)

    # (To a parameter that is annotated as `object` pygls would give the server itself.)
    @server.feature(types.SHUTDOWN)
    def shutdown(params: Any) -> None:  # noqa: ANN401
        session.close()


def _request(session: Session, module: str, telling: Telling) -> Callable[[Any], Awaitable[Any]]:
    """A request's handler with errors as LSP's; its module is imported when it is first called."""

    handle: Handler | None = None

    async def request(params: Any) -> Any:  # noqa: ANN401
        nonlocal handle
        forget = session.begun(token_of(params))
        try:
            if handle is None:  # an import would hold up the loop
                handle = (await asyncio.to_thread(import_module, module)).handle
            return await handle(session, params)
        except RequestError as error:
            raise telling(error) from None
        except JsonRpcException as error:  # what the client answered to a request of ours
            raise RequestError(error.message, types.LSPErrorCodes.RequestFailed) from None
        except CodeassistError as error:
            raise telling(of(error)) from None
        except WasCancelled:
            raise cancelled() from None
        except Exception:
            LOGGER.exception("a request broke: %s", module)
            raise RequestError(BUG, types.ErrorCodes.InternalError) from None
        finally:
            forget()

    return request


def _notification(session: Session, module: str) -> Callable[[Any], None]:
    def notification(params: Any) -> None:  # noqa: ANN401
        try:
            import_module(module).handle(session, params)
        except Exception:
            LOGGER.exception("a notification broke: %s", module)

    return notification


async def _watch_parent(process: int, stop: asyncio.Event) -> None:
    """Stop when the editor's process is gone. (On Windows its end closes our input, which does.)

    One that is not there from the start is another machine's, or another container's.
    """
    if os.name != "posix" or process <= 0 or not lives(process):
        return
    while lives(process):
        await asyncio.sleep(PARENT_SECONDS)
    LOGGER.warning("the editor's process has ended")
    stop.set()
