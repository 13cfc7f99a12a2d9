"""YARD: `@param name [Type] text`, `@return [Type] text`, `@raise [X] text`."""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout, Types
from codeassist.tasks.docs.styles.common import hung, marked, tagged_lines, with_default
from codeassist.tasks.docs.styles.markdown_text import code, plain

_ANYTHING = "Object"


def inline(text: str) -> str:
    """Prose; what stands in braces would be a link."""
    return marked(text, lambda piece: plain(piece).replace("{", "\\{"), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag with its type in brackets, where one is known."""
    text = inline(with_default(item))
    typed = item.type is not None and layout.types is not Types.NEVER
    bracket = f" [{item.type}]" if typed else ""
    if part in ("returns", "yields"):
        return hung(f"@{layout.return_tag}{bracket or f' [{_ANYTHING}]'}", text, width, "  ")
    if part == "raises":
        return hung(f"@{layout.raise_tag} [{item.name}]", text, width, "  ")
    return hung(f"@param {item.name}{bracket}", text, width, "  ")
