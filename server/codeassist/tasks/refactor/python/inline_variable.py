"""Puts a local variable's value in the place of its uses, and takes the variable away.

Only where the value is the same in each of these places, and evaluated as often as before or
without effects.
"""

import ast
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.events import bound, own_nodes, targets
from codeassist.tasks.refactor.python.extract_variable import stands_alone
from codeassist.tasks.refactor.python.liveness import Names
from codeassist.tasks.refactor.python.order import (
    before,
    check_ahead,
    check_once,
    has_effects,
    is_constant,
    steady_names,
)
from codeassist.tasks.refactor.python.parsed import COMPREHENSIONS, Parsed
from codeassist.tasks.refactor.python.scope import Scope, scope_of

_FRESH = (ast.List, ast.Set, ast.Dict, *COMPREHENSIONS)
_ATOMS = (
    ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.JoinedStr,
    ast.List, ast.Set, ast.Dict, *COMPREHENSIONS,
)  # fmt: skip
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_ROOMY = (ast.Assign, ast.Return, ast.Expr, ast.keyword, ast.List, ast.Set)


@dataclass(frozen=True)
class InlinedVariable:
    """A variable whose uses can be replaced by its value."""

    parsed: Parsed
    name: str
    statement: ast.stmt
    value: ast.expr
    reads: list[ast.Name]

    def edits(self) -> list[TextEdit]:
        """The edits that do it."""
        parsed, lines = self.parsed, self.parsed.document.lines
        first = lines.line_of(parsed.start(self.statement))
        last = lines.line_of(parsed.end(self.statement) - 1)
        gone = TextEdit(lines.line_start(first), lines.line_start(last + 1), "")
        return [gone, *(self._read(read) for read in self.reads)]

    def _read(self, read: ast.Name) -> TextEdit:
        text = in_place(self.parsed, self.value, self.parsed.parents[read], read)
        return TextEdit(self.parsed.start(read), self.parsed.end(read), text)

    @property
    def lost_comment(self) -> str:
        """The comment on the variable's line, which goes with it; "" if there is none."""
        end = self.parsed.end(self.statement)
        return self.parsed.text(end, self.parsed.line_end(end)).strip()


def in_place(parsed: Parsed, value: ast.expr, parent: ast.AST, slot: ast.AST) -> str:
    """A value's text for a place, in parentheses where it needs them there."""
    text = parsed.source(value)
    roomy = isinstance(parent, _ROOMY) or (isinstance(parent, ast.Call) and parent.func is not slot)
    loose = isinstance(value, ast.Tuple | ast.NamedExpr | ast.Yield | ast.YieldFrom)
    number = isinstance(value, ast.Constant) and isinstance(parent, ast.Attribute)
    atom = isinstance(value, _ATOMS) and not number
    if (atom or (roomy and not loose)) and ("\n" not in text or stands_alone(text)):
        return text
    return f"({text})"


def inlined_variable(parsed: Parsed, name: ast.Name) -> InlinedVariable:
    """How the variable that a name stands for can be inlined. Raises Refused with the reason."""
    function = parsed.function_of(name)
    if function is None:
        raise Refused("only local variables of functions can be inlined")
    scope = scope_of(function)
    _check_kind(scope, name.id)
    statement, value = _definition(parsed, scope, name.id)
    reads = _reads(parsed, scope, name.id)
    if any(isinstance(each, ast.JoinedStr) for read in reads for each in parsed.around(read)):
        raise Refused(f"`{name.id}` is used in an f-string")
    for read in reads:
        known = scope.binding.before.get(parsed.statement_of(read))
        if known is None or name.id not in known:
            raise Refused(f"`{name.id}` may be read where it has no value")
    found = InlinedVariable(parsed, name.id, statement, value, reads)
    _check_same(found, scope)
    return found


def _check_kind(scope: Scope, name: str) -> None:
    if name in scope.parameters:
        raise Refused(f"`{name}` is a parameter")
    if name not in scope.own:
        raise Refused(f"`{name}` is not a local variable of the function")
    if name in scope.captured:
        raise Refused(f"`{name}` is shared with a nested function")
    for node in ast.walk(scope.function):
        if isinstance(node, COMPREHENSIONS) and name in targets(node):
            raise Refused(f"a comprehension has a `{name}` of its own")


