"""`codeassist review --with-model` with a real model behind a real server on this machine.

The model is tiny and its answers are nonsense, held to the schema: only structure is asserted.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Done, Place
from local_model import LocalModel
from model_place import check_no_key, model_place

CONTEXT = 4_096  # tokens of a request with its answer; the machine has little time for more
SMALL = {"CODEASSIST_MODEL_INPUT_TOKENS": "2800", "CODEASSIST_MODEL_OUTPUT_TOKENS": "900"}
BROKEN = "def price(amount, rate):\n    return amount + rate\n"


@pytest.fixture(scope="module")
def model() -> Iterator[LocalModel]:
    """One server for all tests of this file."""
    with LocalModel(CONTEXT) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, model: LocalModel) -> Place:
    """A repository whose branch breaks a function and leaves a debugger call."""
    place = model_place(tmp_path, model.url, CODEASSIST_MODEL_NAME=model.name, **SMALL)
    place.git("switch", "-q", "-c", "work")
    return place.commit({"shop.py": f"{BROKEN}\n\nbreakpoint()\n"})


def review(place: Place) -> Done:
    return place.run("review", "main...HEAD", "--with-model", "--format", "json")


def test_a_real_model_adds_to_the_facts(model: LocalModel, place: Place) -> None:
    done = review(place)
    report = done.json
    assert ("shop.py", 5, "CA302") in done.findings
    answered = any(f"asked {model.name}: " in note for note in report["notes"])
    # A model of this size may write an answer without end: then the report is incomplete.
    assert done.code == (0 if answered and report["complete"] else 3), done.err
    assert answered or "did not answer" in report["coverage"]["failures"][0]
    for each in report["findings"]:
        if each["code"] == "CH201":  # whatever is reported quotes lines that exist
            assert each["location"]["path"] == "shop.py"
            start = each["location"]["start"]  # None for what is said of the whole file
            assert start is None or 1 <= start["line"] <= 5
            assert each["severity"] != "error"
    check_no_key(place, done)


def test_what_does_not_fit_into_a_small_model_is_told(model: LocalModel, place: Place) -> None:
    long = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(400))
    place.commit({"long.py": long})
    place.environment["CODEASSIST_REVIEW_CALLS"] = "1"
    done = review(place)
    assert done.code == 3, done.err
    partial = {each["path"]: each["reason"] for each in done.json["coverage"]["partial"]}
    assert "long.py" in partial
