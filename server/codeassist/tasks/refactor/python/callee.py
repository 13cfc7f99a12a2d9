"""A function whose calls may be inlined, and how a call's arguments go to its parameters."""

import ast
from dataclasses import dataclass
from functools import cached_property

from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.events import bound, own_nodes, parameters, targets
from codeassist.tasks.refactor.python.limits import awaits, check_movable, needs_class
from codeassist.tasks.refactor.python.liveness import Names
from codeassist.tasks.refactor.python.names import used_names
from codeassist.tasks.refactor.python.order import is_constant
from codeassist.tasks.refactor.python.parsed import COMPREHENSIONS, FUNCTIONS, Function, Parsed


@dataclass(frozen=True)
class Callee:
    """A function of the file, plain enough to be inlined. `owner` is its class, if it has one."""

    parsed: Parsed
    function: Function
    owner: ast.ClassDef | None

    @cached_property
    def body(self) -> list[ast.stmt]:
        """Its statements without the docstring."""
        has_doc = ast.get_docstring(self.function, clean=False) is not None
        return self.function.body[1:] if has_doc else self.function.body

    @cached_property
    def names(self) -> list[str]:
        """Its parameters."""
        return [each.arg for each in parameters(self.function.args)]

    @cached_property
    def own(self) -> Names:
        """The names that it binds, parameters, comprehensions and lambdas included."""
        found = set(self.names) | bound(self.function.body)
        for node in ast.walk(self.function):
            if isinstance(node, COMPREHENSIONS):
                found |= targets(node)
        return frozenset(found)

    @cached_property
    def outer(self) -> Names:
        """The names that it uses from outside."""
        used = {name for statement in self.body for name, _ in used_names(statement)}
        return frozenset(used - self.own)

    def arguments(self, call: ast.Call) -> list[tuple[str, ast.expr]]:
        """Each parameter with its argument, in the order of evaluation. Raises Refused."""
        if any(isinstance(each, ast.Starred) for each in call.args) or any(
            each.arg is None for each in call.keywords
        ):
            raise Refused("the call spreads its arguments")
        arguments = self.function.args
        places = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
        given: list[tuple[str, ast.expr]] = []
        if self.owner is not None:
            assert isinstance(call.func, ast.Attribute)
            given.append((places.pop(0), call.func.value))
        if len(call.args) > len(places):
            raise Refused("the call has more arguments than the function has parameters")
        given += list(zip(places, call.args, strict=False))
        given += [(str(each.arg), each.value) for each in call.keywords]
        names = [name for name, _ in given]
        if len(set(names)) != len(names) or not set(names) <= set(self.names):
            raise Refused("the call's arguments do not fit the function's parameters")
        return given + self._defaults(set(names))

    def _defaults(self, given: set[str]) -> list[tuple[str, ast.expr]]:
        arguments = self.function.args
        places = [*arguments.posonlyargs, *arguments.args]
        last = places[len(places) - len(arguments.defaults) :]
        pairs = [*zip(last, arguments.defaults, strict=True)]
        pairs += [
            (name, value)
            for name, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            if value is not None
        ]
        values = {name.arg: value for name, value in pairs}
        found: list[tuple[str, ast.expr]] = []
        for name in self.names:
            if name in given:
                continue
            if name not in values:
                raise Refused(f"the call gives no `{name}`")
            if not is_constant(values[name]):
                raise Refused(f"the default of `{name}` is made only once, and is no constant")
            found.append((name, values[name]))
        return found


def callee_of(parsed: Parsed, node: ast.AST) -> Callee | None:
    """What `function_at` gives. Raises Refused where that cannot be inlined."""
    function = function_at(parsed, node)
    return _callee(parsed, function) if function is not None else None


def function_at(parsed: Parsed, node: ast.AST) -> Function | None:
    """The function of this file that a name, a method's name or a definition stands for.

    Raises Refused for methods that other classes may have instead.
    """
    if isinstance(node, FUNCTIONS):
        return node
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return _method(parsed, node, node.value.id)
    if not isinstance(node, ast.Name):
        return None
    found = parsed.words.definitions(node.id)
    if len(found) != 1 or not isinstance(found[0], FUNCTIONS):
        return None
    return found[0] if isinstance(parsed.parents[found[0]], ast.Module) else None


def _method(parsed: Parsed, node: ast.Attribute, receiver: str) -> Function | None:
    function = parsed.function_of(node)
    owner = parsed.parents.get(function) if function else None
    if function is None or not isinstance(owner, ast.ClassDef):
        return None
    first = [*function.args.posonlyargs, *function.args.args][:1]
    if not first or first[0].arg != receiver or function.decorator_list:
        return None
    found = [each for each in owner.body if getattr(each, "name", None) == node.attr]
    if len(found) != 1 or not isinstance(found[0], FUNCTIONS):
        return None
    if not node.attr.startswith("_"):
        raise Refused(
            f"`{node.attr}` is public: a class elsewhere may have a `{node.attr}` instead"
        )
    return found[0]


def _callee(parsed: Parsed, function: Function) -> Callee:
    """A function that can be inlined. Raises Refused for any other."""
    name = function.name
    parent = parsed.parents[function]
    if not isinstance(parent, ast.Module | ast.ClassDef):
        raise Refused(f"`{name}` is defined within another function or a branch")
    if function.decorator_list:
        raise Refused(f"`{name}` has a decorator")
    if isinstance(function, ast.AsyncFunctionDef) or awaits(function.body):
        raise Refused(f"`{name}` is async")
    if function.args.vararg or function.args.kwarg:
        raise Refused(f"`{name}` takes any number of arguments")
    owner = parent if isinstance(parent, ast.ClassDef) else None
    callee = Callee(parsed, function, owner)
    if not callee.body:
        raise Refused(f"`{name}` does nothing")
    check_movable(callee.body)
    if owner is None and needs_class(callee.body):
        raise Refused(f"`{name}` uses private names")
    for node in own_nodes(callee.body):
        if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda, ast.GeneratorExp)):
            raise Refused(f"`{name}` has functions of its own inside")
    if any(used == name for each in callee.body for used, _ in used_names(each)):
        raise Refused(f"`{name}` calls itself")
    _check_single(parsed, function)
    return callee


def _check_single(parsed: Parsed, function: Function) -> None:
    """Raise Refused where a module-level name may be something else, too."""
    for node in parsed.words.named(function.name):
        rebinds = isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        if rebinds and getattr(node, "id", "") == function.name:
            raise Refused(f"`{function.name}` is also set elsewhere in this file")
        if isinstance(node, ast.alias) and function.name in (node.asname, node.name):
            raise Refused(f"`{function.name}` is also imported in this file")
        if isinstance(node, ast.arg) and node.arg == function.name:
            raise Refused(f"`{function.name}` is also the name of a parameter in this file")
