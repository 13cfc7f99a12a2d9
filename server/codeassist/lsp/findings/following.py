"""Follows what changes: documents, files, folders. Moves findings, and has them looked at again."""

from contextlib import suppress
from typing import TYPE_CHECKING

from codeassist.lsp.findings.board import Board
from codeassist.lsp.findings.delivery import Delivery
from codeassist.lsp.findings.homes import home_of, members, open_keys
from codeassist.lsp.findings.looker import Looker
from codeassist.lsp.findings.schedule import Schedule
from codeassist.lsp.findings.shown import Kind
from codeassist.lsp.folders import Folder
from codeassist.lsp.uris import same

if TYPE_CHECKING:
    from codeassist.lsp.session import Session


class Following:
    """The listener of a session. All of it happens in the event loop's thread but the looking."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._board = Board()
        self._delivery = Delivery(session, self._board)
        looker = Looker(session, self._board, self._delivery)
        self._schedule = Schedule(looker.look, session.spawn)
        self._known: set[str] = set()  # the keys of the documents that were open

    async def start(self) -> None:
        """Look at what was opened before the folders were known."""
        await self._session.ready.wait()
        for document in self._session.documents.current.values():
            self._open(document.uri)

    def document_changed(self, uri: str) -> None:
        """Move the findings of a document, and look at it soon; at once where it is new."""
        keys = members(self._session, [same(uri)])
        lost = {key for key in keys if self._follow(key)}
        if lost:
            self._delivery.bring_now(lost)
            self._lenses()
        if not self._session.ready.is_set():
            return  # its folder is not known
        if not self._open(uri):
            folder, key = home_of(self._session, uri)
            self._schedule.changed(folder, [key], open_keys(self._session, folder))

    def document_closed(self, uri: str) -> None:
        """Withdraw what stood in a document by itself; others may have been seen with its text."""
        folder, key = home_of(self._session, uri)
        self._known.discard(key)
        current = self._session.documents.current
        closed = {key, *(each for each in self._board.documents() if each not in current)}
        self._schedule.gone(folder, closed)
        gone = self._board.put(
            folder,
            lambda each: each.kind in (Kind.OWN, Kind.SLOW) and same(each.uri) in closed,
            (),
            {},
        )
        self._delivery.bring(gone)
        if self._session.ready.is_set():
            self._schedule.all_changed(folder, open_keys(self._session, folder))

    def files_changed(self, folder: Folder) -> None:
        """Look at all open documents of a folder again; some may not have been in it before."""
        if not self._session.ready.is_set():
            return
        self._schedule.all_changed(folder, open_keys(self._session, folder))
        nowhere = self._session.nowhere
        if folder is not nowhere and self._board.items(nowhere):
            self._schedule.all_changed(nowhere, open_keys(self._session, nowhere))
        self._lenses()

    def folder_closed(self, folder: Folder) -> None:
        """Withdraw all findings of a folder; its documents are in another one now."""
        self._schedule.closed(folder)
        self._delivery.bring(self._board.drop(folder))
        for other in self._session.all_folders():
            self._schedule.all_changed(other, open_keys(self._session, other))

    def _open(self, uri: str) -> bool:
        """Look at a document at once if it is new; whether it is."""
        folder, key = home_of(self._session, uri)
        if key in self._known:
            return False
        self._known.add(key)
        self._schedule.opened(folder, [key])
        return True

    def _follow(self, key: str) -> bool:
        """Move findings to what a document has now; whether something was lost that is kept."""
        document = self._session.documents.current.get(key)
        return document is not None and self._board.follow(key, document.data)

    def _lenses(self) -> None:
        """Have the counts above definitions shown anew."""
        if self._session.client.refreshes_lenses and any(
            each.settings.editor.code_lenses for each in self._session.all_folders()
        ):
            self._session.spawn(self._refresh_lenses())

    async def _refresh_lenses(self) -> None:
        with suppress(Exception):  # a client that does not want to will ask by itself
            await self._session.server.workspace_code_lens_refresh_async(None)
