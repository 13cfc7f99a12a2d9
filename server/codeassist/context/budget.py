"""Chooses what is shown, and in which detail, by value for tokens.

A multiple-choice knapsack, solved greedily: each unit can be raised from nothing to its signature,
to an elided body, to the whole, and the raise with the most value for its tokens is made next. A
raise's price is what it adds to the text: lines not shown yet, marks, the header of a file that is
not open yet, and of the class around a method. Knows prices of lines; does not render.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from codeassist.base.cancellation import CancellationToken
from codeassist.context.detail import Option
from codeassist.context.pieces import Ranked, Shown
from codeassist.context.source import Source

# The share of a unit's value that each level has. Set by bench/localise.py (see pack.py's notes).
WORTH = {Shown.SIGNATURE: 0.45, Shown.ELIDED: 0.7, Shown.FULL: 1.0}
# A unit's value is score x tokens ** this. With 1 the ranking's order alone would decide, with 0 a
# function of two lines would be worth as much as one of fifty of the same score.
SIZE_EXPONENT = 0.7
MARK_TOKENS = 5  # `@@ 1234` and its line feed


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
        self._values = [self._value(candidate) for candidate in candidates]

    def fill(self, budget: int) -> int:
        """Choose for at most `budget` more tokens, by estimated prices; what was spent."""
        spent = 0
        for is_last in (False, True):
            spent += self._fill(budget - spent, is_last)
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
            freed += candidate.source.price(line for line in lines if line not in kept)
            self._rebuild(candidate.path)
        return freed > 0

    def _fill(self, budget: int, is_last: bool) -> int:
        heap: list[tuple[float, int, int]] = []
        for number, candidate in enumerate(self.candidates):
            if candidate.is_last is is_last:
                self._push(heap, number)
        spent = 0
        while heap:
            self._token.check()
            negative, number, level = heapq.heappop(heap)
            if level <= self.choice.levels.get(number, -1):
                continue  # an entry from before the unit was raised
            price = self._price(number, level)
            rate = self._rate(number, level, price)
            if rate < -negative * 0.999:  # it has become dearer since: back into the queue
                heapq.heappush(heap, (-rate, number, level))
                continue
            if price > budget - spent:
                continue
            was_open = bool(self.choice.lines(self.candidates[number].path))
            self._raise(number, level)
            spent += price
            self._push(heap, number)
            if not was_open:  # its neighbours no longer pay for the file's header
                for other in self._by_path[self.candidates[number].path]:
                    if other != number and self.candidates[other].is_last is is_last:
                        self._push(heap, other)
        return spent

    def _push(self, heap: list[tuple[float, int, int]], number: int) -> None:
        """Queue every raise that a candidate has left; the dominated ones never come up."""
        for level in range(self.choice.levels.get(number, -1) + 1, len(self._values[number])):
            rate = self._rate(number, level, self._price(number, level))
            heapq.heappush(heap, (-rate, number, level))

    def _rate(self, number: int, level: int, price: int) -> float:
        at = self.choice.levels.get(number)
        gained = self._values[number][level] - (0.0 if at is None else self._values[number][at])
        return gained / max(1, price)

    def _value(self, candidate: Candidate) -> tuple[float, ...]:
        whole = candidate.source.price(candidate.options[-1].lines)
        full = max(0.0, candidate.ranked.score) * whole**SIZE_EXPONENT
        return tuple(full * WORTH[option.shown] for option in candidate.options)

    def _price(self, number: int, level: int) -> int:
        candidate = self.candidates[number]
        lines = self.choice.shown.get(candidate.path)
        if lines is None:
            wanted = list(dict.fromkeys((*candidate.around, *candidate.options[level].lines)))
            marks = 1 + bool(candidate.around)
            return (
                candidate.source.price(wanted)
                + MARK_TOKENS * marks
                + self._open_price(candidate.path)
            )
        every = dict.fromkeys((*candidate.around, *candidate.options[level].lines))
        wanted = [line for line in every if line not in lines]
        marks = sum(
            1
            for at, line in enumerate(wanted)
            if (at == 0 or wanted[at - 1] != line - 1) and line - 1 not in lines
        )
        return candidate.source.price(wanted) + MARK_TOKENS * marks

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
