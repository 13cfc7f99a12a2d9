"""The account of a pack: which pieces its text shows and why, and what was left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from codeassist.base.symbols import TOP
from codeassist.context.budget import Candidate, Choice
from codeassist.context.detail import header_lines
from codeassist.context.pieces import LeftOut, Piece, Reason, Shown
from codeassist.context.source import Source
from codeassist.context.target import Target
from codeassist.context.tokens import Counter
from codeassist.index.view import View

LEFT_OUT_LISTED = 100  # the best of what did not fit; a ranking may hold the whole repository


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines that are shown for one reason. `lines` are ascending, and no other part's."""

    symbol: str
    shown: Shown
    lines: tuple[int, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What is needed to tell: the choice, what it was made of, and the focus."""

    view: View
    counter: Counter
    candidates: Sequence[Candidate]
    choice: Choice
    sources: Mapping[str, Source]
    copies: Mapping[int, tuple[str, ...]]
    target: Target | None
    fixed: Mapping[str, set[int]]

    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in the order of the text, each line of code in one of them."""
        own = self.target.path if self.target else None
        chosen: dict[str, list[int]] = {}
        for number in self.choice.levels:
            chosen.setdefault(self.candidates[number].path, []).append(number)
        found: list[Piece] = []
        for path in sorted(self.choice.shown, key=lambda path: (path == own, path)):
            found += self._pieces(path, sorted(chosen.get(path, ())))
        return tuple(found)

    def left_out(self) -> tuple[LeftOut, ...]:
        """The best of what is not shown at all, with what it costs in full."""
        found: list[LeftOut] = []
        for number, candidate in enumerate(self.candidates):
            if len(found) == LEFT_OUT_LISTED:
                break
            lines = candidate.options[-1].lines
            if number not in self.choice.levels and not self.choice.lines(candidate.path) >= set(
                lines
            ):
                name = self._name(candidate.path, candidate.ranked.unit.symbol)
                found.append(LeftOut(candidate.path, name, candidate.source.price(lines)))
        return tuple(found)

    def _pieces(self, path: str, numbers: Sequence[int]) -> Iterator[Piece]:
        source = self.sources[path]
        parts = sorted(_merged(self._parts(path, numbers), source), key=lambda part: part.lines)
        texts = ["".join(source.shown[line] + "\n" for line in part.lines) for part in parts]
        for part, tokens in zip(parts, self.counter.count_many(texts), strict=True):
            first, last = part.lines[0] + 1, part.lines[-1] + 1
            yield Piece(path, first, last, part.symbol, part.shown, tokens, part.reasons)

    def _parts(self, path: str, numbers: Sequence[int]) -> Iterator[_Part]:
        free = set(self.choice.lines(path))
        headers: set[int] = set()
        if self.target is not None and self.target.path == path:
            headers.update(self.target.headers)
            yield from self._focus(self.target, free)
        for number in numbers:
            candidate = self.candidates[number]
            option = candidate.options[self.choice.levels[number]]
            lines = tuple(line for line in option.lines if line in free)
            free.difference_update(lines)
            headers.update(candidate.around)
            if not all(map(self.sources[path].is_blank, lines)):
                name = self._name(path, candidate.ranked.unit.symbol)
                reasons = (*candidate.ranked.reasons, *self._copies(number))
                yield _Part(name, option.shown, lines, reasons)
        if free & headers:
            yield from self._headers(path, free & headers)

    def _focus(self, target: Target, free: set[int]) -> Iterator[_Part]:
        lines = tuple(sorted(self.fixed[target.path].intersection(target.lines)))
        if not lines:
            return  # an empty file
        shown = Shown.FULL if set(lines) >= set(target.lines) else Shown.ELIDED
        if shown is Shown.ELIDED:
            # The header of the definition is shown too, and is not next to them.
            lines = tuple(line for line in lines if line not in target.headers) or lines
        free.difference_update(lines)
        yield _Part(target.name, shown, lines, (Reason("focus", 1.0, "the focus"),))

    def _headers(self, path: str, free: set[int]) -> Iterator[_Part]:
        """The headers that are shown only because of what is in them."""
        outline, source = self.view.outline(path), self.sources[path]
        if outline is None:
            return
        for index in range(len(outline.symbols)):
            head = header_lines(outline, index, source.index)
            lines = tuple(line for line in head if line in free)
            if lines:
                free.difference_update(lines)
                reason = Reason("around", 0.0, "holds what is shown")
                yield _Part(outline.qualified(index), Shown.SIGNATURE, lines, (reason,))

    def _copies(self, number: int) -> tuple[Reason, ...]:
        places = self.copies.get(number)
        return (Reason("copies", 0.0, f"the same at {', '.join(places)}"),) if places else ()

    def _name(self, path: str, symbol: int) -> str:
        outline = self.view.outline(path)
        return outline.qualified(symbol) if outline is not None and symbol != TOP else ""


def _merged(parts: Iterator[_Part], source: Source) -> list[_Part]:
    """Parts of one symbol and detail that follow each other, as one."""
    merged: list[_Part] = []
    for part in sorted(parts, key=lambda part: part.lines):
        last = merged[-1] if merged else None
        if (
            last is not None
            and (last.symbol, last.shown) == (part.symbol, part.shown)
            and part.shown is Shown.FULL
            and all(map(source.is_blank, range(last.lines[-1] + 1, part.lines[0])))
        ):
            reasons = tuple(dict.fromkeys((*last.reasons, *part.reasons)))
            merged[-1] = _Part(last.symbol, last.shown, (*last.lines, *part.lines), reasons)
        else:
            merged.append(part)
    return merged
