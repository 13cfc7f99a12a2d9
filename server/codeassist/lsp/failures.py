"""From our errors to LSP's: what happened in `message`, what to do about it in `data.remedy`."""

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeassist.base.errors import CodeassistError, StaleError

CHANGED = "the file changed meanwhile: nothing was done, run it again"


class RequestError(JsonRpcException):
    """A request that is answered with an error on purpose."""


def failed(message: str, remedy: str = "") -> RequestError:
    """A request that failed, with a sentence for the user."""
    text = f"{message}; {remedy}" if remedy else message
    return RequestError(text, types.LSPErrorCodes.RequestFailed, {"remedy": remedy})


def invalid(message: str) -> RequestError:
    """Parameters that mean nothing."""
    return RequestError(message, types.ErrorCodes.InvalidParams)


def changed() -> RequestError:
    """A document that is no longer what the request was made for."""
    return RequestError(CHANGED, types.LSPErrorCodes.ContentModified)


def cancelled() -> RequestError:
    """A request that was cancelled."""
    return RequestError("cancelled", types.LSPErrorCodes.RequestCancelled)


def of(error: CodeassistError) -> RequestError:
    """One of our own errors as an answer."""
    return changed() if isinstance(error, StaleError) else failed(error.message, error.remedy)
