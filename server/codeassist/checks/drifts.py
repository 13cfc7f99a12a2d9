"""The ways in which a function's documentation drifts, each with its rule.

Compares one function with what it was in the base (`before`: several for overloads, none for a new
function). Whatever the base's documentation already had wrong is not repeated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from codeassist.base.findings import Severity
from codeassist.checks.check import Review
from codeassist.checks.documented_functions import Function, bare

NEAR = 0.6  # difflib's own cut-off
_RAISE = re.compile(
    r"(?:^|[;:{}()]|\belse\b|->|=>)\s*(?:raise|throw)\s+(?:new\s+)?(?P<name>[A-Za-z_\\][\w.\\]*)",
    re.MULTILINE,
)
_STUB = re.compile(r"NotImplemented|abstract|\.\.\.\s*$|unreachable|todo!|panic\(", re.IGNORECASE)
_RESULT_LANGUAGES = frozenset(
    {"python", "javascript", "typescript", "tsx", "java", "php", "csharp"}
)
_NO_VALUE = frozenset({"None", "undefined"})


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


def drifts(review: Review, now: Function, before: list[Function]) -> Iterator[Drift]:
    """Every mismatch that the diff introduces in one function."""
    renamed: set[str] = set()
    for drift, near in _unknown(now, before):
        renamed.add(near)
        yield drift
    yield from _undocumented(now, before, renamed)
    yield from _not_raised(review, now, before)
    yield from _not_returned(now, before)


def _unknown(now: Function, before: list[Function]) -> Iterator[tuple[Drift, str]]:
    """A documented name that is no parameter, with the parameter that it probably means."""
    known = {entry.name for each in before for entry in each.unknown()}
    once = {name for each in before for name in each.names}
    free = [bare(p) for p in now.documentable() if bare(p) not in now.documented_names]
    entries = [entry for entry in now.unknown() if entry.name not in known]
    for entry in entries:
        # More arguments than are named may be passed, and documented; unless it was a parameter.
        if now.is_open and (entry.name not in once or _has_word(now.body, entry.name)):
            continue
        new = [name for name in free if name not in once]
        near = get_close_matches(entry.name, free, 1, NEAR)
        if not near and len(entries) == 1 and len(new) == 1 and entry.name in once:
            near = new
        remedy = f"Rename it to `{near[0]}`." if near else "Delete it from the documentation."
        message = (
            f"The documentation of `{now.name}` describes `{entry.name}`, which is no parameter."
        )
        start, end = now.place(entry.start, len(entry.name))
        yield (
            Drift(start, end, message, entry.name, remedy, _signature(now), "the parameters"),
            near[0] if near else "",
        )


def _undocumented(now: Function, before: list[Function], renamed: set[str]) -> Iterator[Drift]:
    """A new parameter without documentation, where all the others have theirs."""
    if len(before) != 1 or not now.is_legible:
        return
    old = before[0]
    expected = {bare(each) for each in old.documentable()}
    if not expected or not expected <= set(old.documented_names):
        return
    told = {*now.documented_names, *renamed}
    missing = [each for each in now.documentable() if bare(each) not in told]
    if any(bare(each) in old.names or each.start < 0 for each in missing):
        return
    for each in missing:
        name = bare(each)
        message = f"The documentation of `{now.name}` describes every parameter except `{name}`."
        yield Drift(
            each.start,
            each.start + len(each.name.encode()),
            message,
            name,
            f"Describe `{name}`.",
            now.doc,
            "the documentation",
            Severity.INFO,
        )


def _not_raised(review: Review, now: Function, before: list[Function]) -> Iterator[Drift]:
    """A documented exception whose only `raise` the diff takes away.

    Silent as soon as the body calls or raises anything that it did not before: that may raise it.
    """
    if len(before) != 1 or not now.says.raises:
        return
    old = before[0]
    was, is_now = _raised(old.body), _raised(now.body)
    if is_now - was or _calls(now) - _calls(old):
        return
    for entry in now.says.raises:
        name = re.split(r"[.\\:]", entry.name)[-1]
        if name not in was or _has_word(now.body, name) or _is_added_elsewhere(review, now, name):
            continue
        message = (
            f"The documentation of `{now.name}` says that it raises `{name}`; it no longer does."
        )
        start, end = now.place(entry.start, len(entry.name))
        yield Drift(
            start,
            end,
            message,
            name,
            "Delete it from the documentation.",
            severity=Severity.INFO,
        )


def _not_returned(now: Function, before: list[Function]) -> Iterator[Drift]:
    """A documented result of a function that had one and has none left."""
    at = now.says.returns
    if at is None or len(before) != 1 or now.outline.language not in _RESULT_LANGUAGES:
        return
    braces = now.outline.language != "python"
    if braces and not (now.body.startswith("{") and before[0].body.startswith("{")):
        return  # an arrow's or an expression's body is its result
    if now.symbol.body >= now.symbol.end or _STUB.search(now.body):
        return
    if not _results(before[0]) or _results(now):
        return
    message = f"The documentation of `{now.name}` describes a result, but it no longer returns one."
    start, end = now.place(at, len(now.doc_text[at:].split("\n", 1)[0].split()[0]))
    yield Drift(start, end, message, "returns", "Delete it from the documentation.")


def _signature(function: Function) -> tuple[int, int]:
    symbol = function.symbol
    return symbol.start, symbol.body


def _results(function: Function) -> set[str]:
    return set(function.detail.results.get(function.index, ())) - _NO_VALUE


def _raised(body: str) -> set[str]:
    return {re.split(r"[.\\]", match["name"])[-1] for match in _RAISE.finditer(body)}


def _calls(function: Function) -> set[str]:
    symbol = function.symbol
    calls = function.outline.calls
    return {each.name for each in calls if symbol.body <= each.start < symbol.end}


def _is_added_elsewhere(review: Review, now: Function, name: str) -> bool:
    """Whether the diff mentions the exception on a line that it adds anywhere else."""
    for path, lines in review.added.items():
        document = review.head.document(path)
        if document and any(_has_word(document.lines.line(number), name) for number in lines):
            first, last = (document.lines.line_of(at) for at in now.doc)
            inside = path == now.path and all(first <= number <= last for number in lines)
            if not inside:
                return True
    return False


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
