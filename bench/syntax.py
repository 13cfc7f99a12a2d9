"""Questions to Python's own syntax trees, for the rules of `noise`. Knows no repository."""

import ast
import inspect
import warnings
from typing import TypeVar

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*FUNCTIONS, ast.ClassDef)

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef
Mention = ast.Name | ast.Attribute | ast.arg | ast.ImportFrom
T = TypeVar("T", bound=ast.stmt)


def parsed(text: str) -> ast.Module | None:
    """A file's tree, None if this Python cannot parse it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old code has escapes that newer versions warn of
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError):
            return None


def uses_of(tree: ast.AST, name: str) -> list[Mention]:
    """The nodes that mention a name: names, attributes, parameters and imports."""
    return [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.arg) and node.arg == name)
        or (isinstance(node, ast.ImportFrom) and any(each.name == name for each in node.names))
    ]


def on_lines(node: Mention, lines: list[int]) -> bool:
    """Whether a mention has its name on one of some 1-based lines."""
    if isinstance(node, ast.ImportFrom):
        return any(node.lineno <= line <= (node.end_lineno or 0) for line in lines)
    return (node.end_lineno if isinstance(node, ast.Attribute) else node.lineno) in lines


def functions_around(tree: ast.Module, node: Mention) -> list[Function]:
    """The functions around a mention, the innermost first."""
    found: list[Function] = [*_around(tree, node, ast.FunctionDef)]
    found += _around(tree, node, ast.AsyncFunctionDef)
    return sorted(found, key=lambda each: -each.lineno)


def classes_around(tree: ast.Module, node: Mention) -> list[ast.ClassDef]:
    """The classes around a mention, the innermost first."""
    return _around(tree, node, ast.ClassDef)


def _around(tree: ast.Module, node: Mention, kind: type[T]) -> list[T]:
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    found = [
        each
        for each in ast.walk(tree)
        if isinstance(each, kind)
        and (each.lineno, each.col_offset) <= start
        and (each.end_lineno or 0, each.end_col_offset or 0) >= end
    ]
    return sorted(found, key=lambda each: (-each.lineno, -each.col_offset))


def parameters(function: Function) -> set[str]:
    """The names of a function's parameters."""
    given = function.args
    stars = [each for each in (given.vararg, given.kwarg) if each]
    return {each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs, *stars)}


def names_bound_in(function: Function) -> set[str]:
    """The names that a function binds itself. Imports are left out: they bind what is asked."""
    names = parameters(function)
    outer: set[str] = set()
    queue: list[ast.AST] = list(function.body)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            outer.update(node.names)
        elif isinstance(node, _DEFINITIONS):
            names.add(node.name)
            continue
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        queue.extend(ast.iter_child_nodes(node))
    return names - outer


def names_bound_at_top(tree: ast.Module) -> set[str]:
    """The names that a file defines or assigns outside of any function and class."""
    every = [inner for node in tree.body for inner in (node, *_guarded(node))]
    names = {node.name for node in every if isinstance(node, _DEFINITIONS)}
    return names.union(*map(_assigned, every))


def definition(tree: ast.Module, dotted: str) -> Definition | None:
    """The function or class of a dotted name, also one inside an `if` or a `try`."""
    nodes: list[ast.stmt] = tree.body
    found: Definition | None = None
    for part in dotted.split("."):
        every = [inner for node in nodes for inner in (node, *_guarded(node))]
        named = (n for n in every if isinstance(n, _DEFINITIONS) and n.name == part)
        found = next(named, None)
        if found is None:
            return None
        nodes = found.body
    return found


def member_names(cls: ast.ClassDef) -> set[str]:
    """The names that a class's body defines, and those that its methods set on `self`."""
    names: set[str] = set()
    for node in cls.body:
        if isinstance(node, _DEFINITIONS):
            names.add(node.name)
        else:
            names.update(_assigned(node))
    stored = (n for n in ast.walk(cls) if isinstance(n, ast.Attribute))
    for each in stored:
        is_set = isinstance(each.ctx, ast.Store) and isinstance(each.value, ast.Name)
        if is_set and ast.unparse(each.value) == "self":
            names.add(each.attr)
    return names


def still_fits(call: ast.Call, old: Function, new: Function, is_member: bool) -> bool:
    """Whether Python would bind a call's arguments as before, with the new parameters.

    A value that went to `exc` and goes to `ctx` now, while there still is an `exc`, does not fit
    any more, although it binds; where `exc` is gone, `ctx` is its new name. False where stars hide
    what is passed.
    """
    if any(isinstance(each, ast.Starred) for each in call.args):
        return False
    if any(keyword.arg is None for keyword in call.keywords):
        return False
    before, after = _reached(call, old, is_member), _reached(call, new, is_member)
    if before is None or after is None:
        return False
    left = set(_signature(new).parameters)
    return all(after[value] == name or name not in left for value, name in before.items())


def _reached(call: ast.Call, function: Function, is_member: bool) -> dict[int | str, str] | None:
    """The parameter that each argument reaches, by number or keyword; None if they do not bind."""
    decorators = {ast.unparse(each) for each in function.decorator_list}
    has_receiver = is_member and "staticmethod" not in decorators
    positional = range(len(call.args) + has_receiver)
    keywords = {str(each.arg): str(each.arg) for each in call.keywords}
    try:
        bound = _signature(function).bind(*positional, **keywords)
    except TypeError:
        return None
    found: dict[int | str, str] = {}
    for name, value in bound.arguments.items():
        values = value if isinstance(value, tuple) else [value]
        found |= dict.fromkeys(value if isinstance(value, dict) else values, name)
    return found


def _signature(function: Function) -> inspect.Signature:
    given, kind = function.args, inspect.Parameter
    found: list[inspect.Parameter] = []
    required = len(given.posonlyargs) + len(given.args) - len(given.defaults)
    for number, each in enumerate([*given.posonlyargs, *given.args]):
        where = kind.POSITIONAL_ONLY if each in given.posonlyargs else kind.POSITIONAL_OR_KEYWORD
        default = kind.empty if number < required else None
        found.append(kind(each.arg, where, default=default))
    if given.vararg:
        found.append(kind(given.vararg.arg, kind.VAR_POSITIONAL))
    for each, value in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        default = kind.empty if value is None else None
        found.append(kind(each.arg, kind.KEYWORD_ONLY, default=default))
    if given.kwarg:
        found.append(kind(given.kwarg.arg, kind.VAR_KEYWORD))
    return inspect.Signature(found)


def _assigned(node: ast.stmt) -> set[str]:
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return set()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {each.id for each in targets if isinstance(each, ast.Name)}


def _guarded(node: ast.stmt) -> list[ast.stmt]:
    if not isinstance(node, ast.If | ast.Try):
        return []
    final = node.finalbody if isinstance(node, ast.Try) else []
    return [*node.body, *node.orelse, *final]
