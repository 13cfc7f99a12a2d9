"""The menu of code actions: what is in it for whom, before any model is asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from actions import (
    AUTOMATIC,
    INVOKED,
    chosen,
    command_of,
    greyed,
    kind_of,
    menu,
    remark,
    titles,
)
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import SOURCE, model_place
from scripted_openai import ScriptedServer

from codeassist.lsp import actions as table

INSTRUCT, SHOW = "codeassist.client.instruct", "codeassist.client.showDocument"
COMMANDS = {"clientCommands": [INSTRUCT, SHOW]}
SHOP = (
    "def price(amount, rate):\n"
    "\t# 😀 日本\n"
    "\tif rate:\n"
    "\t\ttotal = $0amount * rate$0\n"
    "\telse:\n"
    "\t\ttotal = amount\n"
    "\treturn total\n"
)
AT_NAME = SHOP.replace("$0", "").replace("total = amount\n", "to$0tal = amount\n")
UNDERSTOOD = "Document `price`"  # in every menu inside of the function, once it is understood
NOTHING = UNDERSTOOD + " from facts alone"


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    return model_place(tmp_path, server.url)


@pytest.fixture
def offline(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"shop.py": SOURCE})


def own(editor: Editor, code: str, message: str = "something is wrong", **data: Any) -> Any:
    return remark(editor.selected("shop.py"), message, code=code, data={"fingerprint": "1", **data})


# The whole menu


async def test_a_selected_expression(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        found = await menu(editor, "shop.py", "Extract variable")
        assert [(kind_of(each), each.title) for each in found] == [
            ("refactor.extract.function", "Extract function"),
            ("refactor.extract.variable", "Extract variable"),
            ("refactor.rewrite.codeassist.docs", "Document `price`"),
            ("refactor.rewrite.codeassist.docs", "Document this file"),
            ("refactor.rewrite.codeassist.suggest", "Suggest refactorings of the selection"),
            ("refactor.rewrite.codeassist.instruct", "Refactor as I say…"),
            ("codeassist.bugs", "Find bugs in the selection"),
            ("codeassist.bugs", "Find bugs in this file"),
        ]
        assert not any(each.is_preferred or each.edit or each.disabled for each in found)


async def test_a_cursor_on_a_name(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", "def getPrice(amount):\n    rate = 2\n    return am$0ount * rate\n")
        found = titles(await menu(editor, "shop.py", "Document `getPrice`"))
        assert not {each for each in found if each.startswith(("Extract", "Rename", "Flip"))}
        assert "Suggest refactorings of `getPrice`" in found
        assert "Find bugs in `getPrice`" in found
        editor.open("shop.py", "def getPrice(amount):\n    ra$0te = 2\n    return amount * rate\n")
        assert "Inline `rate`" in titles(await menu(editor, "shop.py", "Inline `rate`"))
        editor.open("shop.py", "def get$0Price(amount):\n    return amount\n")
        assert kind_of(await chosen(editor, "shop.py", "Rename `getPrice` to `get_price`")) == (
            "refactor.rewrite.codeassist.rename"
        )


async def test_what_is_documented_is_updated(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", 'def price(amount):\n    """A price."""\n    return $0amount\n')
        await chosen(editor, "shop.py", "Update the documentation of `price`")
        editor.open("shop.py", "$0def a():\n    pass\n\n\ndef b():\n    pass\n$0")
        action = await chosen(editor, "shop.py", "Document the 2 selected definitions")
        assert action.data["options"] == {"scope": "symbol"}


async def test_files_that_are_no_code(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("notes.txt", "some $0words$0\n", "plaintext")
        assert await editor.actions("notes.txt") == []
        editor.open("empty.py", "$0\n")
        assert await editor.actions("empty.py") == []
        editor.texts["shop.py"], editor.cursors["shop.py"] = SOURCE, (0, 0)
        assert await editor.actions("shop.py") == [], "the server does not know it"


async def test_what_the_table_says_is_what_is_announced(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        assert editor.result
        provider = editor.result.capabilities.code_action_provider
        assert isinstance(provider, types.CodeActionOptions)
        assert provider.resolve_provider is True
        kinds = provider.code_action_kinds or []
        assert list(kinds) == list(table.KINDS)
        # An editor runs these on saving.
        assert not [each for each in kinds if str(each).startswith("source")]


def test_the_table_is_the_folder() -> None:
    folder = Path(table.__file__).parent
    producers = {
        f"codeassist.lsp.actions.{path.stem}"
        for path in folder.glob("*.py")
        if "\ndef drafts(" in path.read_text("utf-8")
    }
    assert {row.module for row in table.PRODUCERS} == producers


# `only`


async def test_only_some_kinds(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        await menu(editor, "shop.py", UNDERSTOOD)

        async def kinds(*only: str) -> set[str]:
            return {kind_of(each) for each in await editor.actions("shop.py", only=only)}

        extract = {"refactor.extract.function", "refactor.extract.variable"}
        assert await kinds("refactor.extract") == extract
        assert await kinds("refactor.extract.variable") == {"refactor.extract.variable"}
        assert await kinds("codeassist") == {"codeassist.bugs"}
        docs = "refactor.rewrite.codeassist.docs"
        assert await kinds(docs) == {docs}
        both = {"refactor.extract.function", "codeassist.bugs"}
        assert await kinds(*both) == both
        assert {each.split(".")[0] for each in await kinds("refactor")} == {"refactor"}
        # These are others', or only begin alike.
        for other in ("source", "source.fixAll", "refactor.ext", "quickfix.codeass"):
            assert await kinds(other) == set()


async def test_what_is_asked_for_by_name(place: Place, client: str) -> None:
    """Then there is a reason for what does not apply, and what is in no ordinary menu."""
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", AT_NAME)
        await menu(editor, "shop.py", UNDERSTOOD)
        # An editor that shows no reasons shows nothing.
        reason = {"Extract variable": "nothing is selected"} if client == "vscode" else {}
        only = ["refactor.extract.variable"]
        assert greyed(await editor.actions("shop.py", only=only)) == reason
        assert greyed(await editor.actions("shop.py", only=["refactor"])) == {}
        found = titles(await editor.actions("shop.py", only=["refactor.rewrite.codeassist"]))
        assert "Rename `total` to `new_total`" in found
        assert "Apply ruff's safe fixes" in found


# Who triggers it


async def test_unasked_there_are_fixes_of_findings_alone(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        assert await editor.actions("shop.py", trigger=AUTOMATIC) == []
        theirs = remark(editor.selected("shop.py"), "`rate` is not a number", source="Pyright")
        assert await editor.actions("shop.py", trigger=AUTOMATIC, diagnostics=[theirs]) == []
        found = [own(editor, "CA202"), theirs]
        listed = await editor.actions("shop.py", trigger=AUTOMATIC, diagnostics=found)
        assert {kind_of(each) for each in listed} == {"quickfix.codeassist"}
        assert titles(listed) == [
            "Call the function that this one repeats",
            "Ignore this finding",
        ]
        assert not any(each.tags for each in listed), "none of it asks a model"


# Findings


async def test_the_actions_of_a_finding(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        finding = own(editor, "CA302", "`breakpoint()` stops the program")
        found = await editor.actions("shop.py", diagnostics=[finding])
        of_it = [each for each in found if each.diagnostics]
        assert titles(of_it) == ["Fix this with codeassist", "Explain CA302", "Ignore this finding"]
        assert all(list(each.diagnostics or ()) == [finding] for each in of_it)
        fix, explain, ignore = of_it
        assert fix.data["options"]["action"] == "instruct"
        assert "> `breakpoint()` stops the program" in fix.data["options"]["instruction"]
        name, page = command_of(explain)
        assert name == SHOW
        assert page["language"] == "markdown"
        assert page["text"].startswith("# CA302 ")
        name, argument = command_of(ignore)
        assert name == "codeassist.dismiss"
        assert argument["code"] == "CA302"
        assert argument["uri"] == editor.uri("shop.py")
        assert argument["range"]["start"]["line"] == 3


async def test_a_finding_with_a_fix_of_its_own(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        for code, message, title in (
            ("CA202", "`price` repeats `cost`", "Call the function that this one repeats"),
            ("CA401", "F632 Use `==` to compare constant literals", "Apply ruff's safe fix"),
        ):
            found = await editor.actions("shop.py", diagnostics=[own(editor, code, message)])
            assert "Fix this with codeassist" not in titles(found)
            (action,) = (each for each in found if each.title == title)
            assert not action.tags, "no model takes part"
        # Not every rule of ruff has one.
        finding = own(editor, "CA401", "F821 Undefined name `rate`")
        listed = titles(await editor.actions("shop.py", diagnostics=[finding]))
        assert "Apply ruff's safe fix" not in listed
        assert "Fix this with codeassist" in listed


async def test_what_other_servers_say(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        at = editor.selected("shop.py")
        theirs = [
            remark(at, "first\nline two", source="Pyright", code="reportX"),
            remark(at, "second " * 20, source="Pyright"),
            remark(at, "third", source="mypy", code=17),
            remark(at, "third", source="other", code=18),
            remark(at, "fourth", source=None),
            remark(at, "unused", source="x", severity=types.DiagnosticSeverity.Hint),
        ]
        found = await editor.actions("shop.py", only=["quickfix"], diagnostics=theirs)
        assert titles(found) == [
            "Fix this with codeassist: first",
            f"Fix this with codeassist: {('second ' * 20)[:59].rstrip()}…",
            "Fix this with codeassist: third",
        ]
        instruction = found[0].data["options"]["instruction"]
        assert "Pyright (reportX)" in instruction
        assert "> first\n> line two" in instruction
        tags = [types.CodeActionTag.LlmGenerated] if client == "vscode" else []
        assert all(list(each.tags or ()) == tags for each in found)


async def test_a_hypothesis_with_a_fix(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        finding = own(editor, "CH101", "the rate is taken as a factor", fix=True)
        found = await editor.actions("shop.py", diagnostics=[finding])
        fix = next(each for each in found if each.title == "Apply the fix of this hypothesis")
        assert bool(fix.tags) is (client == "vscode"), "a model made it"
        assert "Fix this with codeassist" not in titles(found)


# Without a model


async def test_without_a_model(offline: Place, client: str) -> None:
    async with Editor(offline, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        found = await menu(editor, "shop.py", NOTHING, trigger=INVOKED)
        assert titles(found) == [
            "Extract function",
            "Extract variable",
            "Document `price` from facts alone",
            "Document this file from facts alone",
        ]
        reasons = greyed(found)
        if client == "neovim":  # 0.11 cannot show that an action is disabled
            assert reasons == {}
            return
        assert list(reasons) == [
            "Suggest refactorings of the selection",
            "Refactor as I say…",
            "Find bugs in the selection",
            "Find bugs in this file",
        ]
        assert all("OPENAI_API_KEY" in reason for reason in reasons.values()), "what to do"
        assert not any(each.tags for each in found)


async def test_an_untrusted_workspace(place: Place, client: str) -> None:
    async with Editor(place, client, options={**COMMANDS, "restricted": True}) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        found = await menu(editor, "shop.py", NOTHING)
        assert not {each for each in titles(found) if "bugs" in each or "Suggest" in each}
        assert all("not trusted" in reason for reason in greyed(found).values())


async def test_a_file_of_secrets_is_shown_to_no_model(place: Place, client: str) -> None:
    place.write({".aws/keys.py": "x = 1\n"})
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        editor.open(".aws/keys.py", "def f(x):\n    return $0x * 2$0\n")
        found = await menu(editor, ".aws/keys.py", "Document `f` from facts alone")
        assert "Find bugs in this file" not in titles(found)
        assert all("a file of secrets" in reason for reason in greyed(found).values())


# Other clients


async def test_a_client_that_resolves_nothing(place: Place, client: str) -> None:
    without = ["textDocument.codeAction.resolveSupport"]
    async with Editor(place, client, without=without) as editor:
        assert editor.result
        provider = editor.result.capabilities.code_action_provider
        assert isinstance(provider, types.CodeActionOptions)
        assert not provider.resolve_provider
        await editor.ready()
        editor.open("shop.py", SHOP)
        found = await menu(editor, "shop.py", "Extract variable")
        assert all(each.data is None for each in found)
        action = next(each for each in found if each.title == "Extract variable")
        name, order = command_of(action)
        assert name == "codeassist.run"
        assert order["task"] == "refactor"
        assert order["options"] == {"action": "extract-variable"}
        assert order["version"] == 1


async def test_a_client_without_commands_of_its_own(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        finding = own(editor, "CA302")
        found = await menu(editor, "shop.py", UNDERSTOOD, diagnostics=[finding])
        assert "Refactor as I say…" not in titles(found), "nobody would ask for the instruction"
        explain = next(each for each in found if each.title == "Explain CA302")
        assert command_of(explain) == ("codeassist.explain", {"code": "CA302"})


# Other documents


async def test_a_document_that_is_on_no_disk(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("untitled:Untitled-1", SHOP, "python")
        await chosen(editor, "untitled:Untitled-1", "Extract variable")
        await chosen(editor, "untitled:Untitled-1", "Find bugs in this file")


async def test_a_file_outside_of_any_folder(place: Place, client: str, tmp_path: Path) -> None:
    async with Editor(place, client, folders=[]) as editor:
        await editor.ready()
        editor.open((tmp_path / "elsewhere.py").as_uri(), SHOP, "python")
        await chosen(editor, (tmp_path / "elsewhere.py").as_uri(), "Extract variable")


async def test_a_cell_of_a_notebook(place: Place, client: str) -> None:
    async with Editor(place, client, options=COMMANDS) as editor:
        await editor.ready()
        cells = ["%matplotlib inline\nimport os\n", SHOP, "price(1, 2)\n"]
        for number, text in enumerate(cells):
            name = f"vscode-notebook-cell:/book.ipynb#{number}"
            open_cell(editor, name, text)
        open_notebook(editor, len(cells))
        found = await menu(editor, "vscode-notebook-cell:/book.ipynb#1", UNDERSTOOD)
        assert "Extract variable" in titles(found)
        assert "Find bugs in this file" not in titles(found)
        assert "Find bugs in the selection" in titles(found)


def open_cell(editor: Editor, name: str, text: str) -> None:
    """Note a cell's text in the editor; `open_notebook` tells the server."""
    parts = text.split("$0")
    editor.texts[name], editor.versions[name] = "".join(parts), 1
    editor.cursors[name] = (len(parts[0]), len("".join(parts[:-1] or parts)))


