"""Repairs documentation that drifted: entries are added, renamed or taken away, nothing else moves.

Every character that is still true stays as it is.
"""

import re
from dataclasses import replace

from codeassist.base.edits import TextEdit
from codeassist.tasks.docs.additions import additions, opened
from codeassist.tasks.docs.choose import Target
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.drift import Drift
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.removals import removals
from codeassist.tasks.docs.written import Change, Written


def repaired(
    target: Target, drift: Drift, content: Content, layout: Layout
) -> tuple[TextEdit, ...]:
    """The edits that repair a documentation. New entries have the words of `content`."""
    has, source = target.has, target.source
    text = has.text.replace("\r\n", "\n")
    indent = source.indent_at(has.start) or ""
    added = tuple((part, _worded(part, item, content)) for part, item in drift.added)
    written = Written(text, layout.style)
    if written.count == 1 and not (drift.renamed or drift.stale or drift.returns_nothing):
        new = opened(written, added, layout, indent)
        return (TextEdit(has.start, has.end, new),)
    shift = _Shift(has.text)
    changes = [*_renames(drift, text), *removals(written, drift)]
    changes += additions(written, drift, added, layout, indent)
    changes.sort(key=lambda each: (each.start, each.rank))
    return tuple(
        TextEdit(has.start + shift.bytes(each.start), has.start + shift.bytes(each.end), each.text)
        for each in _apart(changes)
    )


class _Shift:
    """From characters of the text with line feeds alone to bytes of the text as it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._crlf = [match.start() for match in re.finditer("\r\n", text)]

    def bytes(self, offset: int) -> int:
        """A character of the text with line feeds alone → a byte of the text as it is."""
        real = offset
        for number, at in enumerate(self._crlf):
            if at - number < offset:
                real += 1
        return len(self._text[:real].encode())


def _worded(part: Part, item: Item, content: Content) -> Item:
    """An entry with the words that the content has for it."""
    for each in content.of(part):
        if each.name == item.name:
            return replace(item, text=each.text)
    return item


def _renames(drift: Drift, text: str) -> list[Change]:
    found: list[Change] = []
    for entry, new in drift.renamed:
        at = entry.start
        found.append(Change(at, at + len(entry.name), new))
        if drift.layout.style == "sphinx":
            match = re.search(rf":type[ \t]+(?P<name>{re.escape(entry.name)})[ \t]*:", text)
            if match:
                found.append(Change(*match.span("name"), new))
    return found


def _apart(changes: list[Change]) -> list[Change]:
    """Changes without those that lie inside of another: an entry is cut before it is renamed."""
    kept: list[Change] = []
    for change in changes:
        if kept and change.start < kept[-1].end:
            continue
        kept.append(change)
    return kept
