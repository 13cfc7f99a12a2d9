"""The composition root: the entry point of `codeassist`. Imports the rim that is asked for."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the process's command line and exit with its code."""
    from codeassist.cli.app import run

    sys.exit(run())
