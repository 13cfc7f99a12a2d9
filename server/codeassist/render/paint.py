"""Painted text: pieces with a role, and what a painter must do with them.

Roles say what a piece is, never what it looks like: a painter for pipes ignores them, a painter for
terminals has a style for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from codeassist.base.findings import Severity
from codeassist.render.code_frame import Row
from codeassist.render.escape import split_code, visible


class Role(Enum):
    """What a piece of text is."""

    PLAIN = auto()
    ERROR = auto()
    WARNING = auto()
    INFO = auto()
    GOOD = auto()
    PLACE = auto()
    CODE = auto()
    NAME = auto()
    LABEL = auto()
    QUIET = auto()
    BEFORE = auto()


SEVERITY_ROLES = {
    Severity.ERROR: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.INFO: Role.INFO,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line. It is escaped already; `link` is an address or None."""

    text: str
    role: Role = Role.PLAIN
    link: str | None = None


Line = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Heading:
    """The first lines of a finding, all text escaped already."""

    severity: Severity
    code: str
    name: str
    place: Piece
    message: Line


class Painter(Protocol):
    """Turns pieces into lines of output without line feeds."""

    @property
    def frame_width(self) -> int:
        """The cells that a code line may take inside a frame."""
        ...

    def heading(self, heading: Heading) -> list[str]:
        """The lines that open a finding."""
        ...

    def paragraph(self, line: Line, indent: int) -> list[str]:
        """A line, wrapped where the output has a width."""
        ...

    def frame(self, rows: Sequence[Row], tone: Role) -> list[str]:
        """A code frame; `tone` colours its mark."""
        ...


def message_pieces(message: str) -> list[Piece]:
    """A message as pieces: its backticked names are NAME, without their backticks."""
    return [
        Piece(visible(text), Role.NAME if is_code else Role.PLAIN)
        for text, is_code in split_code(message)
    ]
