"""What statements that are to be moved need and give: checked by data flow.

Every function here raises Refused, with the reason in words, for what cannot be moved.
"""

import ast
from collections.abc import Sequence

from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.binding import Binding
from codeassist.tasks.refactor.python.events import Deed, bound, events
from codeassist.tasks.refactor.python.limits import inside
from codeassist.tasks.refactor.python.liveness import Liveness, Names
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed
from codeassist.tasks.refactor.python.region import Statements
from codeassist.tasks.refactor.python.scope import Scope, closures_in

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_DEFINING = (*FUNCTIONS, ast.ClassDef, ast.Import, ast.ImportFrom)


def whole_lines(parsed: Parsed, region: Statements) -> tuple[int, int]:
    """The range of the lines of statements, with the comment after the last one."""
    start = region.start
    if parsed.text(parsed.line_start(start), start).strip():
        raise Refused("the selection has to begin on a line of its own")
    last = parsed.end(region.body[-1])
    end = max(region.end, parsed.line_end(last))
    rest = parsed.text(last, parsed.line_end(last)).lstrip()
    if rest and not rest.startswith("#"):
        raise Refused("there is another statement on the selection's last line")
    return start, end


def in_order(names: Names, body: Sequence[ast.AST]) -> list[str]:
    """Names in the order in which code has them first."""
    places: dict[str, tuple[int, int]] = {}
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and node.id in names:
                place = (node.lineno, node.col_offset)
                places[node.id] = min(place, places.get(node.id, place))
    return sorted(names, key=lambda name: (places.get(name, (1 << 30, 0)), name))


def _written(scope: Scope, body: list[ast.stmt]) -> Names:
    names = frozenset(bound(body))
    outer = names & scope.declared
    if outer:
        raise Refused(f"the selection sets `{min(outer)}`, which is not local to the function")
    for node in inside(body):
        if isinstance(node, ast.Delete):
            for event in events(node):
                if event.deed is Deed.DELETE:
                    raise Refused(f"the selection deletes `{event.name}`")
    return names & scope.own


def results(scope: Scope, body: list[ast.stmt]) -> list[str]:
    """The names that the selection sets and that are read afterwards, in the order of writing."""
    written = _written(scope, body)
    shared = written & scope.captured
    if shared:
        raise Refused(f"`{min(shared)}` is shared with a nested function")
    handled = scope.liveness.handled.get(body[-1], frozenset()) & _written_early(body)
    if handled:
        raise Refused(f"`{min(handled)}` is still read if the selection fails midway")
    alive = scope.liveness.after.get(body[-1], frozenset()) & written
    for statement in body:
        if isinstance(statement, _DEFINING) and alive & bound([statement]):
            name = min(alive & bound([statement]))
            raise Refused(f"the selection defines or imports `{name}`, which is used after it")
    return in_order(alive, body)


def _written_early(body: list[ast.stmt]) -> Names:
    """The names that are set before the last thing that can fail."""
    last = body[-1]
    plain = (
        isinstance(last, ast.Assign)
        and len(last.targets) == 1
        and not any(isinstance(e, ast.Attribute | ast.Subscript) for e in ast.walk(last.targets[0]))
        and not any(isinstance(each, ast.NamedExpr) for each in ast.walk(last.value))
    )
    return frozenset(bound(body[:-1] if plain else body))


def returns(scope: Scope, body: list[ast.stmt]) -> bool:
    """Whether the call has to return what the new function does."""
    if not any(isinstance(node, ast.Return) for node in inside(body)):
        return False
    if scope.is_generator:
        raise Refused("the selection returns from a generator")
    goes_on = Binding().after(body, frozenset()) is not None
    if goes_on and body[-1] is not scope.function.body[-1]:
        raise Refused("the selection returns on some ways through it and goes on on others")
    return True


def inputs(scope: Scope, body: list[ast.stmt], given: Names) -> Names:
    """The local names that the selection needs, all of which must have a value before it."""
    before = scope.binding.before.get(body[0])
    if before is None:
        raise Refused("the selection is never run")
    needed = Liveness().before(body, given) & scope.own
    unsure = needed - before
    if unsure:
        raise Refused(f"`{min(unsure)}` may have no value yet where the selection begins")
    return needed


def check_closures(parsed: Parsed, scope: Scope, body: list[ast.stmt], needed: Names) -> None:
    """Raise Refused where nested code would no longer see what a name is set to later."""
    kept = closures_in(body) & needed
    if not kept:
        return
    loops = any(
        isinstance(each, _LOOPS) for each in parsed.around(body[0]) if each is not scope.function
    )
    for name in sorted(kept):
        for node in ast.walk(scope.function):
            if not isinstance(node, ast.Name) or node.id != name:
                continue
            later = loops or parsed.start(node) >= parsed.start(body[0])
            if later and not isinstance(node.ctx, ast.Load):
                raise Refused(f"a nested function uses `{name}`, which is set again later")
