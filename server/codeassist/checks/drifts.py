"""The ways in which a function's documentation drifts, each with its rule.

Compares one function with what it was in the base (`before`: several for overloads, none for a new
function). Whatever the base's documentation already had wrong is not repeated.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from codeassist.base.findings import Severity
from codeassist.checks.body_drifts import not_raised, not_returned
from codeassist.checks.check import Review
from codeassist.checks.documented_functions import Function, bare
from codeassist.checks.drift import Drift, has_word

NEAR = 0.6  # difflib's own cut-off


def drifts(review: Review, now: Function, before: list[Function]) -> Iterator[Drift]:
    """Every mismatch that the diff introduces in one function."""
    renamed: set[str] = set()
    for drift, near in _unknown(now, before):
        renamed.add(near)
        yield drift
    yield from _undocumented(now, before, renamed)
    yield from not_raised(review, now, before)
    yield from not_returned(now, before)


def _unknown(now: Function, before: list[Function]) -> Iterator[tuple[Drift, str]]:
    """A documented name that is no parameter, with the parameter that it probably means."""
    known = {entry.name for each in before for entry in each.unknown()}
    once = {name for each in before for name in each.names}
    free = [bare(p) for p in now.documentable() if bare(p) not in now.documented_names]
    entries = [entry for entry in now.unknown() if entry.name not in known]
    for entry in entries:
        # More arguments than are named may be passed, and documented; unless it was a parameter.
        if now.is_open and (entry.name not in once or has_word(now.body, entry.name)):
            continue
        new = [name for name in free if name not in once]
        near = get_close_matches(entry.name, free, 1, NEAR)
        if not near and len(entries) == 1 and len(new) == 1 and entry.name in once:
            near = new
        remedy = f"rename it to `{near[0]}`" if near else "delete it from the documentation"
        message = (
            f"the documentation of `{now.name}` describes `{entry.name}`, which is no parameter"
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
        message = f"the documentation of `{now.name}` describes every parameter except `{name}`"
        yield Drift(
            each.start,
            each.start + len(each.name.encode()),
            message,
            name,
            f"describe `{name}`",
            now.doc,
            "the documentation",
            Severity.INFO,
        )


def _signature(function: Function) -> tuple[int, int]:
    symbol = function.symbol
    return symbol.start, symbol.body
