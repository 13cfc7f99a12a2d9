"""Nothing stale comes out: what changes while a model thinks is never written over."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CHANGED, CURSOR, asked, change, order, refused, replacing, suggestions
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, SOURCE, model_place
from scripted_openai import ScriptedServer, answer, held

from codeassist.lsp.converter import tolerant

TAX = "from shop import price\n\n\ndef tax(amount):\n    return price(amount, 0.2)\n"
OTHER = "unrelated = 1\n"
# The parameter is renamed in one file, and the call names it in the other.
RENAMED = (
    replacing(
        "amount, rate):\n    return amount * rate", "amount, factor):\n    return amount * factor"
    ),
    replacing("price(amount, 0.2)", "price(amount, factor=0.2)", "tax.py"),
)
BOTH = change(*RENAMED)
NEW = change(
    {"kind": "create", "path": "rates.py", "search": None, "symbol": None, "text": "RATE = 0.2\n"}
)


@pytest.fixture(scope="module")
def shared() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def server(shared: ScriptedServer) -> ScriptedServer:
    shared.reset()
    return shared


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    place = model_place(tmp_path, server.url)
    return place.commit({"tax.py": TAX, "other.py": OTHER})


def instructed(editor: Editor) -> dict[str, Any]:
    return order(editor, "refactor", action="instruct", instruction="say what the rate is")


def edit_of(result: dict[str, Any]) -> types.WorkspaceEdit:
    (edit,) = result["edits"]
    return tolerant().structure(edit["edit"], types.WorkspaceEdit)


async def test_the_document_changes(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(DOCUMENTED)))
        _, pending = editor.begin("codeassist/run", order(editor, "docs"))
        await asked(server)
        editor.change("shop.py", len(SOURCE), len(SOURCE), "# new\n")
        server.release()
        failure = await refused(editor, pending, CHANGED)
        assert failure.message == "shop.py changed meanwhile: nothing was done, run it again"
        # What the model said is kept: the same question about the new text is another one.
        server.enqueue(answer(DOCUMENTED))
        editor.apply(edit_of(await editor.request("codeassist/run", **order(editor, "docs"))))
        assert '"""Compute a price.' in editor.texts["shop.py"]
        assert editor.texts["shop.py"].endswith("rate\n# new\n")


async def test_the_command_tells_the_user(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(DOCUMENTED)))
        params = types.ExecuteCommandParams("codeassist.run", [order(editor, "docs")])
        _, pending = editor.begin(types.WORKSPACE_EXECUTE_COMMAND, params)
        await asked(server)
        editor.change("shop.py", 0, 0, "# new\n")
        server.release()
        await refused(editor, pending, CHANGED)
        # Editors say nothing of this error by themselves.
        assert editor.messages() == [
            "codeassist: shop.py changed meanwhile: nothing was done, run it again"
        ]
        assert editor.applied == []
        assert editor.texts["shop.py"] == f"# new\n{SOURCE}"


async def test_a_change_that_is_taken_back(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(DOCUMENTED)))
        _, pending = editor.begin("codeassist/run", order(editor, "docs"))
        await asked(server)
        editor.change("shop.py", 0, 0, "# new\n")
        editor.change("shop.py", 0, len("# new\n"), "")
        server.release()
        # Its version is the one of now, which `apply` compares.
        editor.apply(edit_of(await editor.within(pending)))
        assert '"""Compute a price.' in editor.texts["shop.py"]


async def test_another_open_file_of_the_edit_changes(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        editor.open("tax.py")
        server.enqueue(held(answer(BOTH)))
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        editor.change("tax.py", 0, 0, "# new\n")
        server.release()
        await refused(editor, pending, CHANGED)


@pytest.mark.parametrize("text", ["# new\n" + TAX, None], ids=["written", "deleted"])
async def test_a_closed_file_of_the_edit_changes_on_disk(
    place: Place, server: ScriptedServer, client: str, text: str | None
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(BOTH)))
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        place.write({"tax.py": text})
        server.release()
        await refused(editor, pending, CHANGED, "tax.py")


async def test_files_that_the_edit_leaves_alone_may_change(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        editor.open("tax.py")
        editor.open("other.py")
        server.enqueue(held(answer(BOTH)))
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        editor.change("other.py", 0, 0, "# new\n")
        server.release()
        edit = edit_of(await editor.within(pending))
        editor.apply(edit)
        assert "factor):\n    return amount * factor" in editor.texts["shop.py"]
        assert "price(amount, factor=0.2)" in editor.texts["tax.py"]
        # Where the client asks its user, an edit of several files is confirmed.
        notes = edit.change_annotations or {}
        assert [each.needs_confirmation for each in notes.values()] == [True] * (client == "vscode")


async def test_a_new_file_that_is_there_by_now(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        repair = answer(json.dumps({"edits": [json.loads(NEW)["edits"][0]]}))
        server.enqueue(held(answer(NEW)), repair)
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        (place.root / "rates.py").write_text("RATE = 0.1\n")
        server.release()
        result = await editor.within(pending)
        assert result["edits"] == []
        assert any("there is such a file already" in each["reason"] for each in result["dropped"])


async def begin_to_choose(editor: Editor, server: ScriptedServer, *edits: Any) -> Any:
    """Have the command ask which suggestion is wanted; what it will answer, and the choice."""
    server.enqueue(answer(suggestions(("Name it", *edits))))
    choice = editor.later()
    editor.answers = [choice]
    command = order(editor, "refactor", action="suggest")
    params = types.ExecuteCommandParams("codeassist.run", [command])
    _, pending = editor.begin(types.WORKSPACE_EXECUTE_COMMAND, params)
    await editor.until(lambda: editor.questions)
    return pending, choice


async def choose(editor: Editor, choice: Any) -> None:
    """Choose the first of the suggestions."""
    (question,) = editor.questions
    assert question.actions
    choice.set_result(question.actions[0].title)


async def test_a_change_while_the_user_chooses(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        pending, choice = await begin_to_choose(editor, server, *RENAMED[:1])
        editor.change("shop.py", 0, 0, "# new\n")
        await choose(editor, choice)
        await refused(editor, pending, CHANGED)
        assert editor.applied == []
        assert editor.texts["shop.py"] == f"# new\n{SOURCE}"


@pytest.mark.parametrize("text", ["# new\n" + TAX, None], ids=["written", "deleted"])
async def test_a_change_on_disk_while_the_user_chooses(
    place: Place, server: ScriptedServer, client: str, text: str | None
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        pending, choice = await begin_to_choose(editor, server, *RENAMED)
        place.write({"tax.py": text})
        await choose(editor, choice)
        await refused(editor, pending, CHANGED)
        assert editor.applied == []


async def test_nothing_changes_while_the_user_chooses(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        editor.open("tax.py")
        pending, choice = await begin_to_choose(editor, server, *RENAMED)
        await choose(editor, choice)
        assert await editor.within(pending) == {"applied": True}
        assert "factor):\n    return amount * factor" in editor.texts["shop.py"]
        assert "price(amount, factor=0.2)" in editor.texts["tax.py"]


async def test_an_action_of_an_older_text(place: Place, server: ScriptedServer) -> None:
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        wish = order(editor, "docs") | {"digest": "0123456789abcdef"}
        await refused(editor, editor.begin("codeassist/run", wish)[1], CHANGED)
        assert server.requests() == []
