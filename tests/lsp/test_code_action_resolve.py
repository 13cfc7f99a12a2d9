"""Actions that are chosen: the edit that comes, applied as an editor does, and what is refused."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from actions import chosen, command_of, done, remark
from asked_models import (
    CANCELLED,
    CHANGED,
    FAILED,
    INVALID,
    asked,
    change,
    left,
    refused,
    replacing,
)
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, SOURCE, model_place
from scripted_openai import ScriptedServer, answer, held

SHOP = "def price(amount, rate):\n    # 😀 日本\n    return $0amount * rate$0 + 1\n"
OTHER = "from shop import getPrice\n\nprint('😀', getPrice(1, 2))\n"
INSTRUCTED = change(replacing("amount * rate", "amount * rate / 100"))
BROKEN = change(replacing("    return amount * rate + 1\n", "    return amount *\n"))


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
    return model_place(tmp_path, server.url)


@pytest.fixture
def offline(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"shop.py": SOURCE})


def resolving(editor: Editor, action: types.CodeAction) -> tuple[str, "asyncio.Future[Any]"]:
    """Resolve without waiting."""
    return editor.begin("codeAction/resolve", action)


def wrong(editor: Editor, message: str, **named: Any) -> dict[str, Any]:
    """The context of a menu with one diagnostic at the cursors."""
    return {"diagnostics": [remark(editor.selected("shop.py"), message, **named)]}


# ----------------------------------------------------------------- without a model

LOCAL = [
    (
        "Extract variable",
        "def price(amount, rate):\n    # 😀 日本\n    return '😀', $0amount * rate$0 + 1\n",
        "def price(amount, rate):\n    # 😀 日本\n    value = amount * rate\n"
        "    return '😀', value + 1\n",
    ),
    # Line ends and tabs stay what they are.
    (
        "Extract variable",
        "def f(合計):\r\n\tif 合計:\r\n\t\treturn '😀', $0合計 * 2$0\r\n",
        "def f(合計):\r\n\tif 合計:\r\n\t\tvalue = 合計 * 2\r\n\t\treturn '😀', value\r\n",
    ),
    (
        "Extract function",
        "def f(items):\n    '😀'\n$0    total = sum(items)\n    print('日本', total)\n$0"
        "    return total\n",
        "def extracted(items):\n    total = sum(items)\n    print('日本', total)\n"
        "    return total\n\n\n"
        "def f(items):\n    '😀'\n    total = extracted(items)\n    return total\n",
    ),
    (
        "Inline `rate`",
        "def f(amount):\n    ra$0te = amount[0]  # 😀\n    return '日本', rate\n",
        "def f(amount):\n    return '日本', amount[0]\n",
    ),
    (
        "Flip `if` and `else`",
        "def f(a):\n    i$0f a:\n        return '😀'\n    else:\n        return '日本'\n",
        "def f(a):\n    if not a:\n        return '日本'\n    else:\n        return '😀'\n",
    ),
]


async def test_local_refactorings(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        for number, (title, text, wanted) in enumerate(LOCAL):
            editor.open(f"new{number}.py", text)
            assert await done(editor, f"new{number}.py", title) == wanted


RENAME = "codeassist.client.rename"
NAMED = {"clientCommands": [RENAME]}
MADE_UP = ("value", "value", "extracted", "", "")  # by the rows of LOCAL


async def test_the_editor_can_ask_for_a_better_name(offline: Place, client: str) -> None:
    """The place is one of the new name, in the text as it is once the edit is made."""
    async with Editor(offline, client, options=NAMED) as editor:
        await editor.ready()
        for number, ((title, text, wanted), name) in enumerate(zip(LOCAL, MADE_UP, strict=True)):
            file = f"new{number}.py"
            editor.open(file, text)
            action = await editor.resolve(await chosen(editor, file, title))
            assert action.edit is not None
            editor.apply(action.edit)
            assert editor.texts[file] == wanted
            if not name:
                assert action.command is None
                continue
            command, argument = command_of(action)
            assert (command, argument["uri"]) == (RENAME, editor.uri(file))
            places = [types.Position(**argument["range"][end]) for end in ("start", "end")]
            assert editor.quoted(file, types.Range(*places)) == name


async def test_what_else_is_to_be_known_is_told(offline: Place, client: str) -> None:
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", "def f(a):\n    ra$0te = a  # in percent 😀\n    return rate\n")
        assert await done(editor, "shop.py", "Inline `rate`") == "def f(a):\n    return a\n"
        await editor.until(lambda: any("# in percent 😀" in each for each in editor.messages()))


async def test_another_language(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open(
            "web.ts", "function f(合計: number) {\r\n\treturn ['😀', $0合計 * 2$0];\r\n}\r\n"
        )
        assert await done(editor, "web.ts", "Extract variable") == (
            "function f(合計: number) {\r\n\tconst value = 合計 * 2;\r\n"
            "\treturn ['😀', value];\r\n}\r\n"
        )


async def test_a_renaming_reaches_other_files(offline: Place, client: str) -> None:
    offline.commit({"shop.py": "def getPrice(a, b):\n    return a * b\n", "other.py": OTHER})
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", "# 😀\ndef get$0Price(a, b):\n    return a * b\n")
        editor.open("other.py", OTHER.replace("\nprint", "\n# not saved: 日本\nprint"))
        title = "Rename `getPrice` to `get_price`"
        action = await editor.resolve(await chosen(editor, "shop.py", title))
        assert action.edit
        changes = action.edit.document_changes
        assert changes
        assert [each.text_document.version for each in changes] == [1, 1]  # type: ignore[union-attr]
        if client == "vscode":  # several files: the editor shows them before
            (note,) = (action.edit.change_annotations or {}).values()
            assert note.needs_confirmation
            assert note.label == title
        editor.apply(action.edit)
        assert editor.texts["shop.py"] == "# 😀\ndef get_price(a, b):\n    return a * b\n"
        assert editor.texts["other.py"] == (
            "from shop import get_price\n\n# not saved: 日本\nprint('😀', get_price(1, 2))\n"
        )


async def test_a_safe_fix_of_ruff(offline: Place, client: str) -> None:
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", "def f(x):\n    '日本'; return $0x is '😀'$0\n")
        said = wrong(editor, "F632 Use `==` to compare", code="CA401")
        text = await done(editor, "shop.py", "Apply ruff's safe fix", **said)
        assert text == "def f(x):\n    '日本'; return x == '😀'\n"


async def test_the_function_that_is_repeated(offline: Place, client: str) -> None:
    body = (
        "    best = None\n    for each in items:\n        if each.price and each.price > limit:\n"
        "            if best is None or each.price < best.price:\n                best = each\n"
        "        elif each.name:\n            print(each.name, limit)\n    return best\n"
    )
    library = f"import os\n\n\ndef cheapest(items, limit):\n{body}"
    again = f"import os\n\n\ndef lo$0west(items, limit):\n{body}"
    offline.commit({"lib.py": library})
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", again)
        said = wrong(editor, "`lowest` repeats `cheapest`", code="CA202")
        title = "Call the function that this one repeats"
        assert await done(editor, "shop.py", title, **said) == (
            "import os\nfrom lib import cheapest\n\n\n"
            "def lowest(items, limit):\n    return cheapest(items, limit)\n"
        )


async def test_documentation_from_facts_alone(offline: Place, client: str) -> None:
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", "def price(amount):\r\n\t# 😀\r\n\treturn $0amount\r\n")
        text = await done(editor, "shop.py", "Document `price` from facts alone")
        assert text.startswith('def price(amount):\r\n\t"""')
        assert text.endswith('"""\r\n\t# 😀\r\n\treturn amount\r\n')
        assert "amount:" in text
        assert "\n" not in text.replace("\r\n", "")


