"""Indentation: how texts are indented, and a text moved to another indentation.

Knows lines of text and nothing of languages, but for the lines that a caller protects.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

TAB_COLUMNS = 8  # what a tab is worth where it is compared with spaces; Python 2 and terminals
DEFAULT_UNIT = "    "
_INDENT = re.compile(r"[ \t]*")


def indent_of(line: str) -> str:
    """The blanks at the beginning of a line."""
    found = _INDENT.match(line)
    return found.group() if found else ""


def width(indent: str) -> int:
    """The column that an indentation reaches."""
    return len(indent.expandtabs(TAB_COLUMNS))


def unit_of(lines: Sequence[str]) -> str:
    """The text that most lines of a file are indented by: a tab, or some spaces."""
    indents = [indent_of(line) for line in lines if line.strip()]
    if sum(indent.startswith("\t") for indent in indents) * 2 > sum(map(bool, indents)):
        return "\t"
    steps = Counter(
        len(after) - len(before)
        for before, after in pairwise(indents)
        if len(after) > len(before) and "\t" not in after
    )
    return " " * min(steps, key=lambda step: (-steps[step], step)) if steps else DEFAULT_UNIT


def dedented(lines: Sequence[str], protected: Collection[int] = ()) -> list[str]:
    """Lines without the indentation that all of them share; protected ones as they are."""
    seen = [
        indent_of(line) for at, line in enumerate(lines) if line.strip() and at not in protected
    ]
    if not seen:
        return list(lines)
    common = seen[0]
    for indent in seen:
        while not indent.startswith(common):
            common = common[:-1]
    return [
        line if at in protected else line.removeprefix(common) if line.strip() else ""
        for at, line in enumerate(lines)
    ]


def in_unit(line: str, old: str, new: str) -> str:
    """A line indented by `new` for each `old`; what does not fill an `old` stays."""
    if old == new or not line[:1].isspace():
        return line
    indent = indent_of(line)
    levels, rest = divmod(len(indent.expandtabs(len(old) or 1)), len(old) or 1)
    if old == "\t":
        levels, rest = indent.count("\t"), indent.count(" ")
    return new * levels + " " * rest + line[len(indent) :]


def remapped(lines: Sequence[str], mapping: Mapping[str, str], unit: str) -> list[str] | None:
    """Lines whose indentations are moved as `mapping` says of those that are known.

    Between and beyond those, an indentation keeps its distance from the nearest smaller one, in
    `unit`s of the target where that is a tab. None where a line would have to stand further to the
    left than the text allows.
    """
    moved: list[str] = []
    for line in lines:
        if not line.strip():
            moved.append("")
            continue
        indent = indent_of(line)
        target = mapping.get(indent)
        if target is None:
            target = _beyond(indent, mapping, unit)
        if target is None:
            return None
        moved.append(target + line[len(indent) :])
    return moved


def _beyond(indent: str, mapping: Mapping[str, str], unit: str) -> str | None:
    smaller = [known for known in mapping if width(known) <= width(indent)]
    if smaller:
        base = max(smaller, key=width)
        return mapping[base] + _extra(indent, base, mapping, unit)
    base = min(mapping, key=width)
    less = width(base) - width(indent)
    target = mapping[base]
    if "\t" not in indent + base + target:
        return target[: len(target) - less] if less <= len(target) else None
    # With tabs only whole steps can be taken back.
    steps = max(1, less // _step(mapping, unit, less))
    return target[: -len(unit) * steps] if target.endswith(unit * steps) else None


def _extra(indent: str, base: str, mapping: Mapping[str, str], unit: str) -> str:
    """What an indentation has more than a known one, as the target writes it."""
    more = width(indent) - width(base)
    if more == 0:
        return ""
    from_tabs, to_tabs = "\t" in indent, "\t" in mapping[base] or unit == "\t"
    if from_tabs and to_tabs and indent.startswith(base):
        return indent[len(base) :]
    if not from_tabs and not to_tabs:
        step, target = _scale(mapping)
        levels, rest = divmod(more, step)
        return " " * (levels * target + rest)
    levels, rest = divmod(more, _step(mapping, unit, more))
    return unit * levels + " " * rest


def _scale(mapping: Mapping[str, str]) -> tuple[int, int]:
    """The spaces of one level in the text that is moved, and in the target."""
    known = sorted((width(indent), width(target)) for indent, target in mapping.items())
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(known)]
    return min(steps, default=(1, 1))


def _step(mapping: Mapping[str, str], unit: str, distance: int) -> int:
    """The columns of one level in the text that is moved."""
    known = sorted({width(indent) for indent in mapping} | {0})
    steps = [b - a for a, b in pairwise(known)]
    if any("\t" in indent for indent in mapping):
        return TAB_COLUMNS
    return min([*steps, distance]) or max(1, len(unit))
