"""Inlines a call that is a whole statement: the function's statements take its place."""

import ast
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.callee import Callee
from codeassist.tasks.refactor.python.events import bound
from codeassist.tasks.refactor.python.limits import inside
from codeassist.tasks.refactor.python.liveness import NONE, Names
from codeassist.tasks.refactor.python.names import used_names
from codeassist.tasks.refactor.python.order import has_effects
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed
from codeassist.tasks.refactor.python.place import moved_lines
from codeassist.tasks.refactor.python.scope import scope_of


@dataclass(frozen=True)
class _Site:
    """The statement of a call: what its value goes to, and the names that it sets."""

    statement: ast.stmt
    left: str
    sets: Names


def body_edit(callee: Callee, call: ast.Call) -> TextEdit:
    """The edit that puts a function's statements in the place of a call. Raises Refused."""
    parsed = callee.parsed
    site = _site(parsed, call)
    result = _result(callee)
    given = callee.arguments(call)
    rebound = bound(callee.body)
    same = {n for n, each in given if isinstance(each, ast.Name) and each.id == n}
    _check_clashes(callee, site, same, rebound)
    indent = parsed.indent(site.statement)
    lines = [
        f"{indent}{name} = {_one_line(parsed, each)}" for name, each in given if name not in same
    ]
    lines += _moved(callee, indent, result)
    lines += _end(parsed, site, indent, result)
    if not lines:
        lines = [f"{indent}pass"]
    start = parsed.line_start(parsed.start(site.statement))
    return TextEdit(start, parsed.end(site.statement), "\n".join(lines))


def _site(parsed: Parsed, call: ast.Call) -> _Site:
    statement = parsed.parents[call]
    if isinstance(statement, ast.Expr):
        site = _Site(statement, "", NONE)
    elif isinstance(statement, ast.Return):
        site = _Site(statement, "return ", NONE)
    elif isinstance(statement, ast.Assign) and statement.value is call:
        plain = all(
            isinstance(each, ast.Name | ast.Tuple | ast.expr_context)
            for target in statement.targets
            for each in ast.walk(target)
        )
        sets = frozenset(bound([statement])) if plain else NONE
        left = parsed.text(parsed.start(statement), parsed.start(call)).rstrip("(")
        site = _Site(statement, left, sets)
    else:
        raise Refused("the function has several statements, and the call is part of another one")
    after = parsed.text(parsed.end(statement), parsed.line_end(parsed.end(statement))).strip()
    if parsed.indent(statement).strip() or (after and not after.startswith("#")):
        raise Refused("the call is not on a line of its own")
    return site


def _result(callee: Callee) -> ast.Return | None:
    """The one `return` at the function's end, if there is one. Raises Refused for any other."""
    found = [node for node in inside(callee.body) if isinstance(node, ast.Return)]
    last = callee.body[-1]
    if any(each is not last for each in found):
        raise Refused("the function returns in the midst of its body")
    return last if isinstance(last, ast.Return) else None


def _check_clashes(callee: Callee, site: _Site, same: set[str], rebound: set[str]) -> None:
    """Raise Refused where the function's names would change the caller's."""
    parsed = callee.parsed
    caller = parsed.function_of(site.statement)
    if caller is None:
        raise Refused("outside of a function the function's names would become the module's")
    outermost: ast.AST = caller
    for outer in parsed.around(caller):
        if isinstance(outer, FUNCTIONS):
            outermost = outer
    used = {name for name, _ in used_names(outermost)}
    scope = scope_of(caller)
    handled = scope.liveness.handled.get(site.statement, NONE)
    for name in sorted(set(callee.own) & used):
        if name in same and name not in rebound:
            continue
        if name not in site.sets or name in handled or name in scope.captured:
            raise Refused(f"`{name}` is a name of both the function and the code around the call")
    if site.sets & (set(callee.names) - same):
        raise Refused("a parameter has the name of what the call's value goes to")


def _one_line(parsed: Parsed, node: ast.expr) -> str:
    text = parsed.source(node)
    return f"({text})" if "\n" in text else text


def _moved(callee: Callee, indent: str, result: ast.Return | None) -> list[str]:
    """The function's statements before its result, at the call's indentation."""
    parsed, body = callee.parsed, callee.body
    first = parsed.whole_start(body[0])
    if parsed.text(parsed.line_start(first), first).strip():
        raise Refused("the function is written on one line")
    if result is body[0]:
        return []
    end = parsed.end(body[-1])
    if result is not None:
        end = parsed.line_start(parsed.start(result)) - 1
        if parsed.document.data[end - 1 : end] == b"\r":
            end -= 1
        if end < parsed.end(body[-2]):
            raise Refused("the function has several statements on one line")
    old = parsed.indent(body[0])
    return moved_lines(parsed, body, first, max(end, parsed.line_end(end)), old, indent)


def _end(parsed: Parsed, site: _Site, indent: str, result: ast.Return | None) -> list[str]:
    """The lines that pass on the function's result."""
    value = result.value if result else None
    if not site.left:
        return [indent + _one_line(parsed, value)] if value and has_effects(value) else []
    text = "None" if value is None else _one_line(parsed, value)
    if site.left.rstrip(" =") == text and site.left != "return ":
        return []
    return [f"{indent}{site.left}{text}"]
