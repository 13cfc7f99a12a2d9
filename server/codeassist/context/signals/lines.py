"""BM25 of the words in the focus's very lines: a change often repeats elsewhere word for word."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.query import weighted

WORDS = "has the words of the lines in focus"


def marks(scene: Scene) -> Marks:
    """How well each unit matches the focus's lines."""
    return Marks(scene.relevance(weighted(scene.query.line, scene.rarity, 2, 1.0)), [])
