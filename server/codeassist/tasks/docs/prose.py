"""Cleans and wraps prose. What comes from a model becomes harmless here, whatever the style.

Each style escapes its own marks besides (`styles/`); this is what is true of all.
"""

import re
import textwrap
import unicodedata

MAX_SUMMARY = 240  # characters; a longer one is no summary
MAX_ENTRY = 600
MAX_DESCRIPTION = 2_400
_FENCE = re.compile(r"`{3,}\w*")
# A list's mark, a heading, a rule, a tag or a directive: but not the sign of "-1".
_LEAD = re.compile(r"^(?:[#>*+|-]+\s+|[@\\:]+|\.\.\s+|\d+[.)]\s+|[=~_-]{3,}\s*)")
_HEADING = re.compile(r"^[A-Z]\w*(?: \w+)?:$")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")


def clean(text: str) -> str:
    """One line of prose: no control or direction characters, no fences, links as their text.

    Marks that begin a list, a heading, a tag or a directive are taken away from the start.
    """
    kept = "".join(
        " " if each.isspace() else each
        for each in text
        if each.isspace()
        or unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        or each == "\u200d"  # joins emoji
    )
    kept = _LINK.sub(r"\1", _FENCE.sub("`", kept))
    kept = re.sub(r" {2,}", " ", kept).strip()
    while True:
        shorter = _LEAD.sub("", kept, count=1)
        if shorter == kept:
            break
        kept = shorter
    return kept + "`" if kept.count("`") % 2 else kept


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a description, each cleaned; those without a word are left out."""
    found = (clean(each) for each in re.split(r"\n\s*\n", text.replace("\r", "\n")))
    return tuple(each for each in found if any(map(str.isalpha, each)) and not _HEADING.match(each))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of `width` characters, with what the first and the others begin with.

    A word that looks like a tag or a list's mark never begins a line.
    """
    joined = re.sub(r" (?=[@\\:#*+-](?:\w|\s|$)|\d+[.)](?:\s|$))", "\0", text)
    lines = textwrap.wrap(
        joined,
        max(width, len(rest) + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\0", " ").rstrip() for line in lines] or [first.rstrip()]


def split_code(text: str) -> list[tuple[bool, str]]:
    """The pieces of a text as (is code, piece); code stood between backquotes."""
    pieces = text.split("`")
    return [(number % 2 == 1, piece) for number, piece in enumerate(pieces) if piece]
