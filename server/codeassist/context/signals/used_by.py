"""What uses the definition in focus: units in which its name stands."""

from codeassist.context.gather import Marks, Scene
from codeassist.context.terms import terms_of

WORDS = "uses the definition in focus"
STEEPNESS = 0.7  # a name that n units define counts n ** -0.7: another may be meant


def marks(scene: Scene) -> Marks:
    """How surely each unit uses the definition in focus."""
    scores = [0.0] * len(scene.units)
    name = scene.query.name
    if not name:
        return Marks(scores, [])
    defining = sum(len(sheet.defines.get(name, ())) for sheet in scene.sheets)
    worth = max(1, defining) ** -STEEPNESS
    term = terms_of(name)[0]
    notes: dict[int, str] = {}
    for first, sheet in zip(scene.first, scene.sheets, strict=True):
        found = sheet.terms.get(term, ())
        for at in range(0, len(found), 2):
            scores[first + found[at]] = worth
            notes[first + found[at]] = f"uses {name}"
    return Marks(scores, [], notes)
