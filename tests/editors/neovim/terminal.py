"""Neovim in a real terminal: tmux runs it, types into it and reads its screen."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_WAIT_SECONDS = 120  # against hangs only
_POLL_SECONDS = 0.05
_TIMEOUT_SECONDS = 30  # of one call of tmux


class Terminal:
    """A program in a terminal of its own, with a tmux server of its own."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], cwd: Path,
        width: int = 100, height: int = 36,
    ) -> None:  # fmt: skip
        self._command = command
        self._environment = dict(environment) | {"TERM": "screen-256color", "LC_ALL": "C.UTF-8"}
        self._cwd = cwd
        self._size = ("-x", str(width), "-y", str(height))
        self._folder = tempfile.mkdtemp(prefix="ca-tmux-")
        program = shutil.which("tmux")
        assert program, "the test in a terminal needs tmux on the PATH"
        self._tmux = (program, "-S", f"{self._folder}/socket", "-f", "/dev/null")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [*self._tmux, *arguments],
            env=self._environment,
            cwd=self._cwd,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def __enter__(self) -> Self:
        self._run("new-session", "-d", *self._size, *self._command)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)

    def type(self, text: str) -> Self:
        """Type a text as it stands."""
        self._run("send-keys", "-l", text)
        return self

    def press(self, *keys: str) -> Self:
        """Press keys by name: Enter, Escape, C-w."""
        self._run("send-keys", *keys)
        return self

    @property
    def screen(self) -> str:
        """What can be read now."""
        return self._run("capture-pane", "-p")

    def sees(self, text: str) -> str:
        """Wait until a text can be read; the whole screen."""
        limit = time.monotonic() + _WAIT_SECONDS
        while text not in (screen := self.screen):
            assert time.monotonic() < limit, f"never on the screen: {text}\n{screen}"
            time.sleep(_POLL_SECONDS)
        return screen

    def sees_no(self, text: str) -> str:
        """Wait until a text can be read no longer; the whole screen."""
        limit = time.monotonic() + _WAIT_SECONDS
        while text in (screen := self.screen):
            assert time.monotonic() < limit, f"still on the screen: {text}\n{screen}"
            time.sleep(_POLL_SECONDS)
        return screen
