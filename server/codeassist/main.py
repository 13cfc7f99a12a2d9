"""The composition root: the entry point of `codeassist`. Imports the rim that is asked for."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from codeassist.base.errors import EXIT_INTERRUPTED

# The index makes hundreds of thousands of small objects that live long. By its default (700) the
# collector looks at all of them again and again: half of a review's time, measured on Django.
COLLECTED_AT = (100_000, 20, 100)  # as for gc.set_threshold


def main() -> NoReturn:
    """Run the process's command line and exit with its code."""
    gc.set_threshold(*COLLECTED_AT)
    try:
        from codeassist.cli.app import run
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    _leave(run(serve=_serve))


def _serve(kind: str, host: str, port: int, level: str) -> int:
    """Serve an editor by the other rim; see `codeassist serve`."""
    import logging

    from codeassist.lsp.server import Transport, serve

    return serve(Transport(kind, host, port), logging.getLevelName(level.upper()))


def _leave(code: int) -> NoReturn:
    """End the process at once.

    By now everything is written and closed. Taking a large index apart, object by object, would
    make the user wait for a fifth of a review's time (0.7 s on Django); mypy ends so too.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # no stream, or its reader has gone
            stream.flush()
    os._exit(code)
