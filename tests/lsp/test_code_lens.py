"""Code lenses: off by default; above definitions, with what a model supposes in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_models import CONFIRMED, hypothesis
from command import Place
from findings_editor import FindingsEditor
from lsprotocol import types
from model_place import DOCUMENTED, model_place
from scripted_openai import ScriptedServer, answer

ON = {"editor": {"codeLenses": True}}
TEXT = """# 日本 😀
class Shop:
    def price(self, amount, rate):
        def inner():
            return rate
        return amount * inner()


def price(amount, rate):
    return amount * rate
"""


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


async def lenses(opened: FindingsEditor) -> list[tuple[int, str]]:
    """(line, title) of the lenses of the file."""
    return [(each.range.start.line, each.command.title) for each in await _lenses(opened)]


async def _lenses(opened: FindingsEditor) -> list[Any]:
    params = types.CodeLensParams(types.TextDocumentIdentifier(opened.uri("shop.py")))
    found = await opened.within(opened.client.text_document_code_lens_async(params))
    return list(found or [])


def editor(place: Place, client: str, settings: dict[str, Any] | None = None) -> FindingsEditor:
    """An editor with some settings."""
    options = {"settings": settings} if settings else None
    return FindingsEditor(place, client, options=options, configuration=settings)


async def test_there_are_none_unless_they_are_wanted(place: Place, client: str) -> None:
    async with editor(place, client) as opened:
        opened.open("shop.py")
        assert await lenses(opened) == []


async def test_they_are_above_definitions_and_not_within_functions(
    place: Place, client: str
) -> None:
    async with editor(place, client, ON) as opened:
        opened.open("shop.py")
        assert await lenses(opened) == [
            (line, title) for line in (1, 2, 8) for title in ("document", "find bugs")
        ]
        opened.retype("shop.py", "class Shop:", "# 😀\nclass Shop:")
        assert [line for line, _ in await lenses(opened)] == [2, 2, 3, 3, 9, 9]


async def test_there_are_none_without_a_model(place: Place, client: str) -> None:
    place.environment.pop("CODEASSIST_MODEL_BASE_URL")
    place.environment.pop("CODEASSIST_API_KEY")
    async with editor(place, client, ON) as opened:
        opened.open("shop.py")
        assert await lenses(opened) == []


async def test_they_do_what_they_say(place: Place, server: ScriptedServer, client: str) -> None:
    async with editor(place, client, ON) as opened:
        opened.open("shop.py")
        document, bugs = (await _lenses(opened))[-2:]
        server.enqueue(answer(hypothesis("    return amount * rate")), answer(CONFIRMED))
        await opened.execute(bugs.command.command, *_plain(bugs.command.arguments))
        await opened.codes("shop.py", "CH101")
        assert await lenses(opened) == [
            *((line, title) for line in (1, 2) for title in ("document", "find bugs")),
            (8, "document"),
            (8, "find bugs (1)"),
        ]
        server.enqueue(answer(DOCUMENTED))
        await opened.execute(document.command.command, *_plain(document.command.arguments))
        assert opened.texts["shop.py"].startswith(TEXT[: TEXT.index("    return amount * rate")])
        assert "Compute a price." in opened.texts["shop.py"]


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
