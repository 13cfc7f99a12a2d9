"""What documentation promises and a changed body no longer does: exceptions and results.

Both rules need the function as it was in the base, and speak only where nothing in the new body can
keep the promise in another way.
"""

import re
from collections.abc import Iterator

from codeassist.base.findings import Severity
from codeassist.checks.check import Review
from codeassist.checks.documented_functions import Function
from codeassist.checks.drift import Drift, has_word

_RAISE = re.compile(
    r"(?:^|[;:{}()]|\belse\b|->|=>)\s*(?:raise|throw)\s+(?:new\s+)?(?P<name>[A-Za-z_\\][\w.\\]*)",
    re.MULTILINE,
)
_STUB = re.compile(r"NotImplemented|abstract|\.\.\.\s*$|unreachable|todo!|panic\(", re.IGNORECASE)
_RESULT_LANGUAGES = frozenset(
    {"python", "javascript", "typescript", "tsx", "java", "php", "csharp"}
)
_NO_VALUE = frozenset({"None", "undefined"})


def not_raised(review: Review, now: Function, before: list[Function]) -> Iterator[Drift]:
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
        if name not in was or has_word(now.body, name) or _is_added_elsewhere(review, now, name):
            continue
        message = (
            f"the documentation of `{now.name}` says that it raises `{name}`; it no longer does"
        )
        start, end = now.place(entry.start, len(entry.name))
        yield Drift(
            start,
            end,
            message,
            name,
            "delete it from the documentation",
            severity=Severity.INFO,
        )


def not_returned(now: Function, before: list[Function]) -> Iterator[Drift]:
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
    message = f"the documentation of `{now.name}` describes a result, but it no longer returns one"
    start, end = now.place(at, len(now.doc_text[at:].split("\n", 1)[0].split()[0]))
    yield Drift(start, end, message, "returns", "delete it from the documentation")


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
        if document and any(has_word(document.lines.line(number), name) for number in lines):
            first, last = (document.lines.line_of(at) for at in now.doc)
            inside = path == now.path and all(first <= number <= last for number in lines)
            if not inside:
                return True
    return False
