"""Packs a context: the focus first, then by value for tokens, never one token over the budget.

Puts target, candidates, choice and layout together. The text is counted as a whole at the end,
since prices of parts do not add up exactly: what is over is taken back, what is left is filled.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.context.budget import Chooser
from codeassist.context.candidates import Candidates, gather
from codeassist.context.detail import Words
from codeassist.context.formats import load
from codeassist.context.layout import Block, Format, Page, render
from codeassist.context.pieces import Focus, Pack, Ranking
from codeassist.context.report import Account
from codeassist.context.source import Source, Sources, visible, visible_text
from codeassist.context.summaries import Kept, Summaries
from codeassist.context.target import Target, target_of
from codeassist.context.tokens import Counter
from codeassist.index.view import View

MAP_SHARE = 0.03  # of the budget; a map helps a model to ask, but shows no code
MAP_MOST = 4_000  # tokens; more does not tell more
REQUEST_SHARE = 0.5  # a longer request is cut: without code beside it nobody could answer it
FOCUS_LEAST = 400  # tokens that the focus may have anyhow, the frame around it included
FOCUS_SHARE = 0.15  # of the budget for a definition around the lines in focus: a class may be long
ROUNDS = 4  # of filling what the estimate left free
SLACK = 24  # tokens that may stay unused; hardly a piece costs less
SLACK_SHARE = 0.001  # of the budget; another round for less costs more time than it is worth


@dataclass(frozen=True, slots=True)
class Order:
    """What to pack: the focus, a budget in tokens, a format's name, and the request's words."""

    focus: Focus
    budget: int
    format: str = "markdown"
    request: str = ""


@dataclass
class Packer:
    """Packs in one encoding. Keeps what it worked out by content between requests."""

    counter: Counter
    sources: Sources = field(init=False)
    kept: Kept = field(default_factory=Kept)
    open_prices: dict[tuple[str, str], int] = field(default_factory=dict)

    _last: Summaries | None = None

    def __post_init__(self) -> None:
        self.sources = Sources(self.counter)

    def pack(
        self,
        view: View,
        order: Order,
        ranking: Ranking,
        token: CancellationToken,
        written: Mapping[str, str] | None = None,
    ) -> Pack:
        """The pack of an order. `written` are a model's summaries, by key.

        Raises UsageError if the budget cannot even hold one line of the focus.
        """
        work = _Work(self, view, order, token)
        work.begin()
        work.add_map(self._summaries(view, written or {}))
        work.fill(ranking)
        return work.done()

    def _summaries(self, view: View, written: Mapping[str, str]) -> Summaries:
        """The summaries of a view, those of the last one kept."""
        last = self._last
        if last is None or last.view is not view or last.written != written:
            last = self._last = Summaries(view, self.sources, written, self.kept)
        return last


class _Work:
    """One pack in the making."""

    def __init__(self, packer: Packer, view: View, order: Order, token: CancellationToken) -> None:
        self.view, self.order, self.token = view, order, token
        self.counter, self.sources = packer.counter, packer.sources
        self.open_prices = packer.open_prices
        self.how: Format = load(order.format)
        self.target: Target | None = target_of(view, self.sources, order.focus)
        self.fixed: dict[str, set[int]] = {}
        self.focus_lines = 0
        self.open_sources: dict[str, Source] = {}
        if self.target is not None:
            self.open_sources[self.target.path] = self.target.source
        self.page = Page()
        self.text = ""
        self.tokens = 0
        self.notes = [self.counter.note] if self.counter.note else []
        self.candidates = Candidates(())
        self.chooser = Chooser((), self._open_price, {}, token)

    def begin(self) -> None:
        """The request and the focus, as much of them as fits."""
        request = visible_text(self.order.request.strip())
        cut = self.counter.beginning(request, int(self.order.budget * REQUEST_SHARE))
        if cut != request:
            self.notes.append("the task is longer than half of the budget: its beginning is shown")
        self.page = Page(request=cut)
        if self.target is not None:
            self.page = replace(self.page, focus_title=_title(self.target))
            self._fit_focus(self.target)
        elif self._count(self.page) > self.order.budget:
            self._too_small()
        self.text = render(self.page, self.how)

    def add_map(self, summaries: Summaries) -> None:
        """The map of the repository, if there is room for it."""
        limit = min(int(self.order.budget * MAP_SHARE), MAP_MOST)
        drawn = summaries.overview(limit, self.counter)
        page = replace(self.page, overview=drawn)
        if drawn and self._count(page) <= self.order.budget:
            self.page = page

    def fill(self, ranking: Ranking) -> None:
        """Choose among the ranked units until the budget is full."""
        budget = self.order.budget
        words = Words(ranking.words)
        room = budget - self._count(self.page)
        self.candidates = gather(
            self.view, self.sources, ranking.units, self.fixed, words, budget, self.token
        )
        for candidate in self.candidates.found:
            self.open_sources.setdefault(candidate.path, candidate.source)
        self.chooser = Chooser(self.candidates.found, self._open_price, self.fixed, self.token)
        self.chooser.fill(room)
        enough = max(SLACK, int(budget * SLACK_SHARE))
        for _ in range(ROUNDS):
            slack = budget - self._write()
            if slack < 0:
                self.chooser.undo(-slack)
            elif slack < enough or not self.chooser.fill(slack):
                break  # and what is written is what is chosen
        else:
            self._write()
        while self.tokens > budget and self.chooser.undo(self.tokens - budget):
            self._write()
        if self.target is not None:
            self._widen_focus(self.target)

    def done(self) -> Pack:
        """The pack, with an account of every piece."""
        account = Account(
            self.view,
            self.counter,
            self.candidates.found,
            self.chooser.choice,
            self.open_sources,
            self.candidates.copies,
            self.target,
            self.fixed,
        )
        found = account.pieces()
        request = self.how.request(self.page.request) + "\n" if self.page.request else ""
        drawn = self.how.overview(self.page.overview) + "\n" if self.page.overview else ""
        counts = self.counter.count_many([drawn, request])
        sections = dict(zip(("map", "request"), counts, strict=True))
        sections["pieces"] = sum(piece.tokens for piece in found)
        sections["frame"] = self.tokens - sum(sections.values())
        again = self._copies_of_shown()
        if again:
            self.notes.append(f"{again} identical copies of what is shown are not shown again")
        return Pack(
            self.text,
            self.tokens,
            self.order.budget,
            self.counter.encoding,
            found,
            account.left_out(),
            tuple(self.notes),
            sections,
        )

    def _copies_of_shown(self) -> int:
        levels = self.chooser.choice.levels
        return sum(len(them) for number, them in self.candidates.copies.items() if number in levels)

    def _fit_focus(self, target: Target) -> None:
        """The whole focus; if that is too much, the most lines around the place that fit.

        Where lines of a large definition were asked for, what is around them must leave room.
        """
        asked, whole = len(target.centre), len(target.lines)
        self.focus_lines = whole
        if self._focus_fits(target, whole, FOCUS_SHARE):
            return
        if asked < whole and self._focus_fits(target, asked):
            self.focus_lines = _largest(
                asked, whole, lambda size: self._focus_fits(target, size, FOCUS_SHARE)
            )
        elif not self._focus_fits(target, whole):
            if not self._focus_fits(target, min(1, whole)):
                self._too_small()
            self.focus_lines = _largest(1, whole, lambda size: self._focus_fits(target, size))
        self._focus_fits(target, self.focus_lines)

    def _widen_focus(self, target: Target) -> None:
        """Show more of a focus that is not whole where there is room left, and say what is not."""
        whole = len(target.lines)
        if self.focus_lines == whole:
            return
        chosen = set(self.chooser.choice.lines(target.path))

        def fits(size: int) -> bool:
            self.fixed = {target.path: target.part(size)}
            self.chooser.choice.shown[target.path] = chosen | self.fixed[target.path]
            return self._write() <= self.order.budget

        size = self.focus_lines = _largest(self.focus_lines, whole + 1, fits)
        fits(size)
        if size < whole:
            self.notes.append(
                f"the focus has {whole} lines, more than the budget of {self.order.budget} "
                f"tokens holds: the {size} around line {target.centre.start + 1} are shown"
            )

    def _focus_fits(self, target: Target, size: int, share: float = 1.0) -> bool:
        lines = target.part(size)
        self.page = replace(self.page, focus=self._block(target.path, lines))
        self.fixed = {target.path: lines}
        most = max(FOCUS_LEAST, self.order.budget * share)
        return self._count(self.page) <= min(self.order.budget, most)

    def _write(self) -> int:
        """Render what is chosen; the exact count of the text."""
        remarks = self._remarks()
        own = self.target.path if self.target else None
        blocks = tuple(
            self._block(path, lines, remarks.get(path))
            for path, lines in self.chooser.choice.shown.items()
            if path != own and lines
        )
        page = replace(self.page, blocks=blocks)
        if own is not None:
            lines = self.chooser.choice.lines(own)
            page = replace(page, focus=self._block(own, lines, remarks.get(own)))
        self.text = render(page, self.how)
        self.tokens = self.counter.count(self.text)
        return self.tokens

    def _remarks(self) -> dict[str, dict[int, str]]:
        """Where else identical code stands, by path and line."""
        found: dict[str, dict[int, str]] = {}
        for number, places in self.candidates.copies.items():
            if number in self.chooser.choice.levels:
                candidate = self.candidates.found[number]
                line = candidate.options[self.chooser.choice.levels[number]].lines[0]
                found.setdefault(candidate.path, {})[line] = _copies(places)
        return found

    def _block(self, path: str, lines: set[int], remarks: Mapping[int, str] | None = None) -> Block:
        language = self.view.language(path) or ""
        return Block(path, language, self.open_sources[path], frozenset(lines), remarks or {})

    def _open_price(self, path: str) -> int:
        key = (self.order.format, path)
        if key not in self.open_prices:
            empty = self.how.file(path, self.view.language(path) or "", "")
            self.open_prices[key] = self.counter.count(empty) + 1
        return self.open_prices[key]

    def _count(self, page: Page) -> int:
        return self.counter.count(render(page, self.how))

    def _too_small(self) -> None:
        raise UsageError(
            f"a budget of {self.order.budget} tokens cannot hold one line of the focus",
            "give more with --budget",
        )


def _largest(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The largest number below `high` that fits, by halving; `low` is known to."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _title(target: Target) -> str:
    """The place of the focus, for people and models: "a/b.py:10-20 Foo.bar"."""
    first, last = target.centre.start + 1, target.centre.stop
    place = f"{target.path}:{first}" + (f"-{last}" if last > first else "")
    return f"{place} {target.name}".rstrip()


def _copies(places: Sequence[str]) -> str:
    return visible(f"(the same at {', '.join(places)})".replace("\t", " "))
