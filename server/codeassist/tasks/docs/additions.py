"""Puts entries into documentation that lacks them: among others, or as a new part."""

import re
from dataclasses import replace

from codeassist.checks.docstyles.documented import Entry
from codeassist.tasks.docs.content import PARTS, Content, Item, Part
from codeassist.tasks.docs.drift import Drift
from codeassist.tasks.docs.frames import columns, decoration, framed, guarded, inner_width
from codeassist.tasks.docs.layout import Frame, Layout
from codeassist.tasks.docs.styles import writer
from codeassist.tasks.docs.written import Change, Written

_SECTIONED = ("google", "numpy")
_SUMMARY = "\x01"  # stands for the summary that is there; no source can hold it as text


def additions(
    written: Written,
    drift: Drift,
    added: tuple[tuple[Part, Item], ...],
    layout: Layout,
    indent: str,
) -> list[Change]:
    """The insertions that put the missing entries where their kind belongs."""
    changes: list[Change] = []
    for part in PARTS:
        items = [item for each, item in added if each == part]
        if not items:
            continue
        if part == "parameters" and drift.says.parameters:
            changes += _among(written, drift, items, layout, indent)
        elif part == "raises" and drift.says.raises:
            entry = drift.says.raises[-1]
            changes.append(_after(written, entry, items, part, layout, indent, len(changes)))
        else:
            changes.append(_new_part(written, part, items, layout, indent, len(changes)))
    return changes


def opened(
    written: Written, added: tuple[tuple[Part, Item], ...], layout: Layout, indent: str
) -> str:
    """A one-line documentation on several lines, with its text as it was and new entries."""
    opening = re.match(r"[a-zA-Z]{0,2}(?:\"\"\"|'''|\"|')|/\*[*!]*|//[/!]?|#+|--+", written.text)
    start = opening.end() if opening else 0
    summary = written.text[start : written.closing].strip()
    parts: dict[Part, tuple[Item, ...]] = {}
    for part, item in added:
        parts[part] = (*parts.get(part, ()), item)
    content = Content(_SUMMARY, (), parts)
    width = inner_width(layout, indent)
    lines = writer(layout.style).lines(content, replace(layout, brief=""), width)
    if layout.style == "xmldoc":
        lines = [
            summary,
            *(line for line in lines if _SUMMARY not in line and "summary>" not in line),
        ]
    else:
        lines = [line.replace(_SUMMARY, summary) for line in lines]
    if summary.startswith(("@", "\\")):
        lines = [line for line in lines if line]  # a tag, and not the text before the tags
    text = framed(lines, replace(layout, one_line=False), indent)
    return text.removeprefix(indent)


def _among(
    written: Written, drift: Drift, items: list[Item], layout: Layout, indent: str
) -> list[Change]:
    """Missing parameters beside those that come before or after them in the signature."""
    stale = set(drift.stale)
    names = {id(entry): new for entry, new in drift.renamed}
    entries = {names.get(id(e), e.name): e for e in drift.says.parameters if e not in stale}
    changes: list[Change] = []
    for rank, item in enumerate(items):
        place = drift.order.index(item.name)
        before = [entries[n] for n in drift.order[:place] if n in entries]
        after = [entries[n] for n in drift.order[place + 1 :] if n in entries]
        if before:
            changes.append(_after(written, before[-1], [item], "parameters", layout, indent, rank))
        elif after:
            changes.append(_before(written, after[0], item, layout, indent, rank))
        else:
            entry = drift.says.parameters[-1]
            changes.append(_after(written, entry, [item], "parameters", layout, indent, rank))
    return changes


def _after(
    written: Written,
    entry: Entry,
    items: list[Item],
    part: Part,
    layout: Layout,
    indent: str,
    rank: int,
) -> Change:
    first = written.line_of(entry.start)
    at = written.end(_last_about(written, first, entry))
    prefix = _entry_prefix(written, first, layout, indent)
    lines = _entries(items, part, layout, prefix)
    return Change(at, at, "".join(f"\n{line}" for line in lines), rank)


def _before(
    written: Written, entry: Entry, item: Item, layout: Layout, indent: str, rank: int
) -> Change:
    first = written.line_of(entry.start)
    prefix = _entry_prefix(written, first, layout, indent)
    lines = _entries([item], "parameters", layout, prefix)
    if first == 0:  # the entry stands behind the opening mark
        at = len(written.line(0)) - len(written.content(0).lstrip())
        text = "\n".join(lines).removeprefix(prefix) + "\n" + prefix
        return Change(at, at, text, rank)
    at = written.starts[first]
    return Change(at, at, "".join(f"{line}\n" for line in lines), rank)


def _last_about(written: Written, first: int, entry: Entry) -> int:
    """The last line of an entry, Sphinx's line about its type included."""
    last = written.block(first)
    while written.style == "sphinx" and last + 1 < written.count and re.match(
        rf"^\s*:type\s+\\?\*{{0,2}}{re.escape(entry.name)}\s*:", written.content(last + 1)
    ):  # fmt: skip
        last = written.block(last + 1)
    return last


def _entry_prefix(written: Written, first: int, layout: Layout, indent: str) -> str:
    """What stands before an entry on its line, for others beside it."""
    if first == 0 and written.style not in _SECTIONED:
        return indent + decoration(layout)
    line = written.line(first)
    content = written.content(first)
    return line[: len(line) - len(content.lstrip())]


def _entries(items: list[Item], part: Part, layout: Layout, prefix: str) -> list[str]:
    width = max(layout.width - columns(prefix), 30)
    style = writer(layout.style)
    return [
        guarded((prefix + line).rstrip(), layout)
        if layout.frame is Frame.DOCSTRING
        else prefix + guarded(line, layout)
        for item in items
        for line in style.entry(part, item, layout, width)
    ]


def _new_part(
    written: Written, part: Part, items: list[Item], layout: Layout, indent: str, rank: int
) -> Change:
    """A section or tags that the documentation has not had: before later ones, else at its end."""
    base = indent + decoration(layout)
    width = inner_width(layout, indent)
    content = Content(_SUMMARY, (), {part: tuple(items)})
    lines = writer(layout.style).lines(content, replace(layout, brief=""), width)
    lines = [guarded(line, layout) for line in lines if _SUMMARY not in line]
    while lines and not lines[0]:
        lines.pop(0)
    heads = list(written.heads())
    later = [n for n, p in heads if PARTS.index(p) > PARTS.index(part)]
    apart = written.style in _SECTIONED
    text = [(base + line).rstrip() for line in lines]
    if later and later[0] > 0:
        at = written.starts[later[0]]
        return Change(at, at, "".join(f"{line}\n" for line in text) + ("\n" if apart else ""), rank)
    last = max((n for n in range(written.count) if written.content(n).strip()), default=0)
    at = written.end(last)
    gap = apart or (not heads and layout.gap)
    if written.style == "sphinx" and not heads:
        gap = True
    blank = f"\n{base.rstrip()}" if gap else ""
    if apart:
        blank = "\n"
    return Change(at, at, blank + "".join(f"\n{line}" for line in text), rank)
