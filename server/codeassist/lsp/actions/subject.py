"""What the user means when asking a model about the place of the cursor."""

from dataclasses import dataclass

from lsprotocol import types

from codeassist.lsp.actions.asked import Asked


@dataclass(frozen=True, slots=True)
class Meant:
    """A range, and what it is called: "the selection", "`f`", or "" for a bare cursor."""

    name: str
    range: types.Range

    @property
    def of(self) -> str:
        """The name as the end of a title."""
        return f" of {self.name}" if self.name else ""


def subject_of(asked: Asked) -> Meant | None:
    """The selection, else the definition around the cursor; None where there is neither.

    While it is not known what is around the cursor, the cursor's line.
    """
    if asked.is_selection:
        return Meant("the selection", asked.range)
    if asked.offers is None:
        return Meant("", asked.range)
    found = asked.offers.definition
    place = asked.range_of(found.span) if found is not None else None
    return Meant(f"`{found.name}`", place) if found is not None and place is not None else None
