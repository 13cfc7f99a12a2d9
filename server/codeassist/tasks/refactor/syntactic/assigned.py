"""Whether a file sets a name again after it is declared."""

import re
from functools import lru_cache

from codeassist.languages.nodes import Node
from codeassist.tasks.refactor.syntactic.code import Code

_PATTERNS_KEPT = 256
_STEPS = frozenset(
    {"inc_statement", "dec_statement", "postfix_unary_expression", "prefix_unary_expression"}
)


def is_set_again(code: Code, name: str) -> bool:
    """Whether the file sets a name somewhere after it is declared."""
    if name not in code.set_again:
        # Most names are never set again, which costs less to see in the text than in the tree.
        code.set_again[name] = _setting(name).search(code.decoded) is not None and any(
            _is_assigned(each) for each in code.spanning(code.root, name)
        )
    return code.set_again[name]


def _is_assigned(node: Node) -> bool:
    """Whether a name is set where it stands, by itself or as one of several; not by declaring."""
    while node.parent is not None:
        parent = node.parent
        if _assigns(parent) and (node.type == "identifier" or _is_target(parent, node)):
            return True
        above = parent.parent
        if node.is_named and above is not None and _assigns(above) and _is_target(above, parent):
            return True
        if (parent.start_byte, parent.end_byte) != (node.start_byte, node.end_byte):
            return False
        node = parent
    return False


def _assigns(node: Node) -> bool:
    return "assignment" in node.type or "update" in node.type or node.type in _STEPS


def _is_target(assignment: Node, node: Node) -> bool:
    """Whether a node is what an assignment sets; a member is not counted as its object's name."""
    return not node.type.endswith("member_expression") and any(
        assignment.child_by_field_name(field) == node for field in ("left", "argument", "operand")
    )


@lru_cache(maxsize=_PATTERNS_KEPT)
def _setting(name: str) -> re.Pattern[str]:
    """What a text has where a name is set. It begins with the name, which is fast to search."""
    word = re.escape(name)
    declared = "".join(f"(?<!{each}{word})" for each in ("const ", "let ", "var "))
    sets = r"\s*(?:[^\w\s=(){};]{1,3}=|=(?![=>])|\+\+|--|,)"
    return re.compile(rf"{word}(?:(?<![\w$]{word}){declared}{sets}|(?<=\+\+{word})|(?<=--{word}))")
