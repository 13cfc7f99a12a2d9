"""Turns a Python `if` with an `else` round."""

import ast

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.descent import on_line
from codeassist.tasks.refactor.python.parsed import Parsed
from codeassist.tasks.task import Subject

_OPPOSITES: dict[type[ast.cmpop], str] = {
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
_LOOSE = (ast.BoolOp, ast.IfExp, ast.Lambda, ast.NamedExpr)


def flipped(parsed: Parsed, subject: Subject) -> list[TextEdit]:
    """The edits that turn the `if` at the cursor round. Raises Refused with the reason."""
    found = [
        node
        for node in on_line(parsed.tree, parsed.place(subject.start)[0])
        if isinstance(node, ast.If)
        and parsed.start(node) <= subject.start < parsed.line_end(parsed.end(node.test)) + 1
    ]
    if not found:
        raise Refused("there is no `if` here")
    node = found[-1]
    lines = parsed.document.lines
    if not node.orelse:
        raise Refused("the `if` has no `else`")
    is_elif = parsed.document.data.startswith(b"elif", parsed.start(node))
    if is_elif or parsed.document.data.startswith(b"elif", parsed.start(node.orelse[0])):
        raise Refused("there is an `elif`")
    head = _colon_line(parsed, node)
    first, other = node.body[0], node.orelse[0]
    keyword = _else_line(parsed, node)
    if lines.line_of(parsed.whole_start(first)) == head:
        raise Refused("the branches are not on lines of their own")
    if lines.line_of(parsed.whole_start(other)) == keyword:
        raise Refused("the branches are not on lines of their own")
    start, middle = lines.line_start(head + 1), lines.line_start(keyword)
    again, end = lines.line_start(keyword + 1), parsed.line_end(parsed.end(node.orelse[-1]))
    one = parsed.text(start, middle)
    two = parsed.text(again, end)
    newline = "" if two.endswith("\n") else "\n"
    return [
        TextEdit(parsed.start(node.test), parsed.end(node.test), _negated(parsed, node.test)),
        TextEdit(start, middle, two + newline),
        TextEdit(again, end, one.rstrip("\n")),
    ]


def _colon_line(parsed: Parsed, node: ast.If) -> int:
    """The line on which the head of an `if` ends; its condition may be in parentheses."""
    lines = parsed.document.lines
    line = lines.line_of(parsed.end(node.test))
    rest = parsed.text(parsed.end(node.test), parsed.line_end(parsed.end(node.test)))
    while ":" not in rest.partition("#")[0]:
        line += 1
        rest = lines.line(line)
    return line


def _else_line(parsed: Parsed, node: ast.If) -> int:
    lines = parsed.document.lines
    line = lines.line_of(parsed.whole_start(node.orelse[0]))
    while line > lines.line_of(parsed.end(node.body[-1])):
        text = lines.line(line).strip()
        if text.startswith("else") and text.partition("#")[0].replace(" ", "") == "else:":
            return line
        line -= 1
    raise Refused("the branches are not on lines of their own")


def _negated(parsed: Parsed, test: ast.expr) -> str:
    text = parsed.source(test)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return parsed.source(test.operand)
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and type(test.ops[0]) in _OPPOSITES:
        left, right = parsed.end(test.left), parsed.start(test.comparators[0])
        between = parsed.text(left, right)
        if not set(between) - set(" isnot") or between.strip() == "in":
            head = parsed.text(parsed.start(test), left)
            tail = parsed.text(right, parsed.end(test))
            return f"{head} {_OPPOSITES[type(test.ops[0])]} {tail}"
    return f"not ({text})" if isinstance(test, _LOOSE) or "\n" in text else f"not {text}"
