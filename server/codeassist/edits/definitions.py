"""Where a definition of a file is: its own text, and the comments and decorators before it.

Finds it by its qualified name. Knows syntax trees through `languages`; changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from codeassist.base.errors import EditError
from codeassist.base.files import Document
from codeassist.base.symbols import Outline
from codeassist.languages.nodes import Node, comment_types
from codeassist.languages.parse import parse

NAMES_SHOWN = 8
DECORATORS = frozenset(
    {
        "decorator", "annotation", "marker_annotation", "attribute", "attribute_item",
        "attribute_list", "attribute_declaration", "attribute_specifier", "attribute_group",
    }
)  # fmt: skip
# Nodes that end where the definition in them does, and begin with words that belong to it.
WRAPPERS = frozenset(
    {"decorated_definition", "export_statement", "ambient_declaration", "template_declaration"}
)
_PHP = b"<?php\n"  # what comes before it is text


class Part(Enum):
    """What may stand before a definition."""

    COMMENT = "comment"
    DECORATOR = "decorator"


@dataclass(frozen=True, slots=True)
class Lead:
    """A comment or decorator before a definition, as byte offsets."""

    part: Part
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition as byte offsets. `leads` are directly before `core`, in their order.

    From `core` to `start` are words such as "export"; they are the same where there are none.
    """

    leads: tuple[Lead, ...]
    core: int
    start: int
    end: int


def find_symbol(document: Document, outline: Outline, name: str) -> int:
    """The index of the one symbol with a qualified name, or with the last parts of one.

    Raises EditError with the candidates.
    """
    wanted = _plain(name)
    names = [_plain(outline.qualified(index)) for index in range(len(outline.symbols))]
    found = [index for index, each in enumerate(names) if each == wanted]
    if not found and wanted:
        found = [index for index, each in enumerate(names) if each.endswith(f".{wanted}")]
    if len(found) == 1:
        return found[0]
    if not found:
        near = get_close_matches(wanted, dict.fromkeys(names), n=NAMES_SHOWN, cutoff=0.5)
        hint = f"; there is {', '.join(near)}" if near else ""
        raise EditError(f"there is no definition `{name}`{hint}")
    symbols = outline.symbols
    places = ", ".join(
        f"{symbols[index].kind} {outline.qualified(index)} at line "
        f"{document.lines.line_of(symbols[index].start) + 1}"
        for index in found[:NAMES_SHOWN]
    )
    raise EditError(f"`{name}` is not one definition: {places}; replace its text instead")


def definition(language: str, document: Document, outline: Outline, index: int) -> Definition:
    """A symbol's whole definition in its document."""
    symbol, data = outline.symbols[index], document.data
    root = parse(language, data).root_node
    node = _outermost(root.descendant_for_byte_range(symbol.start, symbol.end) or root, data)
    first = min(symbol.start, _first_lead(language, node, data))
    leads, core = leading(language, root, data, first)
    start = max(core, symbol.start)
    # Some grammars count the end of the line, or empty lines, to a definition.
    end = start + len(data[start : symbol.end].rstrip())
    return Definition(leads, core, start, end)


def leads_of_code(language: str, code: str) -> tuple[tuple[Lead, ...], int]:
    """What a piece of code begins with before its definition, and where that begins."""
    data = code.encode("utf-8")
    before = _PHP if language == "php" else b""
    root = parse(language, before + data).root_node
    leads, core = leading(language, root, before + data, len(before))
    moved = tuple(
        Lead(each.part, each.start - len(before), each.end - len(before)) for each in leads
    )
    return moved, core - len(before)


def leading(language: str, root: Node, data: bytes, position: int) -> tuple[tuple[Lead, ...], int]:
    """The comments and decorators from a position on, and the offset of what follows them."""
    comments = comment_types(language)
    found: list[Lead] = []
    while True:
        position += len(data[position:]) - len(data[position:].lstrip())
        node = root.descendant_for_byte_range(position, min(position + 1, len(data)))
        lead: Lead | None = None
        while node is not None and node.start_byte == position and node.end_byte > position:
            if node.type in comments or node.type in DECORATORS:
                part = Part.COMMENT if node.type in comments else Part.DECORATOR
                lead = Lead(part, position, _end(node, data))
            node = node.parent
        if lead is None:
            return tuple(found), position
        found.append(lead)
        position = lead.end


def _plain(name: str) -> str:
    """A qualified name with dots between its parts, however a model writes them."""
    name = name.strip().strip("`").partition("(")[0].strip()
    for separator in ("::", "#", "->", ":", "\\"):
        name = name.replace(separator, ".")
    return name.strip(".")


def _outermost(node: Node, data: bytes) -> Node:
    """The node around a definition that has nothing but it, and words that belong to it."""
    while node.parent is not None and node.parent.parent is not None:
        parent = node.parent
        same_start = parent.start_byte == node.start_byte
        rest = data[node.end_byte : parent.end_byte].strip()
        if not (same_start and not rest) and not (parent.type in WRAPPERS and rest in (b"", b";")):
            break
        node = parent
    return node


def _first_lead(language: str, node: Node, data: bytes) -> int:
    """Where the comments and decorators begin that stand right above a node."""
    comments = comment_types(language)
    first = node.start_byte
    for other in _before(node):
        between = data[_end(other, data) : first]
        line = data[data.rfind(b"\n", 0, other.start_byte) + 1 : other.start_byte]
        fits = other.type in comments or other.type in DECORATORS
        if not fits or between.strip() or between.count(b"\n") > 1 or line.strip():
            break
        first = other.start_byte
    return first


def _before(node: Node) -> Iterator[Node]:
    """The nodes before a node, the nearest first: of a body's first statement those before it."""
    while node.prev_sibling is None and node.parent is not None:
        if node.parent.start_byte != node.start_byte or node.parent.parent is None:
            return
        node = node.parent
    other = node.prev_sibling
    while other is not None:
        yield other
        other = other.prev_sibling


def _end(node: Node, data: bytes) -> int:
    """Where a node's text ends; in Rust a doc comment has its line feed in it."""
    text = data[node.start_byte : node.end_byte]
    return node.start_byte + len(text.rstrip(b"\r\n"))
