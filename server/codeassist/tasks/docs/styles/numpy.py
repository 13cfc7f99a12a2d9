"""NumPy's style: underlined headings, types behind a colon, texts on lines of their own."""

from codeassist.tasks.docs.content import PARTS, Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.prose import wrap
from codeassist.tasks.docs.styles.common import default_of, prose_lines, shown_type
from codeassist.tasks.docs.styles.python_text import inline

HEADINGS: dict[Part, str] = {
    "attributes": "Attributes",
    "parameters": "Parameters",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
}
_ANYTHING = "object"  # a result must have a type in this style


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its sections. Parameters come first in this style."""
    found = prose_lines(content, lambda text: inline(text, layout), width)
    for part in (*PARTS[1:], PARTS[0]):
        items = content.of(part) if part in layout.parts else ()
        if items:
            found += ["", HEADINGS[part], "-" * len(HEADINGS[part])]
        for item in items:
            found += entry(part, item, layout, width)
    return found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """ "name : type, default value" with the text below."""
    text = inline(item.text, layout)
    below = wrap(text, width, layout.unit, layout.unit) if text else []
    if part == "raises":
        return [item.name, *below]
    kind = shown_type(item, layout)
    if part in ("returns", "yields"):
        return [kind or (item.type or _ANYTHING), *below]
    default = default_of(item)
    behind = [kind] if kind else []
    if default and kind and default != "None":
        behind.append(f"default {default}")
    elif item.default is not None or item.optional:
        behind.append("optional")
    return [f"{item.starred} : {', '.join(behind)}" if behind else item.starred, *below]
