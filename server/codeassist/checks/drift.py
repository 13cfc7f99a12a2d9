"""One way in which a function's documentation is wrong, as plain data."""

import re
from dataclasses import dataclass

from codeassist.base.findings import Severity


@dataclass(frozen=True, slots=True)
class Drift:
    """One mismatch: its bytes in the file, and what to say. `shown` is evidence in that file."""

    start: int
    end: int
    message: str
    subject: str
    remedy: str = ""
    shown: tuple[int, int] | None = None
    shows: str = ""
    severity: Severity = Severity.WARNING


def has_word(text: str, word: str) -> bool:
    """Whether a whole word stands in a text."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
