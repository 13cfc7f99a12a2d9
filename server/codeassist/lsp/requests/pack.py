"""`codeassist/pack`: the context that a model would be shown for a place, with an account of it."""

from collections.abc import Mapping
from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.base.text import Span
from codeassist.engine.engine import Engine
from codeassist.engine.requests import DEFAULT_BUDGET, Pack, PackRequest, Piece, Spot
from codeassist.lsp.convert import Converter
from codeassist.lsp.failures import failed, invalid
from codeassist.lsp.orders import range_of, text_of, token_of
from codeassist.lsp.places import Place
from codeassist.lsp.session import Session
from codeassist.lsp.uris import same
from codeassist.lsp.work import Work, do


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{text, tokens, budget, model, pieces, notes}`; asks no model. Raises RequestError."""
    if not isinstance(params, Mapping):
        raise invalid("an object with `uri` is expected")
    uri, task = text_of(params, "uri"), text_of(params, "task", "")
    range_, budget = range_of(params.get("range")), _budget(params.get("budget"))

    async def job(work: Work) -> dict[str, Any]:
        place = await session.place(uri)
        if place is None:
            raise failed("this document is not open", "open it first")
        span = place.span(range_, session.client.unit) if range_ is not None else None
        texts = session.buffers(place.folder)
        request = PackRequest(
            task=task, budget=budget, open_paths=tuple(texts), spot=Spot(place.path, span)
        )
        make_converter = session.converter(place.folder)
        await work.indexed(place.folder)

        def in_lane(engine: Engine, token: CancellationToken) -> dict[str, Any]:
            engine.show(texts)
            packed = engine.pack(request, work.progress, token)
            return _result(place, packed, make_converter(engine))

        return await place.folder.run_lane().run(in_lane)

    key = ("pack", same(uri), str(range_), task, budget)
    return await do(session, "packing", key, job, token_of(params))


def _budget(value: object) -> int:
    if value is None:
        return DEFAULT_BUDGET
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise invalid("`budget` is a number of tokens")
    return value


def _result(place: Place, packed: Pack, converter: Converter) -> dict[str, Any]:
    return {
        "text": packed.text,
        "tokens": packed.tokens,
        "budget": packed.budget,
        "model": place.folder.settings.model.name,
        "pieces": [_piece(each, converter) for each in packed.pieces],
        "notes": list(packed.notes),
    }


def _piece(piece: Piece, converter: Converter) -> dict[str, Any]:
    """A piece; its range has whole lines, without the end of the last one."""
    first, last = piece.start_line - 1, piece.end_line - 1
    lines = converter.lines(piece.path)
    end = lines.line_end(last) - lines.line_start(last) if lines is not None else 0
    uri, range_ = converter.place(piece.path, Span(first, 0, last, end))
    return {
        "uri": uri,
        "range": range_,
        "symbol": piece.symbol,
        "tokens": piece.tokens,
        "reasons": [reason.text for reason in piece.reasons],
    }
