"""BM25 (Robertson and Zaragoza, 2009), the one formula that all rankings by words share."""

from collections.abc import Mapping, Sequence
from math import log

from codeassist.context.sheet import Sheet

K1, B = 1.2, 0.75  # the usual constants


def rarity(total: int, having: int) -> float:
    """How much it tells that a term is in a text: the inverse document frequency."""
    return log(1 + (total - having + 0.5) / (having + 0.5))


def unit_scores(sheets: Sequence[Sheet], terms: Mapping[str, float]) -> list[float]:
    """The score of weighted terms for every unit of some sheets, one sheet after the other."""
    lengths = [length for sheet in sheets for length in sheet.lengths]
    scores = [0.0] * len(lengths)
    flat = K1 * (1 - B)
    slope = K1 * B / (sum(lengths) / max(1, len(lengths)) or 1.0)
    first = 0
    for sheet in sheets:
        for term, weight in terms.items():
            found = sheet.terms.get(term)
            if found is None:
                continue
            for at in range(0, len(found), 2):
                unit, times = found[at], found[at + 1]
                norm = times + flat + slope * sheet.lengths[unit]
                scores[first + unit] += weight * times * (K1 + 1) / norm
        first += len(sheet.units)
    return scores
