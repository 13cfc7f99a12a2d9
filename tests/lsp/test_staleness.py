"""Nothing stale comes out: what changes while a model thinks is never written over."""

from collections.abc import Callable, Iterator
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
BOTH = change(
    replacing(
        "amount, rate):\n    return amount * rate", "amount, factor):\n    return amount * factor"
    ),
    replacing("price(amount, 0.2)", "price(amount, factor=0.2)", "tax.py"),
)
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
        editor.change("shop.py", 0, 0, "# new\n")
        server.release()
        failure = await refused(editor, pending, CHANGED)
        assert failure.message == "the file changed meanwhile: nothing was done, run it again"
        # What the model said is kept: the same question about the new text is another one.
        server.enqueue(answer(DOCUMENTED))
        editor.apply(edit_of(await editor.request("codeassist/run", **order(editor, "docs"))))
        assert editor.texts["shop.py"].startswith('# new\ndef price(amount, rate):\n    """')


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
            "codeassist: the file changed meanwhile: nothing was done, run it again"
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


def other_is_edited(editor: Editor) -> None:
    editor.change("tax.py", 0, 0, "# new\n")


def other_is_written(editor: Editor) -> None:
    (editor.place.root / "tax.py").write_text("# new\n" + TAX)


def other_is_deleted(editor: Editor) -> None:
    (editor.place.root / "tax.py").unlink()


@pytest.mark.parametrize(
    ("opened", "happens"),
    [
        ("tax.py", other_is_edited),
        ("", other_is_written),
        ("", other_is_deleted),
    ],
    ids=["edited", "written", "deleted"],
)
async def test_another_file_of_the_edit_changes(
    place: Place,
    server: ScriptedServer,
    client: str,
    opened: str,
    happens: Callable[[Editor], None],
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        if opened:
            editor.open(opened)
        server.enqueue(held(answer(BOTH)))
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        happens(editor)
        server.release()
        await refused(editor, pending, CHANGED)


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
        server.enqueue(held(answer(NEW)))
        _, pending = editor.begin("codeassist/run", instructed(editor))
        await asked(server)
        (place.root / "rates.py").write_text("RATE = 0.1\n")
        server.release()
        await refused(editor, pending, CHANGED)
        assert (place.root / "rates.py").read_text() == "RATE = 0.1\n"


async def test_a_change_while_the_user_chooses(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        percent = replacing("amount * rate", "amount * rate / 100")
        server.enqueue(answer(suggestions(("In percent", percent))))
        choice = editor.later()
        editor.answers = [choice]
        command = order(editor, "refactor", action="suggest")
        params = types.ExecuteCommandParams("codeassist.run", [command])
        _, pending = editor.begin(types.WORKSPACE_EXECUTE_COMMAND, params)
        await editor.until(lambda: editor.questions)
        editor.change("shop.py", 0, 0, "# new\n")
        choice.set_result("In percent (1 line)")
        await refused(editor, pending, CHANGED)
        assert editor.applied == []
        assert editor.texts["shop.py"] == f"# new\n{SOURCE}"


async def test_an_action_of_an_older_text(place: Place, server: ScriptedServer) -> None:
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        wish = order(editor, "docs") | {"digest": "0123456789abcdef"}
        await refused(editor, editor.begin("codeassist/run", wish)[1], CHANGED)
        assert server.requests() == []
