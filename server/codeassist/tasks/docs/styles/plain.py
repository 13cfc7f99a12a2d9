"""Prose alone: Go's comments and the shell's, which have no entries."""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import marked, prose_lines


def inline(text: str) -> str:
    """Prose without marks for code, as there are none."""
    return marked(text, str, str)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The summary and the description."""
    return prose_lines(content, inline, width)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """Nothing: there are no entries."""
    return []
