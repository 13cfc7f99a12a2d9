"""`textDocument/codeLens`: "document" and "find bugs" above definitions, where the user wants them.

They are off by default. Nothing is shown where no model can be asked, as both are about that.
"""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import CALLABLE_KINDS
from codeassist.engine.engine import Engine
from codeassist.engine.requests import silent
from codeassist.lsp.actions.asked import json_range
from codeassist.lsp.convert import range_of
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.findings.shown import Shown
from codeassist.lsp.places import Place
from codeassist.lsp.session import Session

RUN, BUGS = "codeassist.run", "codeassist.bugs"
_Places = tuple[types.Range, types.Range]  # of a whole definition, and of its name


async def handle(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    """The lenses of a document, in the order of its text."""
    place = await session.place(params.text_document.uri)
    if place is None or not session.status.model.is_there:
        return []
    folder, texts = place.folder, session.buffers(place.folder)
    if not folder.settings.editor.code_lenses:
        return []
    if folder.root:
        await folder.indexed.wait()

    def in_lane(engine: Engine, token: CancellationToken) -> list[_Places]:
        folder.catch_up(engine)
        engine.show(texts)
        return list(_places(session, engine, token, place))

    definitions = await folder.checks.run(in_lane)
    findings: Findings = session.feature(Findings)
    hypotheses = findings.hypotheses(place.document.uri)
    return [lens for each in definitions for lens in _lenses(place.document.uri, each, hypotheses)]


def _places(
    session: Session, engine: Engine, token: CancellationToken, place: Place
) -> Iterator[_Places]:
    """The places of a document's definitions, without those inside of functions."""
    unit, end = session.client.unit, (0, 0)
    for each in engine.definitions(place.path, silent, token):
        span, module = each.span, place.module
        start = span.start_line, span.start_column
        cell = module.cell_at(span.start_line) if module is not None else None
        if start < end or (module is not None and (cell is None or cell.uri != place.document.uri)):
            continue
        if each.kind in CALLABLE_KINDS:
            end = span.end_line, span.end_column
        yield (
            range_of(place.lines, span, unit, place.first_line),
            range_of(place.lines, each.name_span, unit, place.first_line),
        )


def _lenses(uri: str, places: _Places, hypotheses: list[Shown]) -> Iterator[types.CodeLens]:
    whole, name = places
    above = types.Range(whole.start, whole.start)
    count = sum(each.is_within(whole) for each in hypotheses)
    order = {"task": "docs", "uri": uri, "range": json_range(name), "options": {"scope": "symbol"}}
    yield types.CodeLens(above, types.Command("document", RUN, arguments=[order]))
    title = f"find bugs ({count})" if count else "find bugs"
    where = {"uri": uri, "range": json_range(whole)}
    yield types.CodeLens(above, types.Command(title, BUGS, arguments=[where]))
