"""Settings and keys: where they come from, what they change, and that a key is seen nowhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CURSOR, order
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, KEY, SOURCE, model_place
from scripted_openai import ScriptedServer, answer, error

SECRET = "sk-handed-over-1234567890abcdefghij"
OTHER_SECRET = "sk-another-one-0987654321zyxwvutsrq"


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
    """A place whose environment has a model's address, but no key."""
    place = model_place(tmp_path, server.url)
    del place.environment["CODEASSIST_API_KEY"]
    return place


async def until_model(editor: Editor, name: str) -> None:
    """Wait until the status has a model's name."""
    await editor.until(lambda: editor.statuses and editor.statuses[-1]["model"] == name)


def sent_keys(server: ScriptedServer) -> list[str]:
    """The keys that came with requests, "" where none did."""
    return [
        each.headers.get("authorization", "").removeprefix("Bearer ") for each in server.requests()
    ]


# --------------------------------------------------------------------------- where they come from


async def test_settings_of_the_start(place: Place, client: str) -> None:
    options = {"settings": {"model": {"name": "of-the-start"}}}
    async with Editor(place, client, options=options) as editor:
        await until_model(editor, "of-the-start")


async def test_settings_that_are_pulled_win(place: Place, client: str) -> None:
    options = {"settings": {"model": {"name": "of-the-start"}}}
    pulled = {"model": {"name": "pulled"}, "trace": {"server": "off"}}
    async with Editor(place, client, options=options, configuration=pulled) as editor:
        await until_model(editor, "pulled")
        assert editor.messages() == []  # what is the editor's own is passed over


async def test_settings_are_not_pulled_from_who_cannot(place: Place) -> None:
    options = {"settings": {"model": {"name": "of-the-start"}}}
    pulled = {"model": {"name": "pulled"}}
    without = ["workspace.configuration"]
    async with Editor(place, options=options, configuration=pulled, without=without) as editor:
        await until_model(editor, "of-the-start")


async def test_settings_change_at_run_time(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client, configuration={"model": {"name": "first"}}) as editor:
        await until_model(editor, "first")
        editor.client.set_configuration({"codeassist": {"model": {"name": "second"}}})
        changed = types.DidChangeConfigurationParams(None)
        editor.client.workspace_did_change_configuration(changed)
        await until_model(editor, "second")
        pushed = types.DidChangeConfigurationParams({"codeassist": {"model": {"name": "third"}}})
        editor.client.workspace_did_change_configuration(pushed)
        await until_model(editor, "third")
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        await editor.request("codeassist/run", **order(editor, "docs"))
        (body,) = server.bodies()
        assert body["model"] == "third"


async def test_each_folder_has_its_own(tmp_path: Path, client: str) -> None:
    styles = {"one": "google", "two": "numpy"}
    places = {name: Place(tmp_path / name) for name in styles}
    for name, style in styles.items():
        config = f'[review]\ndocstring_style = "{style}"\n'
        places[name].init().commit({"shop.py": SOURCE, "codeassist.toml": config})
    roots = [each.root for each in places.values()]
    async with Editor(places["one"], client, folders=roots) as editor:
        texts = {}
        for name, place in places.items():
            uri = (place.root / "shop.py").as_uri()
            editor.open(uri, SOURCE, "python")
            result = await editor.request(
                "codeassist/run", task="docs", uri=uri, options={"scope": "file"}
            )
            texts[name] = result["edits"][0]["diff"]
        assert "Args:" in texts["one"]
        assert "Parameters" not in texts["one"]
        assert "Parameters" in texts["two"]
        assert "Args:" not in texts["two"]


async def test_bad_settings_give_one_message_and_the_defaults(place: Place, client: str) -> None:
    wrong = {"limits": {"dayCents": "many"}, "model": {"name": "good", "nmae": "x"}}
    async with Editor(place, client, options={"settings": wrong}) as editor:
        await until_model(editor, "good")
        for _ in range(2):  # said once, however often they are read
            again = types.DidChangeConfigurationParams({"codeassist": wrong})
            editor.client.workspace_did_change_configuration(again)
        await editor.request("codeassist/doctor")
        told = editor.messages()
        assert len(told) == len(set(told)) == 2
        assert any("codeassist.limits.day" in each for each in told)
        assert any("codeassist.model.nmae" in each for each in told)


async def test_a_bad_file_gives_one_message_and_sends_nothing(
    place: Place, server: ScriptedServer, client: str
) -> None:
    place.commit({"codeassist.toml": "[review\n"})
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        result = await editor.request("codeassist/run", **order(editor, "docs"))
        assert result["edits"]  # the facts stand
        assert server.requests() == []
        (told,) = [each for each in editor.messages() if "codeassist.toml" in each]
        assert told.startswith("codeassist: ")


# --------------------------------------------------------------------------- keys


def check_unseen(editor: Editor, seen: list[object], *secrets: str) -> None:
    """No secret is in anything that the server has said."""
    said = [*seen, editor.statuses, editor.messages(), editor.client.log_messages]
    for secret in secrets:
        assert secret not in repr(said)
        assert secret not in json.dumps(seen, default=str)


