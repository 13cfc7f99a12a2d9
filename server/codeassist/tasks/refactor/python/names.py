"""New names: whether one can be used in a place, and one that can be."""

import ast
import builtins
import keyword
from collections.abc import Iterator
from itertools import count

from codeassist.base.symbols import CLASS_KINDS, TOP
from codeassist.index.view import View
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.parsed import Parsed


def check_name(name: str) -> None:
    """Raise Refused for what is no name that a person would give."""
    if not name.isidentifier():
        raise Refused(f"`{name}` is not a valid name")
    if keyword.iskeyword(name):
        raise Refused(f"`{name}` is a keyword")
    if name in vars(builtins):
        raise Refused(f"`{name}` is the name of something built in")
    if name.startswith("__") and name.endswith("__"):
        raise Refused(f"`{name}`: names with two underscores at both ends belong to the language")


def check_unused(parsed: Parsed, name: str) -> None:
    """Raise Refused for a name that the file uses already."""
    for used, line in used_names(parsed.tree):
        if used == name:
            raise Refused(f"`{name}` is already used in this file (line {line})")


def check_member(view: View, name: str) -> None:
    """Raise Refused for a name that a class of the repository uses for a member."""
    for path in view.with_word(name):
        outline, detail = view.outline(path), view.detail(path)
        if outline is None or detail is None or outline.language != "python":
            continue
        for symbol in outline.symbols:
            parent = outline.symbols[symbol.parent] if symbol.parent != TOP else None
            if symbol.name == name and parent is not None and parent.kind in CLASS_KINDS:
                raise Refused(f"`{name}` is already a member of `{parent.name}` in {path}")
        if any(row.receiver is not None for row in detail.bindings.named((name,))):
            raise Refused(f"`{name}` is already an attribute in {path}")


def made_up(view: View, base: str) -> str:
    """A name that no file of the repository has as a word."""
    for number in count(1):
        name = base if number == 1 else f"{base}_{number}"
        if not view.with_word(name):
            return name
    raise AssertionError("counting does not end")


def used_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """All names in a tree with their lines, those of members left out."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name):
            yield node.id, line
        elif isinstance(node, ast.arg):
            yield node.arg, line
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, line
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0], line
        elif isinstance(node, ast.Global | ast.Nonlocal):
            yield from ((name, line) for name in node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            if node.name:
                yield node.name, line
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, line
