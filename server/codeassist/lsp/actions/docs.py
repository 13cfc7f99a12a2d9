"""Document the definition around the cursor, those that are selected, or all of the file.

A model finds the words. Without one there is what the code itself says, and the title tells so.
"""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft, Model

FACTS_ALONE = " from facts alone"


def drafts(asked: Asked) -> Iterator[Draft]:
    """One for what the cursor is at, where that is known, and one for the file."""
    if not asked.language or asked.is_empty:
        return
    offers = asked.offers
    if offers is not None and len(offers.selected) > 1:
        title = f"Document the {len(offers.selected)} selected definitions"
        yield _draft(asked, title, "symbol", asked.range)
    elif offers is not None and offers.definition is not None:
        found = offers.definition
        what = "Update the documentation of" if found.is_documented else "Document"
        place = asked.range_of(found.name_span)
        if place is not None:
            yield _draft(asked, f"{what} `{found.name}`", "symbol", place)
    if asked.place.module is None:  # of a notebook's cell a file is not what one sees
        yield _draft(asked, "Document this file", "file", None)


def _draft(asked: Asked, title: str, scope: str, place: types.Range | None) -> Draft:
    title = f"{title}{FACTS_ALONE}" if asked.no_model else title
    order = asked.order("docs", title, place, scope=scope)
    return Draft(title, kinds.DOCS, order, model=Model.MAY)
