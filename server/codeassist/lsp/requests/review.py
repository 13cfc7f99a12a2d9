"""`codeassist/review {uri?, scope?}`: "review my changes", with what is not saved.

`scope` is "head" (all that is not committed), "base" (all since the branch left the default one),
or revisions. The findings are shown too, until they are cleared or their code changes.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from codeassist.base.cancellation import CancellationToken
from codeassist.base.findings import Report
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, Source
from codeassist.lsp.convert import Converter
from codeassist.lsp.failures import failed, invalid
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.findings.homes import file_paths
from codeassist.lsp.folders import Folder
from codeassist.lsp.orders import text_of, token_of
from codeassist.lsp.session import Session
from codeassist.lsp.work import Token, Work, do
from codeassist.render.fingerprint import with_fingerprints

_UNCOMMITTED, _SINCE_BASE = "head", "base"
Reviewed = tuple[Report, Converter]


async def handle(session: Session, params: object) -> dict[str, Any]:
    """The report. Raises RequestError where there is nothing to compare."""
    given = params if isinstance(params, Mapping) else {}
    request = _request(text_of(given, "scope", None if given.get("scope") else _UNCOMMITTED))
    uri = given.get("uri")
    if uri is not None and not isinstance(uri, str):
        raise invalid("`uri` is a text")
    await session.ready.wait()
    folder = session.folder_of(uri) if uri else next(session.all_folders())
    if not folder.root:
        raise failed("this is in no folder that is open", "open the folder of the repository")
    report, converter = await _review(session, folder, request, token_of(params))
    findings: Findings = session.feature(Findings)
    findings.keep_review(folder, report, converter)
    return _data(report, converter)


def _request(scope: str) -> ReviewRequest:
    if scope == _UNCOMMITTED:
        return ReviewRequest(Source.WORKTREE)
    if scope == _SINCE_BASE:
        return ReviewRequest(Source.WORKTREE, "...")
    return ReviewRequest(Source.REVISIONS, scope)


async def _review(
    session: Session, folder: Folder, request: ReviewRequest, token: Token | None
) -> Reviewed:
    make_converter, buffers = session.converter(folder), session.buffers(folder)
    # A notebook's cells are no text that git knows, and what is in the editor alone is no change.
    texts = {path: buffers[path] for path in file_paths(session, folder) if path in buffers}

    async def job(work: Work) -> Reviewed:
        await work.indexed(folder)

        def in_lane(engine: Engine, lane_token: CancellationToken) -> Reviewed:
            engine.show(texts)
            report = engine.review(request, work.progress, lane_token)
            return report, make_converter(engine).settled(report.findings)

        return await folder.run_lane().run(in_lane)

    return await do(session, "reviewing changes", ("review", folder.path), job, token)


def _data(report: Report, converter: Converter) -> dict[str, Any]:
    findings = with_fingerprints(report.findings)
    return {
        "base": report.base,
        "head": report.head,
        "findings": [converter.finding(each) for each in findings],
        "coverage": asdict(report.coverage),
        "notes": list(report.notes),
        "seconds": report.seconds,
    }
