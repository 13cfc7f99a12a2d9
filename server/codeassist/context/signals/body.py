"""BM25 of the words in the definitions that the focus is in."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "has the words of the definition in focus"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the focus's own units."""
    return Marks(scene.relevance(weighted(scene.query.body, scene.rarity, 3)), [])
