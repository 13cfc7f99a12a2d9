"""Cancelling: the answer comes while the model still thinks, and the model's server is left alone.

No time is measured here: an answer that is held back until the test lets go of it, which it never
does, shows what waits for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CANCELLED, CURSOR, asked, left, order, refused
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, model_place
from scripted_openai import ScriptedServer, answer, hang, held, matching

TOKEN = "mine"
Sent = tuple[str, Any]


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared.enqueue(held(answer(DOCUMENTED)))


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    return model_place(tmp_path, server.url)


def request(editor: Editor) -> Sent:
    params = order(editor, "docs") | {"workDoneToken": TOKEN}
    return editor.begin("codeassist/run", params)


def command(editor: Editor) -> Sent:
    editor.client.progress_reports.setdefault(TOKEN, [])
    params = types.ExecuteCommandParams("codeassist.run", [order(editor, "docs")], TOKEN)
    return editor.begin(types.WORKSPACE_EXECUTE_COMMAND, params)


def by_request(editor: Editor, sent: Sent) -> None:
    editor.cancel(sent[0])


def by_progress(editor: Editor, sent: Sent) -> None:
    editor.cancel_progress(TOKEN)


@pytest.mark.parametrize("cancel", [by_request, by_progress])
@pytest.mark.parametrize("send", [request, command])
async def test_cancelled_while_the_model_thinks(
    place: Place,
    server: ScriptedServer,
    client: str,
    send: Callable[[Editor], Sent],
    cancel: Callable[[Editor, Sent], None],
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        sent = send(editor)
        await asked(server)
        await editor.until(lambda: any("asking" in each for each in editor.stages(TOKEN)))
        cancel(editor, sent)
        await refused(editor, sent[1], CANCELLED)
        assert await left(server)
        await editor.until(lambda: editor.stages(TOKEN)[-1] == "end")
        await editor.until(lambda: editor.statuses[-1]["state"] == "ready")
        assert editor.applied == []
        assert editor.messages() == []
        # What comes next is done as if nothing had been.
        server.enqueue(answer(DOCUMENTED))
        result = await editor.request("codeassist/run", **order(editor, "docs"))
        assert result["edits"]


async def test_cancelled_by_the_progress_of_the_server(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        _, pending = editor.begin("codeassist/run", order(editor, "docs"))
        await asked(server)
        await editor.until(lambda: any(editor.client.progress_reports.values()))
        (token,) = editor.client.progress_reports
        editor.cancel_progress(str(token))
        await refused(editor, pending, CANCELLED)
        assert await left(server)


async def test_cancelled_before_anything_was_done(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        for cancel in (by_request, by_progress):
            sent = request(editor)
            cancel(editor, sent)
            await refused(editor, sent[1], CANCELLED)
        assert server.requests() == []


async def test_every_request_is_answered_once(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        answers = _answers(editor)
        first = request(editor)
        await asked(server)
        newer = request(editor)  # which cancels the first one
        await refused(editor, first[1], CANCELLED)
        for cancel in (by_progress, by_request, by_request):
            cancel(editor, newer)
        await refused(editor, newer[1], CANCELLED)
        by_progress(editor, newer)
        await editor.request("codeassist/status")  # all that was to come has come
        assert {sent[0]: answers[sent[0]] for sent in (first, newer)} == {
            first[0]: 1,
            newer[0]: 1,
        }


async def test_the_end_of_the_session_cancels(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        _, pending = request(editor)
        await asked(server)
        await editor.within(editor.client.shutdown_async(None))
        await refused(editor, pending, CANCELLED)
        editor.client.exit(None)
        assert editor.client._server
        assert await editor.within(editor.client._server.wait()) == 0
    assert await left(server)


async def test_testing_a_model_can_be_cancelled(place: Place, server: ScriptedServer) -> None:
    server.reset()
    server.enqueue(matching(hang(), path="/models"))
    async with Editor(place) as editor:
        message_id, pending = editor.begin("codeassist/models", {})
        await asked(server)
        editor.cancel(message_id)
        await refused(editor, pending, CANCELLED)
        assert await left(server)


def _answers(editor: Editor) -> Counter[Any]:
    """How many answers come for each request, counted from now on."""
    found: Counter[Any] = Counter()
    protocol = editor.client.protocol
    handle = protocol.handle_message

    def counted(message: Any) -> None:
        if not hasattr(message, "method"):
            found[message.id] += 1
        handle(message)

    protocol.handle_message = counted
    return found
