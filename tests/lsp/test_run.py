"""Our own requests: what `codeassist/run` and its like answer, as PROTOCOL tells editors."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import (
    CANCELLED,
    CONFIRMED,
    CURSOR,
    FAILED,
    INVALID,
    asked,
    change,
    hypothesis,
    left,
    order,
    refused,
    replacing,
    suggestions,
)
from command import Place
from editor import Editor
from lsprotocol import types
from model_place import DOCUMENTED, KEY, SOURCE, model_place
from scripted_openai import ScriptedServer, answer, error, held

from codeassist.lsp.converter import tolerant

RESULT = {
    "edits",
    "suggestions",
    "hypotheses",
    "findings",
    "document",
    "notes",
    "dropped",
    "failures",
    "usage",
    "seconds",
}
EDIT = {"title", "verified", "problems", "proofs", "diff", "edit", "rename"}
FINDING = {
    "code",
    "name",
    "severity",
    "message",
    "remedy",
    "uri",
    "range",
    "symbol",
    "url",
    "evidence",
    "fingerprint",
}
FASTER = replacing("amount * rate", "amount * rate / 100")
BROKEN = replacing("    return amount * rate\n", "    return amount *\n")


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


async def run(editor: Editor, task: str, **options: Any) -> dict[str, Any]:
    """What `codeassist/run` answers, which always has all that it may have."""
    result: dict[str, Any] = await editor.request(
        "codeassist/run", **order(editor, task, **options)
    )
    assert set(result) == RESULT
    return result


def apply(editor: Editor, edit: dict[str, Any]) -> str:
    """The document after an edit of a result."""
    editor.apply(tolerant().structure(edit["edit"], types.WorkspaceEdit))
    return editor.texts["shop.py"]


# --------------------------------------------------------------------------- what comes


async def test_an_edit(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED, usage={"input": 1000, "output": 50}))
        params = order(editor, "docs", scope="symbol") | {"workDoneToken": "mine"}
        result = await editor.request("codeassist/run", **params)
        (edit,) = result["edits"]
        assert set(edit) == EDIT
        assert edit["verified"]
        assert edit["proofs"]
        assert edit["diff"].startswith("diff --git a/shop.py b/shop.py\n")
        text = apply(editor, edit)
        assert '"""Compute a price.' in text
        function = ast.parse(text).body[0]
        assert isinstance(function, ast.FunctionDef)
        assert ast.unparse(function.body[-1]) == "return amount * rate"
        usage = result["usage"]
        assert (usage["models"], usage["requests"], usage["kept"]) == (["gpt-5.2"], 1, 0)
        assert (usage["inputTokens"], usage["outputTokens"]) == (1000, 50)
        # 1.75 and 14 dollars for a million tokens
        assert usage["cost"] == pytest.approx(0.00175 + 0.0007)
        stages = editor.stages("mine")
        assert stages[0] == "begin"
        assert stages[-1] == "end"
        assert any(each.startswith("packing 1 piece, ") for each in stages)
        assert any(
            each.startswith("asking gpt-5.2: ") and each.endswith("about $0.02") for each in stages
        )
        await editor.until(lambda: editor.statuses[-1]["costToday"])
        assert editor.statuses[-1]["state"] == "ready"
        thought = [each for each in editor.statuses if each["state"] == "thinking"]
        assert any(
            each["token"] == "mine" and each["inputTokens"] > 0
            for status in thought
            for each in status["running"]
        )