async def test_a_key_of_the_start_is_used_and_seen_nowhere(
    place: Place, server: ScriptedServer, client: str, capfd: pytest.CaptureFixture[str]
) -> None:
    seen: list[object] = []
    place.environment["CODEASSIST_DEBUG"] = "1"
    async with Editor(place, client, options={"key": SECRET}) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(
            error(401, f"Incorrect API key provided: {SECRET}", code="invalid_api_key"),
            answer(DOCUMENTED),
        )
        for _ in range(2):
            seen.append(await editor.request("codeassist/run", **order(editor, "docs")))
        for method in ("showPrompt", "pack", "cost", "doctor", "status"):
            seen.append(await editor.request(f"codeassist/{method}", **order(editor, "docs")))
        assert sent_keys(server) == [SECRET, SECRET]
        check_unseen(editor, seen, SECRET)
    kept = [path.read_bytes() for path in place.cache.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in each for each in kept)
    captured = capfd.readouterr()
    assert SECRET not in captured.err + captured.out


async def test_a_key_at_run_time(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client, options={"key": SECRET}) as editor:
        editor.open("shop.py", CURSOR)
        for key in (OTHER_SECRET, None):
            editor.client.protocol.notify("codeassist/setKey", {"key": key})
            await editor.request("codeassist/doctor")  # the settings are read meanwhile
            end = len(editor.texts["shop.py"])
            editor.change("shop.py", end, end, "# new\n")  # so that no answer is kept
            server.enqueue(answer(DOCUMENTED))
            await editor.request("codeassist/run", **order(editor, "docs"))
        assert sent_keys(server) == [OTHER_SECRET, ""]


async def test_a_key_to_try_is_sent_to_its_address_alone(
    place: Place, server: ScriptedServer, client: str, capfd: pytest.CaptureFixture[str]
) -> None:
    place.environment["CODEASSIST_API_KEY"] = KEY
    with ScriptedServer(["big", "small"]) as other:
        async with Editor(place, client, options={"key": SECRET}) as editor:
            seen = [
                await editor.request("codeassist/models", baseUrl=other.url),
                await editor.request("codeassist/models", baseUrl=other.url, key=OTHER_SECRET),
            ]
            assert sent_keys(other) == ["", OTHER_SECRET]
            for each in seen:
                assert each["ok"]
                assert each["models"] == ["big", "small"]
                assert each["address"] == other.url
                assert "gpt-5.2 is not among them" in each["message"]
            other.enqueue(
                error(401, f"bad key {OTHER_SECRET}", code="invalid_api_key") | {"path": "/models"}
            )
            failed = await editor.request("codeassist/models", baseUrl=other.url, key=OTHER_SECRET)
            assert (failed["ok"], failed["models"]) == (False, [])
            assert "key" in failed["message"]
            assert failed["remedy"]
            seen.append(failed)
            # Nothing was kept: what is asked next goes where it went before.
            editor.open("shop.py", CURSOR)
            server.enqueue(answer(DOCUMENTED))
            await editor.request("codeassist/run", **order(editor, "docs"))
            assert sent_keys(server) == [SECRET]
            check_unseen(editor, seen, SECRET, OTHER_SECRET, KEY)
    captured = capfd.readouterr()
    assert OTHER_SECRET not in captured.err + captured.out


async def test_the_model_of_the_settings_is_tested(
    place: Place, server: ScriptedServer, client: str
) -> None:
    server.enqueue(answer('{"sum": 5}'))
    async with Editor(place, client) as editor:
        tested = await editor.request("codeassist/models")
        assert tested["ok"]
        assert tested["address"] == server.url
        assert tested["message"].startswith(f"gpt-5.2 at {server.url} answers")
        unreachable = await editor.request("codeassist/models", baseUrl="http://127.0.0.1:9/v1")
        assert not unreachable["ok"]
        assert unreachable["remedy"]
        nonsense = editor.begin("codeassist/models", {"baseUrl": "nonsense"})[1]
        with pytest.raises(Exception, match="baseUrl"):
            await editor.within(nonsense)


# --------------------------------------------------------------------------- trust


async def test_an_untrusted_workspace_sends_nothing_and_runs_nothing(
    place: Place, server: ScriptedServer, client: str
) -> None:
    mark = place.root.parent / "ran"
    settings: dict[str, Any] = {"edits": {"formatters": [f"*.py: touch {mark}"]}}
    options = {"settings": settings, "key": SECRET, "restricted": True}
    async with Editor(place, client, options=options) as editor:
        editor.open("shop.py", CURSOR)
        for task, more in (("docs", {}), ("bugs", {}), ("refactor", {"action": "suggest"})):
            result = await editor.request("codeassist/run", **order(editor, task, **more))
            assert "not trusted" in result["notes"][0]
        tested = await editor.request("codeassist/models", baseUrl=server.url, key=SECRET)
        assert not tested["ok"]
        assert "not trusted" in tested["message"]
        assert server.requests() == []
        assert not mark.exists()
        await editor.until(lambda: editor.statuses[-1]["state"] == "offline")
        assert "not trusted" in editor.statuses[-1]["reason"]


async def test_a_trusted_one_does_both(place: Place, server: ScriptedServer) -> None:
    mark = place.root.parent / "ran"
    settings: dict[str, Any] = {"edits": {"formatters": [f"*.py: touch {mark}"]}}
    async with Editor(place, options={"settings": settings}) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        await editor.request("codeassist/run", **order(editor, "docs"))
        assert len(server.requests()) == 1
        assert mark.exists()
