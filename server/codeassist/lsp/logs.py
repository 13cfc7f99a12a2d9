"""The server's log: to standard error, which editors show, and without secrets.

The libraries log whole messages, with code and initialization options in them: they are kept to
warnings, and every line goes through the patterns that redaction uses.
"""

import logging
import sys

from codeassist.base.secret_patterns import SUSPECT, vendor_patterns

LOGGER = "codeassist"


class _Masking(logging.Formatter):
    """Masks what looks like a credential, and the keys that are known to be some."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self.keys: set[str] = set()

    def format(self, record: logging.LogRecord) -> str:
        """A record's line or lines."""
        text = super().format(record)
        for key in self.keys:
            text = text.replace(key, "[key]")
        if SUSPECT.search(text):
            for _, pattern in vendor_patterns():
                text = pattern.sub("[secret]", text)
        return text


_FORMATTER = _Masking()


def set_up(level: int) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_FORMATTER)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(LOGGER).setLevel(level)
    # Its warnings and tracebacks quote the parameters of messages.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)


def hide(key: str) -> None:
    """Never write a key to the log."""
    if key:
        _FORMATTER.keys.add(key)
