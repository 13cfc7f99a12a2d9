"""Chooses what is shown, and in which detail, by value for tokens.

A multiple-choice knapsack, solved greedily: each unit can be raised from nothing to its signature,
to an elided body, to the whole, and the raise with the most value for its tokens is made next. The
price of a raise is what it adds to the text: lines not shown yet, numbers, the header of a file
that is not open yet, and of the class around a method. Knows prices of lines; does not render.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from codeassist.base.cancellation import CancellationToken
from codeassist.context.detail import Option
from codeassist.context.pieces import Ranked, Shown
from codeassist.context.source import Source

# The share of a unit's value that its signature has. In packs of 8k tokens for 100 commits of 20
# repositories (not those of bench/localise.py): with 0.45 92 % of the edited files and 57 % of the
# edited lines were shown, with 0.3 89 % and 59 %, with 0.2 87 % and 60 %.
SIGNATURE_WORTH = 0.3
# The lines that an elided body keeps hold more of what a change edits than their number says (see
# words.py): they count as so many times the lines. Between 1.75 and 3 little changes.
KEPT_WORTH = 2.5
# A unit's value is score x tokens ** this. With 1 the ranking's order alone would decide, with 0 a
# function of two lines would be worth as much as one of fifty of the same score. Measured as above:
# 61 % of the edited lines with 0.4, 59 % with 0.55; in an earlier round 57 % with 0.85 and with 1.
SIZE_EXPONENT = 0.4
LEAST_RAISE = 4  # tokens; no raise costs less than a number and a short line
MARK_TOKENS = 2  # a line's number


# (minus value a token, so that the best comes first; the candidate's number; the level to raise to)
Entry = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked unit with the ways to show it, the cheapest first.

    `around` are the lines of the headers of definitions that it stands in. `is_last` marks what is
    taken only when all else is in: generated, vendored and lock files.
    """

    ranked: Ranked
    source: Source
    options: tuple[Option, ...]
    around: tuple[int, ...] = ()
    is_last: bool = False

    @property
    def path(self) -> str:
        """The file's path."""
        return self.ranked.unit.path


@dataclass
class Choice:
    """What is shown so far: lines by path, and the level of each chosen candidate."""

    shown: dict[str, set[int]] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    steps: list[tuple[int, int | None]] = field(default_factory=list)

    def lines(self, path: str) -> set[int]:
        """The lines shown of a file."""
        return self.shown.get(path, set())


