"""Standard output and error: what they can show, and writing to them without surprises.

Text is written in the stream's own encoding with escapes for what that lacks. Data formats are
UTF-8 whatever the locale is, as their specifications say.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from codeassist.base.errors import UsageError
from codeassist.settings.load import surroundings

MAX_WIDTH = 120  # longer lines are hard to read, however wide the window is
PIPE_WIDTH = 100  # where there is no terminal: room for most lines of code


class OutputClosed(Exception):
    """The reader of our output has gone away, as `head` does."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a stream can show. `width` is in cells."""

    interactive: bool
    colour: bool
    width: int


def prepare() -> None:
    """See to it that no character can make printing fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def terminal(stream: TextIO | None, wish: bool | None = None) -> Terminal:
    """What a stream can show; `wish` is the user's --color or --no-color, None for neither."""
    seen = surroundings()
    interactive = stream is not None and stream.isatty() and not seen.dumb_terminal
    width = min(shutil.get_terminal_size((PIPE_WIDTH, 24)).columns, MAX_WIDTH)
    if wish is not None:
        return Terminal(interactive, wish, width)
    # The user's refusal wins over a wish that is often set for a whole CI system.
    colour = not seen.no_color and (interactive or seen.force_color)
    return Terminal(interactive, colour, width)


def emit(text: str) -> None:
    """Write text for people to standard output. Raises OutputClosed, or UsageError if it fails."""
    if sys.stdout is None:
        return
    with _writing():
        sys.stdout.write(text)
        sys.stdout.flush()


def emit_data(text: str) -> None:
    """Write a data format to standard output as UTF-8. Raises as `emit` does."""
    if sys.stdout is None:
        return
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise OutputClosed from error
    except OSError as error:
        silence_stdout()  # what is left in its buffer would fail again at the end
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write to standard output: {reason}") from error


def say(text: str) -> None:
    """Write a line about the work, not its result, to standard error."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def silence_stdout() -> None:
    """Throw the rest of the output away, so that the interpreter does not complain at its end."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):  # no real file behind it, as in tests
        return
