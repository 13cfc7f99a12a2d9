"""Files that changed together with the focus's file: more for recent and for small commits."""

from math import log1p

from codeassist.context.gather import Marks, Scene, scaled

WORDS = "often changed together with the file in focus"
DAMPING = 3.0  # the first common commits count most


def marks(scene: Scene) -> Marks:
    """How much each file changed together with the focus's, the most at 1."""
    path = scene.query.path
    near = scene.changes.together(path) if path is not None else {}
    return Marks([], scaled([log1p(DAMPING * near.get(each, 0.0)) for each in scene.paths]))
