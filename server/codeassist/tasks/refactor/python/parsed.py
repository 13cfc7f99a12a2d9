"""A Python document with its syntax tree, in byte offsets.

`ast` counts columns in UTF-8 bytes, as documents do. A file that this Python cannot parse, or in
which the two would count lines differently, is refused.

The trees of the last few files are kept, each with its content, so that all that an editor asks
about one state of a file parses it once, whatever view it asks. Nothing but the parse looks at the
whole tree.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from codeassist.base.files import Document
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.latest import Latest
from codeassist.tasks.refactor.python.descent import Descent, Place
from codeassist.tasks.refactor.python.tree import tree_of
from codeassist.tasks.refactor.python.words import Words
from codeassist.tasks.task import Scene

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Parsed:
    """A document and its tree."""

    document: Document
    tree: ast.Module

    @cached_property
    def parents(self) -> Descent:
        """The node around each node, found when it is asked for."""
        return Descent(self.tree)

    @cached_property
    def words(self) -> Words:
        """The nodes that have a name, found when they are asked for."""
        return Words(self.document, self.parents)

    def at(self, start: int, end: int) -> Iterator[ast.AST]:
        """The nodes that hold a range of bytes, edges included; see `Descent.holding`."""
        return self.parents.holding([self.place(start)], [self.place(end)])

    def place(self, offset: int) -> Place:
        """A byte offset as `ast` has places."""
        line, column = self.document.lines.position(offset)
        return line + 1, column

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, innermost first."""
        parent = self.parents.get(node)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def start(self, node: ast.AST) -> int:
        """The byte offset at which a statement or an expression begins, decorators left out."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        return self.document.lines.line_start(line - 1) + int(column)

    def end(self, node: ast.AST) -> int:
        """The byte offset just after a statement or an expression."""
        line, column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        return self.document.lines.line_start(line - 1) + int(column)

    def whole_start(self, node: ast.AST) -> int:
        """Like `start`, decorators included."""
        first = [self._at_sign(each) for each in getattr(node, "decorator_list", ())]
        return min([self.start(node), *first])

    def _at_sign(self, decorator: ast.expr) -> int:
        return self.document.data.rindex(b"@", 0, self.start(decorator))

    def text(self, start: int, end: int) -> str:
        """The text between two offsets, with "\\n" for line ends."""
        return self.document.data[start:end].decode("utf-8").replace("\r\n", "\n")

    def source(self, node: ast.AST) -> str:
        """A node's text."""
        return self.text(self.start(node), self.end(node))

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        lines = self.document.lines
        return lines.line_start(lines.line_of(offset))

    def line_end(self, offset: int) -> int:
        """Where the text of an offset's line ends."""
        lines = self.document.lines
        return lines.line_end(lines.line_of(offset))

    def indent(self, node: ast.AST) -> str:
        """What stands before a node on its line."""
        start = self.whole_start(node)
        return self.text(self.line_start(start), start)

    def function_of(self, node: ast.AST) -> Function | None:
        """The function whose scope a node's code runs in; None for the module and for classes.

        Lambdas and comprehensions belong to the function around them.
        """
        inner: ast.AST = node
        for outer in self.around(node):
            if isinstance(outer, FUNCTIONS) and _is_in_body(outer, inner):
                return outer
            if isinstance(outer, ast.ClassDef) and _is_in_body(outer, inner):
                return None
            inner = outer
        return None

    def statement_of(self, node: ast.AST) -> ast.stmt:
        """The statement that a node is in, or is."""
        if isinstance(node, ast.stmt):
            return node
        return next(each for each in self.around(node) if isinstance(each, ast.stmt))

    def block_of(self, statement: ast.stmt) -> list[ast.stmt]:
        """The list of statements that a statement stands in."""
        parent = self.parents[statement]
        for _, value in ast.iter_fields(parent):
            if isinstance(value, list) and any(each is statement for each in value):
                return value
        raise AssertionError("a statement stands in a list of its parent")


def _is_in_body(owner: Function | ast.ClassDef, node: ast.AST) -> bool:
    return any(each is node for each in owner.body)


def parsed(scene: Scene, path: str) -> Parsed:
    """An indexed Python file, parsed. Raises Refused for any other, and for broken ones."""
    document = scene.view.document(path)
    if scene.view.language(path) != "python" or document is None:
        raise Refused("this works for Python only")
    if document.lossy:
        raise Refused("the file's encoding is not known")
    kept: Latest[Parsed | str] = scene.view.beside("refactor.python", Latest)
    found = kept.get(path, document.data, lambda: _outcome(path, document.data))
    if isinstance(found, str):
        raise Refused(found)
    return found


def _outcome(path: str, data: bytes) -> Parsed | str:
    """A file, parsed, or why it cannot be; kept, as trying again takes as long."""
    if data.count(b"\r") != data.count(b"\r\n"):
        return "the file has carriage returns that end no line"
    try:
        return Parsed(Document(path, data), tree_of(data.decode("utf-8")))
    except Refused as refused:
        return refused.message
