"""Review my changes: the working tree with what is not saved, across files, until cleared."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from asked_models import CANCELLED
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, Place
from findings_editor import FindingsEditor
from lsprotocol import types
from pygls.exceptions import JsonRpcException

GONE = "\n\ndef gone():\n    return 2\n"
# The place is on a line whose beginning is as long in no two units.
WIDE = "# 日本語\r\n'😀日本'; from lib import gone, kept\r\n\r\nkept(gone())\r\n"
OFF = {"editor": {"diagnostics": False}}
NO_OTHERS = {"options": {"settings": OFF}, "configuration": OFF}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": WIDE})


async def review(opened: FindingsEditor, **params: Any) -> dict[str, Any]:
    """What our own request answers, which always has all that it may have."""
    result: dict[str, Any] = await opened.request("codeassist/review", **params)
    assert set(result) == {"base", "head", "findings", "coverage", "notes", "seconds"}
    return result


def codes(result: dict[str, Any]) -> list[str]:
    """The codes of a review's findings."""
    return [each["code"] for each in result["findings"]]


async def test_it_sees_what_is_not_saved(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        opened.open("lib.py")
        assert codes(await review(opened)) == []
        opened.retype("lib.py", GONE, "")
        result = await review(opened, uri=opened.uri("lib.py"), scope="head")
        (found,) = result["findings"]
        assert found["code"] == "CA101"
        assert found["uri"] == opened.uri("app.py")
        opened.open("app.py")
        assert opened.quoted("app.py", _range(found)) == "gone"
        assert result["base"] == "HEAD"
        assert result["coverage"]["reviewed"] == ["lib.py"]
        assert result["coverage"]["skipped"] == []


async def test_its_findings_are_shown_across_files_until_they_are_cleared(
    place: Place, client: str
) -> None:
    async with FindingsEditor(place, client, **NO_OTHERS) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.quiet()
        await opened.codes("app.py")
        await opened.execute("codeassist.review", {"uri": opened.uri("lib.py")})
        await opened.codes("app.py", "CA101")
        await opened.execute("codeassist.clear", {})
        await opened.codes("app.py")


async def test_they_go_when_their_place_changes(place: Place, client: str) -> None:
    async with FindingsEditor(place, client, **NO_OTHERS) as opened:
        opened.open("lib.py")
        opened.open("app.py")
        opened.retype("lib.py", GONE, "")
        await review(opened)
        await opened.codes("app.py", "CA101")
        opened.retype("app.py", "# 日本語", "# 日本語\r\n# 😀")
        (shown,) = await opened.findings(
            "app.py", lambda e: bool(e) and (not opened.pulls or e[0].range.start.line == 2)
        )
        assert opened.pulls is False or opened.marked("app.py", shown) == "gone"
        opened.retype("app.py", "gone, kept", "kept")
        await opened.codes("app.py")


async def test_a_new_review_takes_the_place_of_the_last_one(place: Place, client: str) -> None:
    async with FindingsEditor(place, client, **NO_OTHERS) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await review(opened)
        await opened.codes("app.py", "CA101")
        opened.retype("lib.py", LIBRARY_WITHOUT, LIBRARY)
        await review(opened)
        await opened.codes("app.py")


async def test_what_stands_there_anyway_is_shown_once(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        opened.open("lib.py")
        opened.retype("lib.py", GONE, "")
        await opened.codes("app.py", "CA101")
        assert codes(await review(opened)) == ["CA101"]
        await opened.quiet()
        await opened.codes("app.py", "CA101")
        await opened.execute("codeassist.clear", {})
        await opened.quiet()
        await opened.codes("app.py", "CA101")


async def test_the_base_is_where_the_branch_began(place: Place, client: str) -> None:
    place.git("switch", "-q", "-c", "work")
    place.commit({"lib.py": LIBRARY_WITHOUT})
    async with FindingsEditor(place, client) as opened:
        assert codes(await review(opened)) == []
        result = await review(opened, scope="base")
        assert codes(result) == ["CA101"]
        assert result["base"].startswith("main ")
        result = await review(opened, scope="main...work")
        assert codes(result) == ["CA101"]
        opened.open("app.py")
        assert opened.quoted("app.py", _range(result["findings"][0])) == "gone"


async def test_what_is_in_the_editor_alone_is_no_change(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        item = types.TextDocumentItem("untitled:Untitled-1", "python", 1, "breakpoint()\n")
        opened.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        result = await review(opened)
        assert (codes(result), result["coverage"]["reviewed"]) == ([], [])


async def test_progress_is_the_clients_own(place: Place) -> None:
    async with FindingsEditor(place, "vscode") as opened:
        await review(opened, workDoneToken="mine")
        stages = opened.stages("mine")
        assert "checking" in stages
        assert stages[-1] == "end"


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"scope": "no-such-branch...HEAD"}, "no-such-branch"),
        ({"scope": "--output=x"}, "is no revision"),
        ({"scope": 3}, "`scope` is a text"),
        ({"uri": 3}, "`uri` is a text"),
        ({"uri": "file:///elsewhere/x.py"}, "in no folder that is open"),
    ],
)
async def test_what_cannot_be_reviewed_is_refused_with_a_sentence(
    place: Place, params: dict[str, Any], says: str
) -> None:
    async with FindingsEditor(place, "neovim") as opened:
        with pytest.raises(JsonRpcException, match=says):
            await opened.request("codeassist/review", **params)


async def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path).write({"app.py": APPLICATION})
    async with FindingsEditor(place, "vscode") as opened:
        with pytest.raises(JsonRpcException, match="no git repository") as refused:
            await opened.request("codeassist/review")
        assert refused.value.data["remedy"]


async def test_the_newest_review_is_answered(place: Place) -> None:
    async with FindingsEditor(place, "vscode") as opened:
        older = opened.begin("codeassist/review", {})[1]
        newer = opened.begin("codeassist/review", {})[1]
        done = await asyncio.gather(older, newer, return_exceptions=True)
        assert isinstance(done[0], JsonRpcException)
        assert done[0].code == CANCELLED
        assert isinstance(done[1], dict)


def _range(found: dict[str, Any]) -> types.Range:
    start, end = found["range"]["start"], found["range"]["end"]
    return types.Range(types.Position(**start), types.Position(**end))
