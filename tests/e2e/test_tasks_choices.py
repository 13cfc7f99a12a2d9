"""Hypotheses with fixes, suggestions and instructions by the command: shown, verified, picked."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from command import Place
from model_place import model_place
from scripted_openai import ScriptedServer, answer

BUGGY = "def last(items):\n    return items[0]\n\n\ndef first(items):\n    return items[1]\n"


@pytest.fixture
def place(tmp_path: Path, server: ScriptedServer) -> Place:
    """A place with two faults in one file."""
    return model_place(tmp_path, server.url).commit({"ends.py": BUGGY})


def replacing(search: str, text: str, path: str = "ends.py") -> dict[str, Any]:
    return {"kind": "replace", "path": path, "search": search, "symbol": None, "text": text}


def claim(title: str, quote: str, line: int, fix: list[dict[str, Any]] | None) -> dict[str, Any]:
    return {
        "path": "ends.py",
        "quote": quote,
        "line": line,
        "title": title,
        "what_goes_wrong": "The wrong end is given.",
        "input": "[1, 2]",
        "evidence": [],
        "how_to_confirm": "Call it.",
        "severity": "warning",
        "confidence": 90,
        "fix": fix,
    }


LAST = claim("last gives the first", "    return items[0]", 2, [replacing("items[0]", "items[-1]")])
FIRST = claim(
    "first gives the second", "    return items[1]", 6, [replacing("items[1]", "items[0]")]
)
INVENTED = claim("nothing like it", "    return items[7]", 2, None)


def hunt(server: ScriptedServer, *claims: dict[str, Any], refuted: tuple[int, ...] = ()) -> None:
    """Script a first look and a second one."""
    count = len([each for each in claims if each is not INVENTED])
    verdicts = [
        {"id": n, "why": "Seen.", "refuted": n in refuted, "confidence": 90}
        for n in range(1, count + 1)
    ]
    server.enqueue(
        answer(json.dumps({"hypotheses": list(claims)})),
        answer(json.dumps({"verdicts": verdicts})),
    )


def test_each_fix_has_a_number_and_one_is_picked(server: ScriptedServer, place: Place) -> None:
    hunt(server, LAST, FIRST)
    done = place.run("bugs", "ends.py")
    assert done.code == 0, done.err
    assert "fix 1: " in done.out
    assert "fix 2: " in done.out
    assert "+    return items[-1]" in done.out
    # The answers are kept, so that picking one costs nothing.
    picked = place.run("bugs", "ends.py", "--apply", "--pick", "2")
    assert picked.code == 0, picked.err
    assert len(server.requests()) == 2
    second = done.out.partition("\nfix 2: ")[2]
    old, new = ("items[0]", "items[-1]") if "items[-1]" in second else ("items[1]", "items[0]")
    assert (place.root / "ends.py").read_text() == BUGGY.replace(old, new)


def test_of_several_fixes_none_is_applied_unasked(server: ScriptedServer, place: Place) -> None:
    hunt(server, LAST, FIRST)
    done = place.run("bugs", "ends.py", "--apply")
    assert "choose one with --pick" in done.err
    assert (place.root / "ends.py").read_text() == BUGGY


def test_one_fix_is_applied(server: ScriptedServer, place: Place) -> None:
    hunt(server, LAST)
    done = place.run("bugs", "last", "--apply")
    assert done.code == 0, done.err
    assert "return items[-1]" in (place.root / "ends.py").read_text()


def test_a_number_that_there_is_not(server: ScriptedServer, place: Place) -> None:
    hunt(server, LAST)
    done = place.run("bugs", "ends.py", "--apply", "--pick", "5")
    assert done.code == 2
    assert "there is no suggestion or fix 5" in done.err
    assert (place.root / "ends.py").read_text() == BUGGY


def test_what_is_invented_or_refuted_is_counted_and_not_shown(
    server: ScriptedServer, place: Place
) -> None:
    hunt(server, LAST, FIRST, INVENTED, refuted=(2,))
    report = place.run("bugs", "ends.py", "--json").json
    (only,) = report["hypotheses"]
    assert only["location"]["start"]["line"] == 2
    assert only["fix"]["verified"]
    assert len(report["dropped"]) == 2


def test_an_issue_and_a_picture(server: ScriptedServer, place: Place) -> None:
    place.environment["CODEASSIST_MODEL_SEES"] = "true"
    picture = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk")
    place.write({"issue.md": "last([1, 2]) gives 1", "shot.png": picture})
    hunt(server, LAST)
    done = place.run("bugs", "--issue", "issue.md", "--image", "shot.png", "--json")
    assert done.code == 0, done.err
    sent = json.dumps(server.requests()[0].body)
    assert "last([1, 2]) gives 1" in sent
    assert base64.b64encode(picture).decode() in sent


def test_a_picture_for_a_model_that_does_not_see(server: ScriptedServer, place: Place) -> None:
    place.write({"shot.png": b"\x89PNG"})
    hunt(server, LAST)
    place.environment["CODEASSIST_MODEL_SEES"] = "false"
    done = place.run("bugs", "ends.py", "--image", "shot.png")
    assert done.code == 0, done.err
    assert "image_url" not in json.dumps(server.requests()[0].body)
    assert "not see" in done.err or "sees no" in done.err


def test_what_is_no_picture(place: Place) -> None:
    done = place.run("bugs", "ends.py", "--image", "ends.py")
    assert done.code == 2
    assert "no picture that models take" in done.err


def suggestion(title: str, *edits: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "why": "It is clearer.", "size": "small", "edits": list(edits)}


def test_suggestions_are_alternatives(server: ScriptedServer, place: Place) -> None:
    good = suggestion(
        "Name the end", replacing("return items[0]", "end = items[0]\n    return end")
    )
    also = suggestion("Use next", replacing("return items[0]", "return next(iter(items))"))
    server.enqueue(answer(json.dumps({"suggestions": [good, also]})))
    done = place.run("refactor", "last", "--suggest")
    assert done.code == 0, done.err
    assert "1. Name the end" in done.out
    assert "2. Use next" in done.out
    picked = place.run("refactor", "last", "--suggest", "--apply", "--pick", "2")
    assert picked.code == 0, picked.err
    assert "next(iter(items))" in (place.root / "ends.py").read_text()
    assert len(server.requests()) == 1


def test_a_suggestion_that_breaks_the_code_is_repaired_once(
    server: ScriptedServer, place: Place
) -> None:
    broken = suggestion("Break it", replacing("return items[0]", "return items[0"))
    mended = {"edits": [replacing("return items[0]", "return next(iter(items))")]}
    server.enqueue(answer(json.dumps({"suggestions": [broken]})), answer(json.dumps(mended)))
    report = place.run("refactor", "last", "--suggest", "--json").json
    (only,) = report["suggestions"]
    assert only["verified"]
    assert len(server.requests()) == 2


def test_what_stays_broken_is_shown_as_such_and_never_applied(
    server: ScriptedServer, place: Place
) -> None:
    broken = suggestion("Break it", replacing("return items[0]", "return items[0"))
    again = {"edits": [replacing("return items[0]", "return items[")]}
    server.enqueue(answer(json.dumps({"suggestions": [broken]})), answer(json.dumps(again)))
    done = place.run("refactor", "last", "--suggest", "--apply")
    assert done.code == 5
    assert "not verified" in done.out + done.err
    assert (place.root / "ends.py").read_text() == BUGGY


def test_an_instruction_across_files(server: ScriptedServer, place: Place) -> None:
    place.commit({"user.py": "from ends import last\n\nprint(last([1]))\n"})
    change = {
        "needs": [],
        "title": "Rename last",
        "explanation": "Renamed with its use.",
        "removes": ["last"],
        "edits": [
            replacing("def last(items):", "def final(items):"),
            replacing("from ends import last", "from ends import final", "user.py"),
            replacing("print(last([1]))", "print(final([1]))", "user.py"),
        ],
    }
    server.enqueue(answer(json.dumps(change)))
    done = place.run("refactor", "last", "--instruct", "call it final", "--apply")
    assert done.code == 0, done.err
    assert "call it final" in json.dumps(server.requests()[0].body)
    assert "final" in (place.root / "user.py").read_text()
    assert "def final" in (place.root / "ends.py").read_text()


def test_an_instruction_that_leads_out_of_the_repository(
    server: ScriptedServer, place: Place
) -> None:
    evil = {"kind": "create", "path": "../evil.py", "search": None, "symbol": None, "text": "x"}
    change = {"needs": [], "title": "T", "explanation": "", "removes": [], "edits": [evil]}
    server.enqueue(answer(json.dumps(change)), answer(json.dumps({"edits": [evil]})))
    place.run("refactor", "last", "--instruct", "do it", "--apply")
    assert not (place.root.parent / "evil.py").exists()
    assert (place.root / "ends.py").read_text() == BUGGY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--apply", "--diff"), "exclude each other"),
        (("--facts", "--model", "m"), "exclude each other"),
        (("--pick", "1"), "--pick says what --apply writes"),
        (("--rename", "x", "--inline"), "exclude each other"),
        (("--suggest", "--facts"), "--facts forbids"),
    ],
)
def test_wishes_that_do_not_go_together(
    place: Place, arguments: tuple[str, ...], message: str
) -> None:
    done = place.run("refactor", "last", *arguments)
    assert done.code == 2, done.out
    assert message in done.err


def test_what_can_be_done_here(place: Place) -> None:
    done = place.run("refactor", "ends.py:2:12-2:20")
    applying, _, others = done.out.partition("not here:")
    assert "--extract-variable" in applying
    assert "--flip-if" in others
