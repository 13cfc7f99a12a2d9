"""Finds the functions that do the same as a given one, without parsing the repository.

The index gives the files that contain the rarest words of the body; their outlines give sizes and
numbers of calls; only what is left is brought into its normal form and compared.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname

from codeassist.base.symbols import CALLABLE_KINDS, Outline, Symbol
from codeassist.checks.bodies import Bodies, Body
from codeassist.checks.check import Review
from codeassist.checks.paths import is_test
from codeassist.index.view import View
from codeassist.vfs.generated import HEAD_BYTES, is_generated

MIN_BYTES = 100  # a body of so many tokens is longer than this
SIZE_FACTOR = 2.0  # other names change a body's size by less
FILTER_WORDS = 12  # longest words first: they are the rarest
FEW_FILES = 8  # so few are asked one by one
MAX_FILES_ASKED = 200  # a bound on time: 1 to 3 ms a file
_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "initialize", "constructor"})
_SELF_CONTAINED = frozenset(
    {"examples", "example", "samples", "demo", "demos", "docs", "migrations", "templates"}
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a view: its file, its index and symbol in the outline, its normal form."""

    path: str
    index: int
    symbol: Symbol
    outline: Outline
    body: Body


def is_worth(symbol: Symbol) -> bool:
    """Whether a symbol is a function large enough to compare, and no constructor."""
    if symbol.kind not in CALLABLE_KINDS or symbol.kind in ("constructor", "macro"):
        return False
    return symbol.end - symbol.body >= MIN_BYTES and symbol.name not in _CONSTRUCTORS


def is_compared(view: View, path: str) -> bool:
    """Whether a file is code that others may call."""
    if is_test(path) or not _SELF_CONTAINED.isdisjoint(path.split("/")[:-1]):
        return False
    document = view.document(path)
    return document is not None and not is_generated(path, document.data[:HEAD_BYTES])


def twins(
    review: Review, bodies: Bodies, new: Function, paths: Iterable[str]
) -> Iterator[Function]:
    """The functions of these files that do the same, and that a caller could use in its place."""
    calls = _between(_starts(new.outline), new.symbol.body, new.symbol.end)
    size = new.symbol.end - new.symbol.body
    for path in paths:
        outline = review.head.outline(path)
        if outline is None or bodies.files_asked > MAX_FILES_ASKED:
            continue
        starts: list[int] = []
        for index, symbol in enumerate(outline.symbols):
            other_size = symbol.end - symbol.body
            # Cheapest first: most are told apart by their sizes and their calls.
            if max(size, other_size) > SIZE_FACTOR * min(size, other_size):
                continue
            starts = starts or _starts(outline)
            if calls != _between(starts, symbol.body, symbol.end) or not is_worth(symbol):
                continue
            if (path, index) == (new.path, new.index) or not _comes_first(
                new, path, symbol, review
            ):
                continue
            body = bodies.body(path, index) if is_compared(review.head, path) else None
            if body is None or not _is_same(new.body, body):
                continue
            other = Function(path, index, symbol, outline, body)
            if not _is_variant(new, other):
                yield other


def _is_same(new: Body, old: Body) -> bool:
    """Whether two functions do the same. What their names mean costs most, and is asked last."""
    if not new.looks_like(old):
        return False
    return new.meanings == old.meanings


class Words:
    """Which files contain a word; the answers for whole repositories are remembered."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._paths: dict[str, frozenset[str]] = {}

    def candidates(self, new: Function) -> list[str]:
        """The files of the function's language that contain its body's words, sorted."""
        words = sorted(new.body.shape.words, key=lambda word: (-len(word), word))[:FILTER_WORDS]
        paths = self._with(words[0]) if words else frozenset()
        for word in words[1:]:
            if len(paths) > FEW_FILES:
                paths &= self._with(word)
            else:
                paths = frozenset(path for path in paths if self._view.has_word(path, word))
        return sorted(p for p in paths if self._view.language(p) == new.outline.language)

    def _with(self, word: str) -> frozenset[str]:
        if word not in self._paths:
            self._paths[word] = frozenset(self._view.with_word(word))
        return self._paths[word]


def _starts(outline: Outline) -> list[int]:
    """Where the calls of a file begin, ascending."""
    return sorted(call.start for call in outline.calls)


def _between(starts: list[int], start: int, end: int) -> int:
    """The number of calls in a function; their names may be its own parameters."""
    return bisect_left(starts, end) - bisect_left(starts, start)


def _comes_first(new: Function, path: str, symbol: Symbol, review: Review) -> bool:
    """Whether the other function is older, or before the new one where both are new."""
    document = review.head.document(path)
    lines = review.added.get(path, frozenset())
    if document is None or document.lines.line_of(symbol.name_start) not in lines:
        return True
    return (path, symbol.start) < (new.path, new.symbol.start)


def _is_variant(new: Function, other: Function) -> bool:
    """Whether the two are one function on purpose: overloads, platforms, classes' own methods."""
    same_name = new.outline.qualified(new.index) == other.outline.qualified(other.index)
    if same_name and new.path == other.path:
        return True
    if same_name and new.outline.language == "go" and dirname(new.path) == dirname(other.path):
        return True
    same_owner = new.body.owner == other.body.owner and new.path == other.path
    return new.body.shape.uses_self and not same_owner
