"""Ends in the middle: kill -9, Ctrl-C, SIGTERM, a reader that goes away."""

import fcntl
import os
import pty
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import COMMAND, TIMEOUT_SECONDS, Place, check_finding, ended

from codeassist.index.outline import decode_outline

KILLS = 50
RANDOM_SEED = 20250303
FILES, FUNCTIONS = 120, 50  # about 400 kB: two batches, so that a kill can fall between them
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"

Rows = set[tuple[object, ...]]


def source(number: int, functions: int) -> str:
    return "".join(
        f"def function_{number}_{each}(first, second):\n    return first + second * {each}\n\n\n"
        for each in range(functions)
    )


def sources(files: int, functions: int) -> dict[str, str]:
    return {f"package/module_{n}.py": source(n, functions) for n in range(files)}


def meaning(row: tuple[str, str, bytes, bytes, int, str]) -> tuple[object, ...]:
    """A row without what differs from run to run: the order of words, shared values in blobs."""
    key, language, outline, words, symbols, reason = row
    return key, decode_outline(language, outline), frozenset(words.split()), symbols, reason


def rows(cache: Path) -> Rows:
    """What a cache knows; also asserts that it is sound. Reads a copy, as it was left."""
    found: Rows = set()
    for file in cache.glob("*.sqlite"):
        copy = cache.parent / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for part in cache.glob(file.name + "*"):
            shutil.copy(part, copy)
        database = sqlite3.connect(copy / file.name)
        assert database.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'content'").fetchone():
            sql = "SELECT key, language, outline, words, symbols, reason FROM content"
            found.update(map(meaning, database.execute(sql)))
        database.close()
    return found


def test_kill_at_any_moment_leaves_a_cache_that_is_right(place: Place) -> None:
    """What a killed run leaves is a part of what a whole run makes; the next run completes it."""
    place.init().write(sources(FILES, FUNCTIONS))
    began = time.monotonic()
    whole = place.run("index", "--json").json
    length = time.monotonic() - began
    expected = rows(place.cache)
    assert (len(expected), whole["symbols"]) == (FILES, FILES * FUNCTIONS)
    chance = random.Random(RANDOM_SEED)
    partial = 0
    for kill in range(KILLS):
        if kill % 4 == 0:  # the runs between go on from what the killed ones left
            shutil.rmtree(place.cache, ignore_errors=True)
        process = place.start("index", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if kill % 2:
            wait_until(lambda: any(place.cache.glob("*.sqlite")))
            time.sleep(chance.uniform(0, 0.3) * length)  # while it writes
        else:
            time.sleep(chance.uniform(0, 1) * length)
        process.kill()
        process.wait()
        left = rows(place.cache)
        assert left <= expected
        partial += 0 < len(left) < FILES
        if kill % 10 == 9:
            done = place.run("index", "--json")
            assert done.err == ""
            for key in ("files", "symbols", "languages", "skipped"):
                assert done.json[key] == whole[key]
            assert rows(place.cache) == expected
    print(f"{partial} of {KILLS} kills fell between two batches")


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True)
    return [int(each) for each in listed.stdout.split()]


def wait_until(reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.02)
    return False


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def large(place: Place) -> Place:
    """Enough to index for a second or more, in worker processes, with a progress bar."""
    return place.init().write(sources(200, 250))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="finds workers in /proc")
