"""The plain baseline: BM25, and the best whole chunks of 50 lines that fit.

The query is the words of the definition in focus, or of 50 lines around it; that text is shown
first and paid for, as the packer's focus is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from codeassist.context.bm25 import K1, B, rarity
from codeassist.context.terms import terms_of, words_in

CHUNK_LINES = 50
Key = TypeVar("Key")


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
    counts = {at: Counter(terms(chunk.text)) for at, chunk in enumerate(chunks)}
    scores = bm25(counts, sorted(set(terms(query))))
    return [chunks[at] for at in sorted(scores, key=lambda at: (-scores[at], at))]


def bm25(counts: Mapping[Key, Counter[str]], query: Iterable[str]) -> dict[Key, float]:
    """The score of each counted text that has a term of the query; repeated terms count again."""
    mean = sum(count.total() for count in counts.values()) / max(1, len(counts)) or 1.0
    scores: dict[Key, float] = {}
    for term in query:
        having = [key for key, count in counts.items() if term in count]
        telling = rarity(len(counts), len(having))
        for key in having:
            times = counts[key][term]
            norm = times + K1 * (1 - B + B * counts[key].total() / mean)
            scores[key] = scores.get(key, 0.0) + telling * times * (K1 + 1) / norm
    return scores


def terms(text: str) -> Iterator[str]:
    """The identifiers of a text and their parts in lower case, each once for an identifier."""
    for word in words_in(text):
        yield from dict.fromkeys(term.lower() for term in terms_of(word))


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
