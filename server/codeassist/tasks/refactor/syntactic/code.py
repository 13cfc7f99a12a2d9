"""A parsed document of one of the languages of the table, and where its nodes stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from codeassist.base.files import Document
from codeassist.languages.nodes import Node, ancestors, comment_types, node_text, walk
from codeassist.languages.parse import parse
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.facts import path_of
from codeassist.tasks.refactor.latest import Latest
from codeassist.tasks.refactor.spelling import word_pattern
from codeassist.tasks.refactor.syntactic.table import LANGUAGES, Forms
from codeassist.tasks.task import Scene, Subject

_BLANKS = b" \t\r\n"


@dataclass(frozen=True)
class Code:
    """A document, its language and its syntax tree.

    `set_again` is what was asked of its names; see `assigned`.
    """

    document: Document
    language: str
    root: Node
    set_again: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    @property
    def forms(self) -> Forms:
        """The language's row."""
        return LANGUAGES[self.language]

    def text(self, node: Node) -> str:
        """A node's text, with "\\n" for line ends."""
        return node_text(node, self.document.data).replace("\r\n", "\n")

    def indent(self, node: Node) -> str:
        """What stands before a node on its line."""
        lines = self.document.lines
        start = lines.line_start(lines.line_of(node.start_byte))
        return self.document.data[start : node.start_byte].decode("utf-8", "replace")

    def after(self, node: Node) -> str:
        """What stands after a node on its last line."""
        lines = self.document.lines
        end = lines.line_end(lines.line_of(max(0, node.end_byte - 1)))
        return self.document.data[node.end_byte : end].decode("utf-8", "replace")

    def statement_of(self, node: Node) -> Node:
        """The statement of a block that a node is in. Raises Refused with the reason."""
        inner = node
        for outer in (node, *ancestors(node)):
            if outer.parent is not None and outer.parent.type in self.forms.blocks:
                return self._checked(outer, inner)
            if outer.type in self.forms.functions:
                raise Refused("the selection is in code that is run at another time")
            inner = outer
        raise Refused("the selection is not in a statement of a function")

    def _checked(self, statement: Node, inner: Node) -> Node:
        if statement.type not in self.forms.statements:
            raise Refused("the selection is in a kind of statement that is not understood")
        field = self.forms.heads.get(statement.type)
        if field is not None:
            head = statement.child_by_field_name(field)
            inside = head is not None and head.start_byte <= inner.start_byte < head.end_byte
            if not inside or statement.child_by_field_name("initializer") is not None:
                raise Refused("the selection is in a part of a statement that is not understood")
        if self.indent(statement).strip():
            raise Refused("the statement does not begin on a line of its own")
        return statement

    def leaves(self, node: Node) -> Iterator[Node]:
        """The nodes without children, in the order of the text; comments are left out."""
        comments = comment_types(self.language)
        for each in walk(node):
            if not each.child_count and each.type not in comments:
                yield each

    def leaves_of(self, node: Node, name: str) -> Iterator[Node]:
        """Those of `leaves` that are a word, found by its places in the text."""
        comments = comment_types(self.language)
        for each in self.spanning(node, name):
            if not each.child_count and each.type not in comments:
                yield each

    def spanning(self, node: Node, name: str) -> Iterator[Node]:
        """The smallest nodes in a node whose text is a word, in the order of the text."""
        places = word_pattern(name).finditer(self.document.data, node.start_byte, node.end_byte)
        for place in places:
            found = node.descendant_for_byte_range(*place.span())
            if found is not None and (found.start_byte, found.end_byte) == place.span():
                yield found

    @cached_property
    def decoded(self) -> str:
        """The document's text."""
        return self.document.data.decode("utf-8", "replace")


def code_of(scene: Scene, subject: Subject) -> Code:
    """The subject's file, parsed. Raises Refused where it has errors."""
    path = path_of(subject)
    document, language = scene.view.document(path), scene.view.language(path)
    if document is None or language is None or language not in LANGUAGES:
        raise Refused("this works for some languages only")
    if document.lossy:
        raise Refused("the file's encoding is not known")
    kept: Latest[Code] = scene.view.beside(f"refactor.{language}", Latest)
    return kept.get(path, document.data, lambda: _code(path, language, document.data))


def _code(path: str, language: str, data: bytes) -> Code:
    return Code(Document(path, data), language, parse(language, data).root_node)


def trimmed(code: Code, subject: Subject) -> tuple[int, int]:
    """The selection without blank edges."""
    data = code.document.data
    start, end = subject.start, min(max(subject.start, subject.end), len(data))
    while start < end and data[start : start + 1] in _BLANKS:
        start += 1
    while end > start and data[end - 1 : end] in _BLANKS:
        end -= 1
    return start, end


def selected(code: Code, subject: Subject) -> Node:
    """The node that is exactly selected, blank edges and parentheses left out. Raises Refused."""
    start, end = trimmed(code, subject)
    if start >= end:
        raise Refused("nothing is selected")
    node = code.root.named_descendant_for_byte_range(start, end)
    while node is not None and node.type == "parenthesized_expression":
        node = node.named_children[0] if len(node.named_children) == 1 else None
        if node is not None:
            start, end = node.start_byte, node.end_byte
    if node is None or (node.start_byte, node.end_byte) != (start, end):
        raise Refused("the selection has to be one whole expression")
    return node


def shape(code_data: bytes, node: Node, hole: tuple[int, int]) -> object:
    """A node's kind and parts, its leaves' text, with what stands in a byte range left out."""
    inner = node
    while inner.type == "parenthesized_expression" and len(inner.named_children) == 1:
        inner = inner.named_children[0]
    if hole in ((node.start_byte, node.end_byte), (inner.start_byte, inner.end_byte)):
        return "hole"
    if not node.child_count:
        return node.type, code_data[node.start_byte : node.end_byte]
    return node.type, tuple(shape(code_data, each, hole) for each in node.children)


def spanning(root: Node, kind: str, start: int, end: int) -> Node | None:
    """The node of a type that spans exactly a byte range; None where there is none."""
    node = root.named_descendant_for_byte_range(start, end)
    while node is not None and node.type != kind:
        parent = node.parent
        same = parent is not None and (parent.start_byte, parent.end_byte) == (start, end)
        node = parent if same else None
    return node


def check_whole(node: Node) -> None:
    """Raise Refused for a statement with syntax errors in it."""
    if node.has_error:
        raise Refused("there is a syntax error here")
