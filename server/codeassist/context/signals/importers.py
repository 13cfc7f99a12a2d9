"""Files that import the focus's file."""

from codeassist.context.gather import Marks, Scene

WORDS = "imports the file in focus"


def marks(scene: Scene) -> Marks:
    """1 for importing files."""
    path = scene.query.path
    sources = set(scene.links.importers(path)) if path is not None else set()
    return Marks([], [float(each in sources) for each in scene.paths])