def _definition(parsed: Parsed, scope: Scope, name: str) -> tuple[ast.stmt, ast.expr]:
    writers = [node for node in own_nodes(scope.function.body) if name in _sets(node)]
    if len(writers) != 1:
        raise Refused(f"`{name}` is set in {len(writers)} places")
    statement = parsed.parents.get(writers[0])
    plain = isinstance(statement, ast.AnnAssign) or (
        isinstance(statement, ast.Assign) and len(statement.targets) == 1
    )
    if not plain or not isinstance(writers[0], ast.Name):
        raise Refused(f"`{name}` is not set by a plain assignment")
    assert isinstance(statement, ast.Assign | ast.AnnAssign)
    if statement.value is None:
        raise Refused(f"`{name}` is declared without a value")
    whole = parsed.text(parsed.end(statement), parsed.line_end(parsed.end(statement))).strip()
    if parsed.indent(statement).strip() or (whole and not whole.startswith("#")):
        raise Refused(f"there is another statement on the line that sets `{name}`")
    return statement, statement.value


def _sets(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return set() if isinstance(node.ctx, ast.Load) else {node.id}
    own = ast.ExceptHandler | ast.alias
    if isinstance(node, own):
        return {getattr(node, "asname", None) or node.name or ""}
    is_leaf = not isinstance(node, ast.stmt) or isinstance(
        node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    )
    return bound([node]) if is_leaf and isinstance(node, ast.stmt | ast.pattern) else set()


def _reads(parsed: Parsed, scope: Scope, name: str) -> list[ast.Name]:
    found = [
        node
        for node in ast.walk(scope.function)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    if not found:
        raise Refused(f"`{name}` is never read")
    return sorted(found, key=parsed.start)


def _check_same(found: InlinedVariable, scope: Scope) -> None:
    """Raise Refused unless the value is the same in the places of all reads."""
    if is_constant(found.value) or _is_lasting(found, scope):
        return
    if len(found.reads) > 1 and any(isinstance(each, _FRESH) for each in ast.walk(found.value)):
        raise Refused("each use would get a new object of its own")
    block = found.parsed.block_of(found.statement)
    at = block.index(found.statement)
    if len(found.reads) == 1 and at + 1 < len(block):
        (read,) = found.reads
        following = block[at + 1]
        if found.parsed.statement_of(read) is following:
            check_once(found.parsed, read, following)
            check_ahead(found.parsed, found.value, before(following, read))
            return
    if has_effects(found.value):
        raise Refused("the value has effects, and is not used once in the next statement")
    _check_quiet(found, block[at + 1 :])


def _is_lasting(found: InlinedVariable, scope: Scope) -> bool:
    """Whether a value is nothing but names that are never set again."""
    if not isinstance(found.value, ast.Name | ast.Tuple):
        return False
    names = {each.id for each in ast.walk(found.value) if isinstance(each, ast.Name)}
    plain = (ast.Name, ast.Tuple, ast.Constant, ast.Load)
    if not all(isinstance(each, plain) for each in ast.walk(found.value)):
        return False
    steady: Names = steady_names(found.parsed, found.value)
    return names <= steady and not any(
        _is_set_again(found.parsed, scope, found.statement, name) for name in names
    )


def _is_set_again(parsed: Parsed, scope: Scope, statement: ast.stmt, name: str) -> bool:
    loops = any(isinstance(each, _LOOPS) for each in parsed.around(statement))
    for node in own_nodes(scope.function.body):
        if name in _sets(node):
            start = parsed.start(node) if hasattr(node, "lineno") else 1 << 60
            if loops or start > parsed.start(statement):
                return True
    return False


def _check_quiet(found: InlinedVariable, following: list[ast.stmt]) -> None:
    """Raise Refused where something between the variable and its last use may change the value."""
    last = found.reads[-1]
    read = {each.id for each in ast.walk(found.value) if isinstance(each, ast.Name)}
    place = found.parsed.statement_of(last)
    for statement in following:
        inside = set(ast.walk(statement))
        between = list(inside)
        if last in inside and statement is place:
            between = list(before(statement, last))
        for node in between:
            if isinstance(node, ast.expr) and has_effects(node):
                raise Refused("a call before the last use may change the value")
            loads = isinstance(getattr(node, "ctx", None), ast.Load)
            if isinstance(node, ast.Attribute | ast.Subscript | ast.Delete) and not loads:
                raise Refused("something is set or deleted before the last use")
            if _sets(node) & read:
                raise Refused("a name in the value is set again before the last use")
        if last in inside:
            return
    raise Refused("the variable is used outside of the block that sets it")
