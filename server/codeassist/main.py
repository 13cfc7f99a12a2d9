"""The composition root: the entry point of `codeassist`. Imports the rim that is asked for."""

import gc
import sys
from typing import NoReturn

from codeassist.base.errors import EXIT_INTERRUPTED

# The index makes hundreds of thousands of small objects that live long. By its default (700) the
# collector looks at all of them again and again: half of a review's time, measured on Django.
YOUNG_OBJECTS = 100_000


def main() -> NoReturn:
    """Run the process's command line and exit with its code."""
    gc.set_threshold(YOUNG_OBJECTS, 20, 100)
    try:
        from codeassist.cli.app import run
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(run())
