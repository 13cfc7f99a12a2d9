"""Javadoc: `@param name text`, `@return text`, `@throws X text`, paragraphs after `<p>`."""

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import NO_WORDS, hung, marked, tagged_lines

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\\": "&#92;"})
_INDENT = "    "


def inline(text: str) -> str:
    """Prose as HTML. A `\\u` would be read before the comment is seen as one."""
    return marked(text, lambda piece: piece.translate(_HTML), _code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags."""
    return tagged_lines(content, layout, width, inline, entry, "<p>")


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag without a type."""
    if part in ("returns", "yields"):
        text = inline(item.text or _lower(NO_WORDS))
        return hung(f"@{layout.return_tag}", text, width, _INDENT)
    if part == "raises":
        return hung(f"@{layout.raise_tag} {item.name}", inline(item.text), width, _INDENT)
    return hung(f"@param {item.name}", inline(item.text), width, _INDENT)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def _code(text: str) -> str:
    if text.count("{") != text.count("}") or "\\" in text:
        return f"<code>{text.translate(_HTML)}</code>"
    return f"{{@code {text.replace('@', '&#64;') if text.startswith('@') else text}}}"
