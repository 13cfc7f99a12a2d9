"""What can be done with a finding: have it explained, have it silenced."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CONFIRMED, CURSOR, FAILED, INVALID, hypothesis, refused, replacing
from command import Place
from editor import Editor
from findings_editor import FindingsEditor
from lsprotocol import types
from model_place import SOURCE, model_place
from scripted_openai import ScriptedServer, answer

FIX = replacing("amount * rate", "amount * rate / 100")
CODE = "def f():\n    x = '😀 日本'; breakpoint()$0\n"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"shop.py": "def f():\n    return 1\n"})


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def finding(editor: Editor, name: str, code: str = "CA302") -> dict[str, Any]:
    """The argument of the command for a finding at a document's cursor."""
    at = editor.selected(name).start
    position = {"line": at.line, "character": at.character}
    return {"uri": editor.uri(name), "range": {"start": position, "end": position}, "code": code}


async def dismissed(editor: Editor, name: str) -> str:
    """The text of a document in which a finding was silenced."""
    assert await editor.execute("codeassist.dismiss", finding(editor, name)) == {"applied": True}
    return editor.texts[name]


async def test_a_finding_is_silenced(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", CODE)
        after = CODE.replace("$0", "  # codeassist: ignore[CA302]")
        assert await dismissed(editor, "shop.py") == after
        (sent,) = editor.applied
        assert sent.label == "Ignore CA302 in line 2"


async def test_line_ends_and_tabs_stay(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", f"if 1:\r\n\tx('{'日' * 80}')$0\r\n")
        assert await dismissed(editor, "shop.py") == (
            f"if 1:\r\n\t# codeassist: ignore[CA302]\r\n\tx('{'日' * 80}')\r\n"
        )


async def test_a_file_that_is_not_open(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        name = editor.uri("shop.py")
        editor.texts[name] = "def f():\n    return 1\n"  # as the editor reads it from disk
        argument = {
            "uri": name,
            "range": {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 4}},
            "code": "CA302",
        }
        assert await editor.execute("codeassist.dismiss", argument) == {"applied": True}
        assert editor.texts[name] == "def f():\n    return 1  # codeassist: ignore[CA302]\n"


async def test_documents_that_are_no_files(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("untitled:Untitled-1", CODE, "python")
        assert "ignore[CA302]" in await dismissed(editor, "untitled:Untitled-1")
        cell = "vscode-notebook-cell:/book.ipynb#2"
        first = "vscode-notebook-cell:/book.ipynb#1"
        texts = {first: "import os\n", cell: CODE.replace("$0", "")}
        editor.texts |= texts
        editor.versions |= dict.fromkeys(texts, 1)
        editor.cursors[cell] = (len(texts[cell]) - 1, len(texts[cell]) - 1)
        listed = [types.NotebookCell(types.NotebookCellKind.Code, name) for name in texts]
        uri = editor.uri("book.ipynb")
        notebook = types.NotebookDocument(uri, "jupyter-notebook", 1, listed)
        documents = [types.TextDocumentItem(name, "python", 1, texts[name]) for name in texts]
        params = types.DidOpenNotebookDocumentParams(notebook, documents)
        editor.client.notebook_document_did_open(params)
        assert "ignore[CA302]" in await dismissed(editor, cell)
        assert editor.texts[first] == "import os\n"


async def test_what_cannot_be_silenced(place: Place, client: str) -> None:
    place.write({"data.json": "{}\n"})
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("data.json", '{"a": 1}$0\n', "json")

        async def failing(argument: Any, code: int) -> str:
            params = types.ExecuteCommandParams("codeassist.dismiss", [argument])
            error = await refused(editor, editor.begin("workspace/executeCommand", params)[1], code)
            return error.message

        wanted = finding(editor, "data.json")
        assert "no comment can be written" in await failing(wanted, FAILED)
        gone = editor.uri("gone.py")
        assert "cannot be read" in await failing(wanted | {"uri": gone}, FAILED)
        assert "is not open" in await failing(wanted | {"uri": "untitled:a"}, FAILED)
        assert "`range`" in await failing({"uri": gone, "code": "CA302"}, INVALID)
        assert not editor.applied
        # There is no such hypothesis.
        result = await editor.execute("codeassist.dismiss", wanted | {"code": "CH101"})
        assert result == {"applied": False}


# What a model supposes


async def test_a_hypothesis_is_fixed_or_forgotten(
    tmp_path: Path, server: ScriptedServer, client: str
) -> None:
    place = model_place(tmp_path, server.url)
    server.enqueue(answer(hypothesis("    return amount * rate", FIX)), answer(CONFIRMED))
    async with FindingsEditor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", CURSOR)
        await editor.execute("codeassist.bugs", {"uri": editor.uri("shop.py")})
        (found,) = await editor.codes("shop.py", "CH101")
        editor.cursors["shop.py"] = (editor.offset("shop.py", found.range.start),) * 2
        listed = await editor.actions("shop.py", diagnostics=[found], only=["quickfix"])
        fix, forget = listed
        assert fix.title == "Apply the fix of this hypothesis"
        assert forget.title == "Forget what a model said here"
        resolved = await editor.resolve(fix)
        assert resolved.edit
        editor.apply(resolved.edit)
        assert editor.texts["shop.py"] == SOURCE.replace("rate\n", "rate / 100\n")
        assert forget.command
        (argument,) = forget.command.arguments or ()
        done = await editor.execute(forget.command.command, argument)
        assert done == {"applied": True}
        await editor.codes("shop.py")
        assert not editor.applied, "no comment is written for what no check says"


# Explaining


async def test_the_page_of_a_check(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        page = await editor.request("codeassist/explain", code="debugger-left")
        assert page["code"] == "CA302"
        assert page["text"].startswith("# CA302 debugger-left\n")
        assert await editor.request("codeassist/explain", code="ca302") == page
        supposed = await editor.request("codeassist/explain", code="CH101")
        assert supposed["text"].startswith("# CH101 ")


async def test_what_has_no_page(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        pending = editor.begin("codeassist/explain", {"code": "CA30"})[1]
        assert (await refused(editor, pending, FAILED)).message == "there is no check CA30"
        await refused(editor, editor.begin("codeassist/explain", {})[1], INVALID)
        await refused(editor, editor.begin("codeassist/explain", [1])[1], INVALID)


async def test_a_page_is_shown_as_a_document(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        await editor.execute("codeassist.explain", {"code": "CA302"})
        (shown,) = editor.client.shown_documents
        path = Path(shown.uri.removeprefix("file://"))
        assert path.is_relative_to(place.cache)
        assert path.read_text("utf-8").startswith("# CA302 ")
        assert editor.messages() == []


async def test_a_page_is_told_where_no_document_can_be_shown(place: Place, client: str) -> None:
    async with Editor(place, client, without=["window.showDocument"]) as editor:
        await editor.ready()
        await editor.execute("codeassist.explain", {"code": "CA302"})
        await editor.until(editor.messages)
        (text,) = editor.messages()
        assert text.startswith("# CA302 ")
        assert text.count("\n") < 10
