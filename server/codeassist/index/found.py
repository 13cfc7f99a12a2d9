"""What resolving a name or an expression can give: plain data.

`OPAQUE` means "there, or perhaps there, but not to be followed"; `MISSING` means proved to be
absent. Checks speak only of definitions and of what is proved.
"""

from dataclasses import dataclass
from enum import Enum

from codeassist.base.symbols import Binding
from codeassist.index.imports import Target


class Unfound(Enum):
    """The two ways not to find a definition."""

    OPAQUE = "opaque"
    MISSING = "missing"


OPAQUE = Unfound.OPAQUE
MISSING = Unfound.MISSING


@dataclass(frozen=True, slots=True)
class Definition:
    """A symbol of a file, by its index in the file's outline."""

    path: str
    symbol: int


@dataclass(frozen=True, slots=True)
class Module:
    """A module or package as a value."""

    target: Target


@dataclass(frozen=True, slots=True)
class Local:
    """A name bound by an assignment, a parameter, …."""

    path: str
    binding: Binding


Found = Definition | Module | Local | Unfound


@dataclass(frozen=True, slots=True)
class ClassRef:
    """A class itself as a value."""

    definition: Definition


@dataclass(frozen=True, slots=True)
class Instance:
    """A value whose class is known."""

    definition: Definition


@dataclass(frozen=True, slots=True)
class Super:
    """What `super()` gives in a method of this class."""

    definition: Definition


@dataclass(frozen=True, slots=True)
class Callable:
    """A function or method as a value; `bound` when its object is already given."""

    definition: Definition
    bound: bool = False


Value = Module | ClassRef | Instance | Super | Callable | Unfound
