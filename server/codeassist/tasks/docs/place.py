"""Where documentation goes: below a Python header, above everything else's first line.

Gives the offset, what is written around the documentation, and its indentation.
"""

import re
from dataclasses import dataclass

from codeassist.languages.nodes import Node
from codeassist.tasks.docs.syntax import Source, outermost

_DECLARATIONS = ("variable_declaration", "lexical_declaration")


@dataclass(frozen=True, slots=True)
class Place:
    """A replacement of `start`..`end`: `before`, the documentation after `indent`s, `after`."""

    start: int
    end: int
    indent: str
    before: str
    after: str


def anchor_of(node: Node) -> Node:
    """The node before which the documentation of a definition stands."""
    top = outermost(node)
    parent = top.parent
    if parent is not None and parent.type in _DECLARATIONS:
        first = parent.named_child(0)
        if first is not None and first.id == top.id:
            return outermost(parent)
    return top


def place_for(source: Source, index: int, unit: str, directives: int = -1) -> Place | None:
    """The place for new documentation; None where a definition has no line of its own."""
    if source.language.docs_inside:
        return _inside(source, index, unit)
    node = source.node(index)
    if node is None:
        return None
    at = directives if directives >= 0 else anchor_of(node).start_byte
    start = source.document.lines.line_start(source.document.lines.line_of(at))
    indent = source.indent_at(at)
    if indent is None:
        return None
    after = "\n"
    if directives >= 0 and source.language.name == "go":
        after = f"\n{indent}//\n"  # gofmt wants directives apart from prose
    return Place(start, start, indent, "", after)


def _inside(source: Source, index: int, unit: str) -> Place | None:
    """Below the colon of a header, or between it and a body on its line."""
    node = source.node(index)
    body = node.child_by_field_name("body") if node is not None else None
    if node is None or body is None:
        return None
    colon = next((c for c in reversed(node.children) if c.type == ":"), None)
    if colon is None:
        return None
    lines = source.document.lines
    own = re.match(r"[ \t\f]*", lines.line(lines.line_of(node.start_byte)))
    outer = own.group() if own else ""
    first = _first_token(body)
    if lines.line_of(first) == lines.line_of(colon.end_byte):
        indent = outer + unit
        return Place(colon.end_byte, first, indent, "\n", f"\n{indent}")
    found = source.indent_at(first)
    if found is None:
        return None
    line = lines.line_of(colon.end_byte)
    end = lines.line_end(line)
    following = lines.line(line + 1).strip()
    apart = node.type == "class_definition" and bool(following)
    return Place(end, end, found, "\n", "\n" if apart else "")


def _first_token(body: Node) -> int:
    """Where the first statement begins; a block may begin with a comment before it."""
    for child in body.children:
        if child.type != "comment":
            return child.start_byte
    return body.start_byte
