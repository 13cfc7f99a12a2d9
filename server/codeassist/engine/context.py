"""Packs contexts and locates code: what `Engine.pack` and `Engine.locate` do.

Puts views, rankings, histories and packers together. A desk lives as long as its engine, so that
the second request is fast.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.base.symbols import TOP
from codeassist.context.formats import FORMATS
from codeassist.context.frames import Resolver, ordered
from codeassist.context.locate import locate_text
from codeassist.context.pack import Order, Packer
from codeassist.context.pieces import Focus, History, Pack, Reason
from codeassist.context.rank import rank
from codeassist.context.tokens import Counter, encoding_of
from codeassist.context.traces import parse
from codeassist.engine.focus import Finder, Found, name_of
from codeassist.engine.requests import (
    Evidence,
    Located,
    LocatedFile,
    LocatedSymbol,
    LocateRequest,
    PackRequest,
)
from codeassist.index.view import View

LOCATED = 50  # places listed; what comes after is noise
T = TypeVar("T", bound=tuple[object, ...])


class ContextDesk:
    """What is kept between requests for contexts of one engine."""

    def __init__(self) -> None:
        self._packers: dict[str, Packer] = {}

    def pack(
        self,
        view: View,
        root: str,
        history: History,
        request: PackRequest,
        model: str,
        token: CancellationToken,
    ) -> Pack:
        """Pack the context of a request. Raises UsageError for a target that is none."""
        if request.format not in FORMATS:
            raise UsageError(
                f"there is no format {request.format!r}", f"choose one of {', '.join(FORMATS)}"
            )
        found = _focus(view, root, request)
        encoding = encoding_of(request.model or model)
        packer = self._packers.setdefault(encoding.name, Packer(Counter(encoding.name)))
        ranked = rank(view, found.focus, history, token)
        order = Order(found.focus, request.budget, request.format, request.task)
        packed = packer.pack(view, order, ranked, token)
        notes = (*found.notes, *filter(None, (encoding.note,)), *packed.notes)
        return replace(packed, notes=notes)


def locate(view: View, root: str, history: Callable[[], History], request: LocateRequest) -> Located:
    """The files and definitions that a text is about: its traces' frames first, then its words."""
    if not request.text.strip():
        raise UsageError("there is no text", "give an issue, a log or a stack trace")
    traces = parse(request.text)
    resolved = Resolver(view, root).resolve(traces)
    files = [(path, score, _texts(reasons)) for path, score, reasons in ordered(resolved)]
    symbols = [
        (each.path, each.symbol, each.score, (each.reason.text,))
        for each in resolved
        if each.symbol != TOP
    ]
    notes: tuple[str, ...] = ()
    if request.evidence is Evidence.TRACEBACK and not resolved:
        what = "no frame is in this repository" if traces else "there is no stack trace in the text"
        notes = (f"{what}; its words were looked for",)
    if request.evidence is not Evidence.TRACEBACK or not resolved:
        by_words = locate_text(view, request.text, history())
        files = _joined(files, [(p, s, _texts(r)) for p, s, r in by_words[0]], 1)
        symbols = _joined(symbols, [(p, i, s, _texts(r)) for p, i, s, r in by_words[1]], 2)
    return Located(
        tuple(LocatedFile(*row) for row in files[:LOCATED]),
        tuple(_symbol(view, *row) for row in symbols[:LOCATED]),
        notes,
    )


def _focus(view: View, root: str, request: PackRequest) -> Found:
    found = Finder(view, root, request.folder).find(request.target) if request.target else None
    if found is None:
        if not request.task.strip():
            raise UsageError("there is nothing to pack for", "name a file, a definition or a task")
        found = Found(Focus())
    focus = replace(found.focus, text=request.task, open_paths=request.open_paths)
    return Found(focus, found.notes)


def _joined(first: list[T], then: list[T], keys: int) -> list[T]:
    """Two rankings as one: scores of the second are brought to at most 1, then added up."""
    most = max((_score(row, keys) for row in then), default=0.0)
    rows: dict[tuple[object, ...], T] = {row[:keys]: row for row in first}
    for row in then:
        score = _score(row, keys) / most if most > 0 else 0.0
        before = rows.get(row[:keys])
        reasons = row[keys + 1]
        if before is not None:
            score += _score(before, keys)
            reasons = (*before[keys + 1], *reasons)  # type: ignore[misc]
        rows[row[:keys]] = (*row[:keys], score, reasons)  # type: ignore[assignment]
    return sorted(rows.values(), key=lambda row: -_score(row, keys))


def _score(row: tuple[object, ...], at: int) -> float:
    score = row[at]
    return score if isinstance(score, float) else float(str(score))


def _symbol(
    view: View, path: str, symbol: int, score: float, reasons: tuple[str, ...]
) -> LocatedSymbol:
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return LocatedSymbol(path, "", 0, 0, score, reasons)
    found = outline.symbols[symbol]
    first = document.lines.line_of(found.start) + 1
    last = document.lines.line_of(max(found.start, found.end - 1)) + 1
    return LocatedSymbol(path, name_of(outline, symbol), first, last, score, reasons)


def _texts(reasons: Iterable[Reason | str]) -> tuple[str, ...]:
    texts: Sequence[str] = [each if isinstance(each, str) else each.text for each in reasons]
    return tuple(dict.fromkeys(texts))
