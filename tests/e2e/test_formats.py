"""Every format, written to a file and read back as its consumers read it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Place

from codeassist.render import FORMATS

EXPECTED = {("app.py", 1, "CA101"), ("notes.py", 2, "CA302")}
LINE = ("review", "main...work", "--select", "CA1,CA3")

Found = set[tuple[str, int, str]]


def read_json(text: str) -> Found:
    places = ((each["location"], each["code"]) for each in json.loads(text)["findings"])
    return {(where["path"], where["start"]["line"], code) for where, code in places}


def read_sarif(text: str) -> Found:
    """As code scanning does: https://docs.oasis-open.org/sarif/sarif/v2.1.0."""
    (run,) = json.loads(text)["runs"]
    found = set()
    for result in run["results"]:
        where = result["locations"][0]["physicalLocation"]
        path, line = where["artifactLocation"]["uri"], where["region"]["startLine"]
        found.add((path, line, result["ruleId"]))
    return found


def read_rdjson(text: str) -> Found:
    """As reviewdog does."""
    return {
        (
            each["location"]["path"],
            each["location"]["range"]["start"]["line"],
            each["code"]["value"],
        )
        for each in json.loads(text)["diagnostics"]
    }


def read_gitlab(text: str) -> Found:
    """As GitLab's code quality widget does."""
    return {
        (each["location"]["path"], each["location"]["lines"]["begin"], each["check_name"])
        for each in json.loads(text)
    }


def read_github(text: str) -> Found:
    """As the pull request reviews API does: comments on the diff, all else in the body."""
    review = json.loads(text)
    assert review["event"] == "COMMENT"
    found = set()
    for comment in review["comments"]:
        assert comment["side"] == "RIGHT"
        code = re.search(r"`(CA\d+)`", comment["body"])
        assert code is not None
        found.add((comment["path"], comment["line"], code[1]))
    pattern = r"^- \*\*\w+\*\* `(\S+?):(\d+)`: .*\(`(CA\d+)`"
    body = re.finditer(pattern, review["body"], re.MULTILINE)
    return found | {(m[1], int(m[2]), m[3]) for m in body}


def read_text(text: str) -> Found:
    """As editors read the messages of compilers."""
    pattern = r"^(\S+?):(\d+):\d+: \w+ (CA\d+)"
    return {(m[1], int(m[2]), m[3]) for m in re.finditer(pattern, text, re.MULTILINE)}


def read_markdown(text: str) -> Found:
    """The table's rows: severity, place, message, rule."""
    pattern = r"^\| \w+ \| `(\S+?):(\d+)` \| .* \| `(CA\d+)`"
    return {(m[1], int(m[2]), m[3]) for m in re.finditer(pattern, text, re.MULTILINE)}


READERS: dict[str, Callable[[str], Found]] = {
    "text": read_text,
    "json": read_json,
    "sarif": read_sarif,
    "rdjson": read_rdjson,
    "markdown": read_markdown,
    "gitlab": read_gitlab,
    "github": read_github,
}


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() == set(FORMATS)


@pytest.mark.parametrize("name", READERS)
def test_a_format_is_read_back(name: str, place: Place, tmp_path: Path) -> None:
    target = tmp_path / f"report.{name}"
    written = place.run(*LINE, "--format", name, "--output", str(target))
    assert (written.code, written.out) == (0, ""), written.err
    text = target.read_bytes().decode("utf-8")
    assert READERS[name](text) == EXPECTED
    assert str(target) in written.err  # and says where it went


@pytest.mark.parametrize("name", READERS)
def test_a_format_with_nothing_to_say_is_still_one(name: str, place: Place) -> None:
    done = place.run("review", "main...main", "--select", "CA1,CA3", "--format", name)
    assert done.code == 0, done.err
    assert READERS[name](done.out) == set()
