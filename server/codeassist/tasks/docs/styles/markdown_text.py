"""Prose where documentation is Markdown: HTML that a page would obey is escaped."""

import re

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def plain(text: str) -> str:
    """Text outside of code."""
    return _MARKUP.sub(r"\\<", text)


def code(text: str) -> str:
    """Code between backquotes."""
    return f"`{text}`"
