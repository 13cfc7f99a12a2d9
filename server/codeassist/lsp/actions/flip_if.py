"""Turn an `if` with an `else` round."""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local


def drafts(asked: Asked) -> Iterator[Draft]:
    """Flipping, where it applies."""
    yield from local(asked, "flip-if", kinds.FLIP_IF, "Flip `if` and `else`")
