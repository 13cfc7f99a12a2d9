"""C#'s XML documentation: `<param name="x">`, `<exception cref="X">`, `<returns>`.

Source: Microsoft's "Recommended XML tags for C# documentation comments".
"""

import re

from codeassist.checks.docstyles.documented import Documented, Entry

_PARAMETER = re.compile(r"<param\s+name=\"(?P<name>@?\w+)\"\s*(?:/>|>(?P<text>[^<]*))")
_EXCEPTION = re.compile(r"<exception\s+cref=\"(?:T:)?(?P<name>[\w.]+)\"\s*(?:/>|>(?P<text>[^<]*))")
_RETURNS = re.compile(r"<returns>(?!\s*(?:///)?\s*</returns>)")


def parse(text: str) -> Documented:
    """The elements of an XML documentation comment."""
    result = _RETURNS.search(text)
    return Documented(
        _entries(_PARAMETER, text), _entries(_EXCEPTION, text), result.start() if result else None
    )


def _entries(pattern: re.Pattern[str], text: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(match["name"].lstrip("@"), match.start("name"), match["text"] or "")
        for match in pattern.finditer(text)
    )
