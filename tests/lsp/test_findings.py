"""Findings while somebody types: true of the text as it is, in every file, told in one way."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, Place
from findings_editor import FindingsEditor
from lsprotocol import types
from pygls.exceptions import JsonRpcException

GONE = "\n\ndef gone():\n    return 2\n"
# What is before the name on its line is as long in no two units.
WIDE = "# 日本語 😀\r\n'😀日本'; from lib import gone, kept\r\n\r\nif kept:\r\n\tgone()\r\n"
NO_PULL = ("textDocument.diagnostic",)
SERVER_CANCELLED = -32802


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})


def editor(place: Place, client: str, **named: Any) -> FindingsEditor:
    """An editor on the place."""
    return FindingsEditor(place, client, **named)


async def test_what_is_taken_away_is_missed_in_the_file_that_uses_it(
    place: Place, client: str
) -> None:
    async with editor(place, client) as opened:
        opened.open("lib.py")
        await opened.codes("app.py")
        opened.retype("lib.py", GONE, "")
        (found,) = await opened.codes("app.py", "CA101")
        assert found.severity is types.DiagnosticSeverity.Error
        assert found.source == "codeassist"
        assert found.message.startswith("`gone` is removed by this change, but `app.py` still")
        assert (found.range.start, found.range.end) == (
            types.Position(0, 16),
            types.Position(0, 20),
        )
        assert found.data["code"] == "CA101"
        assert len(found.data["fingerprint"]) == 32
        assert found.data["fix"] is False
        (related,) = found.related_information or ()
        assert related.message == "also used here"
        assert related.location.range.start == types.Position(2, 6)
        opened.retype("lib.py", LIBRARY_WITHOUT, LIBRARY)
        assert await opened.codes("app.py") == ()


@pytest.mark.parametrize("text", [WIDE, WIDE.replace("\r\n", "\n")], ids=["crlf", "lf"])
async def test_places_are_in_the_units_of_the_client(place: Place, client: str, text: str) -> None:
    place.commit({"app.py": text})
    async with editor(place, client) as opened:
        opened.open("lib.py")
        opened.open("app.py")
        opened.retype("lib.py", GONE, "")
        (found,) = await opened.codes("app.py", "CA101")
        assert opened.marked("app.py", found) == "gone"
        assert found.range.start.line == 1


async def test_a_client_without_pull_is_pushed_to_in_its_units(place: Place) -> None:
    place.commit({"app.py": WIDE})
    async with editor(place, "vscode", without=NO_PULL) as opened:
        assert not opened.pulls
        assert opened.unit == "utf-16"
        opened.open("app.py")
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        (found,) = await opened.codes("app.py", "CA101")
        assert opened.marked("app.py", found) == "gone"


async def test_nothing_is_told_in_two_ways(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")
        await opened.quiet()
        assert opened.pulls == (client == "vscode")
        assert bool(opened.pushed) != opened.pulls
        assert bool(opened.refreshes) == opened.pulls


async def test_a_client_that_cannot_be_asked_to_pull_again_is_pushed_to(place: Place) -> None:
    async with editor(place, "vscode", without=("workspace.diagnostics",)) as opened:
        assert not opened.pulls
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")


async def test_a_clean_file_is_not_spoken_of(place: Place) -> None:
    async with editor(place, "neovim") as opened:
        opened.open("lib.py")
        opened.open("app.py")
        opened.retype("lib.py", "return 2", "return 3")
        await opened.quiet()
        assert opened.pushed == []


async def test_typing_moves_mends_and_brings_back(place: Place, client: str) -> None:
    place.commit({"app.py": "from lib import nothing_such\n"})
    async with editor(place, client) as opened:
        opened.open("app.py")
        await opened.codes("app.py", "CA103")
        opened.retype("app.py", "from", "# 😀\n\nfrom")
        (found,) = await opened.findings("app.py", lambda e: bool(e) and e[0].range.start.line == 2)
        assert opened.marked("app.py", found) == "nothing_such"
        opened.retype("app.py", "nothing_such", "kept")
        await opened.codes("app.py")
        opened.retype("app.py", "kept", "nothing_such")
        await opened.codes("app.py", "CA103")


async def test_what_is_pushed_is_true_of_its_version(place: Place) -> None:
    place.commit({"app.py": "from lib import nothing_such\n"})
    async with editor(place, "neovim") as opened:
        opened.open("app.py")
        texts = {1: opened.texts["app.py"]}
        for number in range(60):
            opened.change("app.py", 0, 0, f"# {number} 日本\n")
            texts[opened.versions["app.py"]] = opened.texts["app.py"]
            await asyncio.sleep(0.6 if number % 20 == 19 else 0.01)
        last = opened.versions["app.py"]
        await opened.until(lambda: bool(opened.pushed) and opened.pushed[-1].version == last)
        for each in opened.pushed:
            assert each.version is not None
            lines = texts[each.version].split("\n")
            (found,) = each.diagnostics
            assert lines[found.range.start.line].startswith("from lib import nothing_such")
        # A look begins anew with every change, so that most of the texts were never shown.
        assert len(opened.pushed) < 20


async def test_an_unchanged_list_is_not_sent_again(place: Place) -> None:
    place.commit({"app.py": "from lib import nothing_such\n"})
    async with editor(place, "vscode") as opened:
        opened.open("app.py")
        first = await opened.pull("app.py")
        assert first.kind == "full"
        assert [each.code for each in first.items] == ["CA103"]
        second = await opened.pull("app.py")
        assert (second.kind, second.result_id) == ("unchanged", first.result_id)
        opened.retype("app.py", "nothing_such", "kept")
        third = await opened.pull("app.py")
        assert (third.kind, list(third.items)) == ("full", [])
        assert third.result_id != first.result_id


async def test_a_pull_waits_until_it_is_true(place: Place) -> None:
    async with editor(place, "vscode") as opened:
        opened.open("app.py")
        opened.retype("app.py", ", kept\n", ", kept, missing\n")
        report = await opened.pull("app.py")
        assert [each.code for each in report.items] == ["CA103"]


async def test_the_newest_of_two_pulls_is_answered(place: Place) -> None:
    async with editor(place, "vscode") as opened:
        await opened.ready()
        opened.open("app.py")
        await opened.pull("app.py")
        opened.retype("app.py", ", kept\n", ", kept, missing\n")
        older = asyncio.ensure_future(opened.pull("app.py"))
        await asyncio.sleep(0)
        newer = asyncio.ensure_future(opened.pull("app.py"))
        with pytest.raises(JsonRpcException) as refused:
            await older
        assert refused.value.code == SERVER_CANCELLED
        assert refused.value.data == {"retriggerRequest": False}
        assert [each.code for each in (await newer).items] == ["CA103"]


async def test_other_open_files_are_looked_at_too(place: Place, client: str) -> None:
    """`app.py` is not changed, and nothing of what it uses is in HEAD, so only it can tell."""
    place.write({"new.py": "def fresh():\n    pass\n", "user.py": "from new import fresh\n"})
    async with editor(place, client) as opened:
        opened.open("new.py")
        opened.open("user.py")
        await opened.codes("user.py")
        opened.retype("new.py", "fresh", "stale")
        await opened.codes("user.py", "CA103")


async def test_closing_withdraws_what_stood_in_the_file(place: Place, client: str) -> None:
    place.commit({"other.py": "from lib import nothing_such\n"})
    async with editor(place, client) as opened:
        opened.open("other.py")
        await opened.codes("other.py", "CA103")
        opened.close("other.py")
        assert await opened.codes("other.py") == ()
        # What the change of another open file leaves undone there stays, whoever looks.
        opened.open("app.py")
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")
        opened.close("app.py")
        await opened.quiet()
        await opened.codes("app.py", "CA101")
        opened.close("lib.py")
        assert await opened.codes("app.py") == ()


async def test_a_commit_settles_it(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")
        opened.save("lib.py")
        await opened.quiet()
        await opened.codes("app.py", "CA101")
        place.git("commit", "-q", "-a", "-m", "gone")
        changed = types.FileEvent(
            (place.root / ".git/index").as_uri(), types.FileChangeType.Changed
        )
        opened.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([changed])
        )
        assert await opened.codes("app.py") == ()


async def test_a_file_that_changes_on_disk(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.open("app.py")
        await opened.codes("app.py")
        place.write({"lib.py": LIBRARY_WITHOUT})
        changed = types.FileEvent((place.root / "lib.py").as_uri(), types.FileChangeType.Changed)
        opened.client.workspace_did_change_watched_files(
            types.DidChangeWatchedFilesParams([changed])
        )
        await opened.codes("app.py", "CA103")


async def test_it_can_be_switched_off_and_on(place: Place, client: str) -> None:
    place.commit({"app.py": "from lib import nothing_such\n"})
    options = {"settings": {"editor": {"diagnostics": False}}}
    configuration = {"editor": {"diagnostics": False}}
    async with editor(place, client, options=options, configuration=configuration) as opened:
        opened.open("app.py")
        await opened.ready()
        await opened.quiet()
        await opened.codes("app.py")
        opened.client.set_configuration({"codeassist": {"editor": {"diagnostics": True}}})
        params = types.DidChangeConfigurationParams({"codeassist": {}})
        opened.client.workspace_did_change_configuration(params)
        await opened.codes("app.py", "CA103")


async def test_codes_that_no_check_has_are_told_once(place: Place, client: str) -> None:
    options = {"settings": {"review": {"select": ["CA9"]}}}
    async with editor(place, client, options=options) as opened:
        opened.open("app.py")
        opened.retype("app.py", "kept())", "kept())  # 1")
        await opened.quiet()
        await opened.codes("app.py")
        told = [each.message for each in opened.client.messages if "CA9" in each.message]
        assert len(told) == 1


async def test_a_document_on_no_disk(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.texts["untitled:Untitled-1"] = "# 😀\nbreakpoint()\n"
        item = types.TextDocumentItem("untitled:Untitled-1", "python", 1, "# 😀\nbreakpoint()\n")
        opened.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        (found,) = await opened.codes("untitled:Untitled-1", "CA302")
        assert found.range.start == types.Position(1, 0)


async def test_a_folder_that_is_removed_takes_its_findings_along(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")
        folder = types.WorkspaceFolder(place.root.as_uri(), "repo")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
        opened.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(event)
        )
        assert await opened.codes("app.py") == ()


async def test_the_cells_of_a_notebook_are_one_module(place: Place, client: str) -> None:
    cells = {
        "vscode-notebook-cell:/book.ipynb#1": "%matplotlib inline\nimport lib\n",
        "vscode-notebook-cell:/book.ipynb#2": "# 日本 😀\nbreakpoint()\n",
    }
    book = (place.root / "book.ipynb").as_uri()
    async with editor(place, client) as opened:
        opened.texts.update(cells)
        items = [types.TextDocumentItem(uri, "python", 1, text) for uri, text in cells.items()]
        listed = [types.NotebookCell(types.NotebookCellKind.Code, uri) for uri in cells]
        opened.client.notebook_document_did_open(
            types.DidOpenNotebookDocumentParams(
                types.NotebookDocument(book, "jupyter-notebook", 1, listed), items
            )
        )
        one, two = cells
        (found,) = await opened.codes(two, "CA302")
        assert found.range.start == types.Position(1, 0)
        await opened.codes(one)
        close = types.DidCloseNotebookDocumentParams(
            types.NotebookDocumentIdentifier(book), [types.TextDocumentIdentifier(u) for u in cells]
        )
        opened.client.notebook_document_did_close(close)
        assert await opened.codes(two) == ()
