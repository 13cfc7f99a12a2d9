"""Inlines a call of a function that is one expression: arguments take their parameters' places."""

import ast

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.callee import Callee
from codeassist.tasks.refactor.python.inline_variable import in_place
from codeassist.tasks.refactor.python.order import (
    check_once,
    has_effects,
    is_constant,
    is_declared,
    steps,
)
from codeassist.tasks.refactor.python.parsed import Parsed

_CALM = (ast.Constant, ast.Name)


def expression_edit(callee: Callee, call: ast.Call, value: ast.expr) -> TextEdit:
    """The edit that puts a function's expression in the place of a call. Raises Refused."""
    parsed = callee.parsed
    arguments = dict(callee.arguments(call))
    _check_names(callee, arguments)
    reads = {name: _reads(value, name) for name in arguments}
    heavy = [name for name, each in arguments.items() if not _is_light(parsed, each)]
    _check_order(callee, value, heavy, reads)
    if any(isinstance(each, ast.JoinedStr) for each in ast.walk(value)) and any(reads.values()):
        raise Refused("the function has an f-string, whose parts cannot be replaced")
    if any(isinstance(each, ast.JoinedStr) for each in parsed.around(call)):
        raise Refused("the call is part of an f-string")
    data = parsed.document.data
    start, end = parsed.start(value), parsed.end(value)
    text, at = b"", start
    places = [(each, arguments[name]) for name, found in reads.items() for each in found]
    for node, argument in sorted(places, key=lambda pair: parsed.start(pair[0])):
        text += data[at : parsed.start(node)]
        text += in_place(parsed, argument, parsed.parents[node], node).encode()
        at = parsed.end(node)
    text += data[at:end]
    new = text.decode("utf-8").replace("\r\n", "\n")
    plain = isinstance(parsed.parents[call], ast.Assign | ast.Return | ast.Expr)
    is_atom = isinstance(value, ast.Name | ast.Call | ast.Attribute | ast.Subscript)
    if "\n" in new or not (plain or is_atom) or isinstance(value, ast.Tuple):
        new = f"({new})"
    return TextEdit(parsed.start(call), parsed.end(call), new)


def _reads(value: ast.expr, name: str) -> list[ast.Name]:
    return [each for each in ast.walk(value) if isinstance(each, ast.Name) and each.id == name]


def _is_light(parsed: Parsed, argument: ast.expr) -> bool:
    """Whether it does not matter when and how often an argument is evaluated."""
    if isinstance(argument, ast.Name):
        return not is_declared(parsed, argument.id)  # else a call in between might set it
    return is_constant(argument)


def _check_names(callee: Callee, arguments: dict[str, ast.expr]) -> None:
    """Raise Refused where a name in an argument would mean something of the function's."""
    inner = callee.own - set(callee.names)
    for argument in arguments.values():
        names = {each.id for each in ast.walk(argument) if isinstance(each, ast.Name)}
        if names & inner:
            raise Refused(f"`{min(names & inner)}` means something else in the function")
    if any(isinstance(each, ast.NamedExpr) for each in ast.walk(callee.function)):
        raise Refused("the function sets names within its expression")


def _check_order(
    callee: Callee, value: ast.expr, heavy: list[str], reads: dict[str, list[ast.Name]]
) -> None:
    """Raise Refused unless arguments are evaluated once, in their order, and before all else."""
    if not heavy:
        return
    statement = callee.body[0]
    for name in heavy:
        if len(reads[name]) != 1:
            raise Refused(f"`{name}` is used {len(reads[name])} times, and its argument is no name")
        check_once(callee.parsed, reads[name][0], statement)
    order = [step for step in steps(value) if isinstance(step, ast.Name) and step.id in heavy]
    if [step.id for step in order] != heavy:
        raise Refused("the function uses its parameters in another order than the call gives them")
    last = order[-1]
    for step in steps(value):
        if step is last:
            return
        if isinstance(step, _CALM) and step not in order:
            continue
        if step not in order and (has_effects(step) or isinstance(step, ast.Attribute)):
            parent = callee.parsed.parents[step]
            if isinstance(parent, ast.Call) and parent.func is step and not has_effects(step):
                continue
            raise Refused("the function does something before it uses its last parameter")
