"""Packs contexts and locates code: what `Engine.pack` and `Engine.locate` do.

Puts views, rankings, histories and packers together. A desk lives as long as its engine, so that
the second request is fast.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.base.symbols import TOP
from codeassist.context.formats import FORMATS
from codeassist.context.frames import Resolver, ordered
from codeassist.context.gather import breadth_for
from codeassist.context.locate import locate_text
from codeassist.context.pack import Order, Packer
from codeassist.context.pieces import Focus, History, Pack, Ranked, Ranking, Reason, Unit
from codeassist.context.rank import rank
from codeassist.context.target import symbol_focus, units_at
from codeassist.context.tokens import Counter, encoding_of
from codeassist.context.traces import parse
from codeassist.context.weights import DEFAULT, Weights
from codeassist.engine.focus import Finder, Found
from codeassist.engine.requests import (
    Evidence,
    Located,
    LocatedFile,
    LocatedSymbol,
    LocateRequest,
    PackRequest,
    Progress,
)
from codeassist.git.history import history
from codeassist.git.repository import Repository
from codeassist.index.view import View
from codeassist.vfs.secret_files import is_secret_file

ASKED = 10.0  # the score of what is asked for by name; others have at most 1
LOCATED = 50  # places listed; what comes after is noise


class ContextDesk:
    """What is kept between requests for contexts of one engine: packers, and the history."""

    def __init__(
        self, root: str, repository: Repository | None, weights: Weights = DEFAULT
    ) -> None:
        self._root = root
        self._weights = weights
        self._repository = repository
        self._packers: dict[str, Packer] = {}
        self._known: tuple[str, History] = ("", History())

    def pack(self, view: View, request: PackRequest, model: str, token: CancellationToken) -> Pack:
        """Pack the context of a request. Raises UsageError for a target that is none."""
        if request.format not in FORMATS:
            raise UsageError(
                f"there is no format {request.format!r}", f"choose one of {', '.join(FORMATS)}"
            )
        found = _focus(view, self._root, request)
        packed = self.pack_for(view, found.focus, request, model, token)
        return replace(packed, notes=(*found.notes, *packed.notes))

    def pack_for(
        self, view: View, focus: Focus, request: PackRequest, model: str, token: CancellationToken
    ) -> Pack:
        """Pack the context of a focus that is known already. Files of secrets are left out."""
        encoding = encoding_of(request.model or model)
        packer = self._packers.setdefault(encoding.name, Packer(Counter(encoding.name)))
        ranking = self._ranking(view, focus, request.budget, token)
        asked, missing = _asked(view, self._root, request)
        others = (each for each in ranking.units if each.unit not in asked)
        units = (each for each in (*asked.values(), *others) if not is_secret_file(each.unit.path))
        ranking = replace(ranking, units=tuple(units))
        order = Order(focus, request.budget, request.format, request.task)
        packed = packer.pack(view, order, ranking, token)
        notes = (*missing, *filter(None, (encoding.note,)), *packed.notes)
        return replace(packed, notes=notes)

    def count(self, text: str, model: str) -> int:
        """The number of a text's tokens for a model."""
        encoding = encoding_of(model)
        packer = self._packers.setdefault(encoding.name, Packer(Counter(encoding.name)))
        return packer.counter.count(text)

    def _ranking(self, view: View, focus: Focus, budget: int, token: CancellationToken) -> Ranking:
        """The ranking for a focus; for a task alone what its text is about comes first."""
        ranking = rank(view, focus, self._history(), token, self._weights, breadth_for(budget))
        if focus.path is not None:
            return ranking
        located = {
            unit: Ranked(unit, score, tuple(Reason("located", 0.0, each) for each in reasons))
            for path, symbol, score, reasons in locate_text(view, focus.text)[1]
            for unit in units_at(view, symbol_focus(view, path, symbol))
        }
        least = min((each.score for each in located.values()), default=1.0)
        rest = (
            replace(each, score=least * each.score)
            for each in ranking.units
            if each.unit not in located
        )
        return replace(ranking, units=(*located.values(), *rest))

    def locate(self, view: View, request: LocateRequest, token: CancellationToken) -> Located:
        """The files and definitions that a text is about; see `locate`."""
        token.check()
        return locate(view, self._root, request)

    def _history(self) -> History:
        """The repository's past changes, read again when HEAD has moved; empty without any."""
        head = self._repository.head() if self._repository is not None else None
        if self._repository is None or head is None:
            return History()
        if self._known[0] != head:
            self._known = (head, History(history(self._repository)))
        return self._known[1]


