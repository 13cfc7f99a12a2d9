"""Proves what an edit of Python did, by comparing syntax trees: independent of how it was made."""

import ast
from collections.abc import Sequence

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import decode
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Function
from codeassist.tasks.refactor.python.tree import tree_of

_BROKEN = "the result could not be proved to do the same"


def after_of(edit: WorkspaceEdit, path: str) -> ast.Module:
    """The syntax tree of a file after an edit."""
    (file,) = [each for each in edit.files if each.path == path]
    return tree_of(decode(path, file.after).data.decode("utf-8"))


def prove_extracted(
    before: ast.Module, after: ast.Module, name: str, moved: Sequence[ast.AST]
) -> None:
    """Raise Refused unless putting the new function's body back for its call gives the old tree."""
    owner, made = _definition(after, name)
    block = next(v for _, v in ast.iter_fields(owner) if isinstance(v, list) and made in v)
    block.remove(made)
    body = made.body[:-1] if _is_added(made.body[-1], moved) else made.body
    if isinstance(moved[0], ast.expr):
        last = made.body[-1]
        value = last.value if isinstance(last, ast.Return) else None
        if len(made.body) != 1 or value is None or _dump([value]) != _dump(moved):
            raise Refused(_BROKEN)
    elif _dump(body) != _dump(moved):
        raise Refused(_BROKEN)
    restored = _PutBack(made, moved)
    restored.visit(after)
    if restored.done != 1 or ast.dump(after) != ast.dump(before):
        raise Refused(_BROKEN)


def _definition(tree: ast.Module, name: str) -> tuple[ast.AST, Function]:
    found = [
        (owner, node)
        for owner in ast.walk(tree)
        for node in ast.iter_child_nodes(owner)
        if isinstance(node, FUNCTIONS) and node.name == name
    ]
    if len(found) != 1:
        raise Refused(_BROKEN)
    return found[0]


def _is_added(last: ast.stmt, moved: Sequence[ast.AST]) -> bool:
    """Whether the last statement is the one that gives the results."""
    return isinstance(last, ast.Return) and _dump([last]) != _dump(moved[-1:])


def _dump(nodes: Sequence[ast.AST]) -> list[str]:
    return [ast.dump(node) for node in nodes]


class _PutBack(ast.NodeTransformer):
    """Puts what was moved back in the place of the one call."""

    def __init__(self, made: Function, moved: Sequence[ast.AST]) -> None:
        self.name = made.name
        self.awaited = isinstance(made, ast.AsyncFunctionDef)
        self.moved = moved
        self.done = 0

    def visit(self, node: ast.AST) -> ast.AST | list[ast.AST]:
        """A node, with the call in it replaced."""
        by_value = isinstance(self.moved[0], ast.expr)
        value = node if by_value else getattr(node, "value", None)
        if by_value or isinstance(node, ast.stmt):
            inner = value.value if self.awaited and isinstance(value, ast.Await) else value
            if isinstance(inner, ast.Call) and self._is_call(inner.func):
                self.done += 1
                return self.moved[0] if by_value else list(self.moved)
        self.generic_visit(node)
        return node

    def _is_call(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr == self.name
        return isinstance(node, ast.Name) and node.id == self.name


def prove_variable(before: ast.Module, after: ast.Module, name: str, value: ast.expr) -> None:
    """Raise Refused unless putting a new variable's value back for it gives the old tree."""
    wanted = ast.dump(value)
    for owner in ast.walk(after):
        for _, block in ast.iter_fields(owner):
            for at, each in enumerate(block if isinstance(block, list) else ()):
                if _assigns(each, name) and ast.dump(each.value) == wanted:
                    _put_value_back(block, at, name, value)
                    if ast.dump(after) == ast.dump(before):
                        return
                    raise Refused(_BROKEN)
    raise Refused(_BROKEN)


def _assigns(node: object, name: str) -> bool:
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return False
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id == name


def _put_value_back(block: list[ast.stmt], at: int, name: str, value: ast.expr) -> None:
    """Put a value back where the next statement reads its variable, and take the variable away."""
    following = block[at + 1] if at + 1 < len(block) else None
    reads = following is not None and any(
        isinstance(node, ast.Name) and node.id == name for node in ast.walk(following)
    )
    if not reads or following is None:
        block[at] = ast.Expr(value)  # the statement was nothing but the expression
        return
    block[at + 1] = _PutValue(name, value).visit(following)
    del block[at]


class _PutValue(ast.NodeTransformer):
    """Puts an expression in the place of a name."""

    def __init__(self, name: str, value: ast.expr) -> None:
        self.name = name
        self.value = value

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The expression for the name; any other name as it is."""
        return self.value if node.id == self.name else node


def prove_inlined(
    before: ast.Module,
    after: ast.Module,
    statement: ast.stmt,
    reads: Sequence[ast.AST],
    value: ast.expr,
) -> None:
    """Raise Refused unless the new tree is the old one with values for reads and no variable."""
    expected = _Inlined(statement, frozenset(reads), value).visit(before)
    if expected is None or ast.dump(expected) != ast.dump(after):
        raise Refused(_BROKEN)


class _Inlined(ast.NodeTransformer):
    """Takes a statement away and puts a value in the place of some nodes, in a copy."""

    def __init__(self, statement: ast.stmt, reads: frozenset[ast.AST], value: ast.expr) -> None:
        self.statement = statement
        self.reads = reads
        self.value = value

    def visit(self, node: ast.AST) -> ast.AST | None:
        """A changed copy of a node."""
        if node is self.statement:
            return None
        if node in self.reads:
            return self.value
        fields: dict[str, object] = {}
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                items = [self.visit(each) if isinstance(each, ast.AST) else each for each in value]
                gone = {at for at, each in enumerate(value) if each is self.statement}
                fields[name] = [each for at, each in enumerate(items) if at not in gone]
            else:
                fields[name] = self.visit(value) if isinstance(value, ast.AST) else value
        return type(node)(**fields)
