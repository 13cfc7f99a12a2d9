"""The focus's own file: its other units, which share its folder, its words and its rare names."""

from codeassist.context.gather import Marks, Scene

WORDS = "is in the file in focus"


def marks(scene: Scene) -> Marks:
    """1 for the focus's file."""
    return Marks([], [float(path == scene.query.path) for path in scene.paths])
