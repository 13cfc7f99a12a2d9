"""Puts a function's body in the place of its calls.

A function that is one expression goes anywhere; one of several statements goes where the call is a
whole statement, an assigned or a returned value. On a call, that call is inlined; on the
definition, all calls are, and the definition goes.
"""

import ast
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.index.view import View
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.callee import Callee, callee_of, function_at
from codeassist.tasks.refactor.python.events import bound
from codeassist.tasks.refactor.python.inline_body import body_edit
from codeassist.tasks.refactor.python.inline_expression import expression_edit
from codeassist.tasks.refactor.python.names import check_member
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed


@dataclass(frozen=True)
class InlinedCalls:
    """The calls that are inlined; `removes` has the definition's name where it goes, too."""

    callee: Callee
    calls: list[ast.Call]
    removes: list[str]

    @property
    def title(self) -> str:
        """What it does."""
        name = self.callee.function.name
        return f"Inline function `{name}`" if self.removes else f"Inline this call of `{name}`"

    def edits(self) -> list[TextEdit]:
        """The edits that do it. Raises Refused with the reason where they cannot be made."""
        found = [_edit(self.callee, call) for call in self.calls]
        return [*found, _removal(self.callee)] if self.removes else found

    def check_project(self, view: View, path: str) -> None:
        """Raise Refused where other files of the repository matter."""
        name = self.callee.function.name
        if self.callee.owner is not None:
            _check_not_overridden(view, path, name)
        if not self.removes:
            return
        others = [each for each in view.with_word(name) if each != path]
        if others:
            raise Refused(f"`{name}` is also mentioned in {others[0]}: inline single calls instead")


def _check_not_overridden(view: View, path: str, name: str) -> None:
    count = 0
    for other in view.with_word(name):
        outline = view.outline(other)
        count += sum(each.name == name for each in outline.symbols) if outline else 0
        if other != path or count > 1:
            check_member(view, name)


def inlined_calls(parsed: Parsed, node: ast.AST) -> InlinedCalls:
    """What can be inlined at a name. Raises Refused with the reason where nothing can."""
    callee = callee_of(parsed, node)
    if callee is None:
        raise Refused("no function of this file is meant here that could be inlined")
    parent = parsed.parents.get(node)
    if isinstance(parent, ast.Call) and parent.func is node:
        plan = InlinedCalls(callee, [parent], [])
    elif isinstance(node, FUNCTIONS):
        plan = InlinedCalls(callee, _all_calls(parsed, callee), [_qualified(callee)])
    else:
        raise Refused("the function is not called here")
    plan.edits()
    return plan


def _qualified(callee: Callee) -> str:
    owner = f"{callee.owner.name}." if callee.owner else ""
    return owner + callee.function.name


def _all_calls(parsed: Parsed, callee: Callee) -> list[ast.Call]:
    """All calls of a function that is about to go. Raises Refused for any other use of it."""
    name = callee.function.name
    found: list[ast.Call] = []
    for node in parsed.words.named(name):
        word = getattr(node, "id", None) or getattr(node, "attr", None)
        if isinstance(node, ast.Constant) and node.value == name:
            raise Refused(f"a string names `{name}` (line {node.lineno})")
        if word != name:
            continue
        parent = parsed.parents[node]
        if not isinstance(parent, ast.Call) or parent.func is not node:
            raise Refused(f"`{name}` is used without being called")
        if function_at(parsed, node) is not callee.function:
            raise Refused(f"another `{name}` is called in this file")
        if any(isinstance(each, ast.Call) and each in found for each in parsed.around(parent)):
            raise Refused(f"calls of `{name}` are nested in each other")
        found.append(parent)
    if not found:
        raise Refused(f"`{name}` is never called in this file")
    return found


def _edit(callee: Callee, call: ast.Call) -> TextEdit:
    parsed = callee.parsed
    if any(each is callee.function for each in parsed.around(call)):
        raise Refused("the function calls itself")
    caller = parsed.function_of(call)
    if callee.owner is None and caller is not None:
        _check_not_shadowed(parsed, callee, call)
    only = callee.body[0]
    if len(callee.body) == 1 and isinstance(only, ast.Return) and only.value is not None:
        return expression_edit(callee, call, only.value)
    return body_edit(callee, call)


def _check_not_shadowed(parsed: Parsed, callee: Callee, call: ast.Call) -> None:
    """Raise Refused where a name that the function uses from outside is local to the caller."""
    outside = callee.outer | {callee.function.name}
    for outer in parsed.around(call):
        local: set[str] = set()
        if isinstance(outer, FUNCTIONS):
            local = bound(outer.body) | {each.arg for each in _arguments(outer)}
        elif isinstance(outer, ast.Lambda):
            local = {each.arg for each in _arguments(outer)}
        elif isinstance(outer, ast.expr | ast.ClassDef):
            local = {name for name in outside if _is_bound_in(parsed, outer, name)}
        if local & outside:
            raise Refused(f"`{min(local & outside)}` means something else where the call is")


def _arguments(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.arg]:
    every = node.args
    extra = [each for each in (every.vararg, every.kwarg) if each is not None]
    return [*every.posonlyargs, *every.args, *every.kwonlyargs, *extra]


def _is_bound_in(parsed: Parsed, node: ast.AST, name: str) -> bool:
    return any(
        isinstance(each, ast.Name)
        and not isinstance(each.ctx, ast.Load)
        and parsed.whole_start(node) <= parsed.start(each) < parsed.end(node)
        for each in parsed.words.named(name)
    )


def _removal(callee: Callee) -> TextEdit:
    """The edit that takes a definition away, with the blank lines after it."""
    parsed, lines = callee.parsed, callee.parsed.document.lines
    block = parsed.block_of(callee.function)
    start = parsed.line_start(parsed.whole_start(callee.function))
    at = block.index(callee.function)
    if len(block) == 1:
        indent = parsed.indent(callee.function)
        end = lines.line_start(lines.line_of(parsed.end(callee.function) - 1) + 1)
        return TextEdit(start, end, f"{indent}pass\n")
    line = lines.line_of(parsed.end(callee.function) - 1) + 1
    while line < lines.line_count and not lines.line(line).strip():
        line += 1
    if at + 1 == len(block):
        # The last one of its block: the blank lines before it go, those after it belong outside.
        end = lines.line_start(lines.line_of(parsed.end(callee.function) - 1) + 1)
        first = lines.line_of(start)
        while first > 0 and not lines.line(first - 1).strip():
            first -= 1
        return TextEdit(lines.line_start(first), end, "")
    return TextEdit(start, lines.line_start(line), "")