class Chooser:
    """One run over a list of candidates. `open_price` gives the tokens of opening a file."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        open_price: Callable[[str], int],
        fixed: Mapping[str, set[int]],
        token: CancellationToken,
    ) -> None:
        """`fixed` are lines that are shown whatever is chosen, and paid for."""
        self.candidates = candidates
        self.choice = Choice({path: set(lines) for path, lines in fixed.items()})
        self._fixed = {path: frozenset(lines) for path, lines in fixed.items()}
        self._open_price = open_price
        self._token = token
        self._by_path: dict[str, list[int]] = {}
        for number, candidate in enumerate(candidates):
            self._by_path.setdefault(candidate.path, []).append(number)
        self._prices = [
            [(each.source.price(way.lines), _runs(way.lines)) for way in each.options]
            for each in candidates
        ]
        self._values = [
            _values(candidate, prices[-1][0])
            for candidate, prices in zip(candidates, self._prices, strict=True)
        ]
        self._heaps: tuple[list[Entry], list[Entry]] = ([], [])  # ordinary files, generated files
        for number, candidate in enumerate(candidates):
            self._heaps[candidate.is_last].extend(self._raises(number))
        for heap in self._heaps:
            heapq.heapify(heap)

    def fill(self, budget: int) -> int:
        """Choose for at most `budget` more tokens, by estimated prices; what was spent."""
        spent = 0
        for heap in self._heaps:
            spent += self._fill(heap, budget - spent)
        return spent

    def undo(self, excess: int) -> bool:
        """Take back the last raises, worth at least `excess` tokens; False if nothing is left."""
        freed = 0
        while freed < excess and self.choice.steps:
            number, before = self.choice.steps.pop()
            now = self.choice.levels.pop(number)
            if before is not None:
                self.choice.levels[number] = before
            candidate = self.candidates[number]
            lines = candidate.options[now].lines
            kept = set() if before is None else set(candidate.options[before].lines)
            freed += candidate.source.price([line for line in lines if line not in kept])
            self._rebuild(candidate.path)
            for entry in self._raises(number):
                heapq.heappush(self._heaps[candidate.is_last], entry)
        return freed > 0

    def _fill(self, heap: list[Entry], budget: int) -> int:
        """Make raises from a heap; what does not fit stays in it, for when there is more room."""
        spent = 0
        too_dear: list[Entry] = []
        while heap and budget - spent >= LEAST_RAISE:
            self._token.check()
            negative, number, level = entry = heapq.heappop(heap)
            if level <= self.choice.levels.get(number, -1):
                continue  # an entry from before the unit was raised
            price = self._price(number, level)
            rate = self._rate(number, level, price)
            if rate < -negative * 0.999:  # it has become dearer since: back into the queue
                heapq.heappush(heap, (-rate, number, level))
            elif price > budget - spent:
                too_dear.append(entry)
            else:
                self._make(heap, number, level)
                spent += price
        for entry in too_dear:
            heapq.heappush(heap, entry)
        return spent

    def _make(self, heap: list[Entry], number: int, level: int) -> None:
        """Make a raise, and queue anew what costs less because of it."""
        candidate = self.candidates[number]
        others = () if candidate.path in self.choice.shown else self._by_path[candidate.path]
        self._raise(number, level)
        # The unit's other levels cost less, and its neighbours no longer pay for the file's header.
        for other in (number, *others):
            if self.candidates[other].is_last is candidate.is_last:
                for entry in self._raises(other):
                    heapq.heappush(heap, entry)

    def _raises(self, number: int) -> Iterator[Entry]:
        """Every raise that a candidate has left; a worse one than another never comes up."""
        for level in range(self.choice.levels.get(number, -1) + 1, len(self._prices[number])):
            rate = self._rate(number, level, self._price(number, level))
            yield -rate, number, level

    def _rate(self, number: int, level: int, price: int) -> float:
        at = self.choice.levels.get(number)
        gained = self._values[number][level] - (0.0 if at is None else self._values[number][at])
        return gained / price

    def _price(self, number: int, level: int) -> int:
        """What a raise adds to the text, nearly: units of a file do not overlap."""
        candidate = self.candidates[number]
        tokens, marks = self._prices[number][level]
        price = tokens + marks * MARK_TOKENS
        shown = self.choice.shown.get(candidate.path)
        if shown is None:
            price += self._open_price(candidate.path)
            if candidate.around:
                price += candidate.source.price(candidate.around) + MARK_TOKENS
            return price
        at = self.choice.levels.get(number)
        if at is not None:
            before, marks_before = self._prices[number][at]
            return max(1, price - before - marks_before * MARK_TOKENS)
        missing = [line for line in candidate.around if line not in shown]
        if missing:
            price += candidate.source.price(missing) + MARK_TOKENS
        if candidate.options[level].lines[0] - 1 in shown:
            price -= MARK_TOKENS
        return max(1, price)

    def _raise(self, number: int, level: int) -> None:
        candidate = self.candidates[number]
        self.choice.steps.append((number, self.choice.levels.get(number)))
        self.choice.levels[number] = level
        lines = self.choice.shown.setdefault(candidate.path, set())
        lines.update(candidate.around)
        lines.update(candidate.options[level].lines)

    def _rebuild(self, path: str) -> None:
        lines = set(self._fixed.get(path, ()))
        for number in self._by_path[path]:
            level = self.choice.levels.get(number)
            if level is not None:
                lines.update(self.candidates[number].around)
                lines.update(self.candidates[number].options[level].lines)
        if lines:
            self.choice.shown[path] = lines
        else:
            self.choice.shown.pop(path, None)


def _values(candidate: Candidate, whole: int) -> tuple[float, ...]:
    full = max(0.0, candidate.ranked.score) * whole**SIZE_EXPONENT
    header = len(candidate.options[0].lines)
    body = max(1, len(candidate.options[-1].lines) - header)
    return tuple(full * _worth(option, header, body) for option in candidate.options)


def _worth(option: Option, header: int, body: int) -> float:
    """The share of a unit's value that a way to show it has."""
    if option.shown is Shown.FULL:
        return 1.0
    kept = min(1.0, KEPT_WORTH * (len(option.lines) - header) / body)
    return SIGNATURE_WORTH + (1.0 - SIGNATURE_WORTH) * kept


def _runs(lines: Sequence[int]) -> int:
    """How many runs of lines that follow each other there are."""
    if isinstance(lines, range):
        return 1
    return 1 + sum([after - before != 1 for before, after in pairwise(lines)])
