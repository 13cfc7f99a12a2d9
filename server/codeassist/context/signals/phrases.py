"""Pairs of identifiers that a unit shares with the definition in focus: alike code."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.phrases import shared_phrases

WORDS = "is written like the definition in focus"


def marks(scene: Scene) -> Marks:
    """How much each unit is written like the focus's own units."""
    return Marks(shared_phrases(scene, scene.query.body), [])