def test_workers_end_when_their_parent_is_killed(large: Place) -> None:
    process = large.start("index", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert wait_until(lambda: len(children(process.pid)) >= 2)
    workers = children(process.pid)
    process.kill()
    process.wait()
    assert wait_until(lambda: not any(map(is_running, workers)))
    assert large.run("index", "--json").json["symbols"] == 200 * 250


class Screen:
    """The command with a terminal of its own for input and standard error."""

    def __init__(self, place: Place, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        self.shown = b""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=place.root,
            env=place.environment | {"TERM": "xterm-256color", "COLUMNS": "100"},
            stdin=slave,
            stdout=subprocess.DEVNULL,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def type(self, keys: bytes) -> None:
        """Press keys: the terminal itself makes a signal of Ctrl-C."""
        os.write(self._master, keys)

    def read_until(self, text: bytes) -> None:
        """Read what is shown until a text is there."""
        end = time.monotonic() + TIMEOUT_SECONDS
        while text not in self.shown and time.monotonic() < end:
            if not self._read():
                break
        assert text in self.shown, self.shown

    def wait(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        os.close(self._master)
        return self.process.wait(TIMEOUT_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], TIMEOUT_SECONDS)
        try:
            part = os.read(self._master, 65536) if ready else b""
        except OSError:  # what Linux says when nobody has the other end any more
            part = b""
        self.shown += part
        return bool(part)


@pytest.mark.parametrize(
    ("end", "code", "message"),
    [
        (lambda screen: screen.type(b"\x03"), 130, b"interrupted"),
        (lambda screen: screen.process.terminate(), 143, b"terminated"),
    ],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_an_interrupted_run_restores_the_terminal(
    end: Callable[[Screen], None], code: int, message: bytes, large: Place
) -> None:
    screen = Screen(large, "index", "--workers", "2")
    screen.read_until(HIDE_CURSOR)
    assert wait_until(lambda: len(children(screen.process.pid)) >= 2)
    workers = children(screen.process.pid)
    end(screen)
    assert screen.wait() == code
    assert screen.shown.rindex(SHOW_CURSOR) > screen.shown.rindex(HIDE_CURSOR)
    assert screen.shown.rstrip().endswith(message)
    assert b"Traceback" not in screen.shown
    assert wait_until(lambda: not any(map(is_running, workers)))
    assert large.run("index", "--json").json["symbols"] == 200 * 250


def test_a_run_that_comes_to_its_end_restores_the_terminal(large: Place) -> None:
    screen = Screen(large, "index")
    assert screen.wait() == 0
    assert screen.shown.rindex(SHOW_CURSOR) > screen.shown.rindex(HIDE_CURSOR)


def test_a_short_run_shows_no_bar(place: Place) -> None:
    """On a machine that is not busy it is done before anybody has lost patience."""
    screen = Screen(place.init().write({"a.py": "x = 1\n"}), "config")
    assert screen.wait() == 0
    assert HIDE_CURSOR not in screen.shown


def test_an_early_interruption_shows_no_traceback(place: Place) -> None:
    place.with_finding()
    for delay in (0.1, 0.2, 0.3, 0.4):
        process = place.start("review", "main...HEAD")
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=TIMEOUT_SECONDS)
        assert process.returncode in (0, 130, -signal.SIGINT)
        # Before the command has begun, Python itself says what it was importing.
        assert b"codeassist/cli/errors.py" not in err, err.decode()


@pytest.mark.parametrize(
    "arguments", [("review", "main...HEAD"), ("explain",), ("--help",)], ids=lambda a: a[0]
)
def test_a_reader_that_goes_away_ends_it_quietly(arguments: tuple[str, ...], place: Place) -> None:
    place.with_finding()
    reading, writing = os.pipe()
    process = place.start(*arguments, stdout=writing)
    os.close(writing)
    os.close(reading)  # as `head` does once it has seen enough
    done = ended(process)
    assert (done.code, done.err) == (141, "")


def test_closed_streams_are_no_reason_to_break(place: Place) -> None:
    place.with_finding()
    line = " ".join([sys.executable, *COMMAND[1:], "review main...HEAD --fail-on error"])
    for closed in (">&-", "2>&-", "<&-"):
        done = subprocess.run(
            ["sh", "-c", f"{line} {closed}"],
            cwd=place.root,
            env=place.environment,
            capture_output=True,
        )
        assert done.returncode == 1, (closed, done.stderr)
        assert b"Traceback" not in done.stderr


def test_a_report_is_written_whole_or_not_at_all(place: Place) -> None:
    place.with_finding()
    report = place.root / "report.json"
    report.write_text("the old one")
    process = place.start("review", "main...HEAD", "--format", "json", "--output", str(report))
    time.sleep(0.1)
    process.kill()
    process.communicate()
    assert report.read_text() == "the old one" or report.read_text().startswith("{")
    check_finding(place.review("main...HEAD"))
