"""BM25 of the words in the name of the focus's file."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "speaks of the file in focus"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the file's name."""
    return Marks(scene.relevance(weighted([scene.query.stem], scene.rarity, 1)), [])
