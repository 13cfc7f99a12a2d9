"""A code action resolved with a real model behind a real server on this machine.

The model is tiny and its words are nonsense, held to the schema. What is asserted holds whatever it
says: the edit applies to the buffer by the protocol's rules, and changes documentation alone.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from actions import chosen
from command import Place
from editor import CLIENTS, Editor
from local_model import LocalModel
from model_place import model_place

CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more
SMALL = {"CODEASSIST_MODEL_INPUT_TOKENS": "2800", "CODEASSIST_MODEL_OUTPUT_TOKENS": "900"}
TEXT = "# 😀 日本\r\ndef price(amount, rate):\r\n\treturn $0amount * rate, '😀'\r\n"


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    """One server for all tests of this file."""
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, model: LocalModel) -> Place:
    return model_place(tmp_path, model.url, CODEASSIST_MODEL_NAME=model.name, **SMALL)


@pytest.mark.parametrize("client", CLIENTS)
async def test_a_definition_is_documented(place: Place, client: str) -> None:
    async with Editor(place, client) as editor:
        await editor.ready()
        editor.open("shop.py", TEXT)
        action = await editor.resolve(await chosen(editor, "shop.py", "Document `price`"))
        assert action.edit
        editor.apply(action.edit)
        text = editor.texts["shop.py"]
        assert "\n" not in text.replace("\r\n", "")
        function = ast.parse(text).body[0]
        assert isinstance(function, ast.FunctionDef)
        assert ast.get_docstring(function)
        without = ast.unparse(function.body[1:])
        assert without == "return (amount * rate, '😀')"
        assert text.startswith('# 😀 日本\r\ndef price(amount, rate):\r\n\t"""')
