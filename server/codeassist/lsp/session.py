"""A session: one client, its folders and documents, and what is under way for it.

Lives in the event loop's thread. What works on code does so in lanes; handlers of messages are the
files of `requests/` and `notifications/`, which get the session and nothing else.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Protocol

from lsprotocol import types

from codeassist.base.files import decode
from codeassist.base.text import LineIndex
from codeassist.engine.documents import suffix_of
from codeassist.lsp.client import Client
from codeassist.lsp.convert import Converter, Target
from codeassist.lsp.documents import Document, Documents
from codeassist.lsp.folders import Folder, folder_of
from codeassist.lsp.notebooks import Module, joined
from codeassist.lsp.places import Place, buffers, path_in
from codeassist.lsp.protocol import SEEN
from codeassist.lsp.status import Status
from codeassist.lsp.uris import name_of, same
from codeassist.lsp.work import Work
from codeassist.settings.schema import Settings

if TYPE_CHECKING:
    from codeassist.engine.engine import Engine

LOGGER = logging.getLogger("codeassist.server")


class Listener(Protocol):
    """Hears of changes, in the event loop's thread."""

    def document_changed(self, uri: str) -> None:
        """A document was opened or changed."""

    def document_closed(self, uri: str) -> None:
        """A document was closed."""

    def files_changed(self, folder: Folder) -> None:
        """Something changed on a folder's disk, or in its settings."""

    def folder_closed(self, folder: Folder) -> None:
        """A folder is none of the workspace any more."""


