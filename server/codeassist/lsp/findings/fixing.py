"""The fix that came with a hypothesis, for the text as it is when somebody wants it.

It was made for the text of then. Where that has changed elsewhere, as by the fix of another
hypothesis, it is moved and verified again.
"""

from typing import TYPE_CHECKING

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import WorkspaceEdit
from codeassist.engine.engine import Engine
from codeassist.engine.requests import silent
from codeassist.lsp.convert import Converter
from codeassist.lsp.failures import failed
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.findings.rebase import rebased
from codeassist.lsp.stale import check_current, texts_now, with_versions

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

AGAIN = "look for bugs again"


async def fix_of(session: "Session", uri: str, mark: str) -> tuple[WorkspaceEdit, Converter]:
    """The verified edit that fixes a hypothesis, by the fingerprint in its diagnostic's `data`.

    Raises RequestError where there is none, or where the code that it changes is another by now.
    """
    findings: Findings = session.feature(Findings)
    shown, place = findings.find(uri, mark), await session.place(uri)
    fix = shown.hypothesis.fix if shown is not None and shown.hypothesis is not None else None
    if fix is None or place is None:
        raise failed("there is no such hypothesis any more", AGAIN)
    folder = place.folder
    texts, make_converter = texts_now(session, folder), session.converter(folder)
    moved = rebased(fix, texts)
    if moved is None:
        raise failed("the code that this fix changes is another by now", AGAIN)

    def in_lane(engine: Engine, token: CancellationToken) -> tuple[WorkspaceEdit, Converter]:
        folder.catch_up(engine)
        engine.show(texts)
        return engine.verified(moved, silent, token), make_converter(engine)

    edit, converter = await folder.checks.run(in_lane)
    if not edit.is_verified:
        raise failed(f"the fix is not verified any more: {edit.problems[0]}", AGAIN)
    await check_current(session, place, [edit])
    return edit, with_versions(converter, [edit], session.documents.get)
