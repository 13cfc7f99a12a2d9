"""The signals of the ranking: one file each, in the order of this table.

A signal's module has WORDS, a reason for people ("" for one that is none), and `marks(scene)`. What
it is worth is written in `weights.py`. A signal knows the scene; it does not know other signals or
their weights.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from codeassist.context.gather import Marks, Scene

SIGNALS = (
    "lines",
    "nearby",
    "rare",
    "stem",
    "graph",
    "imports",
    "history",
    "history_share",
    "folder",
    "text",
    "open_documents",
    "own_file",
    "tests",
    "aside",
    "size",
)


class Signal(Protocol):
    """A signal's module."""

    WORDS: str

    def marks(self, scene: Scene) -> Marks:
        """What it says of the candidates."""
        ...


def signals() -> Iterator[tuple[str, Signal]]:
    """All signals with their names, in order."""
    for name in SIGNALS:
        yield name, cast("Signal", import_module(f"{__name__}.{name}"))
