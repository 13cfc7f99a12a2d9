"""What a selection means in Python: whole statements of one block, or one whole expression."""

import ast
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.descent import blocks_of
from codeassist.tasks.refactor.python.parsed import Parsed
from codeassist.tasks.task import Subject

BLANKS = b" \t\r\n\f"
HALF = "the selection has to be whole statements, or one whole expression"


@dataclass(frozen=True)
class Statements:
    """Statements that follow each other in one block. The range has the comments around too."""

    body: list[ast.stmt]
    start: int
    end: int


@dataclass(frozen=True)
class Expression:
    """An expression, without the parentheses around it."""

    node: ast.expr
    start: int
    end: int


def trimmed(parsed: Parsed, subject: Subject) -> tuple[int, int]:
    """The selection without blank edges. Raises Refused where nothing is left."""
    data = parsed.document.data
    start, end = subject.start, min(subject.end, len(data))
    while start < end and data[start : start + 1] in BLANKS:
        start += 1
    while end > start and data[end - 1 : end] in BLANKS:
        end -= 1
    if start >= end:
        raise Refused("nothing is selected")
    return start, end


def statements(parsed: Parsed, subject: Subject) -> Statements | None:
    """The statements that are selected, the outermost that fit; None where it is none."""
    start, end = trimmed(parsed, subject)
    block: list[ast.stmt] | None = parsed.tree.body
    while block:
        low = bisect_left(block, start, key=parsed.whole_start)
        inside = block[low : bisect_right(block, end, low, key=parsed.end)]
        if inside and not _is_elif(parsed, inside[0]):
            first, last = parsed.whole_start(inside[0]), parsed.end(inside[-1])
            before, after = parsed.text(start, first), parsed.text(last, end)
            if _is_comments(before) and _is_comments(after):
                return Statements(inside, start, end)
        # Further in, only a statement that begins before the selection can have all of it: of one
        # that begins in it, the head would be selected, too.
        inner = blocks_of(block[low - 1]) if low else []
        block = next((each for each in inner if parsed.end(each[-1]) > start), None)
    return None


def expression(parsed: Parsed, subject: Subject) -> Expression | None:
    """The expression that is selected; None where it is none. Raises Refused for parts of strings.

    A selection may have the parentheses around an expression or not.
    """
    start, end = trimmed(parsed, subject)
    data = parsed.document.data
    while True:
        for node in parsed.at(start, end):
            if not isinstance(node, ast.expr) or isinstance(node, ast.Slice | ast.Starred):
                continue
            if parsed.start(node) == start and parsed.end(node) == end:
                _check_place(parsed, node)
                return Expression(node, start, end)
        if data[start : start + 1] != b"(" or data[end - 1 : end] != b")":
            return None
        start, end = start + 1, end - 1
        while start < end and data[start : start + 1] in BLANKS:
            start += 1
        while end > start and data[end - 1 : end] in BLANKS:
            end -= 1


def _check_place(parsed: Parsed, node: ast.expr) -> None:
    """Raise Refused for what is no value by itself."""
    context = getattr(node, "ctx", None)
    if context is not None and not isinstance(context, ast.Load):
        raise Refused("the selection is a target, not a value")
    parent = parsed.parents[node]
    shares = isinstance(parent, ast.Call) and parsed.end(parent) == parsed.end(node)
    if isinstance(node, ast.GeneratorExp) and shares:
        raise Refused("the generator expression shares its parentheses with the call")
    if isinstance(parent, ast.Expr) and isinstance(node, ast.Constant):
        raise Refused("the selection is a docstring")
    inner: ast.AST = node
    for outer in parsed.around(node):
        if isinstance(outer, ast.JoinedStr):
            raise Refused("the selection is part of an f-string")
        if isinstance(outer, ast.pattern):
            raise Refused("the selection is part of a pattern")
        if inner is getattr(outer, "annotation", None) or inner is getattr(outer, "returns", None):
            raise Refused("the selection is part of an annotation")
        if isinstance(outer, ast.Call) and inner is outer.func and _is_super(inner):
            raise Refused("`super` has to stay with its call")
        inner = outer


def _is_elif(parsed: Parsed, node: ast.stmt) -> bool:
    return parsed.document.data.startswith(b"elif", parsed.start(node))


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "super"


def _is_comments(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.split("\n"))
