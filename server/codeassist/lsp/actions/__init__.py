"""Code actions: one file a producer, and the ordered table of them.

A producer has `drafts(asked)`, which yields what it offers for what an editor asks. It looks at
nothing but that, so that all of them together take a millisecond. `Row.needs_offers` says that it
has nothing to offer before the text was understood.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.lsp.actions import kinds

_HERE = "codeassist.lsp.actions"


@dataclass(frozen=True, slots=True)
class Row:
    """A producer: its module, the kinds of its actions, and when it can tell."""

    module: str
    kinds: tuple[str, ...]
    needs_offers: bool = True


def _row(name: str, *of_kinds: str) -> Row:
    return Row(f"{_HERE}.{name}", of_kinds)


def _at_once(name: str, *of_kinds: str) -> Row:
    return Row(f"{_HERE}.{name}", of_kinds, needs_offers=False)


# In the order in which editors list them, which sort by kind alone.
PRODUCERS: tuple[Row, ...] = (
    _at_once("fix_finding", kinds.QUICKFIX),
    _at_once("fix_with_model", kinds.QUICKFIX),
    _at_once("explain_finding", kinds.EXPLAIN),
    _at_once("ignore_finding", kinds.QUICKFIX),
    _row("extract", kinds.EXTRACT_FUNCTION, kinds.EXTRACT_VARIABLE),
    _row("inline", kinds.INLINE),
    _row("rename", kinds.RENAME),
    _row("flip_if", kinds.FLIP_IF),
    _row("call_duplicate", kinds.CALL_DUPLICATE),
    _row("ruff", kinds.FIX),
    _at_once("docs", kinds.DOCS),
    _at_once("suggest", kinds.SUGGEST),
    _at_once("instruct", kinds.INSTRUCT),
    _at_once("bugs", kinds.BUGS),
)
# What the server says that it offers, each kind once.
KINDS: tuple[str, ...] = tuple(dict.fromkeys(kind for row in PRODUCERS for kind in row.kinds))


def wanted(only: tuple[str, ...], *, is_automatic: bool) -> Iterator[Row]:
    """The producers that have what an editor asks for.

    When nobody asked, as editors do on every move of the cursor, fixes of what is wrong are all.
    """
    for row in PRODUCERS:
        if is_automatic and row.kinds != (kinds.QUICKFIX,):
            continue
        if any(kinds.is_wanted(kind, only) for kind in row.kinds):
            yield row
