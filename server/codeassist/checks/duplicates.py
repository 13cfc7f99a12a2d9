"""CA202: new functions that repeat the body of one that the repository already has.

Compares normal forms (`bodies`), within one language. To find the few functions that can match
without parsing the repository, it asks the index for files that contain the rarest words of the new
body, and compares sizes and called names in their outlines.

Silent on tests, examples and generated files, constructors, overloads and small bodies; on methods
that use their own object where the other one has another class; and on what the diff only moves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import CALLABLE_KINDS, Outline, Symbol
from codeassist.checks.bodies import Bodies, Body
from codeassist.checks.check import Check, Review, found, place
from codeassist.checks.paths import is_test
from codeassist.index.view import View
from codeassist.vfs.generated import HEAD_BYTES, is_generated

# Measured in tokens, punctuation included: five or six plain statements. Shorter bodies are idioms
# (a guard, a delegation, a loop that appends) and repeat without anybody copying.
MIN_TOKENS = 40
MIN_LINES = 4
MIN_BYTES = 100  # a body of so many tokens is longer than this
SIZE_FACTOR = 2.0  # other names change a body's size by less
ADDED_PART = 0.8  # of a body's lines, so that a renamed function is not taken for a new one
FILTER_WORDS = 12  # longest words first: they are the rarest
FEW_FILES = 8  # so few are asked one by one
MAX_PARSED_FILES = 60  # a bound on time: 1 to 3 ms a file
MAX_FINDINGS_A_FILE = 3  # a file that was copied whole is one remark, not twenty
_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "initialize", "constructor"})
_SELF_CONTAINED = frozenset(
    {"examples", "example", "samples", "demo", "demos", "docs", "migrations", "templates"}
)


@dataclass(frozen=True, slots=True)
class _Function:
    """A function of a view: its file, its index and symbol in the outline, its normal form."""

    path: str
    index: int
    symbol: Symbol
    outline: Outline
    body: Body


def run(review: Review) -> Iterator[Finding]:
    """One finding for each new function that repeats another."""
    bodies, words = Bodies(review.head_values.names), _Words(review.head)
    reported: dict[str, list[_Function]] = {}
    for new in _new_functions(review, bodies):
        review.token.check()
        if bodies.parsed_files > MAX_PARSED_FILES:
            return
        done = reported.setdefault(new.path, [])
        inside = any(d.symbol.start <= new.symbol.start < d.symbol.end for d in done)
        if inside or len(done) >= MAX_FINDINGS_A_FILE:
            continue
        old = next(_twins(review, bodies, new, words.candidates(new)), None)
        if old is not None and not _is_moved(review, new):
            done.append(new)
            yield _finding(review, new, old)


def _finding(review: Review, new: _Function, old: _Function) -> Finding:
    start = new.symbol.name_start
    end = start + len(new.symbol.name.encode())
    other = old.outline.qualified(old.index)
    where = place(review.head, old.path, old.symbol.start, old.symbol.end)
    line = where.span.start_line + 1
    name = new.symbol.name
    return found(
        CHECK,
        review,
        new.path,
        start,
        end,
        f"`{name}` does exactly what `{other}` in {old.path}:{line} already does.",
        subject=other,
        evidence=[Evidence(f"`{other}` has the same body", where)],
        remedy=f"Call `{other}` instead, or move the code to a place that both can use.",
    )


def _new_functions(review: Review, bodies: Bodies) -> Iterator[_Function]:
    """The functions that the diff adds and that are worth comparing, in the order of the diff."""
    for path, lines in review.added.items():
        outline = review.head.outline(path) if lines else None
        if outline is None or not _is_compared(review.head, path):
            continue
        document = review.head.document(path)
        old_path = review.old_path.get(path)
        before = review.base.outline(old_path) if old_path else None
        known = {before.qualified(i) for i in range(len(before.symbols))} if before else set()
        for index, symbol in enumerate(outline.symbols):
            if document is None or not _is_worth(symbol) or outline.qualified(index) in known:
                continue
            first, last = (document.lines.line_of(at) for at in (symbol.body, symbol.end - 1))
            inside = sum(first <= line <= last for line in lines)
            span = last - first + 1
            if span < MIN_LINES or inside < ADDED_PART * span:
                continue
            body = bodies.body(path, index)
            if body is not None and len(body.tokens) >= MIN_TOKENS:
                yield _Function(path, index, symbol, outline, body)


def _is_worth(symbol: Symbol) -> bool:
    if symbol.kind not in CALLABLE_KINDS or symbol.kind in ("constructor", "macro"):
        return False
    return symbol.end - symbol.body >= MIN_BYTES and symbol.name not in _CONSTRUCTORS


def _is_compared(view: View, path: str) -> bool:
    """Whether a file is code that others may call."""
    if is_test(path) or not _SELF_CONTAINED.isdisjoint(path.split("/")[:-1]):
        return False
    document = view.document(path)
    return document is not None and not is_generated(path, document.data[:HEAD_BYTES])


def _twins(
    review: Review, bodies: Bodies, new: _Function, paths: Iterable[str]
) -> Iterator[_Function]:
    """The functions of these files that do the same, and that a caller could use in its place."""
    calls = _calls(new.outline, new.symbol)
    size = new.symbol.end - new.symbol.body
    for path in paths:
        outline = review.head.outline(path)
        if outline is None or bodies.parsed_files > MAX_PARSED_FILES:
            continue
        for index, symbol in enumerate(outline.symbols):
            other_size = symbol.end - symbol.body
            if not _is_worth(symbol) or max(size, other_size) > SIZE_FACTOR * min(size, other_size):
                continue
            if (path, index) == (new.path, new.index) or not _comes_first(
                new, path, symbol, review
            ):
                continue
            if sum(calls.values()) != sum(_calls(outline, symbol).values()):
                continue
            body = bodies.body(path, index) if _is_compared(review.head, path) else None
            if body is None or not _is_same(new.body, body):
                continue
            other = _Function(path, index, symbol, outline, body)
            if not _is_variant(new, other):
                yield other


def _is_same(new: Body, old: Body) -> bool:
    """Whether two functions do the same. What their names mean costs most, and is asked last."""
    if (new.tokens, new.signature) != (old.tokens, old.signature):
        return False
    return new.meanings == old.meanings


class _Words:
    """Which files contain a word; the answers for whole repositories are remembered."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._paths: dict[str, frozenset[str]] = {}

    def candidates(self, new: _Function) -> list[str]:
        """The files of the function's language that contain its body's words, sorted."""
        words = sorted(new.body.words, key=lambda word: (-len(word), word))[:FILTER_WORDS]
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


