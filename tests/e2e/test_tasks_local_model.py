"""The task commands with a real model behind a real server on this machine.

The model is tiny and its answers are nonsense, held to the schema: only structure is asserted.
"""

import ast
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Done, Place, ended
from local_model import LocalModel
from model_place import SOURCE, configured, model_place
from scripted_openai import ScriptedServer, answer

CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more
SMALL = {"CODEASSIST_MODEL_INPUT_TOKENS": "2600", "CODEASSIST_MODEL_OUTPUT_TOKENS": "900"}


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    """One server for all tests of this file that leave it alive."""
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, model: LocalModel) -> Place:
    """A place whose model is the real one."""
    return model_place(tmp_path, model.url, CODEASSIST_MODEL_NAME=model.name, **SMALL)


def check_answered(done: Done, model: LocalModel) -> None:
    """The model answered at least once, and its tokens are counted."""
    used = done.json["model"]
    assert used["models"] == [model.name], done.err
    assert used["requests"] >= 1
    assert used["output_tokens"] > 0


def test_docs(model: LocalModel, place: Place) -> None:
    done = place.run("docs", "shop.py", "--json", "--apply")
    check_answered(done, model)
    (edit,) = done.json["edits"]
    assert edit["verified"]
    assert edit["applied"]
    function = ast.parse((place.root / "shop.py").read_text()).body[0]
    assert isinstance(function, ast.FunctionDef)
    docstring = ast.get_docstring(function)
    assert docstring
    assert "Args:\n    amount:" in docstring
    assert "    rate:" in docstring


def test_bugs(model: LocalModel, place: Place) -> None:
    # A model of this size may write an edit without end, one time in four. What is cut off then is
    # told as such, and asked anew.
    for target in ("price", "shop.py", "shop.py:1", "shop.py:2", "shop.py:1-2"):
        done = place.run("bugs", target, "--json", "--no-keep")
        if done.json["model"]["requests"]:
            break
        assert (done.code, "was cut off at its limit" in done.err) == (4, True), done.err
    check_answered(done, model)
    report = done.json
    for each in report["hypotheses"]:  # whatever is reported quotes code that exists
        assert each["location"]["path"] == "shop.py"
        assert 1 <= each["location"]["start"]["line"] <= 2
    for each in report["dropped"]:
        assert each["reason"]


def test_architecture(model: LocalModel, place: Place) -> None:
    done = place.run("docs", "--architecture", "--json")
    check_answered(done, model)
    document = done.json["document"]
    assert document.startswith("# ")
    assert "shop.py" in document


def test_an_instruction(model: LocalModel, place: Place) -> None:
    done = place.run("refactor", "price", "--instruct", "Rename rate to factor.", "--json")
    used = done.json["model"]
    # A model of this size may write an edit without end: then the error says so.
    if not used["requests"]:
        assert "cut off" in done.json["failures"][0]["message"]
        return
    check_answered(done, model)
    report = done.json
    assert report["edits"] or report["dropped"] or report["notes"]
    assert (place.root / "shop.py").read_text() == SOURCE


def test_the_real_server_is_free_after_ctrl_c(model: LocalModel, place: Place) -> None:
    process = place.start("docs", "shop.py", "--no-keep")
    time.sleep(4)  # until it is asked, or just before; either way it has to end well
    process.send_signal(signal.SIGINT)
    assert ended(process).code == 130
    assert (place.root / "shop.py").read_text() == SOURCE
    tested = place.run("model", "test", "--json")
    assert tested.code == 0, tested.err
    assert tested.json["model"] == model.name


def test_a_real_overflow_is_packed_again(model: LocalModel, place: Place) -> None:
    """The server takes less than the user believes: it says so, and gets less."""
    place.environment["CODEASSIST_MODEL_INPUT_TOKENS"] = "60000"
    place.commit(
        {f"m{n}.py": f"def price_{n}(rate):\n    return {n} * rate\n" * 60 for n in range(30)}
    )
    done = place.run("docs", "price", "--json")
    check_answered(done, model)
    assert any("packed again" in note for note in done.json["notes"])


def test_the_fall_back_answers_when_the_server_is_killed(tmp_path: Path) -> None:
    """Killed in the middle of its answer: the next model's is the one that counts."""
    from model_place import DOCUMENTED

    with LocalModel(CONTEXT) as doomed, ScriptedServer() as other:
        other.enqueue(answer(DOCUMENTED))
        place = configured(
            model_place(tmp_path, "", **SMALL),
            f'[models.local]\nname = "{doomed.name}"\nbase_url = "{doomed.url}"\n'
            "input_tokens = 2600\noutput_tokens = 1200\n"
            f'[models.other]\nname = "other"\nbase_url = "{other.url}"\n'
            '[routes]\ndocs = ["local", "other"]\n',
        )
        del place.environment["CODEASSIST_MODEL_BASE_URL"]
        process = place.start("docs", "shop.py", "--json")
        time.sleep(5)
        doomed.kill()
        done = ended(process)
        assert done.code == 0, done.err
        assert done.json["model"]["models"] == ["other"]
        assert "Compute a price." in done.json["edits"][0]["files"][0]["diff"]


def test_list_and_test(model: LocalModel, place: Place) -> None:
    assert place.run("model", "list").out.split() == [model.name]
    tested = place.run("model", "test")
    assert tested.code == 0, tested.err
    assert "answers, and holds to a schema" in tested.out


def test_serve_refuses_what_is_no_model(place: Place) -> None:
    place.write({"not.gguf": "hello"})
    done = place.run("model", "serve", "not.gguf")
    assert done.code == 2
    assert "is not a model in the format GGUF" in done.err
