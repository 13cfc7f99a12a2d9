"""A definition replaced by the code that a model gives for it.

Decorators and comments before the definition stay unless the code has its own, words such as
"export" are never lost or doubled, and the code is moved to the definition's indentation.
"""

import re
from collections.abc import Iterator

from codeassist.base.edits import TextEdit
from codeassist.base.errors import EditError
from codeassist.base.files import Document
from codeassist.base.symbols import Outline
from codeassist.edits.cleaned import without_fence, without_numbers
from codeassist.edits.definitions import (
    Definition,
    Lead,
    Part,
    definition,
    find_symbol,
    leads_of_code,
)
from codeassist.edits.indents import indent_of, unit_of
from codeassist.edits.margin import at_margin, indented

_WORD = re.compile(r"\w+|\S")
_PLAIN_WORDS = re.compile(r"[\w\s]*")


def replaced_symbol(document: Document, outline: Outline, name: str, code: str) -> TextEdit:
    """The edit that puts `code` in the place of the definition with a qualified name.

    Raises EditError where there is not exactly one, or no code.
    """
    index = find_symbol(document, outline, name)
    found = definition(outline.language, document, outline, index)
    lines = document.data.decode("utf-8").replace("\r\n", "\n").split("\n")
    text = _cleaned(code)
    if not text.strip():
        raise EditError("there is no code: to delete a definition, replace its text by nothing")
    at = found.leads[0].start if found.leads else found.core
    line_start = document.data.rfind(b"\n", 0, at) + 1
    indent = indent_of(document.data[line_start:at].decode("utf-8"))
    plain = at_margin(outline.language, text, indent, unit_of(lines))
    start, whole = _joined(outline.language, document.data, found, plain, indent)
    shown = indented(outline.language, whole, indent)
    return TextEdit(start, _end(document.data, found.end, shown), shown)


def _cleaned(code: str) -> str:
    """The code without fences, line numbers, and blank lines around it."""
    text = code.replace("\r\n", "\n")
    text = without_fence(text) or text
    text = without_numbers(text) or text
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _joined(
    language: str, data: bytes, found: Definition, code: str, indent: str
) -> tuple[int, str]:
    """Where the replacement begins, and its text: what is kept of the file, and the code."""
    leads, core = leads_of_code(language, code)
    raw = code.encode("utf-8")
    before = data[found.core : found.start].decode("utf-8").replace("\r\n", "\n")
    before = before.replace(f"\n{indent}", "\n")
    kept = _kept_words(before, raw[core:].decode("utf-8"))
    body = kept + raw[core:].decode("utf-8")
    parts = {lead.part for lead in leads}
    if not parts:
        at = found.core if found.core < found.start else found.start
        return at, body
    if not {lead.part for lead in found.leads} - parts:
        start = found.leads[0].start if found.leads else found.core
        return start, raw[:core].decode("utf-8") + body
    lines: list[str] = []
    for part in (Part.COMMENT, Part.DECORATOR):
        if part in parts:
            lines += _texts(raw, leads, part, "")
        else:
            lines += _texts(data, found.leads, part, indent)
    return found.leads[0].start, "\n".join([*lines, body])


def _texts(data: bytes, leads: tuple[Lead, ...], part: Part, indent: str) -> Iterator[str]:
    for lead in leads:
        if lead.part is part:
            text = data[lead.start : lead.end].decode("utf-8").replace("\r\n", "\n")
            first, *rest = text.split("\n")
            yield "\n".join([first, *(line.removeprefix(indent) for line in rest)])


def _kept_words(before: str, code: str) -> str:
    """What of the words before a definition its new code does not repeat."""
    first = _WORD.match(code)
    words = list(_WORD.finditer(before))
    if not _PLAIN_WORDS.fullmatch(before):
        words = words[:1]  # What is in `template <typename T>` is no keyword of the definition's.
    for found in words:
        if first and found.group() == first.group():
            return before[: found.start()]
    return before


def _end(data: bytes, end: int, code: str) -> int:
    """Where the replaced text ends: after the semicolon if the code brings its own."""
    rest = data[end:]
    if code.endswith(";") and not data[:end].endswith(b";"):
        blank = len(rest) - len(rest.lstrip(b" \t"))
        if rest[blank : blank + 1] == b";":
            return end + blank + 1
    return end
