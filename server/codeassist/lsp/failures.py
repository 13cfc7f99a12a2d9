"""From our errors to LSP's: what happened in `message`, what to do about it in `data.remedy`.

Our own requests are answered so. Of any other an editor shows the message alone, and `in_one` puts
the remedy into it.
"""

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from codeassist.base.errors import CodeassistError, StaleError

NOTHING_DONE = "nothing was done, run it again"


class RequestError(JsonRpcException):
    """A request that is answered with an error on purpose."""


def failed(message: str, remedy: str = "") -> RequestError:
    """A request that failed, with a sentence for the user."""
    return RequestError(message, types.LSPErrorCodes.RequestFailed, {"remedy": remedy})


def apart(error: RequestError) -> RequestError:
    """The error as it is, for clients that know of the remedy."""
    return error


def in_one(error: RequestError) -> RequestError:
    """The error with its remedy in the message, for clients that show nothing else."""
    remedy = error.data.get("remedy") if isinstance(error.data, dict) else ""
    if not remedy:
        return error
    return RequestError(sentence(error.message, remedy), error.code, error.data)


def sentence(message: str, remedy: str = "") -> str:
    """What happened and what to do, as one line for people."""
    return f"{message}; {remedy}" if remedy else message


def invalid(message: str) -> RequestError:
    """Parameters that mean nothing."""
    return RequestError(message, types.ErrorCodes.InvalidParams)


def changed(path: str = "the file") -> RequestError:
    """A document that is no longer what the request was made for."""
    message = f"{path} changed meanwhile: {NOTHING_DONE}"
    return RequestError(message, types.LSPErrorCodes.ContentModified)


def cancelled() -> RequestError:
    """A request that was cancelled."""
    return RequestError("cancelled", types.LSPErrorCodes.RequestCancelled)


def of(error: CodeassistError) -> RequestError:
    """One of our own errors as an answer."""
    if isinstance(error, StaleError):
        return RequestError(f"{error.message}: {NOTHING_DONE}", types.LSPErrorCodes.ContentModified)
    return failed(error.message, error.remedy)
