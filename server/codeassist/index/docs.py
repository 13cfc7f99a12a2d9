"""Where the documentation of each definition stands: inside its body, or in comments before it."""

import tree_sitter

from codeassist.base.symbols import Outline
from codeassist.languages import Language

# Rust's and TypeScript's, which stand between the documentation and the definition.
ATTRIBUTES = ("attribute_item", "decorator")
# What stands around a definition in C and C++ and begins before it.
WRAPPERS = ("type_definition", "template_declaration", "linkage_specification")


def doc_ranges(
    language: Language, outline: Outline, root: tree_sitter.Node
) -> dict[int, tuple[int, int]]:
    """Byte ranges of docstrings or of the block of comments just before, by symbol index."""
    find = _inside if language.docs_inside else _before
    found: dict[int, tuple[int, int]] = {}
    for index, symbol in enumerate(outline.symbols):
        node = root.named_descendant_for_byte_range(symbol.start, symbol.end)
        place = find(language, node, symbol.body) if node else None
        if place:
            found[index] = place
    return found


def _inside(language: Language, node: tree_sitter.Node, body_start: int) -> tuple[int, int] | None:
    body = node.child_by_field_name("body")
    if body is None or body.start_byte != body_start:
        return None
    for statement in body.named_children:
        if statement.type in language.comment_nodes:
            continue
        first = statement.named_child(0) if statement.type == "expression_statement" else None
        if first is not None and first.type == "string":
            return first.start_byte, first.end_byte
        return None
    return None


def _before(language: Language, node: tree_sitter.Node, _body_start: int) -> tuple[int, int] | None:
    """The run of comments that ends on the line above the definition or its wrapper."""
    top = node
    while top.parent is not None and (
        top.parent.start_byte == top.start_byte or top.parent.type in WRAPPERS
    ):
        if top.parent.parent is None:
            break
        top = top.parent
    previous = top.prev_named_sibling
    row = top.start_point[0]
    while previous is not None and previous.type in ATTRIBUTES:
        row, previous = previous.start_point[0], previous.prev_named_sibling
    if previous is None:
        previous = _wrapped(top)
    if previous is None or previous.type not in language.comment_nodes:
        return None
    first, last = None, previous
    while previous is not None and previous.type in language.comment_nodes:
        # Some grammars put the line feed into the comment, so that it ends on the next row.
        if previous.end_point[0] + (previous.end_point[1] != 0) < row or _trailing(previous):
            break
        first, row = previous, previous.start_point[0]
        previous = previous.prev_named_sibling
    if first is None:
        return None
    return first.start_byte, last.end_byte


def _trailing(comment: tree_sitter.Node) -> bool:
    """Whether a comment follows code on its line, and so tells of that."""
    before = comment.prev_sibling
    if before is None or before.end_point[1] == 0:
        return False
    return before.end_point[0] == comment.start_point[0] and before.end_byte > before.start_byte


def _wrapped(node: tree_sitter.Node) -> tree_sitter.Node | None:
    """The sibling before a wrapper such as `export`, whose keyword comes before the node."""
    parent = node.parent
    if parent is None or "export" not in parent.type:
        return None
    return parent.prev_named_sibling
