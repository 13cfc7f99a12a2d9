"""One step of a file's indentation, as its own lines show it."""

import re
from collections import Counter
from itertools import pairwise

_LINES = 400  # of a file; more say the same
_STEPS = ("  ", "    ", "   ", "        ")
_BLANKS = re.compile(rb"[ \t]*(?=[^\s*#/])")  # not of comments, whose stars are set in by one


def indentation(data: bytes) -> str:
    """The step: a tab, or so many spaces; "" where nothing is indented."""
    steps: Counter[str] = Counter()
    found = (_BLANKS.match(line) for line in data.split(b"\n", _LINES)[:_LINES])
    blanks = [match.group().decode() for match in found if match]
    for before, after in pairwise(blanks):
        step = after.removeprefix(before)
        if len(after) > len(before) and after.startswith(before) and (
            step == "\t" or step in _STEPS
        ):  # fmt: skip
            steps[step] += 1
    return steps.most_common(1)[0][0] if steps else ""
