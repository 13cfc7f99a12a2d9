"""Documentation in tags, read with a style's own pattern for the name of a parameter."""

import re

from codeassist.checks.docstyles.documented import Documented, Entry
from codeassist.checks.docstyles.tags import (
    NOTHING,
    PARAMETER_TAGS,
    RAISE_TAGS,
    RETURN_TAGS,
    after_type,
    plain,
    tags,
)

_EXCEPTION = re.compile(r"[ \t]*[\[{]?(?P<name>[A-Za-z_\\][\w.\\:]*)")


def read(text: str, offset: int, name: re.Pattern[str], *, typed: bool = False) -> Documented:
    """The tags of `text`, which starts at `offset` of the documentation.

    `name` matches after the tag (`typed`: after the tag's `{type}`) and has a group "name".
    """
    parameters: list[Entry] = []
    raises: list[Entry] = []
    returns: int | None = None
    for tag in tags(text):
        if tag.name in PARAMETER_TAGS:
            at = after_type(tag.text) if typed else 0
            match = name.match(tag.text, at) if at >= 0 else None
            if match:
                start = offset + tag.start + match.start("name")
                parameters.append(Entry(match["name"], start, plain(tag.text)))
        elif tag.name in RAISE_TAGS:
            match = _EXCEPTION.match(tag.text)
            if match:
                start = offset + tag.start + match.start("name")
                raises.append(Entry(match["name"], start, plain(tag.text)))
        elif tag.name in RETURN_TAGS and plain(tag.text) and not NOTHING.match(tag.text):
            returns = offset + tag.start - len(tag.name) - 1
    return Documented(tuple(parameters), tuple(raises), returns)
