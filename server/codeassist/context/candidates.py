"""From a ranking to candidates: ways to show each unit, copies shown once, generated files last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import TOP
from codeassist.context.budget import Candidate
from codeassist.context.detail import enclosing, header_lines, lines_of, options
from codeassist.context.pieces import Ranked
from codeassist.context.source import Sources
from codeassist.index.view import View
from codeassist.vfs.generated import HEAD_BYTES, is_generated

# How many times the budget, in bytes of source, is looked at. What is ranked lower could only be
# shown if nearly all before it were shown as signatures.
REACH = 4
BYTES_A_TOKEN = 4
LEAST_REACH = 400_000  # bytes; cheap enough to be looked at for any budget
COPY_BYTES = 120  # shorter units are alike by chance


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates, best first. `copies` are the places of identical units, by candidate."""

    found: tuple[Candidate, ...]
    copies: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    unseen: int = 0


def gather(
    view: View,
    sources: Sources,
    ranked: Sequence[Ranked],
    fixed: Mapping[str, set[int]],
    words: frozenset[str],
    budget: int,
    token: CancellationToken,
) -> Candidates:
    """Candidates for all ranked units that a budget can reach and that are not shown already."""
    reach = max(LEAST_REACH, REACH * BYTES_A_TOKEN * budget)
    found: list[Candidate] = []
    copies: dict[int, list[str]] = {}
    first: dict[bytes, int] = {}
    seen = 0
    for seen, each in enumerate(ranked, 1):
        token.check()
        candidate = _candidate(view, sources, each, fixed.get(each.unit.path, set()), words)
        if candidate is None:
            continue
        unit = each.unit
        reach -= unit.end - unit.start
        text = candidate.source.index.data[unit.start : unit.end].strip()
        if len(text) >= COPY_BYTES:
            original = first.setdefault(blake2b(text, digest_size=16).digest(), len(found))
            if original != len(found):
                place = f"{unit.path}:{candidate.options[-1].lines[0] + 1}"
                copies.setdefault(original, []).append(place)
                continue
        found.append(candidate)
        if reach <= 0:
            break
    named = {number: tuple(sorted(places)) for number, places in copies.items()}
    return Candidates(tuple(found), named, len(ranked) - seen)


def _candidate(
    view: View, sources: Sources, ranked: Ranked, fixed: Iterable[int], words: frozenset[str]
) -> Candidate | None:
    unit = ranked.unit
    source, outline = sources.get(view, unit.path), view.outline(unit.path)
    if source is None:
        return None
    shown = set(fixed)
    if shown and shown.issuperset(lines_of(unit, source.index)):
        return None
    ways = tuple(way for way in options(unit, outline, source, words) if way.lines)
    if not ways:
        return None
    around: list[int] = []
    if outline is not None and unit.symbol != TOP:
        for outer in enclosing(outline, unit.symbol):
            around += header_lines(outline, outer, source.index)
    generated = is_generated(unit.path, source.index.data[:HEAD_BYTES])
    return Candidate(ranked, source, ways, tuple(sorted(set(around))), generated)
