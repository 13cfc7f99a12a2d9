"""A real model on this machine behind the server; its words are nonsense, held to the schema.

Only structure is asserted: the edit applies by the protocol's rules, and adds nothing but a
docstring with the entries that the facts demand.
"""

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from asked_models import order
from command import Place
from editor import Editor
from local_model import LocalModel
from lsprotocol import types
from model_place import SOURCE, model_place

from codeassist.lsp.converter import tolerant

CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more
SMALL = {"CODEASSIST_MODEL_INPUT_TOKENS": "2600", "CODEASSIST_MODEL_OUTPUT_TOKENS": "900"}
SECONDS = 600.0  # against a hang only
# Line ends and characters that take two units in one encoding and four in the other.
BEFORE = "# 😀 漢字\r\n"
TEXT = BEFORE + SOURCE.replace("\n", "\r\n").replace("price", "$0price")


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    """One server for all tests of this file."""
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, model: LocalModel) -> Place:
    """A place whose model is the real one."""
    return model_place(tmp_path, model.url, CODEASSIST_MODEL_NAME=model.name, **SMALL)


def check_documented(text: str) -> None:
    """The text is the old one with a docstring, and nothing else."""
    assert text.startswith(BEFORE)
    assert text.count("\n") == text.count("\r\n")
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    docstring = ast.get_docstring(function)
    assert docstring
    assert "Args:\n    amount:" in docstring
    assert "    rate:" in docstring
    function.body = function.body[1:]
    assert ast.dump(function) == ast.dump(ast.parse(SOURCE).body[0])


async def offered(editor: Editor) -> types.CodeAction:
    """The action for the definition at the cursor, once the text was looked at."""
    async with asyncio.timeout(SECONDS):
        while True:
            actions = await editor.actions("shop.py", only=["refactor.rewrite.codeassist.docs"])
            found = [each for each in actions if each.title == "Document `price`"]
            if found:
                return found[0]


async def test_documentation(place: Place, model: LocalModel, client: str) -> None:
    async with Editor(place, client) as editor:
        editor.open("shop.py", TEXT)
        pending = editor.begin("codeassist/run", order(editor, "docs", scope="symbol"))[1]
        result = await editor.within(pending, SECONDS)
        assert result["usage"]["models"] == [model.name]
        assert result["usage"]["outputTokens"] > 0
        assert result["failures"] == []
        (edit,) = result["edits"]
        assert edit["verified"]
        before = editor.texts["shop.py"]
        editor.apply(tolerant().structure(edit["edit"], types.WorkspaceEdit))
        check_documented(editor.texts["shop.py"])
        # The same as an action that is resolved, whose answer is known already.
        editor.texts["shop.py"] = before
        pending = editor.begin("codeAction/resolve", await offered(editor))[1]
        resolved = tolerant().structure(await editor.within(pending, SECONDS), types.CodeAction)
        assert resolved.edit
        editor.apply(resolved.edit)
        check_documented(editor.texts["shop.py"])
