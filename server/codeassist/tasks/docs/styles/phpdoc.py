"""PHPDoc: `@param type $name text`, `@return type text`, `@throws X text`."""

from codeassist.base.symbols import ParameterKind
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import hung, marked, tagged_lines, with_default
from codeassist.tasks.docs.styles.markdown_text import code, plain

_ANYTHING = "mixed"


def inline(text: str) -> str:
    """Prose; an inline tag (`{@see …}`) is none."""
    return marked(text, lambda piece: plain(piece).replace("{@", "{ @"), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag, always with a type."""
    text = inline(with_default(item))
    kind = (item.type or _ANYTHING).replace(" ", "")
    if part in ("returns", "yields"):
        return hung(f"@{layout.return_tag} {kind}", text, width, "  ")
    if part == "raises":
        return hung(f"@{layout.raise_tag} {item.name}", text, width, "  ")
    dots = "..." if item.kind is ParameterKind.REST else ""
    return hung(f"@param {kind} {dots}${item.name}", text, width, "  ")
