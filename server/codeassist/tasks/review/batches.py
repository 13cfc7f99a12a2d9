"""Which parts of a diff are shown in one request: those that have to do with each other.

A batch begins with the first part that is left, takes what is most related to it as long as there
is room, and is filled up with what comes next only while it is small.
"""

from collections.abc import Callable, Sequence

from codeassist.tasks.review.parts import Part, Sort

FILLED = 0.5  # of the limit; a batch with more is not filled with what has nothing to do with it
PROGRAM = Sort.TEST  # the last sort that belongs to the program
Relation = Callable[[str, str], float]


def batches(
    parts: Sequence[Part], related: Relation, limit: int, most: int
) -> tuple[list[tuple[Part, ...]], list[Part]]:
    """Parts in at most so many batches of at most `limit` tokens, and those that are left over.

    `parts` are in the order of attention; the first batches have the first of them.
    """
    waiting = list(parts)
    made: list[tuple[Part, ...]] = []
    while waiting and len(made) < most:
        batch = [waiting.pop(0)]
        room = limit - batch[0].tokens
        while (found := _next(batch, waiting, related, room, limit)) is not None:
            waiting.remove(found)
            batch.append(found)
            room -= found.tokens
        made.append(tuple(sorted(batch, key=lambda part: (part.sort, part.path))))
    return made, waiting


def _next(
    batch: Sequence[Part], waiting: Sequence[Part], related: Relation, room: int, limit: int
) -> Part | None:
    """What is taken next: the part that is most related, else the first while there is much room.

    A further part of a file that is in the batch already is as related as can be. Nothing beside
    the program takes room, however related, while there is more of the program to show.
    """
    most = PROGRAM if any(part.sort <= PROGRAM for part in waiting) else max(Sort)
    fitting = [part for part in waiting if part.tokens <= room and part.sort <= most]
    if not fitting:
        return None
    paths = {part.path for part in batch}

    def relation(part: Part) -> float:
        if part.path in paths:
            return float("inf")
        return sum(related(part.path, path) for path in paths)

    best = max(fitting, key=relation)  # the first of those that are equal
    if relation(best) > 0:
        return best
    is_small = limit - room < FILLED * limit
    return fitting[0] if is_small else None
