"""Rename what is under the cursor, in the whole repository.

A code action cannot ask for a name, and editors have their own renaming. So this is offered where a
name breaks its language's conventions, with the name that keeps them; and with a name that is to be
changed afterwards where somebody asks for exactly this kind.
"""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local


def drafts(asked: Asked) -> Iterator[Draft]:
    """One renaming at most."""
    offers = asked.offers
    if offers is None or not offers.word:
        return
    new = offers.proper_name
    if not new and kinds.is_named(kinds.RENAME, asked.only):
        new = f"new_{offers.word.lstrip('_')}"
    if new:
        title = f"Rename `{offers.word}` to `{new}`"
        yield from local(asked, "rename", kinds.RENAME, title, name=new)
