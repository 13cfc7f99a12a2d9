"""CA101: something that the diff removes or renames is still used elsewhere.

Speaks where a name is proved to be gone: the use resolved to the removed definition in the base,
and resolves to nothing in the new state.
"""

from collections.abc import Iterator, Mapping

from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.base.symbols import TOP, Outline, Use
from codeassist.checks.check import MAX_PLACES, Check, Review, found, place
from codeassist.checks.leftovers import Leftovers
from codeassist.checks.removed_fixtures import injected, removed_fixtures
from codeassist.checks.surface import Removed, removed
from codeassist.checks.uses import Sought, Stale, in_base, meaning, places
from codeassist.checks.vanished import is_vanished
from codeassist.index.found import MISSING, OPAQUE, Definition, Found, Module
from codeassist.index.syntax import is_guarded

# A member's name that stands in more files than these is a common word. It is looked for only where
# its class is named too, since each file in which it is costs milliseconds.
COMMON = 100


def run(review: Review) -> Iterator[Finding]:
    """The stale uses, one finding for each removed symbol and file that still uses it."""
    gone = {
        Definition(each.path, symbol): each
        for each in removed(review)
        for symbol in (each.symbol, *each.members)
    }
    by_file: dict[tuple[str, Removed], list[Stale]] = {}
    for stale, each in _stale(review, gone):
        by_file.setdefault((stale.path, each), []).append(stale)
    for (path, each), uses in by_file.items():
        imports = [use for use in uses if use.imported]
        if imports and _is_optional(review, imports[0]):
            continue
        yield _report(review, path, each, imports or uses, uses)


def _stale(review: Review, gone: Mapping[Definition, Removed]) -> Iterator[tuple[Stale, Removed]]:
    """Every place that used a removed symbol and finds nothing now."""
    every = list(dict.fromkeys(gone.values()))
    leftovers = Leftovers(review, every)
    for stale in places(review, _words(review, gone), _any_use):
        now = meaning(review.head_values, stale.path, stale)
        if now is MISSING:
            each = _lost(in_base(review, stale), gone)
            if each and not leftovers.is_supplied_below(stale, each):
                yield stale, each
        elif now is OPAQUE:
            each = leftovers.of(stale)
            if each is None and is_vanished(review, stale):
                each = _lost(in_base(review, stale), gone)
            if each:
                yield stale, each
    yield from injected(review, removed_fixtures(review, every))


def _lost(before: Found | None, gone: Mapping[Definition, Removed]) -> Removed | None:
    """The removed thing that a place meant in the base."""
    if isinstance(before, Definition):
        return gone.get(before)
    if isinstance(before, Module):
        found = (gone.get(Definition(path, TOP)) for path in before.target.files)
        return next((each for each in found if each), None)
    return None


def _words(review: Review, gone: Mapping[Definition, Removed]) -> dict[str, set[Sought]]:
    """The names to look for: those of removed symbols, and of what went with them."""
    names: dict[str, set[Sought]] = {}
    for definition, each in gone.items():
        outline = review.base.outline(definition.path)
        if definition.symbol == TOP:
            names.setdefault(each.name, set()).add(Sought(definition.path, is_module=True))
        elif outline is not None:
            name = outline.symbols[definition.symbol].name
            if not (name.startswith("__") and name.endswith("__")):
                beside = _beside(review, outline, definition.symbol)
                names.setdefault(name, set()).add(Sought(definition.path, beside))
    return names


def _beside(review: Review, outline: Outline, symbol: int) -> str:
    """The name of a member's class, where the member's own name is a common word."""
    parent = outline.symbols[symbol].parent
    if parent == TOP or len(review.head.with_word(outline.symbols[symbol].name)) <= COMMON:
        return ""
    return outline.symbols[parent].name


def _any_use(_: Use) -> bool:
    return True


def _is_optional(review: Review, stale: Stale) -> bool:
    """Whether an import stands in a `try` that handles its failure."""
    document, language = review.head.document(stale.path), review.head.language(stale.path)
    if document is None or language is None:
        return False
    return is_guarded(language, document, stale.start)


def _report(
    review: Review, path: str, each: Removed, first: list[Stale], uses: list[Stale]
) -> Finding:
    moved = "is moved" if each.kind == "module" else "is renamed"
    how = moved if each.successor else "is removed"
    message = f"`{each.qualified}` {how} by this change, but `{path}` still {_verb(first[0])} it"
    evidence = [_removal(review, each)]
    rest = [use for use in uses if use is not first[0]]
    evidence += [
        Evidence("also used here", place(review.head, path, use.start, use.end))
        for use in rest[:MAX_PLACES]
    ]
    remedy = "update this use, or keep what it needs"
    if each.successor:
        remedy = f"it looks as if `{each.successor}` takes its place: use that here"
    return found(
        CHECK,
        review,
        path,
        first[0].start,
        first[0].end,
        message,
        subject=f"{each.path}:{each.qualified}",
        evidence=evidence,
        remedy=remedy,
    )


def _verb(stale: Stale) -> str:
    if stale.imported:
        return "imports"
    if stale.use is None:
        return "asks for"
    return "calls" if stale.use.call else "uses"


def _removal(review: Review, each: Removed) -> Evidence:
    if each.symbol == TOP:
        where = place(review.base, each.path, 0, 0, old=True)
        return Evidence("the file was here before this change", where)
    outline = review.base.outline(each.path)
    assert outline is not None, "a removed symbol comes from an outline of the base"
    symbol = outline.symbols[each.symbol]
    end = symbol.name_start + len(symbol.name.encode())
    where = place(review.base, each.path, symbol.name_start, end, old=True)
    return Evidence(f"`{each.qualified}` was defined here before this change", where)


CHECK = Check(
    code="CA101",
    name="removed-still-used",
    title="A removed or renamed definition is still used elsewhere",
    severity=Severity.ERROR,
    run=run,
)
