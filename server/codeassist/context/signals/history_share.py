"""Files whose changes are mostly shared with the focus's file: what changes often counts less."""

from codeassist.context.gather import Marks, Scene, scaled

WORDS = "changed mostly together with the file in focus"
PRIOR = 0.5  # as if every file had changed this much more: a single common commit proves little


def marks(scene: Scene) -> Marks:
    """The cosine of each file's changes and the focus's, the most at 1."""
    path = scene.query.path
    if path is None:
        return Marks([], [0.0] * len(scene.paths))
    near, heat = scene.changes.together(path), scene.changes.heat
    own = scene.changes.total(path) + PRIOR
    shares = [
        near.get(each, 0.0) / (own * (heat.get(each, 0.0) + PRIOR)) ** 0.5 for each in scene.paths
    ]
    return Marks([], scaled(shares))
