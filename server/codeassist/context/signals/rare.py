"""Rare identifiers that a unit shares with the definition in focus."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.rarity import shared_names

WORDS = "shares rare names with the definition in focus"


def marks(scene: Scene) -> Marks:
    """How rare the names are that each unit shares with the focus's own units."""
    scores, names = shared_names(scene, sorted(set(scene.query.body)))
    return Marks(scores, [], {unit: f"shares the name {name}" for unit, name in names.items()})
