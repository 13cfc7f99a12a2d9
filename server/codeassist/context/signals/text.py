"""BM25 of the words of the request: an instruction, or an issue."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "has the words of the request"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the request's text."""
    return Marks(scene.relevance(weighted(scene.query.text, scene.rarity, 3)), [])
