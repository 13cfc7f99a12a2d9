"""A file's syntax as this task needs it: the node of a definition, what is around and before it.

Knows nodes. Does not know what documentation says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from codeassist.base.files import Document
from codeassist.base.symbols import Detail, Outline, Symbol
from codeassist.index.docs import ATTRIBUTES, WRAPPERS
from codeassist.index.view import View
from codeassist.languages import Language, by_name
from codeassist.languages.nodes import Node, comment_types, node_text
from codeassist.languages.parse import parse

# Functions and types within a function, whose raises and results are their own.
INNER = re.compile(
    r"lambda|closure|arrow_function|anonymous_function|^function_(?:definition|declaration|item"
    r"|expression|signature)$|^generator_function|^method(?:_declaration|_definition)?$"
    r"|^local_function|^singleton_method$|^class(?:_definition|_declaration|_body)?$"
    r"|^object_(?:literal|declaration)$|^(?:do_)?block$(?<=do_block)|^func_literal$"
)


@dataclass(frozen=True)
class Source:
    """A file with everything that is known of it. `outline` and `detail` belong to `document`."""

    path: str
    document: Document
    outline: Outline
    detail: Detail

    @cached_property
    def language(self) -> Language:
        """The file's language."""
        return by_name(self.outline.language)

    @cached_property
    def root(self) -> Node:
        """The root of the syntax tree."""
        return parse(self.outline.language, self.data).root_node

    @property
    def data(self) -> bytes:
        """The file's text as UTF-8."""
        return self.document.data

    def symbol(self, index: int) -> Symbol:
        """A definition."""
        return self.outline.symbols[index]

    def node(self, index: int) -> Node | None:
        """The node of a definition."""
        symbol = self.symbol(index)
        return self.root.named_descendant_for_byte_range(symbol.start, symbol.end)

    def header(self, index: int) -> str:
        """A definition's signature as it stands in the source, modifiers included."""
        symbol = self.symbol(index)
        start = self.document.lines.line_start(self.document.lines.line_of(symbol.start))
        return self.data[start : symbol.body].decode("utf-8", "replace").strip()

    def text(self, start: int, end: int) -> str:
        """The source text of a byte range."""
        return self.data[start:end].decode("utf-8", "replace")

    def node_text(self, node: Node | None) -> str:
        """A node's source text."""
        return node_text(node, self.data)

    def indent_at(self, offset: int) -> str | None:
        """The blanks before a place on its line; None where something else stands there."""
        start = self.document.lines.line_start(self.document.lines.line_of(offset))
        before = self.text(start, offset)
        return None if before.strip() else before


def source_of(view: View, path: str) -> Source | None:
    """A file of the index; None where it cannot be read any more."""
    outline, detail, document = view.outline(path), view.detail(path), view.document(path)
    if outline is None or detail is None or document is None:
        return None
    return Source(path, document, outline, detail)


def outermost(node: Node) -> Node:
    """The node before which comments of a definition stand: what wraps it, attributes included."""
    top = node
    while top.parent is not None and top.parent.parent is not None:
        parent = top.parent
        # `export` and `declare` come before the node that they belong to.
        wraps = parent.start_byte == top.start_byte or parent.type in WRAPPERS
        if not wraps and not _is_keyword_before(parent):
            break
        top = parent
    previous = top.prev_named_sibling
    while previous is not None and previous.type in ATTRIBUTES:
        top, previous = previous, previous.prev_named_sibling
    return top


def _is_keyword_before(node: Node) -> bool:
    return "export" in node.type or node.type == "ambient_declaration"


def body_of(source: Source, index: int) -> Node | None:
    """The node of a definition's body; None for one without."""
    symbol, node = source.symbol(index), source.node(index)
    if node is None or symbol.body >= symbol.end:
        return None
    stack = [node]
    while stack:
        at = stack.pop()
        if at.start_byte == symbol.body and at.is_named and at.id != node.id:
            return at
        inside = (c for c in at.children if c.start_byte <= symbol.body < c.end_byte)
        stack.extend(reversed(list(inside)))
    return None


def own_nodes(body: Node) -> Iterator[Node]:
    """The nodes of a body in source order, without those of functions and types inside of it."""
    stack = [body]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(c for c in reversed(node.children) if not INNER.search(c.type))


def comment_above(source: Source, top: Node) -> tuple[int, int] | None:
    """The byte range of the comments that end on the line above a definition."""
    kinds = comment_types(source.language.name)
    found: tuple[int, int] | None = None
    row, previous = top.start_point[0], top.prev_sibling
    while previous is not None and previous.type in kinds:
        # Some grammars put the line feed into the comment, so that it ends on the next row.
        if previous.end_point[0] + (previous.end_point[1] != 0) < row:
            break
        if source.indent_at(previous.start_byte) is None:
            break  # it follows code on its line, and tells of that
        end = found[1] if found else previous.end_byte
        found = previous.start_byte, end
        row, previous = previous.start_point[0], previous.prev_sibling
    return found or _comment_on_line_above(source, top)


def _comment_on_line_above(source: Source, top: Node) -> tuple[int, int] | None:
    """The comment that ends on the line above although its node is in what stands before.

    Grammars with blocks of indentation take it into the block.
    """
    lines = source.document.lines
    line = lines.line_of(top.start_byte) - 1
    text = lines.line(line).rstrip()
    if not text:
        return None
    at = lines.line_start(line) + len(text.encode()) - 1
    node = source.root.descendant_for_byte_range(at, at)
    kinds = comment_types(source.language.name)
    while node is not None and node.type not in kinds:
        node = node.parent
    if node is None or source.indent_at(node.start_byte) is None:
        return None
    return node.start_byte, node.end_byte
