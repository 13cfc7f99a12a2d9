"""BM25 of the words in the name of the definition in focus."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "speaks of the definition in focus"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the focus's name."""
    return Marks(scene.relevance(weighted([scene.query.name], scene.rarity, 1)), [])
