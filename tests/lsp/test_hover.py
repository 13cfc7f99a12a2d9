"""Hovering over a finding: what is behind it, escaped for what shows it; nothing elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asked_models import CONFIRMED, hypothesis, replacing
from command import APPLICATION, LIBRARY, Place
from findings_editor import FindingsEditor
from model_place import SOURCE, model_place
from scripted_openai import ScriptedServer, answer

GONE = "\n\ndef gone():\n    return 2\n"
PLAIN = ("textDocument.hover.contentFormat",)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


async def missed(opened: FindingsEditor) -> int:
    """Take away what `app.py` imports; where the finding of that is."""
    opened.open("lib.py")
    opened.open("app.py")
    opened.retype("lib.py", GONE, "")
    await opened.codes("app.py", "CA101")
    return opened.texts["app.py"].index("gone")


async def test_it_shows_the_evidence_with_links(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        text = await opened.hover("app.py", await missed(opened) + 1)
        assert text is not None
        assert "**error:** `gone` is removed by this change, but `app.py` still imports it" in text
        assert f"[app.py:3](<{opened.uri('app.py')}#L3>): also used here" in text
        assert "`lib.py:5, before this change`: `gone` was defined here" in text
        assert "**What to do:** update this use, or keep what it needs" in text
        assert "`CA101` (removed-still-used)" in text


async def test_beside_a_diagnostic_it_says_what_that_does_not(place: Place, client: str) -> None:
    shown = {"diagnosticsInHover": True}
    async with FindingsEditor(place, client, options=shown) as opened:
        text = await opened.hover("app.py", await missed(opened) + 1)
        assert text == (
            "- `lib.py:5, before this change`: `gone` was defined here before this change"
            "\n\ncodeassist `CA101` (removed-still-used)"
        )


async def test_it_is_plain_where_the_client_reads_no_markdown(place: Place, client: str) -> None:
    async with FindingsEditor(place, client, without=PLAIN) as opened:
        text = await opened.hover("app.py", await missed(opened))
        assert text == (
            "error: `gone` is removed by this change, but `app.py` still imports it\n"
            "- lib.py:5, before this change: `gone` was defined here before this change\n"
            "- app.py:3: also used here\n"
            "What to do: update this use, or keep what it needs\n"
            "codeassist CA101 (removed-still-used)"
        )


async def test_there_is_nothing_elsewhere(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        at = await missed(opened)
        assert await opened.hover("app.py", at - 2) is None
        assert await opened.hover("app.py", at + len("gone") + 1) is None
        assert await opened.hover("lib.py", 0) is None


async def test_it_moves_with_the_text_at_once(place: Place, client: str) -> None:
    async with FindingsEditor(place, client) as opened:
        at = await missed(opened)
        opened.change("app.py", 0, 0, "# 日本 😀\n'😀'\n")
        added = len("# 日本 😀\n'😀'\n")
        assert await opened.hover("app.py", at + added)
        assert await opened.hover("app.py", 0) is None


async def test_ruff_has_a_page_of_its_own(place: Place, client: str) -> None:
    place.commit({"app.py": "'日本 😀'; print(undefined)\n"})
    async with FindingsEditor(place, client) as opened:
        opened.open("app.py")
        (found,) = await opened.codes("app.py", "CA401")
        assert opened.marked("app.py", found) == "undefined"
        assert found.code_description
        assert found.code_description.href.startswith("https://docs.astral.sh/ruff/")
        text = await opened.hover("app.py", opened.texts["app.py"].index("undefined"))
        assert text is not None
        assert f"]({found.code_description.href})" in text


async def test_a_hypothesis_says_how_sure_it_is_and_what_it_cost(
    tmp_path: Path, server: ScriptedServer, client: str
) -> None:
    server.reset()
    fix = replacing("amount * rate", "amount * rate / 100")
    hostile = hypothesis("    return amount * rate", fix).replace(
        "Call it.", "See [here](http://evil.example) ![x](http://evil.example/p.png) <b>@you</b>."
    )
    used = {"input": 1000, "output": 100}
    server.enqueue(answer(hostile, usage=used), answer(CONFIRMED, usage=used))
    async with FindingsEditor(model_place(tmp_path, server.url), client) as opened:
        opened.open("shop.py")
        await opened.execute("codeassist.bugs", {"uri": opened.uri("shop.py")})
        await opened.codes("shop.py", "CH101")
        text = await opened.hover("shop.py", SOURCE.index("return"))
    assert text is not None
    assert "**warning:** the rate is taken as a factor: The result is too large." in text
    assert "**Confidence:** 90 %: a model supposes this, nothing proves it" in text
    assert "**Goes wrong for:** rate = 20" in text
    assert "**Fix:** there is one, as a quick fix" in text
    # 2,000 tokens in and 200 out, for 1.75 and 14 dollars a million
    assert "in a run of 2 requests: 2,000 tokens in, 200 out, for 0.0063 US dollars" in text
    # No link, no picture, no HTML, and nobody is called: all brackets are escaped.
    assert re.search(r"(?<!\\)\[(here|x)|(?<!\\)<b>|http://|@you", text) is None
    assert "\\[here\\]" in text
