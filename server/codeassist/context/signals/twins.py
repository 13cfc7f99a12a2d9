"""Definitions with a name like the one in focus: a twin in another class is often changed too."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.terms import similarity, terms_of

WORDS = "has a name like the definition in focus"
LEAST = 0.2  # names that are less alike share a common word only


def marks(scene: Scene) -> Marks:
    """How much each unit's definitions are named like the focus's, 0 to 1."""
    scores = [0.0] * len(scene.units)
    names = [scene.query.name] if scene.query.name else list(scene.query.defined[:10])
    wanted = [_vector(scene, name) for name in names]
    known: dict[str, float] = {}
    for first, sheet in zip(scene.first, scene.sheets, strict=True):
        for name, units in sheet.defines.items():
            if name not in known:
                vector = _vector(scene, name)
                known[name] = max((similarity(vector, each) for each in wanted), default=0.0)
            if known[name] > LEAST:
                for unit in units:
                    scores[first + unit] = max(scores[first + unit], known[name])
    return Marks(scores, [])


def _vector(scene: Scene, name: str) -> dict[str, float]:
    return {term: scene.rarity(term) for term in terms_of(name)}
