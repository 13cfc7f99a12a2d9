"""CA601: characters on added lines that a reader does not see, or that change how a line reads.

Goes by code points and their neighbours; `hidden_characters` says which have a use in writing. Code
is judged harder than text for people, where translations and typography need some of them. Does not
parse, so it speaks in every language, also where a file's language is not known.
"""

from collections.abc import Iterator

from codeassist.base.files import Document
from codeassist.base.findings import Finding, Severity
from codeassist.checks.check import Check, Review, found
from codeassist.checks.hidden_characters import Hidden, Kind, hidden_in, is_suspect
from codeassist.checks.paths import is_prose, is_test_data
from codeassist.vfs.generated import HEAD_BYTES, is_generated

MOST_IN_A_FILE = 20  # lines; a file with more is broken as a whole, and the first ones show how
SHOWN = 3  # code points that a message names
REMEDY = "delete it, or write it as an escape so that a reader sees it"
# What each kind does to a reader.
_EFFECTS = {
    Kind.DIRECTION: "this line reads in another order than it runs",
    Kind.TEXT: "the line carries text that nobody sees",
    Kind.BLANK: "two texts that differ look the same",
    Kind.CONTROL: "a terminal shows something else than the file holds",
}
_SEVERITIES = {Kind.DIRECTION: Severity.ERROR, Kind.TEXT: Severity.ERROR}


def run(review: Review) -> Iterator[Finding]:
    """One finding for each added line and kind that the base's file did not have."""
    for path, lines in review.added.items():
        review.token.check()
        document = review.head.document(path) if lines else None
        if document is None or (document.data.isascii() and not is_suspect(document.data)):
            continue
        if is_test_data(path) or is_generated(path, document.data[:HEAD_BYTES]):
            continue
        yield from _in_file(review, document, sorted(lines))


def _in_file(review: Review, document: Document, lines: list[int]) -> Iterator[Finding]:
    known = _old_lines(review, document.path)
    prose = is_prose(document.path)
    count = 0
    for number in lines:
        text = document.lines.line(number)
        # The guess of an encoding turns ordinary bytes into C1 controls.
        hidden = [] if text.strip() in known else hidden_in(text, prose=prose)
        kinds = dict.fromkeys(
            each.kind for each in hidden if not (document.lossy and each.kind is Kind.CONTROL)
        )
        for kind in kinds:
            yield _finding(review, document, number, [h for h in hidden if h.kind is kind])
        count += bool(kinds)
        if count == MOST_IN_A_FILE:
            return


def _old_lines(review: Review, path: str) -> frozenset[str]:
    """The base's lines of a file: a line that was only moved or indented is nothing new."""
    old = review.old_path.get(path)
    document = review.base.document(old) if old is not None else None
    if document is None:
        return frozenset()
    lines = document.lines
    return frozenset(lines.line(number).strip() for number in range(lines.line_count))


def _finding(review: Review, document: Document, number: int, hidden: list[Hidden]) -> Finding:
    first, last, kind = hidden[0], hidden[-1], hidden[0].kind
    text, at = document.lines.line(number), document.lines.line_start(number)
    start, end = (at + len(text[:column].encode()) for column in (first.column, last.column + 1))
    names = list(dict.fromkeys(f"`{each.name}`" for each in hidden))
    more = f" and {len(names) - SHOWN} others" if len(names) > SHOWN else ""
    times = f", {len(hidden)} in all" if len(hidden) > len(names) else ""
    return found(
        CHECK,
        review,
        document.path,
        start,
        end,
        f"hidden {', '.join(names[:SHOWN])}{more}{times}: {_EFFECTS[kind]}",
        subject=f"{kind.value} {names[0]}",
        remedy=REMEDY,
        severity=_SEVERITIES.get(kind, CHECK.severity),
    )


CHECK = Check(
    "CA601",
    "hidden-text",
    "Characters that hide text or change how it reads",
    Severity.WARNING,
    run,
    whole=run,
)
