"""The nodes of a Python file that have a name: found in the text first, then in the tree.

A name that is written with other characters than the tree has it (Python reads the ligature `ﬁ` as
`fi`) is found as well. A string is found if the word stands in it as a whole.
"""

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from codeassist.base.files import Document
from codeassist.tasks.refactor.python.descent import Descent
from codeassist.tasks.refactor.spelling import WORD_BYTES, word_pattern

_FOREIGN = re.compile(rb"[" + WORD_BYTES + rb"]*[\x80-\xff][" + WORD_BYTES + rb"]*")
_GAPS = b" \t\f\\\r\n"  # what may stand between `def` and a name
_GAP_MOST = 80  # bytes
_FIELDS = ("id", "attr", "arg", "name", "rest")


class Spelled(NamedTuple):
    """A word as it is written, as byte offsets."""

    start: int
    end: int


Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Words:
    """A document's words, and the nodes of its tree that they are in. Remembers what was asked."""

    def __init__(self, document: Document, descent: Descent) -> None:
        self._document = document
        self._descent = descent
        self._named: dict[str, tuple[ast.AST, ...]] = {}
        self._definitions: dict[str, tuple[Definition, ...]] = {}

    def named(self, name: str) -> tuple[ast.AST, ...]:
        """The nodes that have a name, in the order of the text.

        Those are names, members, parameters, arguments by name, definitions, what binds or
        declares, all aliases of imports and all strings around the word.
        """
        if name not in self._named:
            holding = self._holding(self._places(name))
            self._named[name] = tuple(node for node in holding if _has(node, name))
        return self._named[name]

    def definitions(self, name: str) -> tuple[Definition, ...]:
        """The functions and classes of a name."""
        if name not in self._definitions:
            data = self._document.data
            places = (each for each in self._places(name) if _is_defined(data, each))
            self._definitions[name] = tuple(
                node
                for node in self._holding(places)
                if isinstance(node, Definition) and node.name == name
            )
        return self._definitions[name]

    @cached_property
    def declared(self) -> frozenset[str]:
        """The names that a function of the file declares global or nonlocal, and so may set."""
        return frozenset(
            name
            for word in ("global", "nonlocal")
            for node in self._holding(_spelled(self._document.data, word))
            if isinstance(node, ast.Global | ast.Nonlocal)
            for name in node.names
        )

    def _places(self, name: str) -> list[Spelled]:
        found = [*_spelled(self._document.data, name), *self._respelled.get(name, ())]
        return sorted(found) if self._respelled else found

    def _holding(self, places: Iterable[Spelled]) -> Iterator[ast.AST]:
        position, found = self._document.lines.position, list(places)
        if not found:
            return iter(())
        starts, ends = ([position(each[side]) for each in found] for side in (0, 1))
        return self._descent.holding(
            [(line + 1, column) for line, column in starts],
            [(line + 1, column) for line, column in ends],
        )

    @cached_property
    def _respelled(self) -> Mapping[str, Sequence[Spelled]]:
        return _respelled(self._document.data)


def _has(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.alias):
        return True
    if isinstance(node, ast.Global | ast.Nonlocal):
        return name in node.names
    return any(getattr(node, field, None) == name for field in _FIELDS)


def _respelled(data: bytes) -> dict[str, list[Spelled]]:
    """The words that a syntax tree has in another spelling, by that spelling."""
    found: dict[str, list[Spelled]] = {}
    if data.isascii() or unicodedata.is_normalized("NFKC", data.decode("utf-8", "replace")):
        return found
    for match in _FOREIGN.finditer(data):
        text = match.group().decode("utf-8", "replace")
        name = unicodedata.normalize("NFKC", text)
        if name != text:
            found.setdefault(name, []).append(Spelled(*match.span()))
    return found


def _spelled(data: bytes, name: str) -> Iterator[Spelled]:
    """All places of a word in this spelling, in order."""
    return (Spelled(*match.span()) for match in word_pattern(name).finditer(data))


def _is_defined(data: bytes, place: Spelled) -> bool:
    """Whether `def` or `class` stands before a word."""
    before = data[max(0, place.start - _GAP_MOST) : place.start]
    head = before.rstrip(_GAPS)
    return head != before and head.endswith((b"def", b"class"))
