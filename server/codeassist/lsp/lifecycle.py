"""The life of a session: what is asked of the client at the start, folders that come and go.

`begin` is on the way of `initialize` and only takes notes; `start` does everything that takes time.
"""

import asyncio
import gc
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from codeassist.base.errors import CodeassistError, ConfigurationError
from codeassist.lsp import logs
from codeassist.lsp.folders import RUNS_KEPT_SECONDS, Folder
from codeassist.lsp.indexing import index
from codeassist.lsp.session import LOGGER, Session
from codeassist.lsp.status import ModelState
from codeassist.lsp.uris import from_path, same, to_path
from codeassist.lsp.watching import watch, watch_folder
from codeassist.settings.load import facts_alone, load
from codeassist.settings.schema import Settings

if TYPE_CHECKING:
    from codeassist.lsp.actions.offering import Offering
    from codeassist.lsp.findings.findings import Findings

SECTION = "codeassist"
EXIT_BROKEN = 1
PATIENCE_SECONDS = 3.0  # with clients that do not answer what they said they would
RESTRICTED = "this workspace is not trusted, so nothing is sent and no command is run"


def begin(session: Session, params: types.InitializeParams) -> None:
    """Take from `initialize` what it brings."""
    options = session.client.options
    key = options.get("key")
    session.given = _initial(session)
    session.key = key.strip() if isinstance(key, str) else ""
    session.is_restricted = options.get("restricted") is True
    logs.hide(session.key)
    uris = [each.uri for each in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    if not uris and params.root_path and os.path.isabs(params.root_path):
        uris = [from_path(params.root_path)]
    session.wanted = {same(uri): uri for uri in uris}


async def start(session: Session) -> None:
    """Configure, open the folders, index them, and have their files watched.

    A server that cannot is ended: nobody is to wait for one that will never be ready.
    """
    if session.has_begun:  # a client may say it twice
        return
    session.has_begun = True
    try:
        await _start(session)
    except Exception as error:
        LOGGER.exception("could not start")
        reason = str(error) or type(error).__name__
        text = f"codeassist could not start: {reason}; its log says more"
        session.say(text, types.MessageType.Error)
        session.server.protocol.on_exit(EXIT_BROKEN)


async def _start(session: Session) -> None:
    kinds = await asyncio.to_thread(_features)
    session.feature(kinds.offering)
    findings = session.feature(kinds.findings)
    session.listeners.append(findings)
    session.spawn(findings.start())
    if session.client.registers_configuration:
        section = {"section": SECTION}
        session.spawn(_register(session, types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    await _pull(session)
    session.nowhere.settings = await asyncio.to_thread(_settings, session, None)
    await _add_folders(session)
    session.status.is_started = True
    session.ready.set()
    session.spawn(_tidy(session))
    _tell_model(session)
    await watch(session)


async def configure(session: Session, pushed: object) -> None:
    """Take changed settings: what the client pushes, else what it gives when asked.

    Requests that come after them wait, so that a key that was just set is the one that is used.
    """
    session.configuring += 1
    session.configured.clear()
    try:
        await _configure(session, pushed)
    finally:
        session.configuring -= 1
        if not session.configuring:
            session.configured.set()


async def _configure(session: Session, pushed: object) -> None:
    logs.hide(session.key)
    section = pushed.get(SECTION) if isinstance(pushed, Mapping) else None
    if isinstance(section, Mapping):
        session.given = section
    else:
        await _pull(session)
    for folder in list(session.all_folders()):
        folder.settings = await asyncio.to_thread(_settings, session, folder.path or None)
        folder.close()
        folder.reopen()
        session.folder_changed(folder)
    _tell_model(session)


def change_folders(session: Session, gone: Iterable[str], come: Iterable[str]) -> None:
    """Follow the user, who removes and adds folders while the editor runs."""
    for uri in gone:
        session.wanted.pop(same(uri), None)
        _remove(session, same(uri))
    session.wanted.update((same(uri), uri) for uri in come)
    if session.has_begun:
        session.spawn(_add_folders(session))


async def _tidy(session: Session) -> None:
    """Give memory back from time to time."""
    is_due = False
    while True:
        await asyncio.sleep(RUNS_KEPT_SECONDS / 2)
        if is_due and not session.works:
            # What an engine leaves behind refers to itself, and is found by a search alone, which
            # holds everything up for a moment. By itself Python would hardly ever make one here.
            gc.collect()
            is_due = False
        for folder in session.all_folders():
            is_due = folder.tidy(session.loop.time()) or is_due


async def _add_folders(session: Session) -> None:
    """Open the folders that are wanted; what is none on this machine is left to "nowhere"."""
    for key, uri in list(session.wanted.items()):
        path = to_path(uri)
        if path is None or key in session.folders:
            continue
        folder = await asyncio.to_thread(_opened, session, os.path.abspath(path))
        if folder is None:
            continue
        if key not in session.wanted or key in session.folders:  # things have changed meanwhile
            folder.close()
            continue
        session.folders[key] = folder
        if session.ready.is_set():
            watch_folder(session, folder)
        folder.indexer = session.spawn(index(session, folder))


def _remove(session: Session, key: str) -> None:
    """Close a folder; its open documents are in "nowhere" then, or in a folder around it."""
    folder = session.folders.pop(key, None)
    if folder is not None:
        session.status.indexing.pop(folder.path, None)
        session.folder_closed(folder)
        for task in (folder.indexer, folder.watcher):
            if task is not None:
                task.cancel()
        folder.close()


@dataclass(frozen=True, slots=True)
class _Features:
    """What is told of every change."""

    findings: "type[Findings]"
    offering: "type[Offering]"


def _features() -> _Features:
    """Import what takes longer than a client should wait for the answer to `initialize`."""
    import codeassist.engine.engine
    import codeassist.engine.models
    import codeassist.engine.spending  # noqa: F401  (the loop's thread needs them in a moment)
    from codeassist.lsp.actions.offering import Offering
    from codeassist.lsp.findings.findings import Findings

    return _Features(Findings, Offering)


def _opened(session: Session, path: str) -> Folder | None:
    """A folder with its settings and its root. Git may refuse it: then it is a plain folder."""
    from codeassist.engine.engine import Engine

    if not os.path.isdir(path):
        return None
    settings = _settings(session, path)
    try:
        with Engine.open(path, settings) as engine:
            return Folder(path, settings, engine.root)
    except CodeassistError as error:
        session.loop.call_soon_threadsafe(
            session.say_once, f"codeassist: {error.message}", types.MessageType.Warning
        )
        return Folder(path, settings, os.path.realpath(path), error)


def _settings(session: Session, path: str | None) -> Settings:
    """The settings for a folder. Bad files are told of, and the rest counts."""
    try:
        settings = load(path, editor=session.given, key=session.key)
    except ConfigurationError as error:
        text = f"codeassist: {error.message}; {error.remedy}" if error.remedy else error.message
        session.loop.call_soon_threadsafe(session.say_once, text, types.MessageType.Error)
        # Settings that nobody meant are worse than the defaults; and nothing is sent by them.
        settings = facts_alone(Settings())
    for warning in settings.warnings:
        LOGGER.warning("%s", warning)
        session.loop.call_soon_threadsafe(session.say_once, f"codeassist: {warning}")
    return facts_alone(settings) if session.is_restricted else settings


def _tell_model(session: Session) -> None:
    """Work out which model is asked, for the status and for actions that need one."""
    from codeassist.engine.models import asked_model

    settings = next(session.all_folders()).settings
    name, reason = asked_model(settings)
    session.status.model = ModelState(name, RESTRICTED if session.is_restricted else reason)
    session.status.limit = ""
    session.status.changed()
    session.spent()


async def _pull(session: Session) -> None:
    """Ask the client for its settings, where it gives them."""
    if not session.client.configures:
        return
    params = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    try:
        asked = session.server.workspace_configuration_async(params)
        (section,) = await asyncio.wait_for(asked, PATIENCE_SECONDS)
    except Exception as error:  # a client that cannot is not worse than one that says so
        LOGGER.warning("the client gave no configuration: %s", error or type(error).__name__)
        return
    if isinstance(section, Mapping):
        session.given = {**_initial(session), **section}


def _initial(session: Session) -> Mapping[str, Any]:
    """The settings that came with `initialize`."""
    settings = session.client.options.get("settings")
    return settings if isinstance(settings, Mapping) else {}


async def _register(session: Session, method: str, options: Mapping[str, Any]) -> None:
    registration = types.Registration(f"codeassist-{method}", method, options)
    params = types.RegistrationParams([registration])
    try:
        await session.server.client_register_capability_async(params)
    except Exception as error:
        LOGGER.warning("the client did not register %s: %s", method, error)
