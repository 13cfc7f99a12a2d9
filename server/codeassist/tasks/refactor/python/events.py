"""What an expression or a simple statement does with names, in the order in which it is run.

Knows one function's names at a time: those of nested functions are seen only as what they read from
outside. Whether a name belongs to the function is `scopes`' matter.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, NamedTuple

from codeassist.tasks.refactor.python.parsed import (
    COMPREHENSIONS,
    FUNCTIONS,
    Comprehension,
    Function,
)

_DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
_OUTER = (ast.Global, ast.Nonlocal)
_NAMING = (ast.Import, ast.ImportFrom, ast.MatchAs, ast.MatchStar)


class Deed(Enum):
    """What happens to a name. MAYBE is a write that may be skipped."""

    READ = "read"
    WRITE = "write"
    MAYBE = "maybe"
    DELETE = "delete"


class Event(NamedTuple):
    """Something that happens to a name at a node."""

    deed: Deed
    name: str
    node: ast.AST


def events(node: ast.AST | None, hidden: frozenset[str] = frozenset()) -> Iterator[Event]:
    """The events of an expression, a simple statement, a pattern, or a definition as a value.

    `hidden` are names that comprehensions around it bind for themselves.
    """
    if node is None:
        return
    if isinstance(node, ast.Name):
        if node.id not in hidden:
            yield Event(_deed(node.ctx), node.id, node)
        return
    special = _SPECIAL.get(type(node))
    if special is not None:
        yield from special(node, hidden)
        return
    for child in ast.iter_child_nodes(node):
        yield from events(child, hidden)


def _deed(context: ast.expr_context) -> Deed:
    if isinstance(context, ast.Store):
        return Deed.WRITE
    return Deed.DELETE if isinstance(context, ast.Del) else Deed.READ


def _all(nodes: Iterable[ast.AST | None], hidden: frozenset[str]) -> Iterator[Event]:
    for node in nodes:
        yield from events(node, hidden)


def _skippable(found: Iterable[Event]) -> Iterator[Event]:
    for event in found:
        yield event._replace(deed=Deed.MAYBE) if event.deed is Deed.WRITE else event


def _assign(node: ast.Assign, hidden: frozenset[str]) -> Iterator[Event]:
    return _all((node.value, *node.targets), hidden)


def _augmented(node: ast.AugAssign, hidden: frozenset[str]) -> Iterator[Event]:
    if isinstance(node.target, ast.Name):
        yield Event(Deed.READ, node.target.id, node.target)
        yield from events(node.value, hidden)
        yield Event(Deed.WRITE, node.target.id, node.target)
    else:
        yield from _all((node.target, node.value), hidden)


def _annotated(node: ast.AnnAssign, hidden: frozenset[str]) -> Iterator[Event]:
    # A local variable's annotation is not evaluated.
    yield from events(node.value, hidden)
    if node.value is not None or not isinstance(node.target, ast.Name):
        yield from events(node.target, hidden)


def _named(node: ast.NamedExpr, hidden: frozenset[str]) -> Iterator[Event]:
    yield from events(node.value, hidden)
    yield Event(Deed.WRITE, node.target.id, node.target)


def _bool(node: ast.BoolOp, hidden: frozenset[str]) -> Iterator[Event]:
    yield from events(node.values[0], hidden)
    yield from _skippable(_all(node.values[1:], hidden))


def _choice(node: ast.IfExp, hidden: frozenset[str]) -> Iterator[Event]:
    yield from events(node.test, hidden)
    yield from _skippable(_all((node.body, node.orelse), hidden))


def _compare(node: ast.Compare, hidden: frozenset[str]) -> Iterator[Event]:
    yield from _all((node.left, node.comparators[0]), hidden)
    yield from _skippable(_all(node.comparators[1:], hidden))


def _mapping(node: ast.Dict, hidden: frozenset[str]) -> Iterator[Event]:
    for key, value in zip(node.keys, node.values, strict=True):
        yield from _all((key, value), hidden)


def _comprehension(node: Comprehension, hidden: frozenset[str]) -> Iterator[Event]:
    first = node.generators[0]
    yield from events(first.iter, hidden)
    inner = hidden | targets(node)
    parts: list[ast.AST] = []
    for generator in node.generators:
        parts += [*([generator.iter] if generator is not first else []), *generator.ifs]
    parts += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    yield from _skippable(_all(parts, inner))


def targets(node: Comprehension) -> frozenset[str]:
    """The names that a comprehension binds for itself."""
    return frozenset(
        each.id
        for generator in node.generators
        for each in ast.walk(generator.target)
        if isinstance(each, ast.Name)
    )


def _lambda(node: ast.Lambda, hidden: frozenset[str]) -> Iterator[Event]:
    yield from _all(_defaults(node.args), hidden)
    yield from (Event(Deed.READ, name, node) for name in sorted(free(node) - hidden))


def _function(node: Function, hidden: frozenset[str]) -> Iterator[Event]:
    yield from _all(node.decorator_list, hidden)
    yield from _all(_defaults(node.args), hidden)
    yield from _all(_annotations(node), hidden)
    yield from (Event(Deed.READ, name, node) for name in sorted(free(node) - hidden))
    yield Event(Deed.WRITE, node.name, node)


def _class(node: ast.ClassDef, hidden: frozenset[str]) -> Iterator[Event]:
    yield from _all((*node.decorator_list, *node.bases, *node.keywords), hidden)
    # A class body may read a name of the function that it binds itself later on.
    yield from (Event(Deed.READ, name, node) for name in sorted(_reads(node.body)))
    yield Event(Deed.WRITE, node.name, node)


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(each for each in arguments.kw_defaults if each is not None)]


def _annotations(node: Function) -> list[ast.expr]:
    found = [each.annotation for each in parameters(node.args) if each.annotation is not None]
    return [*found, *([node.returns] if node.returns else [])]


def parameters(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters, in the order in which they are written."""
    found = [*arguments.posonlyargs, *arguments.args]
    found += [arguments.vararg] if arguments.vararg else []
    found += arguments.kwonlyargs
    return found + ([arguments.kwarg] if arguments.kwarg else [])


