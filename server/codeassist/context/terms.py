"""The terms of a text: its identifiers in lower case, whole and cut at case and underscores.

Knows no language: keywords are told by their frequency, not by a list.
"""

import re
from functools import lru_cache

TERMS_REMEMBERED = 200_000  # distinct identifiers; a large repository has about 100,000
_WORD = re.compile(r"[^\W\d][\w$]*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\dA-Za-z_]+")


def words_in(text: str) -> list[str]:
    """The identifiers of a text, in order."""
    return _WORD.findall(text)


@lru_cache(maxsize=TERMS_REMEMBERED)
def terms_of(word: str) -> tuple[str, ...]:
    """An identifier's terms: itself in lower case, then its parts where it has several.

    >>> terms_of("HTTPServer_error")
    ('httpserver_error', 'http', 'server', 'error')
    """
    whole = word.lower()
    parts = [part.lower() for part in _PART.findall(word)]
    kept = [part for part in parts if len(part) > 1 and part != whole]
    return (whole, *dict.fromkeys(kept))


def similarity(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two weighted sets of terms, 0 to 1."""
    common = sum(weight * other[term] for term, weight in one.items() if term in other)
    if not common:
        return 0.0
    norms = sum(w * w for w in one.values()) * sum(w * w for w in other.values())
    return float(common / norms**0.5)
