"""Whether an expression may be evaluated before its statement, by the order of the text.

The languages of the table evaluate from left to right. What is written before an expression in its
statement must neither do anything nor be changed by what the expression does.
"""

from collections.abc import Iterator

from codeassist.languages.nodes import Node, ancestors, walk
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.syntactic.assigned import is_set_again
from codeassist.tasks.refactor.syntactic.code import Code

_LAZY_OPERATORS = frozenset({"&&", "||", "??"})
_CHOICES = frozenset({"ternary_expression", "conditional_expression"})
_CALLEES = frozenset({"function", "constructor"})


def check_once(code: Code, node: Node, statement: Node) -> None:
    """Raise Refused unless a node is evaluated exactly once when its statement is run."""
    text = code.text(_head(code, statement))
    if "?." in text or "?->" in text:
        raise Refused("the statement has an optional chain, which may end before the selection")
    inner = node
    for outer in ancestors(node):
        if outer == statement:
            return
        if outer.type in code.forms.functions:
            raise Refused("the selection is in code that is run at another time")
        operator = outer.child_by_field_name("operator")
        sign = code.text(operator) if operator is not None else ""
        right = outer.child_by_field_name("right")
        if sign in _LAZY_OPERATORS and right is not None and _holds(right, inner):
            raise Refused(f"the selection is evaluated only if what is before `{sign}` asks for it")
        if "assignment" in outer.type and sign.rstrip("=") in _LAZY_OPERATORS:
            raise Refused(f"the selection is evaluated only if what is before `{sign}` asks for it")
        condition = outer.child_by_field_name("condition")
        if outer.type in _CHOICES and not (condition is not None and _holds(condition, inner)):
            raise Refused("the selection is evaluated on one side of a conditional only")
        inner = outer


def check_first(code: Code, node: Node, value: Node, statement: Node) -> None:
    """Raise Refused unless `value` may be evaluated before what stands before `node`."""
    effects = has_effects(code, value)
    fixed = value.type in code.forms.literals
    for each in earlier(_head(code, statement), node):
        if each.type in code.forms.effects and not fixed:
            raise Refused(f"`{_short(code, each)}` is evaluated before it")
        if effects and _may_change(code, each):
            raise Refused(f"`{_short(code, each)}` is read before it, and might be changed by it")


def earlier(head: Node, node: Node) -> Iterator[Node]:
    """The nodes of a statement that end before another one begins."""
    for each in walk(head):
        if each.is_named and each.end_byte <= node.start_byte:
            yield each


def has_effects(code: Code, node: Node) -> bool:
    """Whether evaluating a node may do something; functions in it are only made."""
    stack = [node]
    while stack:
        each = stack.pop()
        if each.type in code.forms.effects:
            return True
        if each.type not in code.forms.functions:
            stack.extend(each.children)
    return False


def is_callee(node: Node) -> bool:
    """Whether a node is what a call calls."""
    parent = node.parent
    if parent is None:
        return False
    return any(parent.child_by_field_name(field) == node for field in _CALLEES)


def is_target(node: Node) -> bool:
    """Whether a node is set, and not read, by an assignment or a declaration."""
    for outer in (node, *ancestors(node)):
        parent = outer.parent
        if parent is None:
            return False
        operator = parent.child_by_field_name("operator")
        plain = operator is None or operator.type in ("=", ":=")
        left = parent.child_by_field_name("left") or parent.child_by_field_name("name")
        if left == outer and plain and outer == node:
            return True
        if outer.type != "expression_list" and outer != node:
            return False
    return False


def _may_change(code: Code, node: Node) -> bool:
    if is_callee(node) or is_target(node):
        return False
    parent = node.parent
    if parent is not None and parent.type in code.forms.reads and is_target(parent):
        return False  # `a` of `a.b = …` is only looked up
    if node.type in code.forms.reads:
        return parent is None or parent.type not in code.forms.reads
    names = ("identifier", "variable_name")
    return node.type in names and is_set_again(code, code.text(node))


def _head(code: Code, statement: Node) -> Node:
    field = code.forms.heads.get(statement.type)
    head = statement.child_by_field_name(field) if field else None
    return head if head is not None else statement


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start_byte <= inner.start_byte and inner.end_byte <= outer.end_byte


def _short(code: Code, node: Node) -> str:
    text = " ".join(code.text(node).split())
    return text if len(text) <= 40 else f"{text[:37]}..."
