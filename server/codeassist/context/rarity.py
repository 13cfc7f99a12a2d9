"""Rare identifiers as evidence: a name that two files have ties them together."""

from collections.abc import Iterable

from codeassist.context.gather import Scene
from codeassist.context.terms import terms_of

SHORTEST = 3  # letters; shorter names are everywhere by chance
FEW = 4  # units; in so few any name may stand
COMMON_SHARE = 0.2  # a name in more of the units is no rare one: a keyword, in all likelihood
STEEPNESS = 0.6  # a name in n files counts n ** -0.6


def shared_names(scene: Scene, words: Iterable[str]) -> tuple[list[float], dict[int, str]]:
    """For each unit what it shares with some words, 0 to 1, and the rarest name that it shares."""
    weights: dict[str, tuple[float, str]] = {}
    for word in words:
        if len(word) >= SHORTEST:
            whole = terms_of(word)[0]
            having = scene.having(whole)
            if having > max(FEW, COMMON_SHARE * len(scene.units)):
                continue
            weights[whole] = (max(1, having) ** -STEEPNESS, word)
    scores = [0.0] * len(scene.units)
    best: dict[int, tuple[float, str]] = {}
    for first, sheet in zip(scene.first, scene.sheets, strict=True):
        for term in weights.keys() & sheet.terms.keys():
            weight, word = weights[term]
            found = sheet.terms[term]
            for at in range(0, len(found), 2):
                unit = first + found[at]
                scores[unit] += weight
                if (weight, word) > best.get(unit, (0.0, "")):
                    best[unit] = (weight, word)
    return [min(1.0, score) for score in scores], {unit: word for unit, (_, word) in best.items()}
