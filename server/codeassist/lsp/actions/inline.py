"""Inline the variable or the function whose name is under the cursor."""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local


def drafts(asked: Asked) -> Iterator[Draft]:
    """Inlining, where it applies."""
    word = asked.offers.word if asked.offers is not None else ""
    yield from local(asked, "inline", kinds.INLINE, f"Inline `{word}`" if word else "Inline")
