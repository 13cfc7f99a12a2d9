"""Reads git's objects through one long-lived `git cat-file --batch` process."""

import threading
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from codeassist.git.command import GitRunner

if TYPE_CHECKING:
    from git import Git


class ObjectReader:
    """Reads blobs by id, one at a time for all threads. Close it, or use it in `with`."""

    def __init__(self, git: GitRunner) -> None:
        self._git = git
        self._lock = threading.Lock()
        self._process: Git.AutoInterrupt | None = None
        self._closed = False

    def __enter__(self) -> "ObjectReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, key: str) -> bytes:
        """A blob's content. Raises OSError if the repository lacks it or git ends too early."""
        with self._lock:
            if self._closed:
                raise ValueError("the reader is closed")
            try:
                return self._ask(key)
            except BaseException:
                # The stream may stand in the middle of an answer, so the next read starts anew.
                self._stop()
                raise

    def close(self) -> None:
        """End the process. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            self._stop()

    def _ask(self, key: str) -> bytes:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
        process = self._process
        process.stdin.write(key.encode() + b"\n")
        process.stdin.flush()
        header = process.stdout.readline().split()
        if len(header) != 3:
            what = "is not in the repository" if header[-1:] == [b"missing"] else "cannot be read"
            raise OSError(f"git object {key} {what}")
        size = int(header[2])
        content: bytes = process.stdout.read(size + 1)
        if len(content) != size + 1:
            raise OSError(f"git ended in the middle of object {key}")
        return content[:-1]

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # Git ends by itself at the end of its input, and is ended if it is still writing.
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stderr.close()
        popen = process.proc
        if popen is not None:
            popen.wait()


def object_sizes(git: GitRunner, keys: Iterable[str]) -> dict[str, int]:
    """The sizes in bytes of the objects that the repository has, by id."""
    wanted = dict.fromkeys(keys)
    if not wanted:
        return {}
    process = git.start("cat-file", "--batch-check=%(objectname) %(objectsize)")
    request = "".join(f"{key}\n" for key in wanted).encode()
    output, _ = process.communicate(request)
    rows = (line.split() for line in output.decode().splitlines())
    return {key: int(size) for key, size in rows if size.isdigit()}
