"""Kept answers: the same request finds them, and nothing that happens to the file does harm."""

import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codeassist.base.messages import Usage
from codeassist.llm.answers import FILE, Answers, request_key
from codeassist.llm.provider import ProviderReply

REPLY = ProviderReply("an answer: äöü 漢字 \U0001f600", Usage(5, 4, 3, 2), "m", notes=("a note",))
KEY = request_key({"a": 1}, "http://here", "m")
Open = Callable[..., Answers]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens answers in a folder of the test, and closes them after it."""
    all_opened: list[Answers] = []

    def make(folder: Path | str = tmp_path, **options: int) -> Answers:
        all_opened.append(Answers(str(folder), **options))
        return all_opened[-1]

    yield make
    for each in all_opened:
        each.close()


def test_what_is_kept_is_found(opened: Open) -> None:
    opened().keep(KEY, REPLY)
    assert opened().get(KEY) == REPLY  # the object of another process
    assert opened().get("0" * 64) is None


def test_in_memory(opened: Open, tmp_path: Path) -> None:
    answers = opened("")
    answers.keep(KEY, REPLY)
    assert answers.get(KEY) == REPLY
    assert answers.notes == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "other",
    [
        ({"a": 2}, "http://here", "m"),
        ({"a": "1"}, "http://here", "m"),
        ({"a": 1}, "http://there", "m"),
        ({"a": 1}, "http://here", "n"),
        ({"a": [1]}, "http://here", "m"),
    ],
)
def test_another_request_has_another_key(other: tuple[dict[str, object], str, str]) -> None:
    assert request_key(*other) != KEY


def test_the_order_of_names_does_not_matter() -> None:
    assert request_key({"a": 1, "b": {"c": 2, "d": 3}}, "", "") == request_key(
        {"b": {"d": 3, "c": 2}, "a": 1}, "", ""
    )


def test_half_a_surrogate_pair_has_a_key() -> None:
    assert request_key({"a": "\ud800"}, "", "") != request_key({"a": "?"}, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_file_is_for_the_user_alone(opened: Open, tmp_path: Path) -> None:
    opened(tmp_path / "new").keep(KEY, REPLY)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    for path in (tmp_path / "new").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.parametrize("content", [b"no database" * 50, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_corrupt_file_is_set_aside(opened: Open, tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    answers = opened()
    answers.keep(KEY, REPLY)
    assert answers.get(KEY) == REPLY
    assert "corrupt" in answers.notes[0]
    assert [path.read_bytes() for path in tmp_path.glob("*.corrupt-*")] == [content]


def test_a_file_of_another_form_is_set_aside(opened: Open, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("CREATE TABLE answer (key TEXT PRIMARY KEY, something TEXT)")
    other.close()
    answers = opened()
    answers.keep(KEY, REPLY)
    assert answers.get(KEY) == REPLY


def test_a_corrupt_row_is_no_answer(opened: Open, tmp_path: Path) -> None:
    answers = opened()
    answers.keep(KEY, REPLY)
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("UPDATE answer SET reply = x'00'")
    other.close()
    assert answers.get(KEY) is None
    answers.keep(KEY, REPLY)
    assert answers.get(KEY) == REPLY


def test_a_folder_that_cannot_be_made(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answers = opened(tmp_path / "file" / "folder")
    answers.keep(KEY, REPLY)
    assert answers.get(KEY) == REPLY
    assert "cannot be used" in answers.notes[0]


def test_a_file_that_cannot_be_written_any_more(opened: Open, tmp_path: Path) -> None:
    """As with a full disk: what is there is still found, and the user is told once."""
    answers = opened()
    answers.keep(KEY, REPLY)
    answers._database.connection.execute("PRAGMA query_only = 1")
    answers.keep("1" * 64, REPLY)
    answers.keep("2" * 64, REPLY)
    assert answers.get(KEY) == REPLY
    assert answers.get("1" * 64) is None
    assert len(answers.notes) == 1


def test_the_oldest_go_first(opened: Open) -> None:
    answers = opened(max_bytes=4_000)
    # 800 random bytes in hexadecimal do not get smaller than 800 bytes: five are too many.
    dice = random.Random(1)
    replies = [ProviderReply(dice.randbytes(800).hex(), Usage(), "m") for _ in range(6)]
    for number, reply in enumerate(replies):
        answers.keep(str(number), reply)
        assert answers.get("0") == replies[0]  # used again and again
    assert answers.get("1") is None
    assert answers.get("5") == replies[5]


def test_a_huge_answer_is_not_kept(opened: Open) -> None:
    answers = opened(max_bytes=1_000)
    answers.keep(KEY, ProviderReply(os.urandom(2_000).hex(), Usage(), "m"))
    assert answers.get(KEY) is None


def test_all_are_forgotten(opened: Open) -> None:
    answers = opened()
    answers.keep(KEY, REPLY)
    assert answers.clear() == 1
    assert answers.get(KEY) is None


WRITER = """
import sys
from codeassist.base.messages import Usage
from codeassist.llm.answers import Answers
from codeassist.llm.provider import ProviderReply
answers = Answers(sys.argv[1])
number = 0
print("ready", flush=True)
while number < int(sys.argv[3]):
    answers.keep(sys.argv[2] + str(number), ProviderReply(str(number) * 100, Usage(), "m"))
    number += 1
assert answers.notes == (), answers.notes
"""


def writer(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_processes_share_a_file(opened: Open, tmp_path: Path) -> None:
    writers = [writer(tmp_path, name, 50) for name in "abc"]
    for each in writers:
        each.communicate()
        assert each.returncode == 0
    answers = opened()
    found = [answers.get(f"{name}{number}") for name in "abc" for number in range(50)]
    assert None not in found


def test_a_killed_process_leaves_whole_rows(opened: Open, tmp_path: Path) -> None:
    process = writer(tmp_path, "k", 1_000_000)
    assert process.stdout
    process.stdout.readline()
    answers = opened()
    while answers.get("k20") is None:
        assert process.poll() is None
    process.kill()
    process.communicate()
    again = opened()
    assert again.notes == ()
    reply = again.get("k20")
    assert reply is not None
    assert reply.text == "20" * 100
    again.keep(KEY, REPLY)
    assert again.get(KEY) == REPLY
