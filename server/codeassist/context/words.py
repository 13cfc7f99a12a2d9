"""The words that a request is about: the names of its focus, what that calls, what its text names.

An elided function keeps the lines in which one of them stands.
"""

import re

from codeassist.base.symbols import TOP, Outline
from codeassist.context.pieces import Focus

MAX_WORDS = 24  # each is searched for in every candidate
MIN_LENGTH = 4
LONG_NAME = 9  # a name without an underscore or a capital is telling only if it is long
_WORD = re.compile(r"[^\W\d]\w{3,}")


def words_of(focus: Focus, outline: Outline | None) -> tuple[str, ...]:
    """At most MAX_WORDS names, those of the focus first."""
    names: dict[str, None] = {}
    if outline is not None and focus.symbol != TOP:
        for part in outline.qualified(focus.symbol).split("."):
            names[part] = None
        inside = outline.symbols[focus.symbol]
        calls = (call.name for call in outline.calls if inside.start <= call.start < inside.end)
        names.update(dict.fromkeys(name for name in calls if _is_telling(name)))
    named = (word for word in _WORD.findall(focus.text) if _is_code(word))
    found = [name for name in (*names, *named) if len(name) >= MIN_LENGTH]
    return tuple(dict.fromkeys(found))[:MAX_WORDS]


def _is_telling(name: str) -> bool:
    return len(name) >= LONG_NAME or _is_code(name)


def _is_code(word: str) -> bool:
    """Whether a word looks like a name in code rather than like prose."""
    inner = word[1:]
    return "_" in word.strip("_") or (inner != inner.lower() and not word.isupper())
