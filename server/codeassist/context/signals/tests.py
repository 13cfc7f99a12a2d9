"""Tests, where the focus is none: they show what code does, but rank behind the code itself."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.roles import is_test

WORDS = "is a test"


def marks(scene: Scene) -> Marks:
    """1 for tests, 0 everywhere if the focus is a test itself."""
    path = scene.query.path
    if path is not None and is_test(path):
        return Marks([], [0.0] * len(scene.paths))
    return Marks([], [float(is_test(each)) for each in scene.paths])
