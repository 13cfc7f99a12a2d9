"""Tests rank behind the code: also for a test in focus, which needs what it tests first."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.roles import is_test

WORDS = "is a test"


def marks(scene: Scene) -> Marks:
    """1 for tests."""
    return Marks([], [float(is_test(path)) for path in scene.paths])
