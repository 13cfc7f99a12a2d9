"""Why a model could not be asked, or gave no answer that can be used: one error a remedy.

    ModelError (CodeassistError)   4
    ├── NoModelError               no key and no address are set, or everything is to stay offline
    ├── AuthenticationError        the key is missing, wrong or not allowed to use the model
    ├── QuotaError                 the account has no money or quota left: waiting does not help
    ├── RateLimitError             too many requests or tokens for now
    ├── SpendingLimitError         a limit that the user has set
    ├── TooLongError               more tokens than the model takes
    ├── ModelNotFoundError         the address knows no such model, or is no model's address
    ├── UnreachableError           no connection, or one that broke; a time-out
    │   └── CertificateError       the connection is not trusted
    ├── RejectedError              the server takes the request for wrong
    ├── ServerError                the server failed
    └── AnswerError                there is an answer, but it is of no use
        ├── TruncatedError         it was cut off at the limit for output
        ├── RefusedError           the model declined
        ├── FilteredError          a content filter took it
        ├── EmptyAnswerError       there is no text in it
        └── SchemaError            it does not have the form that was asked for

None of them ever holds a key. `TRANSIENT` are those after which another model may be tried.
"""

from codeassist.base.errors import CodeassistError
from codeassist.base.messages import Usage

EXIT_MODEL = 4


class ModelError(CodeassistError):
    """A model could not be asked, or gave no answer that can be used."""

    exit_code = EXIT_MODEL


class NoModelError(ModelError):
    """No model is set up, or everything is to stay on this machine."""


class AuthenticationError(ModelError):
    """The key is missing, wrong, or may not use this model."""


class QuotaError(ModelError):
    """The account has no money or quota left. Never retried."""


class RateLimitError(ModelError):
    """Too many requests or tokens for now. `retry_after` is in seconds, None if not said."""

    def __init__(self, message: str, remedy: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, remedy)
        self.retry_after = retry_after


class SpendingLimitError(ModelError):
    """The request would go over a limit that the user has set."""


class TooLongError(ModelError):
    """The request has more tokens than the model takes.

    `limit` is the most that it takes and `asked` what was sent, None where they are not known.
    """

    def __init__(
        self,
        message: str,
        remedy: str = "",
        limit: int | None = None,
        asked: int | None = None,
    ) -> None:
        super().__init__(message, remedy)
        self.limit = limit
        self.asked = asked


class ModelNotFoundError(ModelError):
    """The address knows no such model, or is not the address of a model."""


class UnreachableError(ModelError):
    """There is no connection, or it broke, or nothing came for too long."""


class CertificateError(UnreachableError):
    """The connection is not trusted: the proxy's or server's certificate is not known here."""


class RejectedError(ModelError):
    """The server takes the request for wrong, for a reason that no other error names."""


class ServerError(ModelError):
    """The server failed."""


class AnswerError(ModelError):
    """There is an answer, but it is of no use. `usage` is what it took, None if not said."""

    def __init__(self, message: str, remedy: str = "", usage: Usage | None = None) -> None:
        super().__init__(message, remedy)
        self.usage = usage


class TruncatedError(AnswerError):
    """The answer was cut off at the limit for output. `text` is what there is of it."""

    def __init__(
        self, message: str, remedy: str = "", usage: Usage | None = None, text: str = ""
    ) -> None:
        super().__init__(message, remedy, usage)
        self.text = text


class RefusedError(AnswerError):
    """The model declined to answer."""


class FilteredError(AnswerError):
    """A content filter took the answer or the question."""


class EmptyAnswerError(AnswerError):
    """There is no text in the answer."""


class SchemaError(AnswerError):
    """The answer does not have the form that was asked for."""


TRANSIENT: tuple[type[ModelError], ...] = (
    QuotaError,
    RateLimitError,
    UnreachableError,
    ServerError,
    ModelNotFoundError,
    AuthenticationError,
)
