"""Does what is due in a folder: looks at its documents in the lane for checks, shows what is found.

A change of any document cancels it. So whatever it shows is true of the documents as they are.
"""

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.base.errors import CodeassistError
from codeassist.engine.requests import Look
from codeassist.lsp.findings.board import Board
from codeassist.lsp.findings.delivery import Delivery
from codeassist.lsp.findings.homes import file_paths, members, open_paths
from codeassist.lsp.findings.looking import Scene, Seen, look
from codeassist.lsp.findings.schedule import Due
from codeassist.lsp.findings.shown import Kind, Shown
from codeassist.lsp.folders import Folder
from codeassist.lsp.lanes import WasCancelled
from codeassist.lsp.logs import LOGGER as LOG_NAME

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

_KINDS = {Look.QUICK: Kind.OWN, Look.SLOW: Kind.SLOW}
_KEPT = frozenset(kind for kind in Kind if kind.is_kept)
_LOG = logging.getLogger(f"{LOG_NAME}.findings")


class Looker:
    """Looks for one session."""

    def __init__(self, session: "Session", board: Board, delivery: Delivery) -> None:
        self._session = session
        self._board = board
        self._delivery = delivery
        self._broken: set[str] = set()

    async def look(self, due: Due) -> None:
        """Do all that is due: what has changed, the others, what takes long. Never raises."""
        folder = due.folder
        if folder.root:
            await folder.indexed.wait()
        try:
            await self._steps(due)
        except CodeassistError as error:
            remedy = f"; {error.remedy}" if error.remedy else ""
            text = f"codeassist: {error.message}{remedy}"
            self._session.say_once(text, types.MessageType.Warning)
            self._nothing(due)
        except WasCancelled:  # with its lane, as when the settings change
            return
        except Exception:
            _LOG.exception("could not look for findings")
            self._nothing(due)

    async def _steps(self, due: Due) -> None:
        if not due.folder.settings.editor.diagnostics or due.folder.problem is not None:
            self._nothing(due)
            return
        await self._step(due, due.changed or due.others, Look.QUICK)
        if due.others:
            await self._step(due, due.others, Look.QUICK)
        while due.slow:
            await self._step(due, {min(due.slow)}, Look.SLOW)

    async def _step(self, due: Due, wanted: Collection[str], kind: Look) -> None:
        """Look at some documents, show what is found, and let go on who waits for it."""
        session, folder, keys = self._session, due.folder, set(wanted)
        paths = open_paths(session, folder)
        here = tuple(paths[key] for key in sorted(keys) if key in paths)
        files = file_paths(session, folder)
        scene = Scene(folder, session.buffers(folder), files, session.converter(folder))
        seen = await folder.checks.run(look, scene, here, kind, self._closed(folder))
        for each in set(seen.failures) - self._broken:
            self._broken.add(each)
            _LOG.warning("a check broke: %s", each)
        changed = self._show(folder, seen, here, kind)
        for left in (due.changed, due.others) if kind is Look.QUICK else (due.slow,):
            left.difference_update(keys)
        self._delivery.bring(changed | members(session, keys), members(session, due.answer()))

    def _show(self, folder: Folder, seen: Seen, paths: Collection[str], kind: Look) -> set[str]:
        """Put what was found in place of what it was found anew for; the documents concerned."""
        here, current = open_paths(self._session, folder).values(), self._session.documents.current
        closed = {key for key in seen.texts if key not in current}
        for key in closed:
            self._board.follow(key, seen.texts[key])

        def is_gone(each: Shown) -> bool:
            if each.kind is Kind.LEFT:
                return True
            if each.kind.is_kept:
                return False
            return each.path not in here or (each.kind is _KINDS[kind] and each.path in paths)

        return closed | self._board.put(folder, is_gone, (*seen.own, *seen.left), seen.texts)

    def _nothing(self, due: Due) -> None:
        """Show no findings but those that were asked for, and keep nobody waiting."""
        changed = self._board.put(due.folder, lambda each: not each.kind.is_kept, (), {})
        for each in (due.changed, due.others, due.slow):
            each.clear()
        self._delivery.bring(changed, members(self._session, due.answer()))

    def _closed(self, folder: Folder) -> dict[str, str]:
        """The paths of documents that nobody has open and in which there is something kept."""
        current = self._session.documents.current
        kept = self._board.paths(folder, _KEPT)
        return {key: path for key, path in kept.items() if key not in current}
