"""Parsers and compiled queries, made on first use and kept for the process.

A query compiles in 1.5 to 32 ms, so each is compiled once, lazily. A parser is not shared between
threads; callers hold one `Grammar` a thread or a process.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

import tree_sitter

from codeassist.languages.table import Language, by_name

SLICE_BYTES = 32 * 1024  # what a parser is handed at a time, and what counts as small
TREES_KEPT = 2  # an editor asks many things of one state of a file, and of the one before it
DETAIL_MARK = "; ==== detail ===="


# The last texts with their trees. Nobody edits a tree, so that threads may share one.
_last: deque[tuple[str, bytes, tree_sitter.Tree]] = deque(maxlen=TREES_KEPT)


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar, and the two halves of its query file."""

    language: Language
    grammar: tree_sitter.Language
    outline_text: str
    detail_text: str


@cache
def grammar(name: str) -> Grammar:
    """The grammar of a language of the table, with the text of its queries.

    A query file may begin with `; inherits: <name>`. That file's queries come after its own, as the
    first pattern that matches a definition's name wins.
    """
    row = by_name(name)
    factory = getattr(import_module(row.grammar), row.factory)
    outline, detail = query_text(name)
    return Grammar(row, tree_sitter.Language(factory()), outline, detail)


@cache
def query_text(name: str) -> tuple[str, str]:
    """The outline and the detail half of a language's query file, inherited ones last."""
    text = files("codeassist.languages").joinpath(f"queries/{name}.scm").read_text("utf-8")
    outline, _, detail = text.partition(DETAIL_MARK)
    first = text.split("\n", 1)[0]
    if not first.startswith("; inherits:"):
        return outline, detail
    inherited = query_text(first.removeprefix("; inherits:").strip())
    return outline + inherited[0], detail + inherited[1]


@cache
def outline_query(name: str) -> tree_sitter.Query:
    """The compiled outline query of a language."""
    found = grammar(name)
    return tree_sitter.Query(found.grammar, found.outline_text)


@cache
def detail_query(name: str) -> tree_sitter.Query:
    """The compiled detail query of a language."""
    found = grammar(name)
    return tree_sitter.Query(found.grammar, found.detail_text)


def parse(name: str, data: bytes, expired: Callable[[], bool] | None = None) -> tree_sitter.Tree:
    """Parse UTF-8 data. Never fails for broken code: the tree then has error nodes.

    `expired` is asked now and then whether to give up, which raises TimeoutError. Small files are
    parsed in one go: the parser takes a progress callback only with a source that it calls, which
    costs some percent. (The callback of `QueryCursor.matches` crashes the process in 0.26.1.)
    The last trees are kept.
    """
    for known, text, tree in tuple(_last):
        if known == name and text == data:
            return tree
    tree = _parse(name, data, expired)
    _last.append((name, data, tree))
    return tree


def _parse(name: str, data: bytes, expired: Callable[[], bool] | None) -> tree_sitter.Tree:
    parser = tree_sitter.Parser(grammar(name).grammar)
    if expired is None or len(data) < SLICE_BYTES:
        return parser.parse(data)
    stop = expired

    def source(offset: int, _: object) -> bytes:
        return data[offset : offset + SLICE_BYTES]

    def progress(*_: object) -> bool:
        return stop()

    try:
        return parser.parse(source, progress_callback=progress)
    except ValueError as error:
        parser.reset()
        raise TimeoutError(str(error)) from error
