"""Files near the focus's in the tree of folders."""

from posixpath import dirname

from codeassist.context.gather import Marks, Scene

WORDS = "is in a folder near the file in focus"


def marks(scene: Scene) -> Marks:
    """1 for files of the same folder, less with each step up or down."""
    if scene.query.path is None:
        return Marks([], [0.0] * len(scene.paths))
    here = _parts(scene.query.path)
    return Marks([], [1 / (1 + _steps(here, _parts(path))) for path in scene.paths])


def _parts(path: str) -> list[str]:
    folder = dirname(path)
    return folder.split("/") if folder else []


def _steps(one: list[str], other: list[str]) -> int:
    common = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        common += 1
    return len(one) + len(other) - 2 * common
