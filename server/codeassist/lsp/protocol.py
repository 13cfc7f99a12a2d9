"""The protocol under the server: pygls', where a hostile or early message is answered, not fatal.

What differs from pygls: bodies come from our transports; documents are kept by our own code (pygls
splits lines at characters at which editors do not, so its positions are wrong after one); a request
that cannot be understood is answered with an error; nothing is answered before `initialize` or
after `shutdown`; parameters of our own methods stay plain JSON; every handler sees the documents as
they were when its message came.
"""

import json
import logging
from collections.abc import Callable, Generator, Mapping
from contextvars import ContextVar
from typing import Any

import cattrs
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from codeassist.lsp.documents import Document, Documents

NOT_INITIALIZED = -32002
PARSE_ERROR = -32700
BUG = "this is a bug of codeassist: its log says more"
OWN = "codeassist/"
_ANY_TIME = frozenset({types.INITIALIZE, types.EXIT})

# The documents as they were when the message came that is being handled.
SEEN: ContextVar[Mapping[str, Document]] = ContextVar("documents")
Handled = Generator[Any, Any, None]
logger = logging.getLogger("codeassist.protocol")


class Protocol(LanguageServerProtocol):
    """LSP over one connection."""

    def __init__(self, server: LanguageServer, converter: cattrs.Converter) -> None:
        self.documents = Documents()
        self.on_cancel: Callable[[Any], None] = lambda message_id: None
        self.on_exit: Callable[[int], None] = lambda code: None
        self._send: Callable[[bytes], None] | None = None
        self._was_initialized = False
        super().__init__(server, converter)

    # Coming in

    def connected(self, send: Callable[[bytes], None], is_framed: bool) -> None:
        """From now on messages go out through `send`, which frames them where that is needed."""
        self._send = send

    def receive(self, body: bytes) -> None:
        """Handle a message's body. Never raises."""
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            self._refuse(None, PARSE_ERROR, "this is not JSON")
            return
        if isinstance(data, dict):
            self._receive(data)
        else:
            self._refuse(None, types.ErrorCodes.InvalidRequest, "a message is a JSON object")

    def _receive(self, data: dict[str, Any]) -> None:
        message_id, method = data.get("id"), data.get("method")
        is_request = method is not None and message_id is not None
        problem = self._problem(data)
        if problem:
            if is_request or method is None:
                self._refuse(message_id, *problem)
            return
        try:
            message = self.structure_message(data)
            SEEN.set(self.documents.current)
            self.handle_message(message)
        except JsonRpcException as error:
            if is_request:
                self._refuse(message_id, types.ErrorCodes.InvalidParams, _reason(error))
            else:
                logger.warning("ignored %s: %s", method, _reason(error))
        except Exception:
            logger.exception("could not handle %s", method)
            if is_request:
                self._refuse(message_id, types.ErrorCodes.InternalError, BUG)

    def _problem(self, data: Mapping[str, Any]) -> tuple[int, str] | None:
        """Why a message cannot be looked at now."""
        method, message_id = data.get("method"), data.get("id")
        is_id = message_id is None or isinstance(message_id, int | str)
        if data.get("jsonrpc") != self.VERSION or not isinstance(method or "", str) or not is_id:
            return types.ErrorCodes.InvalidRequest, "this is no message of JSON-RPC 2.0"
        if method is None or method in _ANY_TIME:
            return None
        if not self._was_initialized:
            return NOT_INITIALIZED, "send initialize first"
        if self._shutdown:
            return types.ErrorCodes.InvalidRequest, "the server is shutting down"
        return None

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401
        """A message as lsprotocol's type; parameters of our own methods stay plain JSON."""
        method = data.get("method")
        if not isinstance(method, str) or self.get_message_type(method) is not None:
            return super().structure_message(data)
        params = data.get("params")
        if "id" in data:
            return JsonRPCRequestMessage(data["id"], method, self.VERSION, params)
        return JsonRPCNotification(method, self.VERSION, params)

    def _handle_cancel_notification(self, msg_id: Any) -> None:  # noqa: ANN401
        self.on_cancel(msg_id)
        super()._handle_cancel_notification(msg_id)

    # Going out

    def _send_data(self, data: Any) -> None:  # noqa: ANN401
        if self._send is None or not data:
            return
        try:
            body = json.dumps(data, default=self._serialize_message, separators=(",", ":"))
        except (TypeError, ValueError):
            logger.exception("could not write an answer")
            message_id = getattr(data, "id", None)
            if message_id is None:
                return
            error = types.ResponseError(types.ErrorCodes.InternalError, BUG)
            broken = types.ResponseErrorMessage(id=message_id, error=error)
            body = json.dumps(broken, default=self._serialize_message)
        self._send(body.encode("utf-8", "replace"))

    def _refuse(self, message_id: int | str | None, code: int, reason: str) -> None:
        error = {"code": int(code), "message": reason}
        self._send_data({"jsonrpc": self.VERSION, "id": message_id, "error": error})

    # What pygls does itself

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        """As pygls does, once."""
        if self._was_initialized:
            raise JsonRpcInvalidRequest("initialize is sent once")
        self._was_initialized = True
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.EXIT)
    def lsp_exit(self, *arguments: Any) -> Handled:  # noqa: ANN401
        """End, with 0 only after a shutdown."""
        yield from ()
        self.on_exit(0 if self._shutdown else 1)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Handled:
        """Ours alone."""
        yield from self._ours(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Handled:
        """Ours alone."""
        yield from self._ours(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Handled:
        """Ours alone."""
        yield from self._ours(types.TEXT_DOCUMENT_DID_CLOSE, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    def lsp_notebook_document__did_open(
        self, params: types.DidOpenNotebookDocumentParams
    ) -> Handled:
        """Ours alone."""
        yield from self._ours(types.NOTEBOOK_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def lsp_notebook_document__did_change(
        self, params: types.DidChangeNotebookDocumentParams
    ) -> Handled:
        """Ours alone."""
        yield from self._ours(types.NOTEBOOK_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def lsp_notebook_document__did_close(
        self, params: types.DidCloseNotebookDocumentParams
    ) -> Handled:
        """Ours alone."""
        yield from self._ours(types.NOTEBOOK_DOCUMENT_DID_CLOSE, params)

    def _ours(self, method: str, params: object) -> Handled:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None


def _reason(error: JsonRpcException) -> str:
    """An error in words; the parameters themselves may be anybody's code."""
    if isinstance(error, JsonRpcInvalidParams):
        return "the parameters are not those of this message"
    return error.message or "this message cannot be handled"
