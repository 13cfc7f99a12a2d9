"""Rust's convention: a list of backquoted names below `# Arguments`.

Source: rustdoc has no tags; this is the older style guide's form, which is still in wide use.
"""

import re

from codeassist.checks.docstyles.documented import Documented, Entry

_HEADING = re.compile(r"^[ \t]*//[/!][ \t]*#+[ \t]*(?P<title>[^\n]*?)[ \t]*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*//[/!][ \t]*[*-][ \t]+`(?P<name>\w+)`(?P<text>[^\n]*)", re.MULTILINE)
_TITLES = frozenset({"Arguments", "Parameters"})


def parse(text: str) -> Documented:
    """The items of the sections about arguments."""
    headings = list(_HEADING.finditer(text))
    ends = [*(each.start() for each in headings[1:]), len(text)]
    found: list[Entry] = []
    for heading, end in zip(headings, ends, strict=False):
        if heading["title"] in _TITLES:
            for item in _ITEM.finditer(text, heading.end(), end):
                found.append(Entry(item["name"], item.start("name"), item["text"]))
    return Documented(tuple(found))
