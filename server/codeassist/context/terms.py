"""The terms of a text: its identifiers as written, and their parts in lower case.

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
    """An identifier's terms: itself as written, then its parts, cut at case and underscores.

    `Config` and `config` share a term and differ in another, as a class and an object of it do.

    >>> terms_of("HTTPServer_error")
    ('HTTPServer_error', 'http', 'server', 'error')
    >>> terms_of("config")
    ('config',)
    """
    parts = [part.lower() for part in _PART.findall(word)]
    kept = [part for part in parts if len(part) > 1 and part != word]
    return (word, *dict.fromkeys(kept))
