"""Takes entries out of documentation that no longer belong there, with what is left empty by it."""

import re

from codeassist.checks.docstyles.documented import Entry
from codeassist.tasks.docs.drift import Drift
from codeassist.tasks.docs.written import Change, Written, indent_of

_SECTIONED = ("google", "numpy")


def removals(written: Written, drift: Drift) -> list[Change]:
    """The entries that are taken away, with their section where nothing remains of it."""
    gone = [(entry, "parameters") for entry in drift.stale if entry in drift.says.parameters]
    gone += [(entry, "raises") for entry in drift.stale if entry in drift.says.raises]
    changes: list[Change] = []
    lines: set[int] = set()
    shared = [written.line_of(e.start) for e in drift.says.parameters]
    for entry, _ in gone:
        at = entry.start
        first = written.line_of(at)
        if shared.count(first) > 1 and entry in drift.says.parameters:
            changes.append(_one_of_several(written, at, entry))
            continue
        lines.update(range(first, written.block(first) + 1))
        lines.update(_type_lines(written, entry))
    if drift.returns_nothing and drift.says.returns is not None:
        first = written.line_of(drift.says.returns)
        sectioned = written.style in _SECTIONED
        last = _section_end(written, first) if sectioned else written.block(first)
        lines.update(range(first, last + 1))
        if sectioned and first and not written.content(first - 1).strip():
            lines.add(first - 1)
        lines.update(_type_lines(written, None))
    lines |= _emptied(written, lines, drift)
    return changes + _cuts(written, lines)


def _type_lines(written: Written, entry: Entry | None) -> set[int]:
    """Sphinx's lines about the type of an entry, or of the result."""
    if written.style != "sphinx":
        return set()
    pattern = rf"^\s*:type\s+{re.escape(entry.name)}\s*:" if entry else r"^\s*:rtype\s*:"
    found: set[int] = set()
    for number in range(written.count):
        if re.match(pattern, written.content(number)):
            found.update(range(number, written.block(number) + 1))
    return found


def _emptied(written: Written, lines: set[int], drift: Drift) -> set[int]:
    """The headings of sections that lose all their entries, with a blank line before them."""
    if written.style not in _SECTIONED:
        return set()
    found: set[int] = set()
    coming = {part for part, _ in drift.added}
    for head, part in written.heads():
        last = _section_end(written, head)
        under = head + (2 if written.style == "numpy" else 1)
        said = [n for n in range(under, last + 1) if written.content(n).strip()]
        if part not in coming and said and all(n in lines for n in said):
            found.update(range(head, last + 1))
    before = {n - 1 for n in found if n > 0 and not written.content(n - 1).strip()}
    return found | {n for n in before if n + 1 in found and n not in found}


def _section_end(written: Written, head: int) -> int:
    """The last line with text of the section that a heading begins."""
    last = head
    for number in range(head + 1, written.count):
        if written.is_head(number):
            break
        content = written.content(number)
        if written.style == "google" and content.strip() and (
            indent_of(content) <= indent_of(written.content(head))
        ):  # fmt: skip
            break
        if content.strip():
            last = number
    return last


def _cuts(written: Written, lines: set[int]) -> list[Change]:
    """Whole lines taken out; what stands on the last line keeps its closing mark."""
    cuts: list[Change] = []
    for first, last in _runs(sorted(lines)):
        start = written.starts[first]
        if last + 1 < written.count and first > 0:
            cuts.append(Change(start, written.starts[last + 1], ""))
        elif first > 0:
            end = written.end(last)
            cuts.append(Change(written.starts[first] - 1, end, ""))
        else:
            begin = start + len(written.line(0)) - len(written.content(0))
            cuts.append(Change(begin, written.end(last), ""))
    return cuts


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _one_of_several(written: Written, at: int, entry: Entry) -> Change:
    """One name of "x, y: text" with the comma beside it."""
    start, end = at, at + len(entry.name)
    while start and written.text[start - 1] == "*":
        start -= 1
    after = re.match(r"\s*,\s*", written.text[end:])
    if after:
        return Change(start, end + after.end(), "")
    before = re.search(r"\s*,\s*$", written.text[:start])
    return Change(before.start() if before else start, end, "")
