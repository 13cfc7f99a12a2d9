"""Hypotheses as diagnostics: they stay with the code that they quote, and go when it changes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CONFIRMED, hypothesis, replacing
from command import Place
from findings_editor import FindingsEditor
from lsprotocol import types
from model_place import model_place
from scripted_openai import ScriptedServer, answer

# The quoted line has characters before it that are as long in no two units.
TEXT = "# 日本 😀\r\ndef price(amount, rate):\r\n    '😀'; return amount * rate\r\n"
QUOTE = "    '😀'; return amount * rate"
FIX = replacing("return amount * rate", "return amount * rate / 100")
COMMAND = "codeassist.bugs"


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
    return model_place(tmp_path, server.url).commit({"shop.py": TEXT})


def editor(place: Place, client: str, **named: Any) -> FindingsEditor:
    """An editor on the place."""
    return FindingsEditor(place, client, **named)


async def hunt(
    opened: FindingsEditor, server: ScriptedServer, fix: dict[str, Any] | None = FIX
) -> dict[str, Any]:
    """Look for bugs in the file, where a model finds the one that there is."""
    if "shop.py" not in opened.texts:
        opened.open("shop.py")
    server.enqueue(
        answer(hypothesis(QUOTE, fix), usage={"input": 1000, "output": 100}),
        answer(CONFIRMED, usage={"input": 1000, "output": 100}),
    )
    result: dict[str, Any] = await opened.execute(COMMAND, {"uri": opened.uri("shop.py")})
    return result


async def test_what_a_model_supposes_is_shown(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        result = await hunt(opened, server)
        (hypothesis,) = result["hypotheses"]
        (shown,) = await opened.codes("shop.py", "CH101")
        assert shown.severity is types.DiagnosticSeverity.Warning
        assert opened.marked("shop.py", shown) == QUOTE.strip()
        assert "the rate is taken as a factor" in shown.message
        assert "(90 % sure)" in shown.message
        assert "Goes wrong for: rate = 20" in shown.message
        assert "To confirm: Call it." in shown.message
        assert shown.data["fingerprint"] == hypothesis["fingerprint"]
        assert shown.data["fix"] is True


async def test_so_it_is_when_it_was_asked_for_by_our_own_request(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        opened.open("shop.py")
        server.enqueue(answer(hypothesis(QUOTE)), answer(CONFIRMED))
        await opened.request("codeassist/run", task="bugs", uri=opened.uri("shop.py"))
        (shown,) = await opened.codes("shop.py", "CH101")
        assert shown.data["fix"] is False


async def test_an_edit_elsewhere_moves_it(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "# 日本 😀", "# 😀\r\n# 日本\r\n")
        (shown,) = await opened.findings("shop.py", lambda e: bool(e) and _line(e[0]) == 4)
        assert opened.marked("shop.py", shown) == QUOTE.strip()
        opened.change("shop.py", len(opened.texts["shop.py"]), len(opened.texts["shop.py"]), "#\n")
        await opened.quiet()
        (shown,) = await opened.codes("shop.py", "CH101")
        assert opened.marked("shop.py", shown) == QUOTE.strip()


async def test_so_does_more_indentation(place: Place, server: ScriptedServer, client: str) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        before = opened.texts["shop.py"]
        after = "if True:\r\n" + "".join(f"    {line}\r\n" for line in before.splitlines())
        opened.change("shop.py", 0, len(before), after)
        (shown,) = await opened.findings("shop.py", lambda e: bool(e) and _line(e[0]) == 3)
        assert opened.marked("shop.py", shown) == QUOTE.strip()


async def test_an_edit_of_its_code_removes_it(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "amount * rate", "amount * rate / 100")
        assert await opened.codes("shop.py") == ()
        opened.retype("shop.py", "amount * rate / 100", "amount * rate")
        await opened.quiet()
        await opened.codes("shop.py")


async def test_it_is_the_same_while_findings_are_switched_off(
    place: Place, server: ScriptedServer, client: str
) -> None:
    settings = {"editor": {"diagnostics": False}}
    options = {"settings": settings}
    async with editor(place, client, options=options, configuration=settings) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "amount * rate", "amount * 2")
        assert await opened.codes("shop.py") == ()


async def test_it_outlives_its_document_and_follows_the_file(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.close("shop.py")
        await opened.quiet()
        await opened.codes("shop.py", "CH101")
        place.write({"shop.py": f"# new\r\n{TEXT}"})
        _changed(opened, "shop.py")
        await opened.findings("shop.py", lambda e: bool(e) and _line(e[0]) == 3)
        place.write({"shop.py": TEXT.replace("amount * rate", "amount")})
        _changed(opened, "shop.py")
        assert await opened.codes("shop.py") == ()


async def test_clear_forgets_it(place: Place, server: ScriptedServer, client: str) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        await opened.execute("codeassist.clear", {})
        assert await opened.codes("shop.py") == ()
        await opened.execute("codeassist.clear")


async def test_what_is_said_again_is_shown_once(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "# 日本 😀", "# 日本 😀 2")
        await hunt(opened, server, None)
        await opened.quiet()
        (shown,) = await opened.codes("shop.py", "CH101")
        assert shown.data["fix"] is False


async def test_what_is_not_said_again_is_gone(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "# 日本 😀", "# 日本 😀 2")
        server.enqueue(answer('{"hypotheses": []}'))
        await opened.execute(COMMAND, {"uri": opened.uri("shop.py")})
        assert await opened.codes("shop.py") == ()


async def test_it_stays_where_the_model_does_not_answer(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "# 日本 😀", "# 日本 😀 2")
        result = await opened.execute(COMMAND, {"uri": opened.uri("shop.py")})
        assert result["failures"]
        await opened.quiet()
        await opened.codes("shop.py", "CH101")


async def fix(opened: FindingsEditor, shown: types.Diagnostic) -> types.CodeAction:
    """The quick fix of a hypothesis, worked out."""
    start = opened.offset("shop.py", shown.range.start)
    opened.cursors["shop.py"] = (start, start)
    actions = await opened.actions("shop.py", only=["quickfix"], diagnostics=[shown])
    (found,) = [
        each for each in actions if each.data is not None and "fingerprint" in _data(each.data)
    ]
    assert found.diagnostics
    return await opened.resolve(found)


def _data(data: Any) -> Any:
    return data if isinstance(data, dict) else data._asdict()


async def test_its_fix_is_a_quick_fix(place: Place, server: ScriptedServer, client: str) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        (shown,) = await opened.codes("shop.py", "CH101")
        action = await fix(opened, shown)
        assert action.edit
        opened.apply(action.edit)
        assert opened.texts["shop.py"] == TEXT.replace("* rate", "* rate / 100")


async def test_its_fix_moves_with_it(place: Place, server: ScriptedServer, client: str) -> None:
    async with editor(place, client) as opened:
        await hunt(opened, server)
        await opened.codes("shop.py", "CH101")
        opened.retype("shop.py", "# 日本 😀", "# 😀\r\n# 日本\r\n")
        (shown,) = await opened.findings("shop.py", lambda e: bool(e) and _line(e[0]) == 4)
        action = await fix(opened, shown)
        before = opened.texts["shop.py"]
        assert action.edit
        opened.apply(action.edit)
        assert opened.texts["shop.py"] == before.replace("* rate", "* rate / 100")


async def test_a_document_that_changes_meanwhile_gets_none(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with editor(place, client) as opened:
        opened.open("shop.py")
        server.enqueue(answer(hypothesis(QUOTE), delay=2.0), answer(CONFIRMED))
        asked = {"uri": opened.uri("shop.py")}
        pending = asyncio.ensure_future(opened.execute(COMMAND, asked))
        await asyncio.to_thread(server.wait_for_requests, 1, 60.0)
        opened.retype("shop.py", "amount * rate", "amount * rate / 100")
        with pytest.raises(Exception, match="changed meanwhile"):
            await pending
        await opened.quiet()
        await opened.codes("shop.py")


def _line(shown: types.Diagnostic) -> int:
    return shown.range.start.line


def _changed(opened: FindingsEditor, name: str) -> None:
    """Say as an editor does that a file was changed on disk."""
    event = types.FileEvent(opened.uri(name), types.FileChangeType.Changed)
    opened.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
