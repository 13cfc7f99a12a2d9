"""Extracts statements or an expression into a new function, proved by data flow to do the same.

Parameters are the local names that the selection reads before it sets them; results are those that
it sets and that are read afterwards. What cannot be proved is refused with the reason.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python import flow
from codeassist.tasks.refactor.python.events import Deed, events, parameters, targets
from codeassist.tasks.refactor.python.limits import awaits, check_jumps, check_movable
from codeassist.tasks.refactor.python.liveness import Names
from codeassist.tasks.refactor.python.parsed import COMPREHENSIONS, Parsed
from codeassist.tasks.refactor.python.place import Place, moved_lines, place_before, place_by
from codeassist.tasks.refactor.python.region import HALF, Expression, Statements
from codeassist.tasks.refactor.python.scope import Scope, scope_of


@dataclass(frozen=True)
class Signature:
    """The new function from outside. `owner` is its object's name, "" for a plain function."""

    owner: str
    names: list[str]
    is_async: bool

    @property
    def head(self) -> str:
        """The line that defines it, with "{}" for its name."""
        every = [*([self.owner] if self.owner else []), *self.names]
        return f"{'async ' if self.is_async else ''}def {{}}({', '.join(every)}):"

    @property
    def call(self) -> str:
        """Its call, with "{}" for its name."""
        receiver = f"{self.owner}." if self.owner else ""
        wait = "await " if self.is_async else ""
        return f"{wait}{receiver}{{}}({', '.join(self.names)})"


@dataclass(frozen=True)
class Extraction:
    """What is to be moved where. `call` replaces the range, with "{}" for the new name."""

    place: Place
    start: int
    end: int
    signature: Signature
    body: list[str]
    call: str
    moved: Sequence[ast.AST]

    @property
    def is_method(self) -> bool:
        """Whether the new function is a method."""
        return bool(self.place.owner)

    def edits(self, name: str) -> list[TextEdit]:
        """The edits that extract it under a name."""
        definition = self.place.definition(self.signature.head.format(name), self.body)
        return [
            TextEdit(self.place.before, self.place.before, definition),
            TextEdit(self.start, self.end, self.call.replace("{}", name)),
        ]


def extraction(parsed: Parsed, region: Statements | Expression | None) -> Extraction:
    """How a selection can be extracted. Raises Refused with the reason where it cannot."""
    if isinstance(region, Statements):
        return _of_statements(parsed, region)
    if isinstance(region, Expression):
        return _of_expression(parsed, region)
    raise Refused(HALF)


def _of_statements(parsed: Parsed, region: Statements) -> Extraction:
    body = region.body
    function = parsed.function_of(body[0])
    if function is None:
        raise Refused("only what is in a function can be extracted: these names are not local")
    start, end = flow.whole_lines(parsed, region)
    if body[0] is function.body[0] and ast.get_docstring(function) is not None:
        raise Refused("the selection begins with the function's docstring")
    check_movable(body)
    check_jumps(body)
    scope = scope_of(function)
    returns = flow.returns(scope, body)
    results = [] if returns else flow.results(scope, body)
    inputs = flow.inputs(scope, body, frozenset(results))
    flow.check_closures(parsed, scope, body, inputs)
    place = place_by(parsed, function, body)
    signature = Signature(place.owner, _arguments(scope, place, inputs, body), awaits(body))
    lines = moved_lines(parsed, body, start, end, parsed.indent(body[0]), place.body_indent)
    if results:
        lines.append(f"{place.body_indent}return {', '.join(results)}")
    left = "return " if returns else f"{', '.join(results)} = " if results else ""
    return Extraction(place, start, end, signature, lines, left + signature.call, body)


def _of_expression(parsed: Parsed, region: Expression) -> Extraction:
    node = region.node
    if isinstance(node, ast.Name | ast.Constant):
        raise Refused("a name or a constant is no code to extract")
    check_movable([node])
    if any(isinstance(each, ast.NamedExpr) for each in ast.walk(node)):
        raise Refused("the selection sets a name")
    statement = parsed.statement_of(node)
    function = parsed.function_of(node)
    if function is None:
        if any(isinstance(each, ast.ClassDef) for each in parsed.around(statement)):
            raise Refused("the selection is in a class body")
        place, names = place_before(parsed, statement), _inner_names(parsed, node)
        if awaits([node]):
            raise Refused("the selection awaits outside of a function")
    else:
        scope = scope_of(function)
        place = place_by(parsed, function, [node])
        names = _known(parsed, scope, node, statement)
        if place.owner in scope.bound:
            raise Refused(f"`{place.owner}` is set again in the method")
    read = {event.name for event in events(node) if event.deed is Deed.READ}
    needed = flow.in_order(frozenset(read) & names - {place.owner}, [node])
    signature = Signature(place.owner, needed, awaits([node]))
    data = parsed.document.data
    bare = data[region.start - 1 : region.start] + data[region.end : region.end + 1] != b"()"
    call = f"({signature.call})" if signature.is_async and bare else signature.call
    body = _returned(parsed, region, place)
    return Extraction(place, region.start, region.end, signature, body, call, [node])


def _arguments(scope: Scope, place: Place, inputs: Names, body: list[ast.stmt]) -> list[str]:
    """The parameters of the new function, in the order in which they are first read."""
    if place.owner and place.owner in scope.bound:
        raise Refused(f"`{place.owner}` is set again in the method")
    return flow.in_order(inputs - {place.owner}, body)


def _inner_names(parsed: Parsed, node: ast.AST) -> Names:
    """The names that comprehensions and lambdas around an expression bind."""
    found: set[str] = set()
    for outer in parsed.around(node):
        if isinstance(outer, ast.stmt):
            break
        if isinstance(outer, COMPREHENSIONS):
            found |= targets(outer)
        elif isinstance(outer, ast.Lambda):
            found |= {each.arg for each in parameters(outer.args)}
    return frozenset(found)


def _known(parsed: Parsed, scope: Scope, node: ast.expr, statement: ast.stmt) -> Names:
    """The local names at an expression; all that it reads must have a value there."""
    inner = _inner_names(parsed, node)
    before = scope.binding.before.get(statement)
    if before is None:
        raise Refused("the selection is never run")
    read = {event.name for event in events(node) if event.deed is Deed.READ}
    unsure = (read & scope.own) - before - inner
    if unsure:
        raise Refused(f"`{min(unsure)}` may have no value yet where the selection is")
    return scope.own | inner


def _returned(parsed: Parsed, region: Expression, place: Place) -> list[str]:
    """The new function's body: the expression is returned."""
    old = parsed.indent(parsed.statement_of(region.node))
    first, *rest = moved_lines(
        parsed, [region.node], region.start, region.end, old, place.body_indent
    )
    expression = first.strip()
    if not rest:
        return [f"{place.body_indent}return {expression}"]
    return [f"{place.body_indent}return ({expression}", *rest[:-1], f"{rest[-1]})"]
