"""Which names surely have a value before each statement of a function.

Goes forwards over the statements. None stands for "never gets here".
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from codeassist.tasks.refactor.python.events import Deed, Event, events
from codeassist.tasks.refactor.python.liveness import Names, may_swallow, takes_all

State = Names | None


@dataclass
class Binding:
    """The names that surely have a value before each statement. Filled by `after`."""

    before: dict[ast.stmt, State] = field(default_factory=dict)
    _breaks: list[list[State]] = field(default_factory=list)

    def after(self, body: Sequence[ast.stmt], state: State) -> State:
        """The names that have one after statements; None where control never falls out."""
        for statement in body:
            self.before[statement] = state
            if state is not None:
                state = self._statement(statement, state)
        return state

    def _statement(self, node: ast.stmt, state: Names) -> State:
        match node:
            case ast.Return() | ast.Raise() | ast.Continue():
                return None
            case ast.Break():
                if self._breaks:
                    self._breaks[-1].append(state)
                return None
            case ast.If():
                tested = forwards(events(node.test), state)
                return _meet(self.after(node.body, tested), self.after(node.orelse, tested))
            case ast.While():
                return self._while(node, state)
            case ast.For() | ast.AsyncFor():
                looked = forwards(events(node.iter), state)
                return self._loop(node, forwards(events(node.target), looked), looked)
            case ast.Try() | ast.TryStar():
                return self._try(node, state)
            case ast.With() | ast.AsyncWith():
                return self._with(node, state)
            case ast.Match():
                return self._match(node, state)
        return forwards(events(node), state)

    def _while(self, node: ast.While, state: Names) -> State:
        tested = forwards(events(node.test), state)
        endless = isinstance(node.test, ast.Constant) and bool(node.test.value)
        return self._loop(node, tested, None if endless else tested)

    def _loop(self, node: ast.While | ast.For | ast.AsyncFor, inside: Names, done: State) -> State:
        self._breaks.append([])
        self.after(node.body, inside)
        breaks = self._breaks.pop()
        left = self.after(node.orelse, done)
        for each in breaks:
            left = _meet(left, each)
        return left

    def _try(self, node: ast.Try | ast.TryStar, state: Names) -> State:
        ends = [self.after(node.orelse, self.after(node.body, state))]
        unbound = {
            event.name
            for statement in node.body
            for each in ast.walk(statement)
            if isinstance(each, ast.Delete)
            for event in events(each)
            if event.deed is Deed.DELETE
        }
        for handler in node.handlers:
            name = {handler.name} if handler.name else set()
            end = self.after(handler.body, frozenset(state - unbound | name))
            ends.append(end - name if end is not None else None)
        left = ends[0]
        for end in ends[1:]:
            left = _meet(left, end)
        if not node.finalbody:
            return left
        last = self.after(node.finalbody, frozenset(state - unbound))
        return None if last is None or left is None else left | last

    def _with(self, node: ast.With | ast.AsyncWith, state: Names) -> State:
        for item in node.items:
            state = forwards(events(item), state)
        end = self.after(node.body, state)
        swallows = any(may_swallow(item) for item in node.items)
        return _meet(end, state) if swallows else end

    def _match(self, node: ast.Match, state: Names) -> State:
        subject = forwards(events(node.subject), state)
        end: State = None
        for case in node.cases:
            matched = forwards((*events(case.pattern), *events(case.guard)), subject)
            end = _meet(end, self.after(case.body, matched))
        return end if any(takes_all(case) for case in node.cases) else _meet(end, subject)


def _meet(one: State, other: State) -> State:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def forwards(found: Iterable[Event], state: Names) -> Names:
    """The names that surely have a value after some events."""
    names = set(state)
    for event in found:
        if event.deed is Deed.WRITE:
            names.add(event.name)
        elif event.deed is Deed.DELETE:
            names.discard(event.name)
    return frozenset(names)
