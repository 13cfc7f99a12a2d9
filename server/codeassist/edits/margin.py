"""Code moved to the margin, and from there to where it belongs.

Knows that strings over several lines keep their blanks, as those are data; docstrings do not.
"""

import re

from codeassist.edits.definitions import leads_of_code
from codeassist.edits.indents import dedented, in_unit, indent_of, unit_of, width
from codeassist.languages import by_name
from codeassist.languages.nodes import walk
from codeassist.languages.parse import parse

# How lines begin that stand in the column of the definition that they belong to.
_OUTER = re.compile(
    r"[ \t]*(?:[{}()\[\]]|"
    r"(?:end|fi|done|esac|else|elsif|elif|rescue|ensure|except|finally|catch)\b)"
)
_TEMPLATE = re.compile(r"template\b[^\n]*>[ \t]*\n")


def at_margin(language: str, code: str, indent: str, unit: str) -> str:
    """Code that begins at the margin, in the file's kind of indentation."""
    lines = code.split("\n")
    protected = _protected(language, code)
    if indent and not indent_of(lines[0]):
        rest = [line for at, line in enumerate(lines) if at and at not in protected]
        lines[0] = _lost_indent(language, code, rest, indent, unit) + lines[0]
    lines = dedented(lines, protected)
    own = unit_of(lines)
    if (own == "\t") != (unit == "\t") and any(line[:1] in (" ", "\t") for line in lines):
        lines = [
            line if at in protected else in_unit(line, own, unit) for at, line in enumerate(lines)
        ]
    return "\n".join(lines)


def indented(language: str, code: str, indent: str) -> str:
    """Code whose lines but the first get an indentation, except inside of strings."""
    if not indent:
        return code
    protected = _protected(language, code)
    return "\n".join(
        line if at == 0 or at in protected or not line.strip() else indent + line
        for at, line in enumerate(code.split("\n"))
    )


def _lost_indent(language: str, code: str, rest: list[str], indent: str, unit: str) -> str:
    """The indentation that the first line alone lost, as when it is copied from mid-line.

    Then the definition below its comments is indented although they are not, or the lines after the
    first are indented as they will be in the file.
    """
    leads, core = leads_of_code(language, code)
    if leads:
        before = code.encode("utf-8")[:core].decode("utf-8")
        return indent_of(before.rpartition("\n")[2]) if "\n" in before else ""
    if _TEMPLATE.match(code) and rest and width(indent_of(rest[0])) == width(indent):
        return indent
    widths = [width(indent_of(line)) for line in rest if line.strip()]
    least = min(widths, default=0)
    outer = [line for line in rest if line.strip() and width(indent_of(line)) == least]
    if least == width(indent) and all(map(_OUTER.match, outer)):
        return indent
    return indent if least == width(indent + unit) else ""


def _protected(language: str, code: str) -> frozenset[int]:
    """The 0-based lines that begin inside of a string, whose blanks are data; not docstrings."""
    docs_inside = by_name(language).docs_inside
    prefix = "<?php\n" if language == "php" else ""
    found: set[int] = set()
    for node in walk(parse(language, (prefix + code).encode("utf-8")).root_node):
        first, last = node.start_point[0], node.end_point[0]
        if first == last or not ("string" in node.type or "heredoc" in node.type):
            continue
        parent = node.parent
        if docs_inside and parent is not None and _is_statement(parent):
            continue
        found.update(range(first + 1, last + 1))
    return frozenset(line - prefix.count("\n") for line in found)


def _is_statement(node: object) -> bool:
    """Whether a string is a statement, or a part of one that is nothing else: a docstring."""
    while getattr(node, "type", "") in ("string", "concatenated_string"):
        node = getattr(node, "parent", None)
    return getattr(node, "type", "") == "expression_statement"
