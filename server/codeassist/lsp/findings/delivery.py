"""Tells the client what is to be seen, in the one way that it understands: push or pull.

Pushes a document's findings when they have changed. A client that pulls is asked to do so when it
would not by itself; a list that it has already is not sent to it again.
"""

import asyncio
from collections.abc import Collection, Mapping
from contextvars import Context
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from codeassist.lsp.findings.board import Board

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

REFRESH_SECONDS = 0.05  # what changes together is pulled together
NOTHING = "0"  # the name of a list that was empty from the start
Listed = list[types.Diagnostic]


class Delivery:
    """Brings a board's findings to the client."""

    def __init__(self, session: "Session", board: Board) -> None:
        self._session = session
        self._board = board
        self._count = 0
        self._lists: dict[str, tuple[str, Listed]] = {}  # by key: what was last there, and its name
        self._told: dict[str, str] = {}  # by key: the name of the list that the client knows of
        self._pushed: dict[str, tuple[int | None, Listed]] = {}
        self._uris: dict[str, str] = {}  # as they were last written
        self._due: asyncio.TimerHandle | None = None

    def bring(self, keys: Collection[str], answered: Collection[str] = ()) -> None:
        """Documents may have changed. Those that are answered now are pulled already."""
        if not self._session.client.pulls_diagnostics:
            for key in sorted(keys):
                self._push(key)
            return
        for key in answered:
            self._told[key] = self._named(key)[0]
        waiting = {key for key in keys if self._named(key)[0] != self._told.get(key, NOTHING)}
        if waiting:
            self._told.update({key: self._named(key)[0] for key in waiting})
            self._refresh()

    def bring_now(self, keys: Collection[str]) -> None:
        """Documents have changed and lost something. Who pulls does so after a change anyway."""
        if not self._session.client.pulls_diagnostics:
            self.bring(keys)

    def report(self, key: str, previous: str | None) -> tuple[str, Listed | None]:
        """A document's list with its name; None for the list where the client has it already."""
        name, listed = self._named(key)
        self._told[key] = name
        return name, None if previous is not None and previous == name else listed

    def known(self) -> dict[str, str]:
        """All documents in which there is or was something, with the URI of each."""
        keys = self._board.documents() | self._lists.keys()
        return {key: self._uri(key) for key in sorted(keys)}

    def _push(self, key: str) -> None:
        document = self._session.documents.current.get(key)
        now = (document.version if document is not None else None, self._diagnostics(key))
        before = self._pushed.get(key, (None, []))
        if now == before or not (now[1] or before[1]):
            return
        self._pushed[key] = now
        params = types.PublishDiagnosticsParams(self._uri(key), now[1], now[0])
        self._session.server.text_document_publish_diagnostics(params)

    def _named(self, key: str) -> tuple[str, Listed]:
        """A document's list, under a new name where it is not what it was."""
        listed, before = self._diagnostics(key), self._lists.get(key, (NOTHING, []))
        if listed == before[1]:
            return before
        self._count += 1
        self._lists[key] = (str(self._count), listed)
        return self._lists[key]

    def _diagnostics(self, key: str) -> Listed:
        return [each.diagnostic for each in self._board.seen(key)]

    def _uri(self, key: str) -> str:
        document = self._session.documents.current.get(key)
        written = document.uri if document is not None else self._board.uri(key)
        if written is not None:
            self._uris[key] = written
        return self._uris.get(key, key)

    def _refresh(self) -> None:
        if self._due is None:
            loop = self._session.loop
            self._due = loop.call_later(REFRESH_SECONDS, self._ask, context=Context())

    def _ask(self) -> None:
        self._due = None
        self._session.spawn(_pull_again(self._session))


async def _pull_again(session: "Session") -> None:
    try:
        await session.server.workspace_diagnostic_refresh_async(None)
    except Exception:  # a client that does not pull now will do so with its next change
        return


def unchanged_or_full(name: str, listed: Listed | None) -> Mapping[str, Any]:
    """The part of a report that those of documents and of the workspace have in common."""
    if listed is None:
        return {"kind": types.DocumentDiagnosticReportKind.Unchanged, "result_id": name}
    return {"kind": types.DocumentDiagnosticReportKind.Full, "result_id": name, "items": listed}
