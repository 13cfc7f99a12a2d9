"""A Python document with its syntax tree, in byte offsets.

`ast` counts columns in UTF-8 bytes, as documents do. A file that this Python cannot parse, or in
which the two would count lines differently, is refused.
"""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from codeassist.base.files import Document
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.task import Scene

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp

FILES_KEPT = 4  # an editor asks all actions about one file, one after the other


def tree_of(text: str) -> ast.Module:
    """The syntax tree of a text. Raises Refused, with the line, where there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of invalid escapes, which are the author's matter
            return ast.parse(text)
    except SyntaxError as error:
        where = f" (line {error.lineno}: {error.msg})" if error.lineno else ""
        raise Refused(f"the file cannot be parsed by this Python{where}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise Refused("the file cannot be parsed by this Python") from error


@dataclass(frozen=True)
class Parsed:
    """A document and its tree."""

    document: Document
    tree: ast.Module

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

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
    if b"\r" in document.data.replace(b"\r\n", b""):
        raise Refused("the file has carriage returns that end no line")
    return _parsed(path, document.data)


@lru_cache(maxsize=FILES_KEPT)
def _parsed(path: str, data: bytes) -> Parsed:
    return Parsed(Document(path, data), tree_of(data.decode("utf-8")))
