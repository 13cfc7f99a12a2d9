"""Every place of a Python file where a name stands in code or names something in a string.

Byte offsets and the kind of place. What the name means there is not known here.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed

_BINDERS = (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)


class Where(Enum):
    """What a mention is."""

    NAME = "name"
    MEMBER = "member"
    KEYWORD = "keyword"
    STRING = "string"


class Mention(NamedTuple):
    """A mention. `node` is the node that has it."""

    where: Where
    start: int
    node: ast.AST


def mentions(
    parsed: Parsed, name: str, nodes: Iterable[ast.AST] | None = None
) -> Iterator[Mention]:
    """All mentions of a name but those in comments and in running text; those in some nodes."""
    word = re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])")
    for node in ast.walk(parsed.tree) if nodes is None else nodes:
        if isinstance(node, ast.Name) and node.id == name:
            yield Mention(Where.NAME, parsed.start(node), node)
        elif isinstance(node, ast.Attribute) and node.attr == name:
            yield Mention(Where.MEMBER, parsed.end(node) - len(name.encode()), node)
        elif isinstance(node, ast.keyword) and node.arg == name:
            yield Mention(Where.KEYWORD, parsed.start(node), node)
        elif isinstance(node, ast.arg) and node.arg == name:
            yield Mention(Where.NAME, parsed.start(node), node)
        elif isinstance(node, ast.alias):
            yield from _alias(parsed, node, name)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.name == name:
            text = parsed.text(parsed.start(node), parsed.start(node.body[0]))
            at = word.search(text)
            if at is not None:
                yield Mention(
                    Where.NAME, parsed.start(node) + len(text[: at.start()].encode()), node
                )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if name not in node.value:
                continue
            is_doc = isinstance(parsed.parents[node], ast.Expr)
            named = _runs(node.value, word) if is_doc else _names(node.value, word)
            if named:
                yield Mention(Where.STRING, parsed.start(node), node)
        elif isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
            yield from _words(parsed, node, word)
        elif getattr(node, "name", None) == name and isinstance(node, _BINDERS):
            yield from list(_words(parsed, node, word))[:1]


def _alias(parsed: Parsed, node: ast.alias, name: str) -> Iterator[Mention]:
    start = parsed.start(node)
    if name in node.name.split("."):
        before = node.name.split(".")[: node.name.split(".").index(name)]
        yield Mention(Where.NAME, start + len(".".join([*before, ""]).encode()), node)
    if node.asname == name:
        yield Mention(Where.NAME, parsed.end(node) - len(name.encode()), node)


def _words(parsed: Parsed, node: ast.AST, word: re.Pattern[str]) -> Iterator[Mention]:
    start = parsed.start(node)
    text = parsed.text(start, parsed.end(node))
    for at in word.finditer(text):
        yield Mention(Where.NAME, start + len(text[: at.start()].encode()), node)


def _names(text: str, word: re.Pattern[str]) -> bool:
    """Whether a string names something: a name, or a path to one with dots or a colon."""
    return re.fullmatch(r"[\w.:]+", text) is not None and word.search(text) is not None


def _runs(text: str, word: re.Pattern[str]) -> bool:
    """Whether a docstring has a doctest with the name, which is run."""
    lines = (line.lstrip() for line in text.splitlines())
    return any(line.startswith((">>>", "...")) and word.search(line) for line in lines)