def open_notebook(editor: Editor, count: int) -> None:
    names = [f"vscode-notebook-cell:/book.ipynb#{number}" for number in range(count)]
    cells = [types.NotebookCell(types.NotebookCellKind.Code, name) for name in names]
    notebook = types.NotebookDocument(
        (editor.place.root / "book.ipynb").as_uri(), "jupyter-notebook", 1, cells
    )
    documents = [types.TextDocumentItem(name, "python", 1, editor.texts[name]) for name in names]
    params = types.DidOpenNotebookDocumentParams(notebook, documents)
    editor.client.notebook_document_did_open(params)


# While other things happen


async def test_it_does_not_wait_for_the_index(place: Place, client: str) -> None:
    """Asked as the first thing of all, when no folder is known yet."""
    async with Editor(place, client) as editor:
        editor.open("shop.py", SHOP)
        assert "Document this file" in titles(await editor.actions("shop.py")) or not (
            editor.statuses and editor.statuses[-1]["state"] == "ready"
        )
        await chosen(editor, "shop.py", "Extract variable")


async def test_a_text_that_is_typed_into(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", SHOP)
        await chosen(editor, "shop.py", "Extract variable")
        editor.change("shop.py", 0, 0, "import 😀\n")  # broken now
        shift = len("import 😀\n")
        editor.cursors["shop.py"] = tuple(each + shift for each in editor.cursors["shop.py"])  # type: ignore[assignment]
        assert "Extract variable" not in titles(await menu(editor, "shop.py", UNDERSTOOD))
        editor.change("shop.py", 7, 8, "os")
        editor.cursors["shop.py"] = tuple(each + 1 for each in editor.cursors["shop.py"])  # type: ignore[assignment]
        action = await chosen(editor, "shop.py", "Extract variable")
        assert action.data["version"] == 3
