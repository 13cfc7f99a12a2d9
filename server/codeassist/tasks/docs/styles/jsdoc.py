"""JSDoc: `@param {type} [name=default] - text`, for files without types of their own."""

import re

from codeassist.base.symbols import ParameterKind
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout, Types
from codeassist.tasks.docs.styles.common import default_of, hung, marked, tagged_lines
from codeassist.tasks.docs.styles.markdown_text import code, plain

_ANYTHING = "*"
_SAFE_DEFAULT = re.compile(r"[\w.'\" -]+")


def inline(text: str) -> str:
    """Prose; an inline tag (`{@link …}`) is none."""
    return marked(text, lambda piece: plain(piece).replace("{@", "{ @"), code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag with its type in braces."""
    text = inline(item.text)
    kind = "" if layout.types is Types.NEVER else item.type or _ANYTHING
    braces = f" {{{kind}}}" if kind else ""
    if part in ("returns", "yields"):
        tag = layout.return_tag if part == "returns" else "yields"
        return hung(f"{layout.mark}{tag}{braces}", text, width, "  ")
    if part == "raises":
        return hung(f"{layout.mark}{layout.raise_tag} {{{item.name}}}", text, width, "  ")
    name = item.name
    if item.kind is ParameterKind.REST:
        braces = f" {{...{kind}}}" if kind else ""
    elif item.default is not None or item.optional:
        default = default_of(item)
        name = f"[{name}={default}]" if _SAFE_DEFAULT.fullmatch(default) else f"[{name}]"
    head = f"{layout.mark}param{braces} {name}"
    return hung(head + layout.dash.rstrip() if text else head, text, width, "  ")
