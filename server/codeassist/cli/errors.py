"""Where every error ends: a message, a remedy, an exit code.

Has the rim's only broad except."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from codeassist.base.cancellation import Cancelled
from codeassist.base.errors import (
    EXIT_BUG,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    CodeassistError,
)

EXIT_TERMINATED = 143  # 128 + SIGTERM, the shells' convention
# 128 + SIGPIPE: what the shells report for every other program whose reader left, so that scripts
# which allow for it need no exception for this one. The review was not delivered: 0 would be wrong.
EXIT_OUTPUT_CLOSED = 141


class Terminated(BaseException):
    """The process was asked to end (SIGTERM). Not an Exception, so that cleaning up runs."""


def guarded(action: Callable[[], int], wants_traceback: Callable[[], bool]) -> int:
    """Run an action; return its exit code, or the one of the error that it ended with.

    `wants_traceback` is asked when an error has to be shown.
    """
    try:
        return _ended(action, wants_traceback)
    except KeyboardInterrupt:  # while what ending well needs was still being imported
        return EXIT_INTERRUPTED


def _ended(action: Callable[[], int], wants_traceback: Callable[[], bool]) -> int:
    from codeassist.cli.streams import OutputClosed, prepare, silence_stdout

    prepare()
    try:
        with _sigterm_raises():
            code = action()
            if sys.stdout is not None:
                sys.stdout.flush()
            return code
    except (KeyboardInterrupt, click.Abort, Cancelled):
        show("interrupted")
        return EXIT_INTERRUPTED
    except Terminated:
        show("terminated")
        return EXIT_TERMINATED
    except (OutputClosed, BrokenPipeError):
        silence_stdout()
        return EXIT_OUTPUT_CLOSED
    except Exception as error:
        return _explained(error, wants_traceback)


def _explained(error: Exception, wants_traceback: Callable[[], bool]) -> int:
    if isinstance(error, click.ClickException):
        return _usage(error)
    debug = wants_traceback() or _debug_is_set()
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, CodeassistError):
        show_error(error.message, error.remedy)
        return error.exit_code
    kind = type(error).__name__
    show_error(
        f"codeassist broke: {kind}: {error}",
        "this is a bug; please report it with what is printed above"
        if debug
        else "this is a bug; please report it with what `codeassist --debug …` prints",
    )
    return EXIT_BUG


def show_error(message: str, remedy: str = "") -> None:
    """Print an error and what to do about it."""
    show(message, "error", "red")
    if remedy:
        show(remedy, "help", "cyan")


def show_warning(message: str) -> None:
    """Print a warning."""
    show(message, "warning", "yellow")


def show(message: str, label: str = "", tone: str | None = None) -> None:
    """Print a line on standard error. What would move the cursor or command a CI log is escaped."""
    from codeassist.cli.streams import say, terminal
    from codeassist.render.escape import log_safe, visible

    text = visible(message)
    if not label:
        say(text)
        return
    colour = terminal(sys.stderr).colour
    start = click.style(f"{label}:", fg=tone, bold=True) if colour else f"{label}:"
    say(log_safe(f"{start} {text}"))


def _usage(error: click.ClickException) -> int:
    message = error.format_message()
    remedy = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        remedy = f"see `{error.ctx.command_path} --help`"
    show_error(message[:1].lower() + message[1:].rstrip("."), remedy)
    return EXIT_USAGE


def _debug_is_set() -> bool:
    from codeassist.settings.load import surroundings

    return surroundings().debug


@contextmanager
def _sigterm_raises() -> Iterator[None]:
    """Let SIGTERM unwind the stack like Ctrl-C, so that terminals and files are left in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated
