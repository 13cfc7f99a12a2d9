"""Sphinx's style: `:param name:`, `:type name:`, `:returns:`, `:rtype:`, `:raises X:`."""

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

_FIELDS: dict[Part, tuple[str, str]] = {
    "attributes": ("ivar", "vartype"),
    "parameters": ("param", "type"),
}


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text, a blank line, and the fields."""
    found = prose_lines(content, lambda text: inline(text, layout), width)
    fields = [
        line
        for part in PARTS
        if part in layout.parts
        for item in content.of(part)
        for line in entry(part, item, layout, width)
    ]
    return [*found, "", *fields] if fields else found


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A field, and one more for its type."""
    kind = shown_type(item, layout)
    if part in ("returns", "yields"):
        tag = layout.return_tag if part == "returns" else "yields"
        text = inline(item.text, layout)
        if not text and not kind:
            text = NO_WORDS
        said = hung(f":{tag}:", text, width, layout.unit) if text else []
        return said + ([f":rtype: {kind}"] if kind else [])
    text = inline(with_default(item), layout)
    if part == "raises":
        return hung(f":{layout.raise_tag} {item.name}:", text, width, layout.unit)
    tag, typed = _FIELDS[part]
    name = item.starred.replace("*", "\\*")
    found = hung(f":{tag} {name}:", text, width, layout.unit)
    optional = ", optional" if item.default is not None or item.optional else ""
    return [*found, f":{typed} {name}: {kind}{optional}"] if kind else found
