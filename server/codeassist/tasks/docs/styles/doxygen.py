r"""Doxygen: `@param name text`, `@return text`, `@throws X text`, or the same after `\`."""

import re

from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.styles.common import (
    NO_WORDS,
    hung,
    marked,
    tagged_lines,
    with_default,
)

_COMMAND = re.compile(r"[@\\](?=[\w@\\&$#<>%\".:|{}~()-])")


def inline(text: str) -> str:
    """Prose in which no word is a command and nothing is HTML."""
    return marked(text, lambda p: _COMMAND.sub(_escaped, p).replace("<", "\\<"), _code)


def lines(content: Content, layout: Layout, width: int) -> list[str]:
    """The text and its tags; the summary after `@brief` where that is the custom."""
    return tagged_lines(content, layout, width, inline, entry)


def entry(part: Part, item: Item, layout: Layout, width: int) -> list[str]:
    """A tag without a type."""
    mark = layout.mark
    if part in ("returns", "yields"):
        return hung(f"{mark}{layout.return_tag}", inline(item.text or NO_WORDS), width, "  ")
    tag = layout.raise_tag if part == "raises" else "param"
    return hung(f"{mark}{tag} {item.name}", inline(with_default(item)), width, "  ")


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match.group()


def _code(text: str) -> str:
    return f"`{text}`"
