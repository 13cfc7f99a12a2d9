"""The painter for pipes, files and CI logs: no colour, no wrapping, ASCII punctuation.

Each finding is announced on one line, `path:line:column: severity code name: message`, which grep,
editors' error lists and CI problem matchers can read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.render.code_frame import Row, plain_lines
from codeassist.render.escape import log_safe
from codeassist.render.paint import Heading, Line, Role

_FRAME_INDENT = 2
_GUTTER = 12  # indent, sign, a line number of up to five digits, bar and blanks


@dataclass(frozen=True, slots=True)
class PlainPainter:
    """Writes pieces as they are; NAME gets its backticks back."""

    width: int

    @property
    def frame_width(self) -> int:
        """The cells that a code line may take inside a frame."""
        return self.width - _GUTTER

    def heading(self, heading: Heading) -> list[str]:
        """One line for the whole finding."""
        rule = f"{heading.severity.label} {heading.code} {heading.name}".rstrip()
        return [log_safe(f"{heading.place.text}: {rule}: {_joined(heading.message)}")]

    def paragraph(self, line: Line, indent: int) -> list[str]:
        """One line, never wrapped."""
        return [log_safe(f"{' ' * indent}{_joined(line)}".rstrip())]

    def frame(self, rows: Sequence[Row], tone: Role) -> list[str]:
        """An ASCII code frame; a `-` marks lines of the base."""
        sign = "-" if tone is Role.BEFORE else ">"
        return [" " * _FRAME_INDENT + line for line in plain_lines(tuple(rows), sign)]


def _joined(line: Line) -> str:
    return "".join(f"`{piece.text}`" if piece.role is Role.NAME else piece.text for piece in line)