class Session:
    """What there is for one client. `server` is pygls' server, for messages to the client."""

    def __init__(self, server: Any, documents: Documents) -> None:  # noqa: ANN401
        self.server = server
        self.documents = documents
        self.client = Client()
        self.folders: dict[str, Folder] = {}
        self.nowhere = Folder("", Settings(), "")
        self.notebooks: dict[str, tuple[str, list[str]]] = {}  # (URI, cells' URIs) by `same`
        self.status = Status(self._notify)
        self.works: dict[object, tuple[Work, asyncio.Task[Any]]] = {}
        self.has_begun = False
        self.ready = asyncio.Event()  # the folders' settings and roots are known
        self.configuring = 0  # changes of settings that are being taken over
        self.configured = asyncio.Event()  # none is
        self.configured.set()
        self.loop = asyncio.get_running_loop()
        self.wanted: dict[str, str] = {}  # the workspace's folders: URIs by `same`
        self.given: Mapping[str, Any] = {}  # the editor's settings
        self.key = ""
        self.is_restricted = False
        self.listeners: list[Listener] = []
        self.features: dict[type, object] = {}  # what one feature keeps for the session
        self._tasks: set[asyncio.Task[Any]] = set()
        self._begun: dict[int | str, asyncio.Task[Any]] = {}  # requests, by the client's tokens
        self._once: set[str] = set()
        self._modules: tuple[Mapping[str, Document], dict[str, tuple[str, Module]]] | None = None

    # Documents

    def seen(self) -> Mapping[str, Document]:
        """The documents as they were when the message came that is being handled, else as now."""
        seen = SEEN.get()
        return self.documents.current if seen is None else seen

    def document(self, uri: str) -> Document | None:
        """An open document as the message that is being handled means it."""
        return self.seen().get(same(uri))

    async def place(self, uri: str) -> Place | None:
        """Where an open document is; None for one that is not open, or too large."""
        document = self.document(uri)
        await self.ready.wait()
        await self.configured.wait()
        if document is None or document.is_too_large:
            return None
        for notebook, (path, module) in self.modules().items():
            first = module.line_in_module(document.uri)
            if first is not None:
                folder, lines = self.folder_of(notebook), LineIndex(module.data)
                return Place(folder, path, document, lines, module, first)
        folder = self.folder_of(uri)
        return Place(folder, path_in(folder, document), document, document.lines)

    def folder_of(self, uri: str) -> Folder:
        """The folder of a document; "nowhere" if it is in none."""
        return folder_of(self.folders, uri) or self.nowhere

    def modules(self) -> dict[str, tuple[str, Module]]:
        """Each notebook's path and module, by its URI, in the state of `seen`."""
        seen = self.seen()
        if self._modules is None or self._modules[0] is not seen:
            found: dict[str, tuple[str, Module]] = {}
            for uri, cells in self.notebooks.values():
                listed = (seen.get(same(cell)) for cell in cells)
                notebook = Document(uri, "python", 0, b"")
                path = path_in(self.folder_of(uri), notebook)
                path += suffix_of(path, notebook.language)  # else it would be taken for no code
                found[uri] = (path, joined(each for each in listed if each is not None))
            self._modules = (seen, found)
        return self._modules[1]

    def buffers(self, folder: Folder) -> dict[str, bytes]:
        """The texts of a folder's open documents by path, in the state of `seen`."""
        cells = {same(cell) for _, cells in self.notebooks.values() for cell in cells}
        here = {
            key: each
            for key, each in self.seen().items()
            if key not in cells and self.folder_of(each.uri) is folder
        }
        modules = {
            uri: pair for uri, pair in self.modules().items() if self.folder_of(uri) is folder
        }
        return buffers(folder, here, modules)

    def converter(self, folder: Folder) -> "Callable[[Engine], Converter]":
        """Makes the conversion to LSP's types in a lane of the folder, with the lane's engine.

        Targets are those of `seen`: call this where that is right, and hand the result to the lane.
        """
        open_paths = {
            path_in(folder, each): Target(each.uri, each.version)
            for each in self.seen().values()
            if self.folder_of(each.uri) is folder
        }
        for uri, (path, module) in self.modules().items():
            open_paths[path] = Target(uri, None, module)
        texts = self.buffers(folder)

        def target(path: str) -> Target:
            return open_paths.get(path) or Target(folder.uri_of(path))

        def make(engine: "Engine") -> Converter:
            def lines(path: str) -> LineIndex | None:
                raw = texts.get(path)
                return LineIndex(decode(path, raw).data) if raw is not None else engine.lines(path)

            return Converter(self.client, target, lines)

        return make

    def document_changed(self, uri: str) -> None:
        """Tell whoever wants to know that a document was opened or changed."""
        SEEN.set(self.documents.current)  # what the message that is being handled made of them
        document = self.document(uri)
        if document is not None and document.is_too_large:
            self.say_once(
                f"codeassist: {name_of(uri)} is larger than 5 MB, so nothing is offered for it"
            )
        for each in self.listeners:
            each.document_changed(uri)

    def document_closed(self, uri: str) -> None:
        """Tell whoever wants to know that a document was closed."""
        SEEN.set(self.documents.current)
        for each in self.listeners:
            each.document_closed(uri)

    def files_changed(self, uris: Iterable[str]) -> None:
        """Have the folders of some files look at the disk again."""
        for folder in {self.folder_of(uri) for uri in uris}:
            self.folder_changed(folder)

    def folder_changed(self, folder: Folder) -> None:
        """Have a folder look at the disk again, and tell whoever wants to know."""
        folder.is_stale = True
        for each in self.listeners:
            each.files_changed(folder)

    def folder_closed(self, folder: Folder) -> None:
        """Tell whoever wants to know that a folder is gone."""
        for each in self.listeners:
            each.folder_closed(folder)

    # Work

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Let something run by itself; what it raises is logged. It sees the documents as now."""
        context = copy_context()
        context.run(SEEN.set, None)
        task = asyncio.get_running_loop().create_task(work, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._over)
        return task

    def spent(self) -> None:
        """Something may have cost money: have the status tell of it."""
        if self.status.model.is_there:
            self.spawn(self._count_cost())

    def cancel_work(self, key: object) -> None:
        """Cancel the long work of a key, if there is any."""
        if key in self.works:
            self.works[key][1].cancel()

    def begun(self, token: int | str | None) -> Callable[[], None]:
        """A request of the client has begun, by its own token; call the result at its end."""
        if token is None:
            return lambda: None
        task = asyncio.current_task()
        assert task is not None, "a request is handled in a task"
        self._begun[token] = task

        def forget() -> None:
            if self._begun.get(token) is task:
                del self._begun[token]

        return forget

    def cancel_token(self, token: int | str) -> None:
        """Cancel what has a progress token. A request that has just come is to begin first."""
        self.loop.call_soon(self._cancel_begun, token)

    def _cancel_begun(self, token: int | str) -> None:
        if token in self._begun:
            self._begun[token].cancel()
            return
        for work, task in list(self.works.values()):
            if work.token == token:
                task.cancel()

    # Messages to the client

    @property
    def confirm_cents(self) -> int:
        """Above which likely cost the user is asked first; 0 is never."""
        if not self.client.asks:
            return 0
        return next(self.all_folders()).settings.editor.confirm_cents

    def all_folders(self) -> Iterator[Folder]:
        """All folders, "nowhere" last."""
        yield from self.folders.values()
        yield self.nowhere

    async def ask(self, text: str, answers: tuple[str, ...]) -> str | None:
        """What the user chooses of some answers, None for none of them."""
        params = types.ShowMessageRequestParams(
            types.MessageType.Info, text, [types.MessageActionItem(each) for each in answers]
        )
        chosen = await self.server.window_show_message_request_async(params)
        return getattr(chosen, "title", None)

    def say(self, text: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show a message."""
        self.server.window_show_message(types.ShowMessageParams(kind, text))

    def say_once(self, text: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show a message that was not shown before in this session."""
        if text not in self._once:
            self._once.add(text)
            self.say(text, kind)

    def notify_progress(self, token: int | str, value: object) -> None:
        """A step of a progress."""
        self.server.protocol.notify(types.PROGRESS, types.ProgressParams(token, value))

    def close(self) -> None:
        """Cancel everything and let the lanes end."""
        for _, task in list(self.works.values()):
            task.cancel()
        for each in self._tasks:
            each.cancel()
        for folder in self.all_folders():
            folder.close()
        self.status.close()

    def feature(self, kind: Callable[["Session"], Any]) -> Any:  # noqa: ANN401
        """What a feature keeps for this session, made when first asked for."""
        if kind not in self.features:
            self.features[kind] = kind(self)  # type: ignore[index]
        return self.features[kind]  # type: ignore[index]

    async def _count_cost(self) -> None:
        from codeassist.engine.spending import cost_today

        settings = next(self.all_folders()).settings
        self.status.cost_today = await asyncio.to_thread(cost_today, settings)
        self.status.changed()

    def _notify(self, method: str, params: Mapping[str, Any]) -> None:
        self.server.protocol.notify(method, params)

    def _over(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            LOGGER.error("a background task broke", exc_info=task.exception())
