"""One function's names: its own, those that nested code captures, and the flow of their values."""

import ast
from dataclasses import dataclass
from functools import cached_property, lru_cache

from codeassist.tasks.refactor.python.binding import Binding
from codeassist.tasks.refactor.python.events import bound, free, own_nodes, parameters, targets
from codeassist.tasks.refactor.python.liveness import NONE, Liveness, Names
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Function

# Called with a generator expression, they take all of it before they return.
_EAGER_TEXT = """
all any bytes dict frozenset list max min set sorted sum tuple join extend update
"""
_EAGER = frozenset(_EAGER_TEXT.split())
SCOPES_KEPT = 16  # all actions ask about the function around the cursor, and some about a callee


@dataclass(frozen=True)
class Scope:
    """The names of a function."""

    function: Function

    @cached_property
    def parameters(self) -> Names:
        """The names of its parameters."""
        return frozenset(each.arg for each in parameters(self.function.args))

    @cached_property
    def bound(self) -> Names:
        """The names that its body binds."""
        return frozenset(bound(self.function.body))

    @cached_property
    def own(self) -> Names:
        """Its local names, parameters included."""
        outer = {
            name
            for node in own_nodes(self.function.body)
            if isinstance(node, ast.Global | ast.Nonlocal)
            for name in node.names
        }
        return (self.parameters | self.bound) - outer

    @cached_property
    def declared(self) -> Names:
        """The names that it declares global or nonlocal."""
        return frozenset(
            name
            for node in own_nodes(self.function.body)
            if isinstance(node, ast.Global | ast.Nonlocal)
            for name in node.names
        )

    @cached_property
    def captured(self) -> Names:
        """Its names that nested code may read or bind later than where it stands."""
        found = [captures(node) for node in _closures(self.function.body)]
        return self.own & frozenset().union(*found)

    @cached_property
    def steady(self) -> Names:
        """Its local names that no call can set."""
        set_inside = {
            name
            for each in ast.walk(self.function)
            if isinstance(each, FUNCTIONS) and each is not self.function
            for inner in own_nodes(each.body)
            if isinstance(inner, ast.Nonlocal)
            for name in inner.names
        }
        return self.own - set_inside

    @cached_property
    def liveness(self) -> Liveness:
        """What is alive after each statement. What nested code reads is not counted."""
        made = Liveness()
        made.before(self.function.body, NONE)
        return made

    @cached_property
    def binding(self) -> Binding:
        """What surely has a value before each statement."""
        made = Binding()
        made.after(self.function.body, self.parameters)
        return made

    @cached_property
    def is_generator(self) -> bool:
        """Whether it yields."""
        return any(
            isinstance(node, ast.Yield | ast.YieldFrom) for node in own_nodes(self.function.body)
        )


@lru_cache(maxsize=SCOPES_KEPT)
def scope_of(function: Function) -> Scope:
    """The names of a function, kept for the next who asks."""
    return Scope(function)


def _closures(body: list[ast.stmt]) -> list[ast.AST]:
    nodes = [node for statement in body for node in ast.walk(statement)]
    eager = {
        node.args[0]
        for node in nodes
        if isinstance(node, ast.Call) and node.args and _last_name(node.func) in _EAGER
    }
    return [
        node
        for node in nodes
        if isinstance(node, (*FUNCTIONS, ast.Lambda))
        or (isinstance(node, ast.GeneratorExp) and node not in eager)
    ]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def captures(node: ast.AST) -> Names:
    """The names from outside that a nested function or a generator expression uses."""
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        return free(node)
    assert isinstance(node, ast.GeneratorExp)
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return frozenset(names - targets(node))


def closures_in(body: list[ast.stmt]) -> Names:
    """The names that nested code within statements captures."""
    return frozenset().union(*(captures(node) for node in _closures(body)))
