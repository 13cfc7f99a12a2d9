"""Runs a command of the user's: no shell, a time limit, bounded output, no child left behind."""

import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from codeassist.base.cancellation import CancellationToken

CHUNK = 64 * 1024
GRACE_SECONDS = 2.0  # for pipes to be read to their end after the process itself is gone


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended. `code` is None where it never ran or was ended.

    `output` holds the last bytes that it wrote, `is_cut` says that there were more. `reason` is why
    it gave nothing of use, in words, "" if it ended by itself.
    """

    code: int | None
    output: bytes = b""
    errors: bytes = b""
    is_cut: bool = False
    reason: str = ""


class _Tail:
    """Reads a pipe to its end in a thread, and keeps the last bytes."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        self._pipe = pipe
        self._limit = limit
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self.is_cut = False
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    @property
    def data(self) -> bytes:
        """What was kept."""
        return b"".join(tuple(self._chunks))[-self._limit :]

    def _read(self) -> None:
        with suppress(OSError, ValueError):
            while chunk := os.read(self._pipe.fileno(), CHUNK):
                self._chunks.append(chunk)
                self._size += len(chunk)
                while self._size - len(self._chunks[0]) >= self._limit:
                    self._size -= len(self._chunks.popleft())
                    self.is_cut = True
        self.is_cut = self.is_cut or self._size > self._limit


def run(
    command: Sequence[str],
    folder: str,
    seconds: float,
    limit: int,
    token: CancellationToken,
    given: bytes = b"",
) -> Ran:
    """Run a command in a folder, with `given` as its input.

    Keeps the last `limit` bytes of its output and of its errors. Raises Cancelled.
    """
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        )
    except (OSError, ValueError) as error:
        name = command[0] if command else "(nothing)"
        return Ran(None, reason=f"`{name}` cannot be run: {getattr(error, 'strerror', error)}")
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    output, errors = _Tail(process.stdout, limit), _Tail(process.stderr, limit)
    writer = threading.Thread(target=_feed, args=(process.stdin, given), daemon=True)
    writer.start()
    forget = token.on_cancel(lambda: _end(process))
    reason = ""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        reason = f"`{command[0]}` took longer than {seconds:g} s"
    finally:
        # What it started in the background would keep the pipes open.
        _end(process)
        forget()
        process.wait()
        for thread in (writer, output.thread, errors.thread):
            thread.join(GRACE_SECONDS)
        for pipe, thread in (
            (process.stdin, writer),
            (process.stdout, output.thread),
            (process.stderr, errors.thread),
        ):
            if not thread.is_alive():
                with suppress(OSError):
                    pipe.close()
    token.check()
    code = None if reason else process.returncode
    return Ran(code, output.data, errors.data, output.is_cut, reason)


def _feed(pipe: IO[bytes], given: bytes) -> None:
    with suppress(OSError, ValueError):  # it may end without reading
        pipe.write(given)
    with suppress(OSError, ValueError):
        pipe.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with everything in its group; nothing happens where all of it is gone."""
    with suppress(OSError):
        if os.name == "posix":
            # The group has the process's own id, and lasts as long as one of it does.
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
