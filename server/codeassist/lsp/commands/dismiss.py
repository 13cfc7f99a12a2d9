"""`codeassist.dismiss {uri, range, code}`: writes the comment that silences a finding.

Of an open document as it is in the editor, of any other file as it is on disk. What a model said
comes from no check, so that no comment is needed: it is forgotten.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from codeassist.base.text import LineIndex
from codeassist.engine.dismissing import can_be_ignored, ignoring
from codeassist.lsp.convert import Converter, Target
from codeassist.lsp.failures import changed, failed, invalid
from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.orders import range_of, text_of
from codeassist.lsp.session import Session
from codeassist.lsp.uris import name_of, to_path


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in the editor or on disk: its path, its raw bytes, what the editor calls it."""

    path: str
    raw: bytes
    target: Target
    line: int


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{applied}`: whether the finding is gone. Raises RequestError where it cannot be silenced."""
    if not isinstance(params, Mapping):
        raise invalid("an object with `uri`, `range` and `code` is expected")
    uri, code, range_ = (
        text_of(params, "uri"),
        text_of(params, "code"),
        range_of(params.get("range")),
    )
    if range_ is None:
        raise invalid("`range` is missing")
    if not can_be_ignored(code):
        findings: Findings = session.feature(Findings)
        return {"applied": findings.forget(uri, code, range_)}
    document = session.document(uri)
    text = await _open(session, uri, range_) or await _on_disk(uri, range_)
    edit = await asyncio.to_thread(ignoring, text.path, text.raw, text.line, code)
    now = session.documents.get(uri)
    if (now.data if now else None) != (document.data if document else None):
        raise changed()
    lines = LineIndex(text.raw)
    converter = Converter(session.client, lambda path: text.target, lambda path: lines)
    given = types.ApplyWorkspaceEditParams(converter.edit(edit), label=edit.title)
    answer = await session.server.workspace_apply_edit_async(given)
    return {"applied": bool(answer.applied)}


async def _open(session: Session, uri: str, range_: types.Range) -> _Text | None:
    """An open document; None for one that is not."""
    place = await session.place(uri)
    if place is None:
        return None
    document, module = place.document, place.module
    target = Target(document.uri, document.version) if module is None else Target("", None, module)
    line = place.span(range_, session.client.unit).start_line
    return _Text(place.path, place.lines.data, target, line)


async def _on_disk(uri: str, range_: types.Range) -> _Text:
    path = to_path(uri)
    if path is None:
        raise failed(f"{name_of(uri)} is not open", "open it first")
    try:
        raw = await asyncio.to_thread(_read, path)
    except OSError as error:
        raise failed(f"{name_of(uri)} cannot be read: {error.strerror or error}") from None
    return _Text(name_of(uri), raw, Target(uri), range_.start.line)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
