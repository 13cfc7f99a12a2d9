"""Have a function call another one that does the same.

Whether there is one takes a look at the repository, so this is not in every function's menu: there
is a finding where it is known, whose fix it is, and else it is for those who ask for it by name.
"""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local

TITLE = "Call the function that this one repeats"


def drafts(asked: Asked) -> Iterator[Draft]:
    """The call, where it was asked for."""
    if kinds.is_named(kinds.CALL_DUPLICATE, asked.only):
        yield from local(asked, "call-duplicate", kinds.CALL_DUPLICATE, TITLE)
