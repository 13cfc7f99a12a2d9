"""LDoc: `@param name text`, `@return text`; the Lua language server's form has types besides."""

from codeassist.base.symbols import ParameterKind
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Frame, Layout
from codeassist.tasks.docs.styles.common import NO_WORDS, hung, marked, tagged_lines
from codeassist.tasks.docs.styles.markdown_text import code, plain

_ANYTHING = "any"


def inline(text: str) -> str:
    """Prose in Markdown."""
    return marked(text, plain, code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag."""
    typed = layout.frame is Frame.LUALS
    kind = f" {item.type or _ANYTHING}" if typed else ""
    if part in ("returns", "yields"):
        text = inline(item.text or ("" if typed else NO_WORDS))
        return hung(f"@{layout.return_tag}{kind}", text, width, "  ")
    if part == "raises":
        return hung(f"@{layout.raise_tag}", inline(item.text), width, "  ")
    name = "..." if item.kind is ParameterKind.REST else item.name
    return hung(f"@param {name}{kind}", inline(item.text), width, "  ")
