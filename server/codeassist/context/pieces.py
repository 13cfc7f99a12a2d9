"""What context is made of, as plain data: units that are ranked, pieces that are shown.

Lines are 0-based here and half-open ranges are bytes, as everywhere inside; `Pack.pieces` speaks to
people and programs, so its lines are 1-based and inclusive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from codeassist.base.symbols import TOP


class Shown(Enum):
    """How much of a piece is shown."""

    FULL = "full"
    ELIDED = "elided"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Unit:
    """A range of a file that is taken or left as a whole.

    `symbol` is a definition of the file's outline, or TOP for code between definitions. Units of
    one file do not overlap: a class is its header, its methods are units of their own.
    """

    path: str
    symbol: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is ranked where it is: the signal, its share of the score, words for people."""

    signal: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its score (higher is better, comparable within one ranking) and reasons.

    The reasons may be worked out only when they are asked for: few units of a ranking are shown.
    """

    unit: Unit
    score: float
    reasons: Iterable[Reason] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units, best first, and the words that the request is about."""

    units: tuple[Ranked, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """What the context is for. `path` is None where there is only text (an issue, a trace).

    `start_line` and `end_line` are 0-based and inclusive; `symbol` is the definition meant, TOP for
    none. `text` is words that matter: the instruction, an issue. `open_paths` are open documents.
    """

    path: str | None = None
    start_line: int = 0
    end_line: int = 0
    symbol: int = TOP
    text: str = ""
    open_paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Past changes as plain data: for each commit, newest first, the paths that it touched."""

    commits: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as it is shown: lines 1-based and inclusive, `symbol` a dotted name or ""."""

    path: str
    start_line: int
    end_line: int
    symbol: str
    shown: Shown
    tokens: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What did not fit, best first, with what it would have cost in full."""

    path: str
    symbol: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Pack:
    """The packed context: `text` is exactly what a model is shown, `tokens` its exact count."""

    text: str
    tokens: int
    budget: int
    encoding: str
    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    sections: Mapping[str, int] = field(default_factory=dict)
