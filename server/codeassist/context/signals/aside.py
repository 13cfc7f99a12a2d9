"""Documentation, examples and scripts, where the focus is none of them."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.roles import is_aside

WORDS = "is beside the program"


def marks(scene: Scene) -> Marks:
    """1 for files beside the program, 0 everywhere if the focus is beside it too."""
    path = scene.query.path
    if path is not None and is_aside(path):
        return Marks([], [0.0] * len(scene.paths))
    return Marks([], [float(is_aside(each)) for each in scene.paths])
