"""Pairs of identifiers that a unit shares with the lines in focus: the same call, elsewhere."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.phrases import shared_phrases

WORDS = "says what the lines in focus say"


def marks(scene: Scene) -> Marks:
    """How much each unit repeats the focus's lines."""
    return Marks(shared_phrases(scene, scene.query.line), [])
