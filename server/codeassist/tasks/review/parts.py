"""The changed files as parts that fit into one request, and which of them come first.

Code goes before tests, tests before configuration, then texts for people, then what is generated:
so a limit of requests never lets documentation crowd out the program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from codeassist.base.changes import ChangeKind, Diff, FileChange, LineKind
from codeassist.checks.check import Review
from codeassist.checks.paths import is_prose, is_test, is_test_data
from codeassist.context.source import visible
from codeassist.context.tokens import Counter
from codeassist.prompts.library import fenced
from codeassist.tasks.review.passages import Passage, halves, passages_of, passages_text
from codeassist.vfs.generated import HEAD_BYTES, is_generated
from codeassist.vfs.secret_files import is_secret_file

LISTED = 200  # changed files that a model is told of by name
BY_NAME = "is generated, vendored or locked by its name"
SECRET = "is a file of secrets"


class Sort(IntEnum):
    """What a changed file is, in the order of attention."""

    CODE = 0
    TEST = 1
    OTHER = 2
    PROSE = 3
    DATA = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Passages of one changed file that are shown together, and the tokens of their listing."""

    path: str
    sort: Sort
    passages: tuple[Passage, ...]
    tokens: int
    is_new_file: bool = False


def parts_of(review: Review, counter: Counter, limit: int) -> list[Part]:
    """The parts of all changes that can be shown, in the order of attention.

    Each has at most `limit` tokens, as far as a single line allows.
    """
    made: list[Part] = []
    for change in review.diff.files:
        review.token.check()
        if not is_shown(change) or withheld(change):
            continue
        sort, is_new = sort_of(review, change), change.kind is ChangeKind.ADDED
        for passages in _groups(change, passages_of(review, change), counter, limit):
            tokens = counter.count(listing([(change, passages)]))
            made.append(Part(change.path, sort, passages, tokens, is_new))
    # A change of what is there breaks more than something new does.
    return sorted(made, key=lambda part: (part.sort, part.is_new_file, part.path))


def is_shown(change: FileChange) -> bool:
    """Whether a change has lines of a file that is still there."""
    return change.new_path is not None and bool(change.hunks) and not change.submodule


def withheld(change: FileChange) -> str:
    """Why no model is shown a change, "" if it is.

    Only names count: a notice in a file could be written by anybody, to keep it from being looked
    at.
    """
    if any(is_secret_file(path) for path in (change.old_path, change.new_path) if path):
        return SECRET
    return BY_NAME if is_generated(change.path, b"") else ""


def sort_of(review: Review, change: FileChange) -> Sort:
    """What a changed file is."""
    path = change.path
    document = review.head.document(path)
    if is_test_data(path) or (document and is_generated(path, document.data[:HEAD_BYTES])):
        return Sort.DATA
    if is_prose(path):
        return Sort.PROSE
    if review.head.language(path) is None:
        return Sort.OTHER
    return Sort.TEST if is_test(path) else Sort.CODE


def _groups(
    change: FileChange, passages: Sequence[Passage], counter: Counter, limit: int
) -> Iterator[tuple[Passage, ...]]:
    """Passages in groups of at most `limit` tokens; one that is too long is halved."""
    current: list[Passage] = []
    for passage in (piece for each in passages for piece in _fitting(change, each, counter, limit)):
        if current and counter.count(listing([(change, (*current, passage))])) > limit:
            yield tuple(current)
            current = []
        current.append(passage)
    if current:
        yield tuple(current)


def _fitting(
    change: FileChange, passage: Passage, counter: Counter, limit: int
) -> Iterator[Passage]:
    """A passage, or its halves as often as needed; what has no change in it is left out."""
    if len(passage.rows) < 2 or counter.count(listing([(change, (passage,))])) <= limit:
        yield passage
        return
    for half in halves(passage):
        if half.changed:
            yield from _fitting(change, half, counter, limit)


def listing(shown: Sequence[tuple[FileChange, Sequence[Passage]]]) -> str:
    """Changed lines of some files as Markdown, each file in a fence that it cannot close."""
    texts = (
        f"file: {visible(change.path)} ({_kind(change)})\n{passages_text(passages)}"
        for change, passages in shown
    )
    return "\n\n".join(map(fenced, texts))


def overview(diff: Diff) -> str:
    """All changed files, a line each, with how many lines each adds and removes."""
    lines = [f"{visible(each.path)} ({_kind(each)}{_size(each)})" for each in diff.files]
    more = len(lines) - LISTED
    return "\n".join([*lines[:LISTED], *([f"and {more} more"] if more > 0 else [])])


def _kind(change: FileChange) -> str:
    if change.kind in (ChangeKind.RENAMED, ChangeKind.COPIED) and change.old_path:
        return f"{change.kind.value} from {visible(change.old_path)}"
    return change.kind.value


def _size(change: FileChange) -> str:
    kinds = [line.kind for hunk in change.hunks for line in hunk.lines]
    added, removed = kinds.count(LineKind.ADDED), kinds.count(LineKind.REMOVED)
    return f", +{added} -{removed}" if added or removed else ""
