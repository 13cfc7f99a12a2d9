"""A unit's size: what is larger is changed more often."""

from math import log

from codeassist.context.gather import Marks, Scene

WORDS = ""  # true of most, and no reason that a person would give
LARGEST = 8.0  # log of 3,000 bytes


def marks(scene: Scene) -> Marks:
    """The logarithm of each unit's bytes, 1 for large ones."""
    return Marks([min(1.0, log(1 + u.end - u.start) / LARGEST) for u in scene.units], [])
