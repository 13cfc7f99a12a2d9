"""NumPy's style: underlined headings, entries at the heading's own indentation.

Source: the numpydoc style guide, "Sections".
"""

import re
from itertools import pairwise

from codeassist.checks.docstyles.documented import Documented, Entry
from codeassist.checks.docstyles.sections import Line, entries, lines_of, says_something

_UNDERLINE = re.compile(r"^\s*-{3,}\s*$")
_PARAMETERS = frozenset({"Parameters", "Other Parameters", "Keyword Arguments"})
_RESULTS = frozenset({"Returns", "Yields"})
_ENTRY = re.compile(r"^\s*(?P<names>\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?$")
_NAME = re.compile(r"[\w.]+")
_EXCEPTION = re.compile(r"^\s*(?P<name>[A-Za-z_][\w.]*)\s*(?::.*)?$")


def parse(text: str) -> Documented:
    """The sections of a docstring in NumPy's style."""
    lines = lines_of(text)
    headings = [
        number
        for number in range(len(lines) - 1)
        if not lines[number].is_blank and _UNDERLINE.match(lines[number + 1].text)
    ]
    parameters: list[Entry] = []
    raises: list[Entry] = []
    returns: int | None = None
    for heading, following in pairwise([*headings, len(lines)]):
        title = lines[heading].text.strip()
        section = _section(lines, heading, following)
        if title in _PARAMETERS:
            parameters += _named(_ENTRY, "names", section)
        elif title == "Raises":
            raises += _named(_EXCEPTION, "name", section)
        elif title in _RESULTS and says_something(section):
            returns = lines[heading].start + lines[heading].indent
    return Documented(tuple(parameters), tuple(raises), returns)


def _section(lines: list[Line], heading: int, following: int) -> list[Line]:
    """The lines of a section; one with less indentation than its heading ends it."""
    section: list[Line] = []
    for line in lines[heading + 2 : following]:
        if not line.is_blank and line.indent < lines[heading].indent:
            break
        section.append(line)
    return section


def _named(pattern: re.Pattern[str], group: str, section: list[Line]) -> list[Entry]:
    """The entries of a section; one line may name several parameters."""
    found: list[Entry] = []
    for line, text in entries(section):
        match = pattern.match(line.text)
        at = line.start + match.start(group) if match else 0
        for name in _NAME.finditer(match[group] if match else ""):
            found.append(Entry(name.group(), at + name.start(), text))
    return found
