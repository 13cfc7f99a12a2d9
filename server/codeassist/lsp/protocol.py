"""The protocol under the server: pygls', where a hostile or early message is answered, not fatal.

What differs from pygls: bodies come from our transports; documents are kept by our own code (pygls
splits lines at characters at which editors do not, so its positions are wrong after one); a request
that cannot be understood is answered with an error; nothing is answered before `initialize` or
after `shutdown`; parameters of our own methods stay plain JSON; commands are cancelled as other
requests are; every handler sees the documents as they were when its message came.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Generator, Mapping
from contextvars import ContextVar
from typing import Any

import cattrs
from attrs import evolve
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from codeassist.lsp.client import looked_at
from codeassist.lsp.documents import Document, Documents

NOT_INITIALIZED = -32002
PARSE_ERROR = -32700
BUG = "this is a bug of codeassist: its log says more"
# The parameters themselves are not quoted: they may be anybody's code.
WRONG_PARAMETERS = "the parameters are not those of this message"
OWN = "codeassist/"
_ANY_TIME = frozenset({types.INITIALIZE, types.EXIT})

# The documents as they were when the message came that is being handled; None where there is none.
SEEN: ContextVar[Mapping[str, Document] | None] = ContextVar("documents", default=None)
Handled = Generator[Any, Any, None]
logger = logging.getLogger("codeassist.protocol")


class Protocol(LanguageServerProtocol):
    """LSP over one connection."""

    def __init__(self, server: LanguageServer, converter: cattrs.Converter) -> None:
        self.documents = Documents()
        self.on_exit: Callable[[int], None] = lambda code: None
        self._send: Callable[[bytes], None] | None = None
        self._was_initialized = False
        super().__init__(server, converter)

    # Coming in

    def connected(self, send: Callable[[bytes], None]) -> None:
        """From now on messages go out through `send`."""
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
        is_request = method is not None and "id" in data
        problem = self._problem(data)
        if problem:
            if is_request or method is None:
                self._refuse(message_id if _is_id(message_id) else None, *problem)
            return
        try:
            message = self.structure_message(data)
        except JsonRpcInvalidParams:
            self._not_understood(data)
            return
        try:
            SEEN.set(self.documents.current)
            self.handle_message(message)
        except Exception:
            logger.exception("could not handle %s", method)
            if is_request:
                self._refuse(message_id, types.ErrorCodes.InternalError, BUG)

    def _not_understood(self, data: Mapping[str, Any]) -> None:
        """Answer a request whose parameters are wrong; for other messages go on without them."""
        message_id, method = data.get("id"), data.get("method")
        if method is None:  # an answer: whoever waits for it has to know
            error = types.ResponseError(types.ErrorCodes.InvalidParams, "the answer makes no sense")
            self._handle_response(message_id, error=error)
        elif "id" in data:
            self._refuse(message_id, types.ErrorCodes.InvalidParams, WRONG_PARAMETERS)
        else:
            logger.warning("ignored %s: %s", method, WRONG_PARAMETERS)
            if method == types.TEXT_DOCUMENT_DID_CHANGE:
                self._lose(data.get("params"))

    def _lose(self, params: object) -> None:
        """Close a document whose change was not understood: nothing known of it is true now."""
        document = params.get("textDocument") if isinstance(params, Mapping) else None
        uri = document.get("uri") if isinstance(document, Mapping) else None
        if isinstance(uri, str):
            closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
            self._handle_notification(types.TEXT_DOCUMENT_DID_CLOSE, closed)

    def _problem(self, data: Mapping[str, Any]) -> tuple[int, str] | None:
        """Why a message cannot be looked at now."""
        method = data.get("method")
        is_id = _is_id(data.get("id", 0)) or method is None
        is_method = method is None or isinstance(method, str)
        if data.get("jsonrpc") != self.VERSION or not is_method or not is_id:
            return types.ErrorCodes.InvalidRequest, "this is no message of JSON-RPC 2.0"
        if method is None or method in _ANY_TIME:
            return None
        if not self._was_initialized:
            return NOT_INITIALIZED, "send initialize first"
        if self._shutdown:
            return types.ErrorCodes.InvalidRequest, "the server is shutting down"
        return None

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401
        """A message as lsprotocol's type; parameters of our own methods stay plain JSON.

        Raises JsonRpcInvalidParams for what does not fit.
        """
        method = data.get("method")
        if isinstance(method, str) and self.get_message_type(method) is None:
            params = data.get("params")
            if "id" in data:
                return JsonRPCRequestMessage(data["id"], method, self.VERSION, params)
            return JsonRPCNotification(method, self.VERSION, params)
        try:
            if method == types.INITIALIZE:
                params = {**data["params"]}
                params["capabilities"] = looked_at(params["capabilities"])
                data = {**data, "params": params}
            return super().structure_message(data)
        except Exception as error:
            raise JsonRpcInvalidParams from error

    def _handle_cancel_notification(self, msg_id: Any) -> None:  # noqa: ANN401
        """As pygls does, but only for requests of the client's, not for ours to it."""
        future = self._request_futures.get(msg_id) if _is_id(msg_id) else None
        if isinstance(future, asyncio.Future):
            super()._handle_cancel_notification(msg_id)

    def _handle_response(
        self,
        msg_id: Any,  # noqa: ANN401
        result: Any | None = None,  # noqa: ANN401
        error: types.ResponseError | None = None,
    ) -> None:
        """As pygls does, but for an answer that nobody waits for, or not any more."""
        future = self._request_futures.get(msg_id) if _is_id(msg_id) else None
        if future is None or isinstance(future, asyncio.Future):  # (the latter: its own request)
            return
        if future.cancelled():
            del self._request_futures[msg_id]
            return
        super()._handle_response(msg_id, result, error)

    # Going out

    def _send_data(self, data: Any) -> None:  # noqa: ANN401
        if self._send is None or not data:
            return
        try:
            # Half of a surrogate pair, which some readers refuse even as an escape, ends up as "?".
            body = json.dumps(
                data, default=self._serialize_message, separators=(",", ":"), ensure_ascii=False
            )
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
        """As pygls does, once, and whatever the client takes for a folder."""
        if self._was_initialized:
            raise JsonRpcInvalidRequest("initialize is sent once")
        self._was_initialized = True
        inner = super().lsp_initialize(evolve(params, root_uri=None, root_path=None))
        handler, _, named = next(inner)
        yield handler, (params,), named
        return (yield from inner)

    @lsp_method(types.EXIT)
    def lsp_exit(self, *arguments: Any) -> Handled:  # noqa: ANN401
        """End, with 0 only after a shutdown."""
        yield from ()
        self.on_exit(0 if self._shutdown else 1)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]
        self, params: types.ExecuteCommandParams
    ) -> Any:  # noqa: ANN401
        """A command as a coroutine of its own: pygls would go on with a cancelled one.

        It gets its first argument, an object, with the progress token of the request in it.
        """
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"there is no command {params.command}")
        argument = params.arguments[0] if params.arguments else {}
        if params.work_done_token is not None and isinstance(argument, Mapping):
            argument = {"workDoneToken": params.work_done_token, **argument}
        return await handler(argument)

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

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(
        self, params: types.DidChangeWorkspaceFoldersParams
    ) -> Handled:
        """Ours alone."""
        yield from self._ours(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, params)

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


def _is_id(value: object) -> bool:
    """Whether something can be the id of a request."""
    return isinstance(value, int | str) and not isinstance(value, bool)