def _calls(outline: Outline, symbol: Symbol) -> Counter[str]:
    return Counter(c.name for c in outline.calls if symbol.body <= c.start < symbol.end)


def _comes_first(new: _Function, path: str, symbol: Symbol, review: Review) -> bool:
    """Whether the other function is older, or before the new one where both are new."""
    document = review.head.document(path)
    lines = review.added.get(path, frozenset())
    if document is None or document.lines.line_of(symbol.name_start) not in lines:
        return True
    return (path, symbol.start) < (new.path, new.symbol.start)


def _is_variant(new: _Function, other: _Function) -> bool:
    """Whether the two are one function on purpose: overloads, platforms, classes' own methods."""
    same_name = new.outline.qualified(new.index) == other.outline.qualified(other.index)
    if same_name and new.path == other.path:
        return True
    if same_name and new.outline.language == "go" and dirname(new.path) == dirname(other.path):
        return True
    same_owner = new.body.owner == other.body.owner and new.path == other.path
    return new.body.uses_self and not same_owner


def _is_moved(review: Review, new: _Function) -> bool:
    """Whether the base had this body in a function that the diff takes away."""
    bodies = Bodies(review.base_values.names)
    for change in review.diff.files:
        outline = review.base.outline(change.old_path) if change.old_path else None
        if outline is None or change.old_path is None or outline.language != new.outline.language:
            continue
        now = review.head.outline(change.new_path) if change.new_path else None
        left = {now.qualified(i) for i in range(len(now.symbols))} if now else set()
        for index, symbol in enumerate(outline.symbols):
            if not _is_worth(symbol) or outline.qualified(index) in left:
                continue
            body = bodies.body(change.old_path, index)
            if body is not None and body.tokens == new.body.tokens:
                return True
    return False


CHECK = Check(
    "CA202",
    "duplicate-function",
    "New functions that repeat an existing one",
    Severity.INFO,
    run,
)
