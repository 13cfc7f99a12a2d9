"""Requests that only look: the prompt, the pack, the cost, the doctor. Nothing is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asked_models import CURSOR, FAILED, INVALID, order, refused
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, SOURCE, model_place
from scripted_openai import ScriptedServer, answer

from codeassist.lsp.converter import tolerant

USER = (
    "# 漢字 😀\nfrom shop import price\n\n\ndef tax(amount):\n    return price(amount, 0.2)  # 😀\n"
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
    return model_place(tmp_path, server.url).commit({"tax.py": USER})


async def test_the_prompt_is_exactly_what_is_sent(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        wish = order(editor, "docs", scope="symbol")
        shown = await editor.request("codeassist/showPrompt", **wish)
        assert server.requests() == []
        server.enqueue(answer(DOCUMENTED))
        await editor.request("codeassist/run", **wish)
        (request,) = shown["requests"]
        assert set(request) == {"address", "model", "body"}
        assert (request["address"], request["model"]) == (server.url, "gpt-5.2")
        assert server.bodies() == [request["body"]]
        assert shown["text"].startswith("# What would be sent\n")
        for message in request["body"]["messages"]:
            for line in filter(str.strip, message["content"].split("\n")):
                assert line in shown["text"]


async def test_the_prompt_without_a_model(tmp_path: Path) -> None:
    place = Place(tmp_path).init().commit({"shop.py": SOURCE})
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        shown = await editor.request("codeassist/showPrompt", **order(editor, "bugs"))
        assert shown["requests"][0]["address"] == "https://api.openai.com/v1"
        local = order(editor, "refactor", action="rename", name="cost")
        shown = await editor.request("codeassist/showPrompt", **local)
        assert shown["requests"] == []
        assert "nothing would be sent" in shown["text"]


async def test_the_pack(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        editor.open("tax.py", USER.replace("tax(amount)", "duty(amount)"))  # not saved
        params = order(editor, "docs")
        packed = await editor.request(
            "codeassist/pack", uri=params["uri"], range=params["range"], task="explain the rate"
        )
        assert set(packed) == {"text", "tokens", "budget", "model", "pieces", "notes"}
        assert packed["model"] == "gpt-5.2"
        assert packed["budget"] == 32_000
        assert 0 < packed["tokens"] <= packed["budget"]
        assert "explain the rate" in packed["text"]
        assert "def duty(amount)" in packed["text"]  # what the user sees, not what is on disk
        pieces = {each["uri"]: each for each in packed["pieces"]}
        assert set(pieces) == {editor.uri("shop.py"), editor.uri("tax.py")}
        for name in ("shop.py", "tax.py"):
            piece = pieces[editor.uri(name)]
            assert set(piece) == {"uri", "range", "symbol", "tokens", "reasons"}
            assert piece["reasons"]
            range_ = tolerant().structure(piece["range"], types.Range)
            assert range_.start.character == 0
            # Whole lines, up to the end of the last one.
            assert editor.texts[name].rstrip("\n").endswith(editor.quoted(name, range_))
        assert server.requests() == []


async def test_the_pack_has_a_budget(place: Place) -> None:
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        uri = editor.uri("shop.py")
        small = await editor.request("codeassist/pack", uri=uri, budget=70)
        assert small["tokens"] <= small["budget"] == 70
        too_small = editor.begin("codeassist/pack", {"uri": uri, "budget": 3})[1]
        failure = await refused(editor, too_small, FAILED)
        assert failure.data["remedy"]
        for wrong in (0, -1, "many", True):
            pending = editor.begin("codeassist/pack", {"uri": uri, "budget": wrong})[1]
            assert "`budget`" in (await refused(editor, pending, INVALID)).message


async def test_the_cost(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        nothing = await editor.request("codeassist/cost")
        assert nothing["today"] == nothing["total"] == {"cost": 0, "tokens": 0}
        assert "Nothing was asked" in nothing["text"]
        server.enqueue(answer(DOCUMENTED, usage={"input": 1_000_000, "output": 1000}))
        await editor.request("codeassist/run", **order(editor, "docs"))
        cost = await editor.request("codeassist/cost")
        assert set(cost) == {"text", "today", "total"}
        assert cost["today"] == cost["total"]
        assert cost["today"]["tokens"] == 1_001_000
        assert cost["today"]["cost"] == pytest.approx(1.75 + 0.014)  # dollars for a million tokens
        assert "| `gpt-5.2` | 1 | 1,000,000 | 1,000 | $1.7640 |" in cost["text"]


async def test_a_cost_that_is_not_known(place: Place, server: ScriptedServer) -> None:
    place.environment["CODEASSIST_MODEL_NAME"] = "nobody-knows-it"
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED, usage={"input": 1000, "output": 10}))
        result = await editor.request("codeassist/run", **order(editor, "docs"))
        assert result["usage"]["cost"] is None
        cost = await editor.request("codeassist/cost")
        assert cost["today"] == {"cost": None, "tokens": 1010}
        assert "not known" in cost["text"]


async def test_the_doctor(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        found = await editor.request("codeassist/doctor")
        assert set(found) == {"items", "text"}
        items = {each["subject"]: each for each in found["items"]}
        for each in items.values():
            assert set(each) == {"subject", "health", "detail", "remedy"}
            assert each["health"] in ("ok", "missing", "broken")
            assert each["detail"] in found["text"]
        assert items["repository"]["detail"].startswith(str(place.root))
        assert server.url in items["model"]["detail"]
        assert server.requests() == []


async def test_the_doctor_of_several_folders(tmp_path: Path) -> None:
    places = [Place(tmp_path / name).init().commit({"a.py": "x = 1\n"}) for name in ("one", "two")]
    roots = [each.root for each in places]
    async with Editor(places[0], folders=roots) as editor:
        found = await editor.request("codeassist/doctor")
        details = [each["detail"] for each in found["items"] if each["subject"] == "repository"]
        assert [detail.split(" (")[0] for detail in details] == [str(root) for root in roots]
        assert len([each for each in found["items"] if each["subject"] == "git"]) == 1
