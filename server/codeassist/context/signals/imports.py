"""Files that the focus's file imports, re-exports followed to where a name is defined."""

from codeassist.context.gather import Marks, Scene

WORDS = "is imported by the file in focus"


def marks(scene: Scene) -> Marks:
    """1 for imported files."""
    path = scene.query.path
    targets = scene.links.imported(path) if path is not None else frozenset()
    return Marks([], [float(each in targets) for each in scene.paths])
