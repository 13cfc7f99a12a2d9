"""The plain baseline: BM25 over chunks of 50 lines, the best whole chunks that fit.

The query is the words of the definition in focus, or of 50 lines around it; that text is shown
first and paid for, as the packer's focus is.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from codeassist.context.terms import terms_of, words_in

CHUNK_LINES = 50
K1, B = 1.2, 0.75  # the usual constants


@dataclass(frozen=True)
class Chunk:
    """Lines of a file, 1-based and inclusive."""

    path: str
    first: int
    last: int
    text: str


def chunks_of(texts: Mapping[str, str]) -> list[Chunk]:
    """The chunks of some files, by path."""
    found: list[Chunk] = []
    for path, text in sorted(texts.items()):
        lines = text.split("\n")
        for start in range(0, len(lines), CHUNK_LINES):
            part = lines[start : start + CHUNK_LINES]
            found.append(Chunk(path, start + 1, start + len(part), "\n".join(part)))
    return found


def ranked(chunks: list[Chunk], query: str) -> list[Chunk]:
    """The chunks by BM25 of a query's terms, best first."""
    counts = [Counter(_terms(chunk.text)) for chunk in chunks]
    lengths = [count.total() for count in counts]
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    having = Counter(term for count in counts for term in count)
    total = len(chunks)
    wanted = set(_terms(query)) & having.keys()
    rarity = {t: log(1 + (total - having[t] + 0.5) / (having[t] + 0.5)) for t in sorted(wanted)}
    scores = []
    for count, length in zip(counts, lengths, strict=True):
        norm = K1 * (1 - B + B * length / mean)
        found = (rarity[t] * count[t] * (K1 + 1) / (count[t] + norm) for t in rarity if t in count)
        scores.append(sum(found))
    order = sorted(range(total), key=lambda at: (-scores[at], at))
    return [chunks[at] for at in order if scores[at] > 0]


def packed(
    order: list[Chunk], shown_first: str, budget: int, count: Callable[[str], int]
) -> list[Chunk]:
    """The best chunks that fit into a budget in tokens beside what is shown first."""
    left = budget - count(shown_first)
    taken: list[Chunk] = []
    for chunk in order:
        price = count(f"{chunk.path}\n{chunk.text}\n")
        if price > left:
            break
        taken.append(chunk)
        left -= price
    return taken


def _terms(text: str) -> list[str]:
    return [term.lower() for word in words_in(text) for term in terms_of(word)]
