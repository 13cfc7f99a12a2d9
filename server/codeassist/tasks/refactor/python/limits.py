"""What keeps code from being moved into another function or to another place, in words."""

import ast
from collections.abc import Iterable, Iterator

from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.parsed import FUNCTIONS

_DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
_FRAME_NAMES = frozenset({"locals", "vars", "dir", "eval", "exec"})
_FRAME_MEMBERS = frozenset({"_getframe", "currentframe"})


def inside(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes that run together with some code: nested functions and classes are left out."""
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, _DEFINITIONS):
            stack.extend(node.decorator_list)
        elif not isinstance(node, ast.Lambda):
            stack.extend(ast.iter_child_nodes(node))


def check_movable(body: Iterable[ast.AST]) -> None:
    """Raise Refused for code that depends on the function that it is in."""
    for node in inside(body):
        if isinstance(node, ast.Yield | ast.YieldFrom):
            raise Refused("the selection yields, so it has to stay in its generator")
        if isinstance(node, ast.Global | ast.Nonlocal):
            raise Refused("the selection declares global or nonlocal names")
        if isinstance(node, ast.Call) and _looks_at_frame(node):
            raise Refused(f"`{ast.unparse(node.func)}` depends on the function that calls it")


def _looks_at_frame(node: ast.Call) -> bool:
    if any(each.arg == "stacklevel" for each in node.keywords):
        return True
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in _FRAME_MEMBERS
    return isinstance(node.func, ast.Name) and node.func.id in _FRAME_NAMES


def awaits(body: Iterable[ast.AST]) -> bool:
    """Whether code can only run in an `async def`."""
    return any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith)
        or (isinstance(node, ast.comprehension) and node.is_async)
        for node in inside(body)
    )


def needs_class(body: Iterable[ast.AST]) -> bool:
    """Whether code has to stay in its class: `super()`, `__class__`, private names."""
    for statement in body:
        for node in ast.walk(statement):
            name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
            if name in ("super", "__class__") and isinstance(node, ast.Name):
                return True
            if isinstance(name, str) and name.startswith("__") and not name.endswith("__"):
                return True
    return False


def check_jumps(body: Iterable[ast.stmt]) -> None:
    """Raise Refused for `break` and `continue` of a loop outside of the code."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break | ast.Continue):
            word = "break" if isinstance(node, ast.Break) else "continue"
            raise Refused(f"`{word}` belongs to a loop outside of the selection")
        if isinstance(node, ast.For | ast.AsyncFor | ast.While):
            stack.extend(node.orelse)  # these belong to the loop around
        elif not isinstance(node, (*_DEFINITIONS, ast.Lambda)):
            stack.extend(ast.iter_child_nodes(node))
