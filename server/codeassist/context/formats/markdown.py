"""A pack as Markdown: headings, and a fenced block a file."""

import re

from codeassist.context.source import visible

_FENCE = "```"
# CommonMark closes a fence at a line of as many backticks; readers differ in what may stand before.
_FENCES = re.compile(r"(?m)^[ \t>*+-]*(`{3,})")


def overview(text: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f"# Repository\n{_fenced('', text)}\n"


def opening(legend: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f"# Code\n{legend}\n"


def file(path: str, language: str, body: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f"## {visible(path)}\n{_fenced(language, body)}\n"


def focus(title: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f"# Focus: {visible(title)}\n"


def request(text: str) -> str:
    """See `codeassist.context.layout.Format`."""
    return f"# Task\n{text}"


def _fenced(language: str, text: str) -> str:
    longest = max((len(run) for run in _FENCES.findall(text)), default=0)
    fence = "`" * max(len(_FENCE), longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