def _import(node: ast.Import | ast.ImportFrom, _: frozenset[str]) -> Iterator[Event]:
    for alias in node.names:
        yield Event(Deed.WRITE, alias.asname or alias.name.partition(".")[0], node)


def _capture(node: ast.MatchAs | ast.MatchStar, hidden: frozenset[str]) -> Iterator[Event]:
    if isinstance(node, ast.MatchAs):
        yield from events(node.pattern, hidden)
    if node.name is not None:
        yield Event(Deed.WRITE, node.name, node)


def _rest(node: ast.MatchMapping, hidden: frozenset[str]) -> Iterator[Event]:
    yield from _all((*node.keys, *node.patterns), hidden)
    if node.rest is not None:
        yield Event(Deed.WRITE, node.rest, node)


def free(node: Function | ast.Lambda) -> frozenset[str]:
    """The names that a nested function reads, or binds, from outside of itself."""
    body = node.body if isinstance(node.body, list) else [node.body]
    own = {each.arg for each in parameters(node.args)} | bound(body)
    return frozenset(_reads(body) - own)


def bound(body: Iterable[ast.AST]) -> set[str]:
    """The names that statements bind in their own scope, the declared outer ones left out."""
    names: set[str] = set()
    outer: set[str] = set()
    for node in own_nodes(body):
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                names.add(node.id)
        elif isinstance(node, _OUTER):
            outer.update(node.names)
        elif isinstance(node, ast.ExceptHandler):
            names |= {node.name} if node.name else set()
        elif isinstance(node, _DEFINITIONS):
            names.add(node.name)
        elif isinstance(node, _NAMING):
            names |= {each.name for each in events(node) if each.deed is Deed.WRITE}
        elif isinstance(node, ast.MatchMapping):
            names |= {node.rest} if node.rest else set()
    return names - outer


def own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of statements without the inside of nested scopes, whose own node is given.

    Of comprehensions only what binds in the scope around them is given: `:=`.
    """
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _DEFINITIONS):
            stack.extend(node.decorator_list)
        elif isinstance(node, COMPREHENSIONS):
            stack += [each.target for each in ast.walk(node) if isinstance(each, ast.NamedExpr)]
        elif not isinstance(node, ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def _reads(body: Iterable[ast.AST]) -> set[str]:
    """The names that code reads from its scope or from further out, nested scopes included."""
    found: set[str] = set()
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Nonlocal):
                found.update(node.names)
            if isinstance(node, (*FUNCTIONS, ast.Lambda)):
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.add(node.id)
    return found


_SPECIAL: dict[type[ast.AST], Callable[[Any, frozenset[str]], Iterator[Event]]] = {
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.NamedExpr: _named,
    ast.BoolOp: _bool,
    ast.IfExp: _choice,
    ast.Compare: _compare,
    ast.Dict: _mapping,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Lambda: _lambda,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _rest,
}
