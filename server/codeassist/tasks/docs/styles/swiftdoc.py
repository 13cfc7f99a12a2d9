"""Swift's documentation comments: `- Parameter name:`, `- Returns:`, `- Throws:`."""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import (
    NO_WORDS,
    hung,
    marked,
    prose_lines,
    with_default,
)
from codeassist.tasks.docs.styles.markdown_text import code, plain


def inline(text: str) -> str:
    """Prose in Markdown."""
    return marked(text, plain, code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and the list."""
    found = prose_lines(content, inline, width)
    listed: list[str] = []
    items = content.of("parameters") if "parameters" in layout.parts else ()
    if len(items) > 1 and layout.nested_list:
        listed.append("- Parameters:")
        for item in items:
            text = inline(with_default(item))
            listed += hung(f"  - {item.name}:", text, width, "    ")
    else:
        for item in items:
            listed += entry("parameters", item, layout, width)
    raised = content.of("raises") if "raises" in layout.parts else ()
    if raised:
        listed += hung("- Throws:", inline(_throws(raised)), width, "  ")
    for item in content.of("returns") if "returns" in layout.parts else ():
        listed += entry("returns", item, layout, width)
    return [*found, "", *listed] if listed else found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """One item of the list."""
    if part in ("returns", "yields"):
        return hung("- Returns:", inline(item.text or NO_WORDS), width, "  ")
    if part == "raises":
        return hung("- Throws:", inline(_throws((item,))), width, "  ")
    return hung(f"- Parameter {item.name}:", inline(with_default(item)), width, "  ")


def _throws(items: tuple[Item, ...]) -> str:
    """ "`A` if `x`. `B`.": this style has one entry for all errors."""
    said = []
    for item in items:
        text = item.text[:1].lower() + item.text[1:] if item.text.startswith("If ") else item.text
        said.append(" ".join(filter(None, (f"`{item.name}`" if item.name else "", text))))
    return " ".join(each if each.endswith(".") else f"{each}." for each in said)
