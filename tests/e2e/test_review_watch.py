"""`codeassist review --watch` as its user has it: in a terminal, until Ctrl-C."""

import os
import pty
import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, TIMEOUT_SECONDS, Place, check_refused

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
END = re.compile(r"indexed in [^\n]*\n")  # the last line of what is shown of a report


class Terminal:
    """The command in a terminal of its own."""

    def __init__(self, place: Place, *arguments: str) -> None:
        self.place = place
        place.environment["TERM"] = "xterm"
        self._master, slave = pty.openpty()
        self.process = place.start(
            "review", "--watch", *arguments, stdin=slave, stdout=slave, stderr=slave
        )
        os.close(slave)
        self._unread = ""

    def until(self, pattern: str | re.Pattern[str]) -> str:
        """What is shown up to a text; the rest is for the next time."""
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while (match := re.search(pattern, self._unread)) is None:
            assert time.monotonic() < deadline, self._unread
            if not self._read(0.5) and self.process.poll() is not None:
                raise AssertionError(f"it has ended: {self._unread}")
        shown, self._unread = self._unread[: match.end()], self._unread[match.end() :]
        return shown

    def rest(self) -> str:
        """What is shown until the command has ended."""
        self.process.wait(TIMEOUT_SECONDS)
        while self._read(0.2):
            pass
        return self._unread

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        try:
            raw = os.read(self._master, 1 << 16) if ready else b""
        except OSError:  # the other end is closed
            raw = b""
        self._unread += raw.decode().replace("\r\n", "\n")
        return bool(raw)

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(TIMEOUT_SECONDS)
        os.close(self._master)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    terminal = Terminal(place, "--no-color")
    yield terminal
    terminal.close()


def test_it_shows_what_is_new_and_what_is_gone_until_ctrl_c(terminal: Terminal) -> None:
    first = terminal.until("Ctrl-C ends it\n")
    assert "Nothing to review: there are no changes" in first
    terminal.place.write({"lib.py": LIBRARY_WITHOUT})
    shown = terminal.until(END)
    assert re.search(r"\n-- \d\d:\d\d:\d\d lib\.py: 1 new, 0 gone, 0 as before\n", shown)
    assert "app.py:1:17: error CA101" in shown
    assert "new: not there before this change" in shown
    # The same again is no change: what is shown next is about what came after it.
    os.utime(terminal.place.root / "lib.py")
    time.sleep(0.6)  # longer than changes are gathered for, so that this is a batch of its own
    terminal.place.write({"app.py": "x = 1\n"})
    shown = terminal.until(END)
    assert shown.count("-- ") == 1
    assert "0 new, 1 gone, 0 as before" in shown
    assert "gone: app.py:1 CA101" in shown
    terminal.process.send_signal(signal.SIGINT)
    assert "interrupted" in terminal.rest()
    assert terminal.process.returncode == 130


def test_a_request_to_end_ends_it(terminal: Terminal) -> None:
    terminal.until("Ctrl-C ends it\n")
    terminal.process.send_signal(signal.SIGTERM)
    assert "terminated" in terminal.rest()
    assert terminal.process.returncode == 143


def test_without_a_terminal_it_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY})
    done = place.run("review", "--watch")
    check_refused(done, ("--watch", "terminal"), ("leave --watch out",))
