"""A finding's fix as whole lines of one file, which is how review sites take suggested changes.

None where a site could not show the fix as it is: one that touches several files or another file
than the finding, a new file, lines that are not all in one hunk of the diff, characters that a
reader does not see. Whatever is applied with one click must be what is read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from codeassist.base.edits import FileEdit, TextEdit
from codeassist.base.files import decode
from codeassist.base.findings import Finding
from codeassist.base.text import LineIndex
from codeassist.render.escape import code_fence, visible

MAX_LINES = 50  # of a suggestion, before or after; more is read better as a diff


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What comes in the place of the lines from `first` to `last`, 1-based and both included.

    `lines` have no endings; none at all means that the old ones are deleted.
    """

    first: int
    last: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines with line feeds between them; "" for none."""
        return "\n".join(self.lines)


def suggestion(
    finding: Finding, inside: Collection[int], also: Sequence[int] = ()
) -> Suggestion | None:
    """A finding's fix as lines. `inside` are the 1-based lines of the new file in the diff.

    `also` are lines that the suggestion has to hold too: those that a comment stands at.
    """
    fix, where = finding.fix, finding.location
    if fix is None or not fix.is_verified or where.old or len(fix.files) != 1:
        return None
    (file,) = fix.files
    if file.path != where.path or file.before is None or not file.edits:
        return None
    made = _as_lines(file, also)
    numbers = range(made.first, made.last + 1)
    if len(numbers) > MAX_LINES or len(made.lines) > MAX_LINES:
        return None
    # Lines that follow each other and are all in the diff are in one hunk.
    if not all(number in inside for number in numbers):
        return None
    return made if is_plain(made.text) else None


def _as_lines(file: FileEdit, also: Sequence[int]) -> Suggestion:
    assert file.before is not None, "asked for files that exist alone"
    document = decode(file.path, file.before)
    lines, first, last = document.lines, *_touched(document.lines, file.edits)
    for number in also:
        first, last = min(first, number - 1), max(last, number - 1)
    text = _replaced(lines, file.edits, first, last)
    while text and not text.endswith(b"\n") and last + 1 < lines.line_count:
        last += 1  # an edit took the line's ending away, so the next line is joined to it
        text = _replaced(lines, file.edits, first, last)
    shown = text.decode("utf-8", "surrogateescape")
    made = tuple(line.removesuffix("\r") for line in shown.removesuffix("\n").split("\n"))
    return Suggestion(first + 1, last + 1, made if text else ())


def _touched(lines: LineIndex, edits: Sequence[TextEdit]) -> tuple[int, int]:
    """The first and the last line, 0-based, that edits replace or insert something in."""
    final = max(0, lines.line_count - 1)  # what is added after the last line feed belongs to it
    first = min(final, lines.line_of(edits[0].start))
    end = edits[-1]
    return first, min(final, lines.line_of(end.end - 1 if end.end > end.start else end.end))


def _replaced(lines: LineIndex, edits: Sequence[TextEdit], first: int, last: int) -> bytes:
    """The bytes of some whole lines, with their endings, after the edits."""
    at, end = lines.line_start(first), lines.line_start(last + 1)
    parts: list[bytes] = []
    for edit in edits:
        parts += (lines.data[at : edit.start], edit.text.encode("utf-8", "surrogateescape"))
        at = edit.end
    return b"".join((*parts, lines.data[at:end]))


def is_plain(text: str) -> bool:
    """Whether a text of several lines is shown by any reader as what it is."""
    shown = text.replace("\r\n", "\n").replace("\n", " ").replace("\t", " ")
    return visible(shown) == shown


def block(suggested: Suggestion) -> str:
    """A suggestion as the block that GitHub offers to apply, in a fence that it cannot close."""
    return "\n".join(code_fence(list(suggested.lines), "suggestion"))
