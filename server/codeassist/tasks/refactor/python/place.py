"""Where an extracted function goes, what it is called by, and how its text is laid out.

It goes directly before the function that it comes from, into the same block, so that it is defined
whenever that one is, and sees the same names outside.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeassist.languages.nodes import walk
from codeassist.languages.parse import parse
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.limits import needs_class
from codeassist.tasks.refactor.python.parsed import Function, Parsed

UNIT = "    "


@dataclass(frozen=True)
class Place:
    """`before` is the byte offset of a line's beginning; `owner` is "self", "cls" or "".

    `decorator` is the line above the definition, `gap` the number of blank lines after it, `lead`
    that of those before it.
    """

    before: int
    indent: str
    body_indent: str
    owner: str
    decorator: str
    gap: int
    lead: int = 0

    def definition(self, head: str, body: list[str]) -> str:
        """The text of the new function, with the blank lines after it."""
        lines = [f"{self.indent}{line}" for line in (self.decorator, head) if line]
        return "\n" * self.lead + "\n".join([*lines, *body]) + "\n" * (self.gap + 1)


def place_by(parsed: Parsed, function: Function, moved: list[ast.stmt] | list[ast.expr]) -> Place:
    """The place for code that comes from a function. Raises Refused where there is none."""
    parent = parsed.parents[function]
    owner, decorator = "", ""
    anchor: ast.stmt = function
    if isinstance(parent, ast.ClassDef):
        owner, decorator = _owner(parent, function)
        if not owner:
            if needs_class(moved):
                raise Refused("the selection uses `super()` or private names, so it has to stay")
            anchor = parent
    elif needs_class(moved):
        raise Refused("the selection uses `super()` or private names, so it has to stay")
    indent = parsed.indent(anchor)
    if indent.strip():
        raise Refused("the function does not begin on a line of its own")
    unit = _unit(parsed, function)
    gap = 2 if isinstance(parsed.parents[anchor], ast.Module) else 1
    before = _above(parsed, anchor, indent)
    lead = _lead(parsed, before, gap)
    return Place(before, indent, indent + unit, owner, decorator, gap, lead)


def place_before(parsed: Parsed, statement: ast.stmt) -> Place:
    """The place for an expression of a module's own code: before its statement."""
    anchor = statement
    for outer in parsed.around(statement):
        if isinstance(outer, ast.stmt):
            anchor = outer
    before = _above(parsed, anchor, "")
    return Place(before, "", UNIT, "", "", 2, _lead(parsed, before, 2))


def _lead(parsed: Parsed, before: int, gap: int) -> int:
    """The blank lines that a definition needs before it: none after a block's first line."""
    lines = parsed.document.lines
    above = lines.line(lines.line_of(before) - 1).rstrip()
    return gap if above and not above.endswith(":") else 0


def _owner(parent: ast.ClassDef, function: Function) -> tuple[str, str]:
    """By what a new method is called, and its decorator; "" where it can be none."""
    marks = {ast.unparse(each).rpartition(".")[2] for each in function.decorator_list}
    if "staticmethod" in marks or function.name in ("__new__", "__class_getitem__"):
        return "", ""
    first = [*function.args.posonlyargs, *function.args.args][:1]
    if not first:
        raise Refused("the method has no parameter for its object")
    if any("Protocol" in ast.unparse(base) for base in parent.bases):
        raise Refused("a new method would change the protocol")
    is_class = "classmethod" in marks or function.name == "__init_subclass__"
    return first[0].arg, "@classmethod" if is_class else ""


def _unit(parsed: Parsed, function: Function) -> str:
    """What a function's body is indented by, more than the function."""
    indent, inner = parsed.indent(function), parsed.indent(function.body[0])
    more = inner.removeprefix(indent)
    return more if more and not more.strip() and inner.startswith(indent) else UNIT


def _above(parsed: Parsed, anchor: ast.stmt, indent: str) -> int:
    """The beginning of a statement's first line, or of the comments right above it.

    Of overloads, which have to stay together, those of the first one.
    """
    block = parsed.block_of(anchor)
    name = getattr(anchor, "name", None)
    at = block.index(anchor)
    while at > 0 and name is not None and getattr(block[at - 1], "name", None) == name:
        at -= 1
    lines = parsed.document.lines
    line = lines.line_of(parsed.whole_start(block[at]))
    while line > 0:
        above = lines.line(line - 1)
        if not above.startswith(f"{indent}#") or line - 1 == 0:
            break
        line -= 1
    return lines.line_start(line)


def moved_lines(
    parsed: Parsed, nodes: Iterable[ast.AST], start: int, end: int, old: str, new: str
) -> list[str]:
    """The lines between two offsets, indented by `new` instead of `old`.

    The insides of strings stay as they are; `nodes` are all that is between the offsets.
    """
    first = parsed.document.lines.line_of(start)
    kept = string_rows(parsed, nodes)
    result: list[str] = []
    for number, line in enumerate(parsed.text(start, end).split("\n")):
        if first + number in kept:
            result.append(line)
        elif not line.strip():
            result.append("")
        elif number == 0:
            result.append(new + line)
        else:
            result.append(new + (line.removeprefix(old) if line.startswith(old) else line.lstrip()))
    return result


def string_rows(parsed: Parsed, nodes: Iterable[ast.AST]) -> set[int]:
    """The 0-based lines of some code that begin inside of a string."""
    rows: set[int] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.Constant | ast.JoinedStr):
            waiting.extend(ast.iter_child_nodes(node))
        elif node.end_lineno != node.lineno:
            rows.update(node.lineno - 1 + row for row in _rows_inside(parsed.source(node)))
    return rows


def _rows_inside(literal: str) -> Iterator[int]:
    """The lines of a literal that begin inside of a string: it may be several, one after another.

    Not those between the strings, which the syntax tree has as one.
    """
    for node in walk(parse("python", f"({literal})".encode()).root_node):
        if node.type == "string":
            yield from range(node.start_point[0] + 1, node.end_point[0] + 1)
