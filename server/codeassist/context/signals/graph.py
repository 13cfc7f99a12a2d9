"""Personalised PageRank from the focus over the graph of units that use what others define.

By pushing (Andersen, Chung and Lang, "Local graph partitioning using PageRank vectors", 2006): only
the units that matter are ever looked at, so that the graph of a large repository is never built.
"""

import heapq
from collections.abc import Iterator, Sequence
from math import log1p

from codeassist.context.gather import Marks, Scene
from codeassist.context.terms import words_in

WORDS = "is tied to the focus through what they use"
RESTART = 0.4  # the chance to go back to the focus at each step
PUSHES = 40  # units whose neighbours are looked at; what they reach further has no weight left
MOST_PLACES = 8  # a name that more units define ties nothing
MOST_USERS = 200  # a name in more units is a common word, whoever defines it
STEEPNESS = 0.7  # a name that n units define ties each of them by n ** -0.7
DAMPING = 1000.0  # marks are logarithmic: the thousandth part of the best is worth nothing


def marks(scene: Scene) -> Marks:
    """The logarithm of each unit's rank, the best unit that is not in focus at 1."""
    scores = [0.0] * len(scene.units)
    if not scene.own:
        return Marks(scores, [])
    for unit, rank in _ranks(scene).items():
        if unit not in scene.own:
            scores[unit] = rank
    best = max(scores)
    if best > 0:
        scores = [log1p(DAMPING * score / best) / log1p(DAMPING) for score in scores]
    return Marks(scores, [])


def _ranks(scene: Scene) -> dict[int, float]:
    """Approximate ranks of the units around the focus."""
    settled: dict[int, float] = {}
    waiting = dict.fromkeys(sorted(scene.own), 1 / len(scene.own))
    heap = [(-mass, unit) for unit, mass in waiting.items()]
    shares: dict[int, dict[int, float]] = {}
    for _ in range(PUSHES):
        unit, mass = _largest(heap, waiting)
        if not mass:
            break
        del waiting[unit]
        settled[unit] = settled.get(unit, 0.0) + RESTART * mass
        if unit not in shares:
            shares[unit] = _shares(scene, unit)
        for other, share in shares[unit].items():
            more = waiting[other] = waiting.get(other, 0.0) + mass * share
            heapq.heappush(heap, (-more, other))
    for unit, mass in waiting.items():
        settled[unit] = settled.get(unit, 0.0) + RESTART * mass
    return settled


def _largest(heap: list[tuple[float, int]], waiting: dict[int, float]) -> tuple[int, float]:
    """The unit with the most waiting mass; entries of what has changed since are passed over."""
    while heap:
        negative, unit = heapq.heappop(heap)
        if waiting.get(unit) == -negative:
            return unit, -negative
    return 0, 0.0


def _shares(scene: Scene, unit: int) -> dict[int, float]:
    """The units that define what a unit uses, and those that use what it defines; 1 - RESTART."""
    ties: dict[int, float] = {}
    for units, tie in (*_used(scene, unit), *_users(scene, unit)):
        for other in units:
            ties[other] = ties.get(other, 0.0) + tie
    ties.pop(unit, None)
    total = sum(ties.values()) / (1 - RESTART)
    return {other: tie / total for other, tie in ties.items()}


def _used(scene: Scene, unit: int) -> Iterator[tuple[Sequence[int], float]]:
    for word in sorted(set(words_in(scene.text(unit)))):
        places = scene.defining.get(word, ())
        if 0 < len(places) <= MOST_PLACES:
            yield places, len(places) ** -STEEPNESS


def _users(scene: Scene, unit: int) -> Iterator[tuple[Sequence[int], float]]:
    file = scene.file_of[unit]
    number = unit - scene.first[file]
    for name, units in scene.sheets[file].defines.items():
        places = len(scene.defining[name])
        if places <= MOST_PLACES and number in units:
            users = scene.using(name)
            if len(users) <= MOST_USERS:
                yield users, places**-STEEPNESS
