"""The life of a session: what is asked of the client at the start, folders that come and go.

`begin` is on the way of `initialize` and only takes notes; `start` does everything that takes time.
"""

import asyncio
import os
from collections.abc import Iterable, Mapping
from typing import Any

from lsprotocol import types

from codeassist.base.errors import CodeassistError, ConfigurationError
from codeassist.engine.engine import Engine
from codeassist.engine.models import asked_model
from codeassist.lsp import logs
from codeassist.lsp.folders import Folder
from codeassist.lsp.indexing import index
from codeassist.lsp.session import LOGGER, Session
from codeassist.lsp.status import ModelState
from codeassist.lsp.uris import same, to_path
from codeassist.lsp.watching import watch, watch_folder
from codeassist.settings.load import facts_alone, load
from codeassist.settings.schema import Settings

SECTION = "codeassist"
RESTRICTED = "this workspace is not trusted, so nothing is sent and no command is run"


def begin(session: Session, params: types.InitializeParams) -> None:
    """Take from `initialize` what it brings."""
    options = session.client.options
    settings, key = options.get("settings"), options.get("key")
    session.given = settings if isinstance(settings, Mapping) else {}
    session.key = key.strip() if isinstance(key, str) else ""
    session.is_restricted = options.get("restricted") is True
    logs.hide(session.key)
    uris = [each.uri for each in params.workspace_folders or ()]
    if not uris and params.root_uri:
        uris = [params.root_uri]
    session.wanted = uris


async def start(session: Session) -> None:
    """Configure, open the folders, index them, and have their files watched."""
    await _pull(session)
    if session.client.registers_configuration:
        await _register(session, types.WORKSPACE_DID_CHANGE_CONFIGURATION, {"section": SECTION})
    session.nowhere.settings = await asyncio.to_thread(_settings, session, None)
    await add_folders(session, session.wanted)
    session.status.is_started = True
    session.ready.set()
    _tell_model(session)
    await watch(session)


async def configure(session: Session, pushed: object) -> None:
    """Take changed settings: what the client pushes, else what it gives when asked."""
    logs.hide(session.key)
    section = pushed.get(SECTION) if isinstance(pushed, Mapping) else None
    if isinstance(section, Mapping):
        session.given = section
    else:
        await _pull(session)
    for folder in session.all_folders():
        folder.settings = await asyncio.to_thread(_settings, session, folder.path or None)
        folder.close()
        folder.reopen()
        session.folder_changed(folder)
    _tell_model(session)


async def add_folders(session: Session, uris: Iterable[str]) -> None:
    """Open folders by their URIs; what is no folder on this machine is left to "nowhere"."""
    for uri in uris:
        path = to_path(uri)
        if path is None or not os.path.isdir(path) or same(uri) in session.folders:
            continue
        folder = await asyncio.to_thread(_opened, session, os.path.abspath(path))
        session.folders[same(uri)] = folder
        if session.ready.is_set():
            watch_folder(session, folder)
        session.spawn(index(session, folder))


def remove_folder(session: Session, uri: str) -> None:
    """Close a folder; its open documents are in "nowhere" then, or in a folder around it."""
    folder = session.folders.pop(same(uri), None)
    if folder is not None:
        session.status.indexing.pop(folder.path, None)
        session.folder_closed(folder)
        if folder.watcher is not None:
            folder.watcher.cancel()
        folder.close()


def _opened(session: Session, path: str) -> Folder:
    """A folder with its settings and its root. Git may refuse it: then it is a plain folder."""
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
    settings = next(session.all_folders()).settings
    name, reason = asked_model(settings)
    session.status.model = ModelState(name, RESTRICTED if session.is_restricted else reason)
    session.status.changed()


async def _pull(session: Session) -> None:
    """Ask the client for its settings, where it gives them."""
    if not session.client.configures:
        return
    params = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    try:
        (section,) = await session.server.workspace_configuration_async(params)
    except Exception as error:  # a client that cannot is not worse than one that says so
        LOGGER.warning("the client gave no configuration: %s", error)
        return
    if isinstance(section, Mapping):
        session.given = {**session.given, **section}


async def _register(session: Session, method: str, options: Mapping[str, Any]) -> None:
    registration = types.Registration(f"codeassist-{method}", method, options)
    params = types.RegistrationParams([registration])
    try:
        await session.server.client_register_capability_async(params)
    except Exception as error:
        LOGGER.warning("the client did not register %s: %s", method, error)
