"""BM25 of the words in the lines around the focus."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "has the words around the focus"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the lines around the focus."""
    return Marks(scene.relevance(weighted(scene.query.near, scene.rarity, 3)), [])
