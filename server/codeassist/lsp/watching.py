"""Has the files of the folders watched: by the client where it can, by a library otherwise."""

import os
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.lsp.folders import Folder

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

# Many tools write many files in one go; one look at the disk afterwards is enough.
GATHER_MILLISECONDS = 500
_IGNORED = frozenset({"node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".tox", ".venv"})
# Of what is in .git only these say that files or the base have changed.
_OF_GIT = frozenset({"HEAD", "index", "FETCH_HEAD", "ORIG_HEAD", "packed-refs"})


async def watch(session: "Session") -> None:
    """Watch from now on, all files: which are code is known to the index alone."""
    if session.client.registers_watching:
        watchers = [types.FileSystemWatcher(glob_pattern="**/*")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("codeassist-watch", method, options)
        params = types.RegistrationParams([registration])
        await session.server.client_register_capability_async(params)
        return
    for folder in list(session.folders.values()):
        watch_folder(session, folder)


def watch_folder(session: "Session", folder: Folder) -> None:
    """Watch one folder by the library, unless the client watches."""
    if session.client.registers_watching:
        return
    folder.watcher = session.spawn(_watch(session, folder))


async def _watch(session: "Session", folder: Folder) -> None:
    from watchfiles import awatch

    async for changes in awatch(
        folder.root, debounce=GATHER_MILLISECONDS, watch_filter=None, recursive=True
    ):
        if any(_matters(os.path.relpath(path, folder.root)) for _, path in changes):
            session.folder_changed(folder)


def _matters(path: str) -> bool:
    parts = path.split(os.sep)
    if parts[0] == ".git":
        return len(parts) == 2 and parts[1] in _OF_GIT
    return _IGNORED.isdisjoint(parts)