@dataclass(frozen=True, slots=True)
class _Row:
    """A file (symbol TOP) or a definition that a text is about."""

    path: str
    symbol: int
    score: float
    reasons: tuple[str, ...]


def locate(view: View, root: str, request: LocateRequest) -> Located:
    """The files and definitions that a text is about: its traces' frames, and its words.

    The words of a stack trace are looked for only if none of its frames is in the repository.
    """
    if not request.text.strip():
        raise UsageError("there is no text", "give an issue, a log or a stack trace")
    traces = parse(request.text)
    resolved = Resolver(view, root).resolve(traces)
    files = [_Row(path, TOP, score, _texts(why)) for path, score, why in ordered(resolved)]
    symbols = [
        _Row(each.path, each.symbol, each.score, (each.reason.text,))
        for each in resolved
        if each.symbol != TOP
    ]
    notes: tuple[str, ...] = ()
    if request.evidence is Evidence.TRACEBACK and not resolved:
        what = "no frame is in this repository" if traces else "there is no stack trace in the text"
        notes = (f"{what}; its words were looked for",)
    if request.evidence is not Evidence.TRACEBACK or not resolved:
        by_words = locate_text(view, request.text)
        files = _joined(files, [_Row(p, TOP, s, why) for p, s, why in by_words[0]])
        symbols = _joined(symbols, [_Row(*place) for place in by_words[1]])
    return Located(
        tuple(LocatedFile(row.path, row.score, row.reasons) for row in files[:LOCATED]),
        tuple(_symbol(view, row) for row in symbols[:LOCATED]),
        notes,
    )


def tell_pack(progress: Progress, pack: Pack) -> None:
    """Make progress of a pack: how much is in it."""
    count = len(pack.pieces)
    pieces = f"{count:,} piece{'' if count == 1 else 's'}"
    progress(f"packing {pieces}, {pack.tokens:,} tokens", 0, 0)


def _focus(view: View, root: str, request: PackRequest) -> Found:
    finder = Finder(view, root, request.folder)
    found = finder.find(request.target) if request.target else None
    if request.spot is not None:
        found = finder.spot(request.spot)
    if found is None:
        if not request.task.strip():
            raise UsageError("there is nothing to pack for", "name a file, a definition or a task")
        found = Found(Focus())
    focus = replace(found.focus, text=request.task, open_paths=request.open_paths)
    return Found(focus, found.notes)


def _asked(view: View, root: str, request: PackRequest) -> tuple[dict[Unit, Ranked], list[str]]:
    """The units of the definitions and files that are asked for by name, and notes of what is not.

    A model may have named them, so a name that means nothing is no error.
    """
    finder = Finder(view, root, request.folder)
    ranked: dict[Unit, Ranked] = {}
    notes: list[str] = []
    for name in filter(str.strip, request.also):
        try:
            focus = finder.find(name).focus
        except UsageError as error:
            notes.append(f"{error}, so it is not shown")
            continue
        reason = Reason("asked", 1.0, "is asked for by name")
        for unit in units_at(view, focus):
            ranked.setdefault(unit, Ranked(unit, ASKED, (reason,)))
    return ranked, notes


def _joined(first: Sequence[_Row], then: Sequence[_Row]) -> list[_Row]:
    """Two rankings as one: scores of the second are brought to at most 1, then added up."""
    most = max((row.score for row in then), default=0.0) or 1.0
    rows = {(row.path, row.symbol): row for row in first}
    for row in then:
        before = rows.get((row.path, row.symbol), _Row(row.path, row.symbol, 0.0, ()))
        rows[row.path, row.symbol] = replace(
            before, score=before.score + row.score / most, reasons=(*before.reasons, *row.reasons)
        )
    return sorted(rows.values(), key=lambda row: -row.score)


def _symbol(view: View, row: _Row) -> LocatedSymbol:
    outline, focus = view.outline(row.path), symbol_focus(view, row.path, row.symbol)
    if outline is None or focus.path is None:
        return LocatedSymbol(row.path, "", 0, 0, row.score, row.reasons)
    first, last = focus.start_line + 1, focus.end_line + 1
    name = outline.qualified(row.symbol)
    return LocatedSymbol(row.path, name, first, last, row.score, row.reasons)


def _texts(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.text for reason in reasons))
