"""What the definition in focus uses: definitions with the names that stand in it."""

from codeassist.context.gather import Marks, Scene

WORDS = "is used by the definition in focus"
STEEPNESS = 0.7  # a name that n units define counts n ** -0.7 for each


def marks(scene: Scene) -> Marks:
    """How surely each unit defines something that the focus uses."""
    words = set(scene.query.body)
    places: dict[str, list[int]] = {}
    for first, sheet in zip(scene.first, scene.sheets, strict=True):
        for name in words & sheet.defines.keys():
            places.setdefault(name, []).extend(first + unit for unit in sheet.defines[name])
    scores = [0.0] * len(scene.units)
    notes: dict[int, str] = {}
    for name in sorted(places):
        worth = len(places[name]) ** -STEEPNESS
        for unit in places[name]:
            if worth > scores[unit]:
                scores[unit] = worth
                notes[unit] = f"defines {name}, which the focus uses"
    return Marks(scores, [], notes)
