"""Questions about the syntax tree around a place, answered as plain data."""

from codeassist.base.files import Document
from codeassist.languages.parse import parse


def ancestors(language: str, document: Document, offset: int) -> tuple[tuple[str, int, int], ...]:
    """The nodes around a byte offset, innermost first, each as (type, start, end)."""
    node = parse(language, document.data).root_node.descendant_for_byte_range(offset, offset)
    found: list[tuple[str, int, int]] = []
    while node is not None:
        found.append((node.type, node.start_byte, node.end_byte))
        node = node.parent
    return tuple(found)


def is_guarded(language: str, document: Document, offset: int) -> bool:
    """Whether a place is in the `try` part of a statement that handles the failure."""
    return any(kind == "try_statement" for kind, _, _ in ancestors(language, document, offset))
