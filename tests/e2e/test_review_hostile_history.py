"""Hostile commit messages: nobody who reviews reads them, and no report shows them."""

from pathlib import Path

import pytest
from command import Place
from injections import INJECTIONS, MARK
from model_place import model_place
from scripted_openai import ScriptedServer, answer

from codeassist.render import FORMATS

# What git refuses in a message cannot be said in one.
MESSAGE = "\n".join(INJECTIONS.values()).replace("\0", "").encode("utf-8", "replace").decode()


def place(folder: Path, server: ScriptedServer, message: str) -> Place:
    """A repository whose branch `work` breaks a caller, with a message of its commit."""
    place = model_place(folder, server.url)
    place.commit({"lib.py": "def gone():\n    return 2\n", "app.py": "from lib import gone\n"})
    place.git("switch", "-q", "-c", "work")
    place.write({"lib.py": "def other():\n    return 2\n"})
    (folder / "message").write_text(message, "utf-8")
    place.git("add", "-A")
    place.git("commit", "-q", "--cleanup=verbatim", "-F", str(folder / "message"))
    return place


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_shows_a_commit_message(
    name: str, server: ScriptedServer, tmp_path: Path
) -> None:
    server.enqueue(answer('{"findings": []}'))
    hostile = place(tmp_path, server, MESSAGE)
    assert MARK in hostile.git("log", "-1", "--format=%B")
    done = hostile.run("review", "main...HEAD", "--with-model", "--format", name)
    assert done.code == 0, done.err
    assert MARK not in done.out + done.err
    assert "CA101" in done.out


def test_a_model_is_asked_the_same_whatever_the_message_says(
    server: ScriptedServer, tmp_path: Path
) -> None:
    asked = []
    for folder, message in (("a", "plain"), ("b", MESSAGE)):
        server.enqueue(answer('{"findings": []}'))
        made = place(tmp_path / folder, server, message)
        made.run("review", "main...HEAD", "--with-model")
        asked.append(server.requests()[-1].body["messages"])
    assert asked[0] == asked[1]
