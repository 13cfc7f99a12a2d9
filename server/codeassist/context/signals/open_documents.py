"""Files that are open in the editor."""

from codeassist.context.gather import Marks, Scene

WORDS = "is open in the editor"


def marks(scene: Scene) -> Marks:
    """1 for open files."""
    opened = set(scene.focus.open_paths)
    return Marks([], [float(path in opened) for path in scene.paths])
