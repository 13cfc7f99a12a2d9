"""Prose in a docstring: code between the quotes that the repository uses."""

from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import marked


def inline(text: str, layout: Layout) -> str:
    """Prose with its code marked. A trailing underscore would be a link in reStructuredText."""
    return marked(
        text,
        lambda piece: piece.replace("`", "'"),
        lambda piece: f"{layout.code}{piece}{layout.code}",
    )
