"""The text of one request on its way to a listener: secrets put back, and void when begun anew."""

from codeassist.llm.listener import Listener
from codeassist.llm.redaction import Redactor, Restoring


class Stream:
    """What one request's listener has been told. Outlives attempts and models."""

    def __init__(
        self, listener: Listener, index: int, redactor: Redactor, *, in_json: bool
    ) -> None:
        self._listener = listener
        self._index = index
        self._redactor = redactor
        self._in_json = in_json
        self._restoring = Restoring(redactor, in_json=in_json)
        self._is_shown = False
        self.characters = 0  # of the attempt that runs

    def begin(self, reason: str) -> None:
        """An attempt begins; what was told of an earlier one is void for this reason."""
        if self._is_shown:
            self._listener.void(self._index, reason)
        self._is_shown = False
        self.characters = 0
        self._restoring = Restoring(self._redactor, in_json=self._in_json)

    def feed(self, piece: str) -> None:
        """A piece of the answer has come."""
        self.characters += len(piece)
        self._tell(self._restoring.feed(piece))

    def end(self) -> None:
        """The attempt has its whole answer."""
        self._tell(self._restoring.rest())

    def waiting(self, seconds: float, reason: str) -> None:
        """Nothing is sent for so long."""
        self._listener.waiting(self._index, seconds, reason)

    def _tell(self, text: str) -> None:
        if text:
            self._is_shown = True
            self._listener.text(self._index, text)
