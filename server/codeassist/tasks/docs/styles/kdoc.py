"""KDoc: `@param name text`, `@return text`, `@throws X text`, in Markdown."""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import (
    NO_WORDS,
    hung,
    marked,
    tagged_lines,
    with_default,
)
from codeassist.tasks.docs.styles.markdown_text import code, plain


def inline(text: str) -> str:
    """Prose; a name in brackets would be a link."""
    return marked(text, lambda piece: plain(piece).replace("[", "\\["), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag without a type."""
    if part in ("returns", "yields"):
        return hung(f"@{layout.return_tag}", inline(item.text or NO_WORDS), width, "  ")
    text = inline(with_default(item))
    tag = layout.raise_tag if part == "raises" else "param"
    return hung(f"@{tag} {item.name}", text, width, "  ")
