"""Which names of a function may still be read after each statement.

Goes backwards over the statements, loops until nothing changes. An exception may happen in every
statement, so what its handlers read stays alive throughout a `try`.
"""

import ast
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from codeassist.tasks.refactor.python.events import Deed, Event, events

Names = frozenset[str]
NONE: Names = frozenset()
# Whether a context manager swallows exceptions cannot be seen where it is used. As type checkers
# do, those are believed to that do not look like it.
_SWALLOWS = re.compile(
    r"suppress|swallow|ignore|catch|raises|exitstack|expect|capture_exc|handle_?err", re.IGNORECASE
)


def may_swallow(item: ast.withitem) -> bool:
    """Whether a context manager looks as if it ended exceptions."""
    return _SWALLOWS.search(ast.unparse(item.context_expr)) is not None


def takes_all(case: ast.match_case) -> bool:
    """Whether a case matches everything."""
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None


@dataclass(frozen=True, slots=True)
class After:
    """What is read where control may go instead of to the next statement."""

    breaks: Names = NONE
    continues: Names = NONE
    raises: Names = NONE
    returns: Names = NONE


@dataclass
class Liveness:
    """The names alive after each statement, and those alive in what handles its exceptions.

    Filled by `before`, by the statement itself.
    """

    after: dict[ast.stmt, Names] = field(default_factory=dict)
    handled: dict[ast.stmt, Names] = field(default_factory=dict)

    def before(self, body: Sequence[ast.stmt], after: Names, ways: After = After()) -> Names:
        """The names alive before statements, where `after` are those after them."""
        for statement in reversed(body):
            self.after[statement] = self.after.get(statement, NONE) | after
            self.handled[statement] = self.handled.get(statement, NONE) | ways.raises
            after = self._statement(statement, after, ways) | ways.raises
        return after

    def _statement(self, node: ast.stmt, after: Names, ways: After) -> Names:
        match node:
            case ast.Return():
                return backwards(events(node.value), ways.returns)
            case ast.Raise():
                return backwards(events(node), ways.raises)
            case ast.Break():
                return ways.breaks
            case ast.Continue():
                return ways.continues
            case ast.If():
                branches = self.before(node.body, after, ways) | self.before(
                    node.orelse, after, ways
                )
                return backwards(events(node.test), branches)
            case ast.While():
                return self._while(node, after, ways)
            case ast.For() | ast.AsyncFor():
                return self._for(node, after, ways)
            case ast.Try() | ast.TryStar():
                return self._try(node, after, ways)
            case ast.With() | ast.AsyncWith():
                return self._with(node, after, ways)
            case ast.Match():
                return self._match(node, after, ways)
        return backwards(events(node), after)

    def _while(self, node: ast.While, after: Names, ways: After) -> Names:
        head, orelse = NONE, self.before(node.orelse, after, ways)
        while True:
            inner = replace(ways, breaks=after, continues=head)
            body = self.before(node.body, head, inner)
            new = head | backwards(events(node.test), body | orelse)
            if new == head:
                return head
            head = new

    def _for(self, node: ast.For | ast.AsyncFor, after: Names, ways: After) -> Names:
        head, orelse = NONE, self.before(node.orelse, after, ways)
        while True:
            inner = replace(ways, breaks=after, continues=head)
            body = self.before(node.body, head, inner)
            new = head | backwards(events(node.target), body) | orelse
            if new == head:
                return backwards(events(node.iter), head)
            head = new

    def _try(self, node: ast.Try | ast.TryStar, after: Names, ways: After) -> Names:
        outer = ways
        if node.finalbody:
            # One finally serves all ways out, so what any of them reads is alive in it.
            every = after | ways.raises | ways.returns | ways.breaks | ways.continues
            after = self.before(node.finalbody, every, ways)
            outer = After(after, after, after, after)
        caught = NONE
        for handler in node.handlers:
            body = self.before(handler.body, after, outer)
            caught |= backwards(events(handler.type), body - {handler.name or ""})
        orelse = self.before(node.orelse, after, outer)
        return self.before(node.body, orelse, replace(outer, raises=caught | outer.raises))

    def _with(self, node: ast.With | ast.AsyncWith, after: Names, ways: After) -> Names:
        inner = ways
        if any(may_swallow(item) for item in node.items):
            inner = replace(ways, raises=ways.raises | after)
        body = self.before(node.body, after, inner)
        for item in reversed(node.items):
            body = backwards(events(item), body)
        return body

    def _match(self, node: ast.Match, after: Names, ways: After) -> Names:
        alive = NONE if any(takes_all(case) for case in node.cases) else after
        for case in reversed(node.cases):
            body = self.before(case.body, after, ways)
            # A guard may fail after its pattern has set names, so it takes nothing away.
            skipped = alive if case.guard else NONE
            alive |= backwards((*events(case.pattern), *events(case.guard)), body) | skipped
        return backwards(events(node.subject), alive)


def backwards(found: Iterable[Event], after: Names) -> Names:
    """The names alive before some events."""
    alive = set(after)
    for event in reversed(tuple(found)):
        if event.deed is Deed.WRITE:
            alive.discard(event.name)
        elif event.deed is not Deed.MAYBE:
            alive.add(event.name)
    return frozenset(alive)
