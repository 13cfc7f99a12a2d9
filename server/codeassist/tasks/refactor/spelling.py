"""Where a word stands in a text, in bytes. Comments and strings count, too."""

import re
from functools import lru_cache

_PATTERNS_KEPT = 256
# Bytes of characters outside of ASCII: in code they are always part of a name.
WORD_BYTES = rb"\w\x80-\xff"


@lru_cache(maxsize=_PATTERNS_KEPT)
def word_pattern(name: str) -> re.Pattern[bytes]:
    """The pattern of a word that is no part of a longer one.

    It begins with the word itself, as for plain bytes the search is ten times as fast as for what
    may stand before them.
    """
    word = re.escape(name.encode())
    return re.compile(
        word + rb"(?<![" + WORD_BYTES + rb"]" + word + rb")(?![" + WORD_BYTES + rb"])"
    )
