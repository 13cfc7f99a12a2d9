"""The kinds of our code actions, and what an editor's `only` says of one.

No `source.*` kind: editors run those on saving, and nothing of ours is to be run unseen.
"""

from collections.abc import Collection

QUICKFIX = "quickfix.codeassist"
EXTRACT_FUNCTION = "refactor.extract.function"
EXTRACT_VARIABLE = "refactor.extract.variable"
INLINE = "refactor.inline"
REWRITE = "refactor.rewrite.codeassist"
RENAME = f"{REWRITE}.rename"
FLIP_IF = f"{REWRITE}.flipIf"
FIX = f"{REWRITE}.fix"
CALL_DUPLICATE = f"{REWRITE}.callDuplicate"
SUGGEST = f"{REWRITE}.suggest"
INSTRUCT = f"{REWRITE}.instruct"
DOCS = f"{REWRITE}.docs"
BUGS = "codeassist.bugs"
EXPLAIN = "codeassist.explain"

# An editor asks for these to fill a menu. Whoever asks for a narrower kind wants that very thing.
_MENUS = frozenset({"", "quickfix", "refactor", "refactor.rewrite"})


def is_wanted(kind: str, only: Collection[str]) -> bool:
    """Whether a kind is one of those, or below one of those, that an editor asks for."""
    return not only or any(_holds(each, kind) for each in only)


def is_named(kind: str, only: Collection[str]) -> bool:
    """Whether an editor asks for a kind by a name that means it, and not for a whole menu."""
    return any(each not in _MENUS and _holds(each, kind) for each in only)


def _holds(outer: str, kind: str) -> bool:
    return outer in ("", kind) or kind.startswith(f"{outer}.")
