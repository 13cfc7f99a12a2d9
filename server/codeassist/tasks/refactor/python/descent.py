"""Finds nodes of a Python syntax tree by their place, going down from the root.

An editor asks about one place of a file, mostly of a large one: what is not around that place is
not looked at. Places are lines from 1 and columns in UTF-8 bytes, as `ast` has them.
"""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

Place = tuple[int, int]

_FEW = 8  # so many statements are looked at one by one faster than by halves


def start_of(node: Any) -> Place:  # noqa: ANN401 (`ast` has no type for nodes with a place)
    """Where a statement or an expression begins, its first decorator included."""
    first = (getattr(node, "decorator_list", None) or (node,))[0]
    return first.lineno, first.col_offset


def end_of(node: Any) -> Place:  # noqa: ANN401
    """Where a statement or an expression ends."""
    return node.end_lineno, node.end_col_offset


class Descent:
    """A tree that is gone down. Remembers the node around each one that it has come by."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._parents: dict[ast.AST, ast.AST] = {}

    def holding(self, starts: Sequence[Place], ends: Sequence[Place]) -> Iterator[ast.AST]:
        """The nodes that hold at least one of some ranges, edges included, outer ones first.

        The ranges are sorted and do not overlap. Nodes without a place of their own are among
        them, and everything in an f-string that holds a range: before Python 3.12 the parts of one
        have places that are not in it.
        """
        waiting = [(self._tree, 0, len(starts), False)]
        while waiting:
            node, low, high, everything = waiting.pop()
            inner: list[tuple[ast.AST, int, int, bool]] = []
            for child in _nearby(node, starts[low], ends[high - 1]):
                first, last = low, high
                if not everything and hasattr(child, "lineno"):
                    first = bisect_left(starts, start_of(child), low, high)
                    last = bisect_right(ends, end_of(child), first, high)
                    if first == last:
                        continue
                self._parents[child] = node
                yield child
                inner.append((child, first, last, everything or isinstance(child, ast.JoinedStr)))
            waiting.extend(reversed(inner))  # type: ignore[arg-type]

    def get(self, node: ast.AST) -> ast.AST | None:
        """The node around a node; None for the root and for nodes of other trees."""
        if node not in self._parents and node is not self._tree:
            self._find(node)
        return self._parents.get(node)

    def __getitem__(self, node: ast.AST) -> ast.AST:
        """The node around a node. Raises KeyError for the root and for nodes of other trees."""
        found = self.get(node)
        if found is None:
            raise KeyError(node)
        return found

    def _find(self, node: ast.AST) -> None:
        if hasattr(node, "lineno"):
            for each in self.holding([start_of(node)], [end_of(node)]):
                if each is node:
                    return
        for outer in ast.walk(self._tree):  # it has no place of its own
            for child in ast.iter_child_nodes(outer):
                self._parents[child] = outer


def _nearby(node: ast.AST, first: Place, last: Place) -> list[ast.AST]:
    """A node's parts but for operators and contexts; of long blocks only what touches a range."""
    found: list[ast.AST] = []
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif isinstance(value, list) and value:
            if isinstance(value[0], ast.stmt) and len(value) > _FEW:
                low = bisect_left(value, first, key=end_of)
                value = value[low : bisect_right(value, last, low, key=start_of)]
            found += [each for each in value if isinstance(each, ast.AST)]
    # One object of an operator or a context, which have no parts, serves many nodes.
    return [each for each in found if each._fields or isinstance(each, ast.stmt)]


def on_line(tree: ast.Module, line: int) -> Iterator[ast.stmt]:
    """The statements that have a line (from 1) or around it, outer ones first."""
    blocks: list[list[ast.stmt]] = [tree.body]
    for block in blocks:
        low = bisect_left(block, line, key=lambda each: each.end_lineno or 0)
        for each in block[low:]:
            # The sign of a decorator may stand on a line before the decorator.
            if start_of(each)[0] > line and not getattr(each, "decorator_list", None):
                break
            yield each
            blocks += blocks_of(each)
            if each.lineno > line:
                break


def blocks_of(statement: ast.AST) -> list[list[ast.stmt]]:
    """The blocks of a compound statement, in the order of the text."""
    found: list[list[ast.stmt]] = []
    for field in statement._fields:
        value = getattr(statement, field, None)
        if not isinstance(value, list) or not value:
            continue
        if isinstance(value[0], ast.stmt):
            found.append(value)
        elif isinstance(value[0], ast.excepthandler | ast.match_case):
            found += [each.body for each in value]
    return found
