"""Google's style: `Args:`, `Raises:` and `Returns:` with indented entries.

Source: the Google Python Style Guide, "Comments and Docstrings", and Napoleon's section names.
"""

import re

from codeassist.checks.docstyles.documented import Documented, Entry
from codeassist.checks.docstyles.sections import Line, entries, lines_of, says_something

_HEADING = re.compile(
    r"""^\s*(?: (?P<parameters>Args|Arguments|Params|Parameters|Keyword\ Args|Keyword\ Arguments
                |Other\ Parameters)
              | (?P<raises>Raises|Exceptions)
              | (?P<returns>Returns|Return|Yields|Yield) )\s*:\s*$""",
    re.VERBOSE,
)
_PARAMETER = re.compile(
    r"^\s*(?P<names>\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?:\(.*\))?\s*:(?:\s|$)"
)
_NAME = re.compile(r"\w+")
_EXCEPTION = re.compile(r"^\s*:?(?:\w+:`)?~?(?P<name>[A-Za-z_][\w.]*)`?\s*:")


def parse(text: str) -> Documented:
    """The sections of a docstring in Google's style."""
    lines = lines_of(text)
    parameters: list[Entry] = []
    raises: list[Entry] = []
    returns: int | None = None
    for number, line in enumerate(lines):
        heading = _HEADING.match(line.text)
        if not heading:
            continue
        section = _below(lines, number)
        if heading["parameters"]:
            parameters += _parameters(section)
        elif heading["raises"]:
            raises += _raises(section)
        elif says_something(section):
            returns = line.start + line.indent
    return Documented(tuple(parameters), tuple(raises), returns)


def _below(lines: list[Line], heading: int) -> list[Line]:
    """The lines below a heading that are indented more than it."""
    section: list[Line] = []
    for line in lines[heading + 1 :]:
        if not line.is_blank and line.indent <= lines[heading].indent:
            break
        section.append(line)
    return section


def _parameters(section: list[Line]) -> list[Entry]:
    found: list[Entry] = []
    for line, text in entries(section):
        match = _PARAMETER.match(line.text)
        if match:
            at = line.start + match.start("names")
            names = _NAME.finditer(match["names"])
            found += [Entry(name.group(), at + name.start(), text) for name in names]
    return found


def _raises(section: list[Line]) -> list[Entry]:
    found: list[Entry] = []
    for line, text in entries(section):
        match = _EXCEPTION.match(line.text)
        if match:
            found.append(Entry(match["name"], line.start + match.start("name"), text))
    return found
