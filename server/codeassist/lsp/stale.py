"""Keeps what is stale from getting out: is everything as it was when the work began?

A model thinks for minutes, and users go on typing, in this file and in others. Whatever was made
for a text that is no longer there is given to nobody.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.engine.requests import Outcome
from codeassist.lsp.convert import Converter, Target
from codeassist.lsp.documents import Document
from codeassist.lsp.failures import RequestError, changed
from codeassist.lsp.folders import Folder
from codeassist.lsp.notebooks import Module
from codeassist.lsp.places import Place
from codeassist.lsp.protocol import SEEN

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

Documents = Callable[[str], Document | None]


async def check_current(session: "Session", place: Place, edits: Iterable[WorkspaceEdit]) -> None:
    """Raise RequestError unless a place and all files of some edits are as they were.

    What the editor has open counts as it is there, all else as it is on disk.
    """
    files = [file for edit in edits for file in edit.files]
    if place.path:  # a task for a whole repository has none
        data = place.lines.data
        files.append(FileEdit(place.path, data, data))
    folder, shown = place.folder, texts_now(session, place.folder)
    unseen = [file for file in files if file.path not in shown]
    if unseen:
        other = await asyncio.to_thread(_changed_on_disk, folder.root, unseen)
        if other:
            raise changed(other)
    shown = texts_now(session, folder)  # looking at the disk took a moment
    for file in files:
        now = shown.get(file.path, file.before)
        if _text(file.path, now) != _text(file.path, file.before):
            raise changed(file.path)


@contextmanager
def telling(session: "Session") -> Iterator[None]:
    """Tell the user of a document that has changed: editors keep quiet about that error.

    For most requests it is right that they do, since they just ask again.
    """
    try:
        yield
    except RequestError as error:
        if error.code == types.LSPErrorCodes.ContentModified:
            session.say(f"codeassist: {error.message}", types.MessageType.Warning)
        raise


def edits_of(outcome: Outcome) -> Iterator[WorkspaceEdit]:
    """All edits of an outcome, whichever will be chosen."""
    report = outcome.report
    yield from report.edits
    yield from (each.edit for each in report.suggestions)
    yield from (each.fix for each in report.hypotheses if each.fix is not None)


def texts_now(session: "Session", folder: Folder) -> Mapping[str, bytes]:
    """The open texts of a folder by path, as they are now and not when the message came."""
    context = copy_context()
    context.run(SEEN.set, session.documents.current)
    return context.run(session.buffers, folder)


def with_versions(
    converter: Converter, edits: Iterable[WorkspaceEdit], documents: Documents
) -> Converter:
    """The converter with the documents' versions of now: a change that was undone made new ones."""
    targets: dict[str, Target] = {}
    for file in (file for edit in edits for file in edit.files):
        target = converter.target(file.path)
        document = documents(target.uri)
        if target.module is not None:
            targets[file.path] = replace(target, module=_module(target.module, documents))
        else:
            targets[file.path] = replace(target, version=document.version if document else None)
    before = converter.target
    return replace(converter, target=lambda path: targets.get(path) or before(path))


def _module(module: Module, documents: Documents) -> Module:
    """A notebook with its cells' versions of now."""
    cells = ((each, documents(each.uri)) for each in module.segments)
    segments = (replace(each, version=now.version) if now else each for each, now in cells)
    return replace(module, segments=tuple(segments))


def _changed_on_disk(root: str, files: Iterable[FileEdit]) -> str:
    """The path of a file that is not on disk as it was, or "". New ones must not be there."""
    return next((file.path for file in files if not root or not _is_on_disk(root, file)), "")


def _is_on_disk(root: str, file: FileEdit) -> bool:
    path = os.path.join(root, *file.path.split("/"))
    if file.before is None:
        return not os.path.lexists(path)
    try:
        with open(path, "rb") as found:
            now = found.read()
    except OSError:
        return False
    return _text(file.path, now) == _text(file.path, file.before)


def _text(path: str, raw: bytes | None) -> bytes | None:
    """What a file says, whatever its encoding; None for a file that is not there."""
    return decode(path, raw).data if raw is not None else None
