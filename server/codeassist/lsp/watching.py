"""Has the files of the folders watched: by the client where it can, by a library otherwise."""

import asyncio
import os
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.engine.watched import GIT_FOLDER, is_telling
from codeassist.lsp.folders import Folder
from codeassist.lsp.uris import to_path

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

# Many tools write many files in one go; one look at the disk afterwards is enough.
GATHER_MILLISECONDS = 500
_IGNORED = frozenset({"node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".tox", ".venv"})


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


def files_changed(session: "Session", uris: Iterable[str]) -> None:
    """Have folders look at the disk again for some of the files that a client tells of."""
    for folder, paths in _by_folder(session, uris).items():
        if any(map(matters, paths)):
            session.folder_changed(folder)


def _by_folder(session: "Session", uris: Iterable[str]) -> dict[Folder, list[str]]:
    found: dict[Folder, list[str]] = {}
    for uri in uris:
        path, folder = to_path(uri), session.folder_of(uri)
        inside = folder.relative(path) if path is not None else None
        found.setdefault(folder, []).append(inside or uri)
    return found


def watch_folder(session: "Session", folder: Folder) -> None:
    """Watch one folder by the library, unless the client watches."""
    if folder.watcher is None and not session.client.registers_watching:
        folder.watcher = session.spawn(_watch(session, folder))


async def _watch(session: "Session", folder: Folder) -> None:
    library = await asyncio.to_thread(import_module, "watchfiles")
    changed = library.awatch(
        folder.root, debounce=GATHER_MILLISECONDS, watch_filter=None, ignore_permission_denied=True
    )
    try:
        async for changes in changed:
            if any(matters(os.path.relpath(path, folder.root)) for _, path in changes):
                session.folder_changed(folder)
    except Exception as error:  # some systems allow a few thousand folders to be watched, not more
        session.say_once(
            f"codeassist: files in {folder.path} cannot be watched ({error}): what other programs "
            "change is noticed when you save"
        )


def matters(path: str) -> bool:
    """Whether a change of a file, by its path from the root, can change what there is to say."""
    parts = path.replace(os.sep, "/").split("/")
    if parts[0] == GIT_FOLDER:
        return is_telling(parts)
    return _IGNORED.isdisjoint(parts)
