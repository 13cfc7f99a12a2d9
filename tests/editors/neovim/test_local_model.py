"""The plugin with a real model behind a real server. Its answers are nonsense: structure alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_model import LocalModel
from model_place import SOURCE, model_place
from neovim_editor import Editor

CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more
# Against hangs only. An answer takes 20 seconds on an idle machine; one thread computes it, which
# has to share its core with other tests.
ANSWER_SECONDS = 480
SMALL = {"CODEASSIST_MODEL_INPUT_TOKENS": "2600", "CODEASSIST_MODEL_OUTPUT_TOKENS": "900"}


@pytest.fixture(scope="module")
def local() -> Iterator[LocalModel]:
    """One model for all tests of this file."""
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def asking(tmp_path: Path, local: LocalModel) -> Iterator[Editor]:
    """An editor whose server asks the real model."""
    place = model_place(tmp_path, local.url, CODEASSIST_MODEL_NAME=local.name, **SMALL)
    with Editor(place) as editor:
        yield editor.open("shop.py").attached()


def test_a_docstring_is_accepted(asking: Editor) -> None:
    asking.command("CodeAssist document")
    asking.preview(within=ANSWER_SECONDS)
    asking.keys("a").wait("vim.bo.filetype == 'python'")
    function = ast.parse(asking.text).body[0]
    assert isinstance(function, ast.FunctionDef)
    docstring = ast.get_docstring(function)
    assert docstring
    assert "Args:\n    amount:" in docstring
    asking.command("undo")
    assert asking.text == SOURCE


def test_cancelled_in_the_middle_of_an_answer(asking: Editor) -> None:
    asking.command("CodeAssist bugs")
    asking.wait("require('codeassist').status().state == 'thinking'")
    asking.command("CodeAssist cancel")
    asking.hears("cancelled")
    asking.wait("require('codeassist').status().state == 'ready'")
    assert asking.text == SOURCE
