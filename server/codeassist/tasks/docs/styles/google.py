"""Google's style: `Args:`, `Returns:`, `Raises:` with indented entries."""

from codeassist.tasks.docs.content import PARTS, Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import (
    NO_WORDS,
    hung,
    prose_lines,
    shown_type,
    with_default,
)
from codeassist.tasks.docs.styles.python_text import inline

HEADINGS: dict[Part, str] = {
    "attributes": "Attributes",
    "parameters": "Args",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
}


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its sections, each after a blank line."""
    found = prose_lines(content, lambda text: inline(text, layout), width)
    for part in PARTS:
        items = content.of(part) if part in layout.parts else ()
        if items:
            found += ["", f"{HEADINGS[part]}:"]
        for item in items:
            inner = entry(part, item, layout, width - len(layout.unit))
            found += [layout.unit + line for line in inner]
    return found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """ "name (type, optional): text"."""
    kind = shown_type(item, layout)
    if part in ("returns", "yields"):
        text = inline(item.text or ("" if kind or item.type else NO_WORDS), layout)
        head = kind or ("" if item.text else item.type or "")
        return hung(f"{head}:" if head else "", text, width, layout.unit if head else "")
    text = inline(with_default(item), layout)
    if part == "raises":
        return hung(f"{item.name}:", text, width, layout.unit)
    optional = "optional" if kind and (item.default is not None or item.optional) else ""
    bracket = ", ".join(filter(None, (kind, optional)))
    name = item.starred.replace("\\", "")
    return hung(f"{name} ({bracket}):" if bracket else f"{name}:", text, width, layout.unit)
