"""Who listens while models answer: what comes in, what is void again, and why it takes long."""

from typing import Protocol


class Listener(Protocol):
    """Hears of the requests of one batch as they are answered; `index` is the request's place.

    Called from the event loop's thread; must not block or raise.
    """

    def text(self, index: int, piece: str) -> None:
        """A piece of the answer. Secrets are put back already."""
        ...

    def void(self, index: int, reason: str) -> None:
        """The text so far counts for nothing; the answer begins anew."""
        ...

    def waiting(self, index: int, seconds: float, reason: str) -> None:
        """Nothing is sent for so long, and why."""
        ...

    def done(self, index: int) -> None:
        """The request is answered, or has failed."""
        ...


class Silent:
    """A listener that does nothing, and what other listeners may begin from."""

    def text(self, index: int, piece: str) -> None:
        """Ignore it."""

    def void(self, index: int, reason: str) -> None:
        """Ignore it."""

    def waiting(self, index: int, seconds: float, reason: str) -> None:
        """Ignore it."""

    def done(self, index: int) -> None:
        """Ignore it."""
