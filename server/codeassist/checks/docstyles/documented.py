"""What the documentation of one definition says, as plain data."""

import re
from dataclasses import dataclass

_RETIRED = re.compile(r"deprecat|obsolete|removed|ignored|unused|legacy|no longer", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A documented name and where it stands, in characters. `text` is its whole entry."""

    name: str
    start: int
    text: str = ""

    @property
    def is_retired(self) -> bool:
        """Whether the entry itself says that the name has no effect any more."""
        return bool(_RETIRED.search(self.text))


@dataclass(frozen=True, slots=True)
class Documented:
    """A definition's documented parameters and exceptions.

    `returns` says where a result other than nothing is documented, None where none is.
    """

    parameters: tuple[Entry, ...] = ()
    raises: tuple[Entry, ...] = ()
    returns: int | None = None

    @property
    def count(self) -> int:
        """How many things are documented."""
        return len(self.parameters) + len(self.raises) + (self.returns is not None)
