"""Walks over syntax trees, for rooms that may not know the parser's own package.

Knows nodes and rows. Does not know what a node type means; whoever asks does.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from functools import cache
from typing import TypeAlias

import tree_sitter

from codeassist.languages.table import by_name

Node: TypeAlias = tree_sitter.Node


def walk(root: Node) -> Iterator[Node]:
    """All nodes below and including `root`, in source order, parents first."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def on_rows(root: Node, rows: Collection[int]) -> Iterator[Node]:
    """The nodes of `walk` that stand at least partly on one of these 0-based rows."""
    if not rows:
        return
    wanted = sorted(rows)
    stack = [root]
    while stack:
        node = stack.pop()
        if not _touches(node, wanted):
            continue
        yield node
        stack.extend(reversed(node.children))


def ancestors(node: Node) -> Iterator[Node]:
    """The nodes around a node, innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def node_text(node: Node | None, data: bytes) -> str:
    """A node's source text; "" for no node."""
    if node is None:
        return ""
    return data[node.start_byte : node.end_byte].decode("utf-8", "replace")


@cache
def comment_types(language: str) -> frozenset[str]:
    """The types of a language's comment nodes."""
    return frozenset(by_name(language).comment_nodes)


def _touches(node: Node, wanted: list[int]) -> bool:
    """Whether a sorted list of rows has one within the node's rows."""
    at = bisect_left(wanted, node.start_point[0])
    return at < len(wanted) and wanted[at] <= node.end_point[0]
