"""Extract a function or a variable from the selection; it gets a name that nothing has yet."""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local


def drafts(asked: Asked) -> Iterator[Draft]:
    """Those of the two that apply."""
    yield from local(asked, "extract-function", kinds.EXTRACT_FUNCTION, "Extract function")
    yield from local(asked, "extract-variable", kinds.EXTRACT_VARIABLE, "Extract variable")
