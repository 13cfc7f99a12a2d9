"""Two identifiers in a row as evidence: `os.fspath(` says more than `os` and `fspath` apart."""

from collections.abc import Sequence
from math import log1p
from zlib import crc32

from codeassist.context.gather import Scene
from codeassist.context.terms import terms_of

FULL = 4.0  # log of so much shared rarity counts as 1: a dozen rare phrases


def shared_phrases(scene: Scene, words: Sequence[str]) -> list[float]:
    """For each unit the rarity of the phrases that it shares with some words, 0 to about 1."""
    rarity = {word: scene.rarity(terms_of(word)[0]) for word in set(words)}
    wanted: dict[int, float] = {}
    for one, other in zip(words, words[1:], strict=False):
        value = rarity[one] + rarity[other]
        wanted[crc32(f"{one} {other}".encode("utf-8", "replace"))] = value
    found = [0.0] * len(scene.units)
    if not wanted:
        return found
    for first, sheet in zip(scene.first, scene.sheets, strict=True):
        for at, phrase in enumerate(sheet.phrases):
            if phrase in wanted:
                found[first + sheet.phrase_units[at]] += wanted[phrase]
    return [log1p(value) / FULL for value in found]
