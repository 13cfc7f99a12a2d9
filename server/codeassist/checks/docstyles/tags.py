"""Tags such as `@param`, which most styles outside of Python are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A tag stands first on its line, after the comment's own decoration.
_TAG = re.compile(
    r"^[ \t]*(?:/\*\*+|\*+(?!/)|//[/!]?|--+|#+)?[ \t]*[@\\](?P<tag>\w+)", re.MULTILINE
)
_DECORATION = re.compile(r"\n[ \t]*(?:\*+(?!/)|//[/!]?|--+|#+)?")
_BLOCK = re.compile(r"/\*\*.*?\*/", re.DOTALL)
NOTHING = re.compile(r"^\s*\{?\s*(?:void|undefined|never|Unit|Promise<void>|nothing)\b")

PARAMETER_TAGS = frozenset({"param", "arg", "argument"})
RETURN_TAGS = frozenset({"return", "returns", "yields"})
RAISE_TAGS = frozenset({"throws", "throw", "exception", "raise", "raises"})
# The block documents something else than the definition below it.
FOREIGN_TAGS = frozenset({"overload", "callback", "typedef", "template", "inheritDoc", "method"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: its name, the text after it up to the next tag, and where that text starts."""

    name: str
    text: str
    start: int


def tags(text: str) -> Iterator[Tag]:
    """The tags of a documentation comment, in source order."""
    found = list(_TAG.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        yield Tag(match["tag"], text[match.end() : end], match.end())


def last_block(text: str) -> tuple[int, str]:
    """The last `/** … */` comment of a text with its start; (0, "") where there is none."""
    blocks = list(_BLOCK.finditer(text))
    return (blocks[-1].start(), blocks[-1].group()) if blocks else (0, "")


def plain(text: str) -> str:
    """A tag's text without the comment's decoration, on one line."""
    return _DECORATION.sub(" ", text).replace("*/", " ").strip()


def after_type(text: str) -> int:
    """Where the text after a `{type}` begins; types nest braces. -1 for one that never ends."""
    start = len(text) - len(text.lstrip(" \t"))
    if not text.startswith("{", start):
        return start
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at + 1
    return -1
