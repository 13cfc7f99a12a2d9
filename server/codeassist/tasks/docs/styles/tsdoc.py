"""TSDoc: `@param name - text`. The types are the language's own."""

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
    """Prose; braces outside of code would be inline tags."""
    return marked(text, lambda p: plain(p).replace("{", "\\{").replace("}", "\\}"), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag without a type."""
    if part in ("returns", "yields"):
        return hung(f"{layout.mark}returns", inline(item.text or NO_WORDS), width, "  ")
    if part == "raises":
        # TSDoc has no place for the class but the text; a link is its own example.
        head = f"{layout.mark}throws {{@link {item.name}}}"
        return hung(head, inline(item.text), width, "  ")
    text = inline(with_default(item))
    head = f"{layout.mark}param {item.name}"
    return hung(head + layout.dash.rstrip() if text else head, text, width, "  ")
