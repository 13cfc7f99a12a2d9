"""What a model suggests, and files as places: the real command, in all formats."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import Place
from model_place import model_place
from model_reviews import claim, verdict
from scripted_openai import ScriptedServer, answer

from codeassist.render import FORMATS

LIBRARY = "def price(amount, rate):\n    return amount * rate\n\n\ndef half(x):\n    return x / 2\n"
BROKEN = LIBRARY.replace("amount * rate", "amount + rate")
FIX = [
    {
        "kind": "replace",
        "path": "lib.py",
        "search": "    return amount + rate",
        "symbol": None,
        "text": "    return amount * rate",
    }
]
LINE = ("review", "main...HEAD", "--with-model", "--format")


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    place = model_place(tmp_path, server.url).commit({"lib.py": LIBRARY, "app.py": "import lib\n"})
    place.git("switch", "-q", "-c", "work")
    return place.commit({"lib.py": BROKEN})


def said(server: ScriptedServer, *claims: dict[str, Any]) -> None:
    """Have the model say these, and stand by them."""
    verdicts = [verdict(number) for number in range(1, len(claims) + 1)]
    server.enqueue(
        answer(json.dumps({"findings": claims})), answer(json.dumps({"verdicts": verdicts}))
    )


def applied(text: str, first: int, last: int, new: str) -> str:
    """A text after its lines from `first` to `last` were replaced, as sites do it."""
    lines = text.split("\n")
    return "\n".join([*lines[: first - 1], *new.split("\n"), *lines[last:]])


def test_whoever_applies_a_suggestion_gets_the_fix(server: ScriptedServer, place: Place) -> None:
    said(server, claim("lib.py", "    return amount + rate", fix=FIX))
    (found,) = place.run(*LINE, "json").json["findings"]
    assert found["confidence"] == 80
    place.write({"fix.diff": found["fix"]["files"][0]["diff"]})
    place.git("apply", "fix.diff")
    assert (place.root / "lib.py").read_text() == LIBRARY
    place.git("checkout", "-q", "lib.py")
    (diagnostic,) = place.run(*LINE, "rdjson").json["diagnostics"]
    (suggested,) = diagnostic["suggestions"]
    lines = suggested["range"]["start"]["line"], suggested["range"]["end"]["line"]
    assert applied(BROKEN, *lines, suggested["text"]) == LIBRARY
    (comment,) = place.run(*LINE, "github").json["comments"]
    block = comment["body"].partition("```suggestion\n")[2].partition("\n```")[0]
    assert applied(BROKEN, comment["line"], comment["line"], block) == LIBRARY


@pytest.mark.parametrize("name", FORMATS)
def test_a_finding_without_a_line_is_of_its_file_in_every_format(
    name: str, server: ScriptedServer, place: Place
) -> None:
    said(server, claim("lib.py", "return amount / rate", title="Nothing is rounded"))
    done = place.run(*LINE, name)
    assert done.code == 0, done.err
    assert "Nothing is rounded" in done.out
    where = {
        "text": "\nlib.py: info CH201",
        "json": '"start": null',
        "gitlab": '"begin": 1',
        "markdown": "| info | `lib.py` |",
        "github": "**info** `lib.py`:",
    }
    if name in where:
        assert where[name] in f"\n{done.out}"
    else:
        assert '"region"' not in done.out
        assert '"range"' not in done.out
