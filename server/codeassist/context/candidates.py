"""From a ranking to candidates: ways to show each unit, copies shown once, generated files last."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from codeassist.base.cancellation import CancellationToken
from codeassist.context.budget import Candidate
from codeassist.context.detail import Words, options, shape_of
from codeassist.context.pieces import Ranked
from codeassist.context.source import Sources
from codeassist.index.view import View
from codeassist.vfs.generated import HEAD_BYTES, is_generated

# How many times the budget, in bytes of source, is looked at. What is ranked lower could only be
# shown if nearly all before it were shown as signatures.
REACH = 4
BYTES_A_TOKEN = 4
LEAST_REACH = 250_000  # bytes; cheap enough to be looked at for any budget


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates, best first. `copies` are the places of identical units, by candidate."""

    found: tuple[Candidate, ...]
    copies: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def gather(
    view: View,
    sources: Sources,
    ranked: Sequence[Ranked],
    fixed: Mapping[str, AbstractSet[int]],
    words: Words,
    budget: int,
    token: CancellationToken,
) -> Candidates:
    """Candidates for all ranked units that a budget can reach and that are not shown already."""
    reach = max(LEAST_REACH, REACH * BYTES_A_TOKEN * budget)
    found: list[Candidate] = []
    copies: dict[int, list[str]] = {}
    first: dict[bytes, int] = {}
    for each in ranked:
        token.check()
        candidate = _candidate(view, sources, each, fixed.get(each.unit.path, frozenset()), words)
        if candidate is None:
            continue
        unit, shape = each.unit, candidate.source.shapes[each.unit]
        reach -= unit.end - unit.start
        original = first.setdefault(shape.digest, len(found)) if shape.digest else len(found)
        if original != len(found):
            copies.setdefault(original, []).append(f"{unit.path}:{shape.whole.start + 1}")
            continue
        found.append(candidate)
        if reach <= 0:
            break
    named = {number: tuple(sorted(places)) for number, places in copies.items()}
    return Candidates(tuple(found), named)


def _candidate(
    view: View, sources: Sources, ranked: Ranked, fixed: AbstractSet[int], words: Words
) -> Candidate | None:
    unit = ranked.unit
    source = sources.get(view, unit.path)
    if source is None:
        return None
    shape = source.shapes.get(unit) or shape_of(unit, view.outline(unit.path), source)
    if not shape.whole or (fixed and all(line in fixed for line in shape.whole)):
        return None
    ways = tuple(options(shape, source, words))
    generated = source.generated.get(unit.path)
    if generated is None:
        generated = is_generated(unit.path, source.index.data[:HEAD_BYTES])
        source.generated[unit.path] = generated
    return Candidate(ranked, source, ways, shape.around, generated)
