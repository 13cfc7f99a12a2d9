"""Progress of long work: a bar on a terminal's standard error, nothing anywhere else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from codeassist.base.cancellation import CancellationToken
from codeassist.cli.streams import terminal
from codeassist.engine.requests import Progress, silent

PATIENCE_SECONDS = 0.4  # work that is done by then needs no bar, which would only flicker


@contextmanager
def working() -> Iterator[tuple[Progress, CancellationToken]]:
    """Progress and token for one piece of work; the token is cancelled if it is interrupted."""
    token = CancellationToken()
    try:
        with _shown() as progress:
            yield progress, token
    except BaseException:
        token.cancel()
        raise


@contextmanager
def _shown() -> Iterator[Progress]:
    seen = terminal(sys.stderr)
    if not seen.interactive:
        yield silent
        return
    bar = _Bar(seen.colour)
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A bar that appears once its patience is over, and vanishes at the end."""

    def __init__(self, colour: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Display

        self._display = Display(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True, no_color=not colour),
            transient=True,
        )
        self._task = self._display.add_task("", total=None)
        self._stage = ""
        self._begun = time.monotonic()
        self._visible = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        """See `codeassist.engine.requests.Progress`."""
        if stage != self._stage:
            self._stage = stage
            self._display.reset(self._task, description=stage)
        self._display.update(self._task, completed=done, total=total or None)
        if not self._visible and time.monotonic() - self._begun > PATIENCE_SECONDS:
            self._visible = True
            self._display.start()

    def close(self) -> None:
        """Take the bar away and give the cursor back."""
        if self._visible:
            self._display.stop()
