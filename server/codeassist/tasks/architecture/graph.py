"""The graph of modules: who imports whom how often, what goes in circles, and the layers.

Knows modules and imports as numbers; says nothing in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codeassist.tasks.architecture.dependencies import Dependency
from codeassist.tasks.architecture.modules import Module

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """Modules by number, in the order of `modules`.

    `edges` are the import statements from one module to another. `circles` are the groups of
    modules each of which reaches the others, `against` the edges to take away so that none is left:
    those of the fewest imports that a short search finds. `layers` are the modules without those
    edges, from those that nothing imports down to those that import nothing.
    """

    modules: tuple[Module, ...]
    edges: Mapping[Pair, tuple[Dependency, ...]]
    circles: tuple[tuple[int, ...], ...]
    against: tuple[Pair, ...]
    layers: tuple[tuple[int, ...], ...]

    def outgoing(self, module: int) -> list[int]:
        """The modules that one imports, by how often."""
        found = [(-len(each), pair[1]) for pair, each in self.edges.items() if pair[0] == module]
        return [number for _, number in sorted(found)]

    def incoming(self, module: int) -> list[int]:
        """The modules that import one, by how often."""
        found = [(-len(each), pair[0]) for pair, each in self.edges.items() if pair[1] == module]
        return [number for _, number in sorted(found)]


def graph(modules: Sequence[Module], dependencies: Iterable[Dependency]) -> Graph:
    """The graph of some modules. Imports from or to files that are in none are passed over."""
    number_of = {path: number for number, each in enumerate(modules) for path in each.files}
    gathered: dict[Pair, list[Dependency]] = {}
    for each in dependencies:
        source = number_of.get(each.importer)
        if source is None:
            continue
        targets = {number_of[path] for path in each.targets if path in number_of}
        for target in targets - {source}:
            gathered.setdefault((source, target), []).append(each)
    edges = {pair: tuple(gathered[pair]) for pair in sorted(gathered)}
    weights = {pair: len(each) for pair, each in edges.items()}
    circles = _circles(len(modules), weights)
    against = sorted(pair for circle in circles for pair in _against(circle, weights))
    layers = _layers(len(modules), weights.keys() - set(against))
    return Graph(tuple(modules), edges, circles, tuple(against), layers)


def _circles(count: int, edges: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """The strongly connected groups of more than one node. There are few nodes: by reachability."""
    reach = {node: {node} for node in range(count)}
    pairs = list(edges)
    changed = True
    while changed:
        changed = False
        for source, target in pairs:
            if not reach[target] <= reach[source]:
                reach[source] |= reach[target]
                changed = True
    groups = {
        tuple(other for other in range(count) if other in reach[node] and node in reach[other])
        for node in range(count)
    }
    return tuple(sorted(group for group in groups if len(group) > 1))


def _against(circle: tuple[int, ...], weights: Mapping[Pair, int]) -> list[Pair]:
    """The edges of a circle that point against the best order found for its nodes.

    By Eades, Lin and Smyth ("A fast and effective heuristic for the feedback arc set problem",
    1993), with weights, then exchanges of neighbours as long as they help.
    """
    inner = {pair: n for pair, n in weights.items() if pair[0] in circle and pair[1] in circle}
    order = _order(circle, inner)
    better = True
    while better:
        better = False
        for at in range(len(order) - 1):
            one, other = order[at], order[at + 1]
            if inner.get((other, one), 0) > inner.get((one, other), 0):
                order[at], order[at + 1] = other, one
                better = True
    place = {node: at for at, node in enumerate(order)}
    return [pair for pair in inner if place[pair[0]] > place[pair[1]]]


def _order(circle: tuple[int, ...], inner: Mapping[Pair, int]) -> list[int]:
    left, right = [], []
    nodes = set(circle)
    while nodes:
        gain = dict.fromkeys(sorted(nodes), 0)
        out, into = dict(gain), dict(gain)
        for (source, target), weight in inner.items():
            if source in nodes and target in nodes:
                out[source] += weight
                into[target] += weight
        sink = next((node for node in gain if not out[node]), None)
        chosen = max(gain, key=lambda node: (not into[node], out[node] - into[node], -node))
        if sink is not None:
            right.append(sink)
            nodes.remove(sink)
        else:
            left.append(chosen)
            nodes.remove(chosen)
    return left + right[::-1]


def _layers(count: int, edges: Iterable[Pair]) -> tuple[tuple[int, ...], ...]:
    """The nodes by the longest path down from them, the highest first. The edges have no circle."""
    pairs = sorted(edges)
    height = dict.fromkeys(range(count), 0)
    for _ in range(count):
        for source, target in pairs:
            height[source] = max(height[source], height[target] + 1)
    top = max(height.values(), default=-1)
    return tuple(
        tuple(node for node in range(count) if height[node] == level)
        for level in range(top, -1, -1)
    )
