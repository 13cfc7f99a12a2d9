"""Rustdoc: Markdown with `# Arguments`, `# Errors` and `# Panics`, where the repository has them.

An item of what is raised is named "Errors" or "Panics".
"""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import hung, marked, prose_lines
from codeassist.tasks.docs.styles.markdown_text import code, plain


def inline(text: str) -> str:
    """Prose; what stands in brackets would be a link."""
    return marked(text, lambda piece: plain(piece).replace("[", "\\["), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its sections."""
    found = prose_lines(content, inline, width)
    if "parameters" in layout.parts and content.of("parameters"):
        found += ["", "# Arguments", ""]
        for item in content.of("parameters"):
            found += entry("parameters", item, layout, width)
    if "returns" in layout.parts:
        for item in content.of("returns"):
            found += ["", "# Returns", "", *entry("returns", item, layout, width)]
    for item in content.of("raises") if "raises" in layout.parts else ():
        found += ["", f"# {item.name}", "", *entry("raises", item, layout, width)]
    return found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """ "* `name` - text", or the text of a section."""
    text = inline(item.text)
    if part == "parameters":
        return hung(f"* `{item.name}` -" if text else f"* `{item.name}`", text, width, "  ")
    return hung("", text or inline(f"`{item.type}`" if item.type else ""), width, "")