# -------------------------------------------------------------------- with a model


async def test_a_definition_is_documented(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        server.enqueue(answer(DOCUMENTED))
        assert await done(editor, "shop.py", "Document `price`") == (
            'def price(amount, rate):\n    """Compute a price.\n\n    Args:\n'
            "        amount: How much.\n        rate: For one.\n\n    Returns:\n"
            '        The price.\n    """\n    # 😀 日本\n    return amount * rate + 1\n'
        )
        shown = [said for said in editor.client.progress_reports.values() if said]
        assert shown, "a model takes its time, so its progress is shown"


async def test_what_another_server_says_is_fixed(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        server.enqueue(answer(INSTRUCTED))
        said = wrong(editor, "`rate` is in percent 😀", source="Pyright", code="reportRate")
        text = await done(editor, "shop.py", "Fix this with codeassist", **said)
        assert text == SHOP.replace("$0", "").replace("amount * rate", "amount * rate / 100")
        (request,) = server.requests()
        sent = str(request.body)
        assert "> `rate` is in percent 😀" in sent
        assert "Pyright (reportRate)" in sent


# ----------------------------------------------------------------- what is refused


async def test_what_is_not_verified_is_not_given(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        server.enqueue(answer(BROKEN), answer(BROKEN))
        action = await chosen(
            editor, "shop.py", "Fix this with codeassist", **wrong(editor, "it is wrong")
        )
        error = await refused(editor, resolving(editor, action)[1], FAILED)
        assert "syntax" in error.message or "verified" in error.message, error.message


async def test_where_there_is_nothing_to_do(offline: Place, client: str) -> None:
    """An error, never an action without an edit, which an editor takes for done."""
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", 'def price():\n    """Give nothing."""\n    $0pass\n')
        title = "Update the documentation of `price` from facts alone"
        action = await chosen(editor, "shop.py", title)
        error = await refused(editor, resolving(editor, action)[1], FAILED)
        assert "nothing to document" in error.message
        editor.open("shop.py", "def f(x):\n    return $0x == 1$0\n")
        said = wrong(editor, "F632 Use `==` to compare", code="CA401")
        action = await chosen(editor, "shop.py", "Apply ruff's safe fix", **said)
        error = await refused(editor, resolving(editor, action)[1], FAILED)
        assert error.message == "ruff has no safe fix here"


async def test_a_model_that_does_not_answer(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await chosen(
            editor, "shop.py", "Fix this with codeassist", **wrong(editor, "it is wrong")
        )
        error = await refused(editor, resolving(editor, action)[1], FAILED)
        assert error.message.strip()


async def test_data_that_is_not_ours(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        uri = editor.uri("shop.py")
        for data, code in (
            (None, FAILED),
            ("x", FAILED),
            ({}, INVALID),
            ({"task": "docs"}, INVALID),
            ({"task": "refactor", "uri": uri}, INVALID),
            ({"task": "refactor", "uri": uri, "options": {"action": "none"}}, FAILED),
            ({"fingerprint": "none", "uri": uri}, FAILED),
            ({"task": "docs", "uri": editor.uri("closed.py")}, FAILED),
        ):
            await refused(editor, resolving(editor, types.CodeAction("x", data=data))[1], code)


# --------------------------------------------------------------------------- stale


async def test_a_text_that_has_changed_since(offline: Place, client: str) -> None:
    async with Editor(offline, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await chosen(editor, "shop.py", "Extract variable")
        editor.change("shop.py", 0, 0, "# 😀\n")
        await refused(editor, resolving(editor, action)[1], CHANGED)
        await editor.until(lambda: any("changed" in each for each in editor.messages()))
        # What was undone is as it was.
        editor.change("shop.py", 0, 4, "")
        assert (await editor.resolve(action)).edit


async def test_a_text_that_changes_while_the_model_thinks(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await chosen(editor, "shop.py", "Document `price`")
        server.enqueue(held(answer(DOCUMENTED)))
        _, pending = resolving(editor, action)
        await asked(server)
        editor.change("shop.py", 0, 0, "# 😀\n")
        server.release()
        await refused(editor, pending, CHANGED)
        await editor.until(lambda: any("changed" in each for each in editor.messages()))


async def test_it_can_be_cancelled(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await chosen(editor, "shop.py", "Document `price`")
        server.enqueue(held(answer(DOCUMENTED)))
        message_id, pending = resolving(editor, action)
        await asked(server)
        editor.cancel(message_id)
        await refused(editor, pending, CANCELLED)
        assert await left(server), "nobody pays for an answer that nobody wants"


# ----------------------------------------------------------------- other clients


async def test_a_client_that_resolves_nothing(place: Place, client: str) -> None:
    without = ["textDocument.codeAction.resolveSupport"]
    async with Editor(place, client, without=without) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await chosen(editor, "shop.py", "Extract variable")
        assert action.command
        await editor.execute(action.command.command, *(action.command.arguments or ()))
        assert editor.texts["shop.py"] == (
            "def price(amount, rate):\n    # 😀 日本\n    value = amount * rate\n"
            "    return value + 1\n"
        )


async def test_a_client_without_versions(offline: Place, client: str) -> None:
    without = ["workspace.workspaceEdit"]
    async with Editor(offline, client, without=without) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        action = await editor.resolve(await chosen(editor, "shop.py", "Extract variable"))
        assert action.edit
        assert action.edit.document_changes is None
        assert list(action.edit.changes or ()) == [editor.uri("shop.py")]


# --------------------------------------------------------------- other documents


async def test_a_document_that_is_on_no_disk(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        name = "untitled:Untitled-1"
        editor.open(name, SHOP, "python")
        assert "value = amount * rate" in await done(editor, name, "Extract variable")


async def test_a_file_outside_of_any_folder(place: Place, client: str, tmp_path: Path) -> None:
    async with Editor(place, client, folders=[]) as editor:
        await editor.ready()
        name = (tmp_path / "mit Leerzeichen 😀.py").as_uri()
        editor.open(name, SHOP, "python")
        assert "value = amount * rate" in await done(editor, name, "Extract variable")


async def test_a_cell_of_a_notebook(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        cells = {
            "vscode-notebook-cell:/book.ipynb#1": "%matplotlib inline\nimport os\n",
            "vscode-notebook-cell:/book.ipynb#2": SHOP,
        }
        for name, text in cells.items():
            parts = text.split("$0")
            editor.texts[name], editor.versions[name] = "".join(parts), 1
            editor.cursors[name] = (len(parts[0]), len("".join(parts[:2])))
        listed = [types.NotebookCell(types.NotebookCellKind.Code, name) for name in cells]
        uri = (place.root / "book.ipynb").as_uri()
        notebook = types.NotebookDocument(uri, "jupyter-notebook", 1, listed)
        documents = [
            types.TextDocumentItem(each, "python", 1, editor.texts[each]) for each in cells
        ]
        params = types.DidOpenNotebookDocumentParams(notebook, documents)
        editor.client.notebook_document_did_open(params)
        text = await done(editor, "vscode-notebook-cell:/book.ipynb#2", "Extract variable")
        assert text == (
            "def price(amount, rate):\n    # 😀 日本\n    value = amount * rate\n"
            "    return value + 1\n"
        )
