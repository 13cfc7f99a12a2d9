"""What models put around code and do not mean: line numbers and code fences.

Takes them off only where they cannot be anything else, and says None otherwise.
"""

import re

_NUMBERED = re.compile(r"[ \t]*(\d+)(?:[ \t]?[|│:→]|\t)(?: |$)?(.*)", re.DOTALL)
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*\Z")


def without_numbers(text: str, least: int = 1) -> str | None:
    """A text without the ascending numbers before all of its lines; None where it has none.

    The numbers have to count up by one, over `least` lines at least.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    matches = [_NUMBERED.fullmatch(line) for line in lines]
    if len(matches) < least or not matches:
        return None
    found = [match for match in matches if match is not None]
    if len(found) != len(matches):
        return None
    first = int(found[0].group(1))
    if any(int(match.group(1)) != first + at for at, match in enumerate(found)):
        return None
    rest = text[len("\n".join(lines)) :]
    return "\n".join(match.group(2) for match in found) + ("\n" if rest.startswith("\n") else "")


def without_fence(text: str) -> str | None:
    """A text without the code fence around it; None where there is none, or another inside."""
    lines = text.strip("\n").split("\n")
    opening = _FENCE.match(lines[0].strip())
    if len(lines) < 2 or opening is None or lines[-1].strip() != opening.group(1):
        return None
    inner = lines[1:-1]
    if any(line.strip().startswith(opening.group(1)) for line in inner):
        return None
    return "\n".join(inner) + ("\n" if inner else "")