async def test_progress_is_made_by_the_server_too(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        await run(editor, "docs")
        (token,) = [token for token, said in editor.client.progress_reports.items() if said]
        assert editor.stages(str(token))[-1] == "end"


async def test_progress_is_not_made_where_it_is_not_shown(
    place: Place, server: ScriptedServer
) -> None:
    async with Editor(place, without=["window.workDoneProgress"]) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        await run(editor, "docs")
        assert editor.client.progress_reports == {}


async def test_suggestions(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        # What cannot be located is asked for once more.
        lost = replacing("no such text", "x")
        server.enqueue(
            answer(suggestions(("Take a rate in percent", FASTER), ("Lose it", lost))),
            answer(json.dumps({"edits": [lost]})),
        )
        result = await run(editor, "refactor", action="suggest")
        (found,) = result["suggestions"]
        assert set(found) == EDIT | {"explanation", "lines"}
        assert found["title"] == "Take a rate in percent"
        assert found["explanation"].startswith("It reads better.")
        assert found["lines"] == 1
        assert result["edits"] == []
        (dropped,) = result["dropped"]
        assert dropped["what"] == "Lose it"
        assert dropped["reason"]
        assert apply(editor, found) == SOURCE.replace("rate\n", "rate / 100\n")


async def test_hypotheses(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR.replace("amount, rate", "amount, rate='😀'"))
        server.enqueue(
            answer(hypothesis("    return amount * rate", FASTER)),
            answer(CONFIRMED),
        )
        result = await run(editor, "bugs")
        assert result["hypotheses"], (result["dropped"], result["notes"], result["failures"])
        (found,) = result["hypotheses"]
        assert set(found) == FINDING | {"confidence", "input", "confirm", "fix"}
        assert found["severity"] in ("warning", "info")  # never more: it is a guess
        assert found["uri"] == editor.uri("shop.py")
        range_ = tolerant().structure(found["range"], types.Range)
        assert editor.quoted("shop.py", range_) == "return amount * rate"
        assert found["input"] == "rate = 20"
        assert found["fingerprint"]
        assert found["fix"]["verified"]
        assert "rate / 100" in apply(editor, found["fix"])


async def test_a_document(place: Place, server: ScriptedServer, client: str) -> None:
    async with Editor(place, client) as editor:
        for uri in (editor.uri("shop.py"), place.root.as_uri()):  # open or not
            result = await editor.request(
                "codeassist/run", task="architecture", uri=uri, options={}
            )
            assert "shop.py" in result["document"]
            assert result["edits"] == []
        pending = editor.begin(
            "codeassist/run", {"task": "architecture", "uri": "file:///elsewhere/x.py"}
        )[1]
        failure = await refused(editor, pending, FAILED)
        assert "in no folder" in failure.message


@pytest.mark.parametrize(
    ("params", "words"),
    [
        (None, "an object"),
        ([1], "an object"),
        ({"task": "docs"}, "`uri`"),
        ({"task": "dance", "uri": "file:///x"}, "docs, bugs, refactor, architecture"),
        ({"task": "docs", "uri": 3}, "`uri`"),
        ({"task": "docs", "uri": "file:///x", "options": 3}, "`options`"),
        ({"task": "docs", "uri": "file:///x", "range": {"start": 1}}, "`range`"),
        ({"task": "refactor", "uri": "file:///x", "options": {}}, "`action`"),
        ({"task": "bugs", "uri": "file:///x", "options": {"issue": 3}}, "`issue`"),
    ],
)
async def test_what_means_nothing_is_refused(place: Place, params: Any, words: str) -> None:
    async with Editor(place) as editor:
        for method in ("codeassist/run", "codeassist/showPrompt"):
            failure = await refused(editor, editor.begin(method, params)[1], INVALID)
            assert words in failure.message


async def test_a_document_that_is_not_open(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        params = {"task": "docs", "uri": editor.uri("shop.py")}
        failure = await refused(editor, editor.begin("codeassist/run", params)[1], FAILED)
        assert failure.message == "this document is not open"
        assert failure.data == {"remedy": "open it first"}


# --------------------------------------------------------------------------- what goes wrong


async def test_without_a_model_the_facts_stand(tmp_path: Path, client: str) -> None:
    place = Place(tmp_path).init().commit({"shop.py": SOURCE})
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        result = await run(editor, "docs")
        (note,) = [each for each in result["notes"] if "no model is set up" in each]
        assert "OPENAI_API_KEY" in note  # the remedy
        assert result["usage"]["requests"] == 0


@pytest.mark.parametrize(
    ("behaviour", "message", "remedy"),
    [
        (error(401, "bad key", code="invalid_api_key"), "key", "key"),
        (error(429, "no money", code="insufficient_quota"), "no quota left", "add credit"),
        (error(429, "slow", headers={"retry-after": "4000"}), "another 67 min", "another model"),
        (answer('{"symbols": [', finish="length"), "cut off", "output_tokens"),
    ],
    ids=["key", "quota", "rate", "truncated"],
)
async def test_failures_have_remedies(
    place: Place, server: ScriptedServer, behaviour: Any, message: str, remedy: str
) -> None:
    async with Editor(place) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(behaviour | {"times": 0})
        result = await run(editor, "docs")
        (failure,) = result["failures"]
        assert message in failure["message"]
        assert remedy in failure["remedy"]
        assert KEY not in json.dumps(result)
        await editor.execute("codeassist.run", order(editor, "docs"))
        (told,) = [each for each in editor.messages() if message in each]
        assert remedy in told


async def test_a_limit_is_told_by_the_status(place: Place, client: str) -> None:
    settings = {"settings": {"limits": {"dayTokens": 10}}}
    async with Editor(place, client, options=settings) as editor:
        editor.open("shop.py", CURSOR)
        result = await run(editor, "docs")
        (failure,) = result["failures"]
        assert "the limit of 10 tokens a day" in failure["message"]
        assert "limits.day_tokens" in failure["remedy"]
        await editor.until(lambda: editor.statuses[-1]["state"] == "limit")
        assert "limits.day_tokens" in editor.statuses[-1]["reason"]


async def test_what_is_not_verified_is_shown_and_never_applied(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        repair = answer(json.dumps({"edits": [BROKEN]}))
        server.enqueue(answer(change(BROKEN)), repair)
        wish = order(editor, "refactor", action="instruct", instruction="shorter")
        result = await editor.request("codeassist/run", **wish)
        (edit,) = result["edits"]
        assert not edit["verified"]
        assert any("syntax" in each for each in edit["problems"])
        assert edit["edit"]
        answered = await editor.execute("codeassist.run", wish)  # the kept answers
        assert answered == {"applied": False}
        assert editor.applied == []
        (told,) = editor.messages()
        assert "not applied, since not verified" in told
        assert edit["problems"][0] in told


# --------------------------------------------------------------------------- the user is asked


async def test_a_price_is_confirmed(place: Place, server: ScriptedServer, client: str) -> None:
    settings = {"settings": {"editor": {"confirmCents": 1}}}
    async with Editor(place, client, options=settings) as editor:
        editor.open("shop.py", CURSOR)
        editor.answers = ["Do not send", "Send"]
        server.enqueue(answer(DOCUMENTED))
        result = await run(editor, "docs")
        assert any("you declined to send it" in each for each in result["notes"])
        assert server.requests() == []
        assert result["failures"] == []
        (question,) = editor.questions
        assert "tokens to gpt-5.2 at http://127.0.0.1" in question.message
        assert "about $0.02" in question.message
        result = await run(editor, "docs")
        assert len(server.requests()) == 1
        assert result["usage"]["requests"] == 1


async def test_a_small_price_is_not_asked_about(place: Place, server: ScriptedServer) -> None:
    settings = {"settings": {"editor": {"confirmCents": 90}}}
    async with Editor(place, options=settings) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        assert (await run(editor, "docs"))["usage"]["requests"] == 1
        assert editor.questions == []


async def test_cancelled_while_asked(place: Place, server: ScriptedServer, client: str) -> None:
    settings = {"settings": {"editor": {"confirmCents": 1}}}
    async with Editor(place, client, options=settings) as editor:
        editor.open("shop.py", CURSOR)
        late = editor.later()
        editor.answers = [late, "Send"]
        message_id, pending = editor.begin("codeassist/run", order(editor, "docs"))
        await editor.until(lambda: editor.questions)
        editor.cancel(message_id)
        await refused(editor, pending, CANCELLED)
        late.set_result("Send")  # too late: nobody listens
        server.enqueue(answer(DOCUMENTED))
        assert (await run(editor, "docs"))["usage"]["requests"] == 1
        assert len(server.requests()) == 1


async def test_a_newer_request_cancels_the_older_one(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(DOCUMENTED)))
        older = editor.begin("codeassist/run", order(editor, "docs"))[1]
        await asked(server)
        newer = editor.begin("codeassist/run", order(editor, "docs"))[1]
        await refused(editor, older, CANCELLED)
        assert await left(server)
        server.enqueue(answer(DOCUMENTED))
        assert (await editor.within(newer))["edits"]


async def test_other_requests_cancel_nothing(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(held(answer(DOCUMENTED)))
        first = editor.begin("codeassist/run", order(editor, "docs"))[1]
        await asked(server)
        server.enqueue(answer(suggestions(("Take a rate in percent", FASTER))))
        assert (await run(editor, "refactor", action="suggest"))["suggestions"]
        assert not first.done()
        server.release()
        assert (await editor.within(first))["edits"]


# --------------------------------------------------------------------------- the command


async def test_the_command_applies_an_edit(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(DOCUMENTED))
        assert await editor.execute("codeassist.run", order(editor, "docs")) == {"applied": True}
        (applied,) = editor.applied
        assert applied.label == "shop.py: document 1 definition"
        assert '"""Compute a price.' in editor.texts["shop.py"]
        assert editor.messages() == []


async def test_the_command_lets_choose_a_suggestion(
    place: Place, server: ScriptedServer, client: str
) -> None:
    wish = {"action": "suggest"}
    longer = replacing("rate):\n", "rate):\n    assert rate\n")
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        listed = suggestions(("In percent", FASTER), ("Check it", longer), ("In percent", FASTER))
        server.enqueue(answer(listed))
        editor.answers = [None, "Check it (1 line)"]
        command = order(editor, "refactor", **wish)
        assert await editor.execute("codeassist.run", command) == {"applied": False}
        assert editor.applied == []
        assert await editor.execute("codeassist.run", command) == {"applied": True}
        titles = [[each.title for each in question.actions or ()] for question in editor.questions]
        assert titles[0] == titles[1]
        assert len(set(titles[0])) == len(titles[0])
        assert titles[0][:2] == ["In percent (1 line)", "Check it (1 line)"]
        assert editor.texts["shop.py"] == SOURCE.replace("rate):\n", "rate):\n    assert rate\n")


async def test_the_command_says_when_there_is_no_edit(
    place: Place, server: ScriptedServer, client: str
) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", CURSOR)
        server.enqueue(answer(suggestions()))
        wish = order(editor, "refactor", action="suggest")
        assert await editor.execute("codeassist.run", wish) == {"applied": False}
        (told,) = editor.messages()
        assert told.startswith("codeassist: there is nothing to change here")


async def test_the_command_is_refused_where_edits_are_not_taken(
    place: Place, server: ScriptedServer
) -> None:
    async with Editor(place, without=["workspace.applyEdit"]) as editor:
        editor.open("shop.py", CURSOR)
        params = types.ExecuteCommandParams("codeassist.run", [order(editor, "docs")])
        pending = editor.begin("workspace/executeCommand", params)[1]
        failure = await refused(editor, pending, FAILED)
        # An editor shows the message alone, so that the remedy is in it.
        assert failure.message.endswith("; use the command codeassist")
        assert server.requests() == []


@pytest.mark.parametrize(
    ("command", "arguments", "words"),
    [
        ("codeassist.run", [], "`task`"),
        ("codeassist.run", ["x"], "an object"),
        ("codeassist.nothing", [], "there is no command codeassist.nothing"),
    ],
)
async def test_wrong_commands(place: Place, command: str, arguments: list[Any], words: str) -> None:
    async with Editor(place) as editor:
        params = types.ExecuteCommandParams(command, arguments)
        pending = editor.begin("workspace/executeCommand", params)[1]
        assert words in (await refused(editor, pending, INVALID)).message
