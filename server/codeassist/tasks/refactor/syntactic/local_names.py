"""Renames a variable or a parameter that is local to one function.

Every word of the function that is the name has to be this one variable: where the name is declared
twice, or used outside of the block that declares it, nothing is renamed.
"""

from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.languages.nodes import Node, ancestors
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.syntactic.code import Code, code_of
from codeassist.tasks.refactor.syntactic.names import MEMBERS, check_name, function_around
from codeassist.tasks.task import Scene, Subject

# Not C# and PHP, whose arguments may be passed by the parameter's name from anywhere.
RENAMES = frozenset({"javascript", "typescript", "tsx", "go", "java"})
_MEMBER_FIELDS = (("method_invocation", "name"), ("field_access", "field"))
_DECLARING = (
    ("variable_declarator", "name"), ("catch_clause", "parameter"), ("arrow_function", "parameter"),
    ("required_parameter", "pattern"), ("optional_parameter", "pattern"),
    ("formal_parameter", "name"), ("parameter_declaration", "name"), ("var_spec", "name"),
    ("catch_formal_parameter", "name"), ("enhanced_for_statement", "name"),
    ("variadic_parameter_declaration", "name"), ("resource", "name"),
)  # fmt: skip
_PARAMETERS = frozenset(
    {"formal_parameters", "required_parameter", "optional_parameter", "formal_parameter",
     "parameter_declaration", "arrow_function", "variadic_parameter_declaration"}
)  # fmt: skip


@dataclass(frozen=True)
class LocalName:
    """A local name and all its places."""

    code: Code
    name: str
    places: list[Node]

    def edits(self, new: str) -> list[TextEdit]:
        """The edits that rename it. Raises Refused for a name that cannot be used."""
        if new == self.name:
            raise Refused(f"it is called `{new}` already")
        check_name(self.code, self.places[0], new)
        return [TextEdit(each.start_byte, each.end_byte, new) for each in self.places]


def local_name(scene: Scene, subject: Subject) -> LocalName:
    """The local name at the cursor. Raises Refused with the reason where there is none."""
    code = code_of(scene, subject)
    node = code.root.named_descendant_for_byte_range(subject.start, max(subject.start, subject.end))
    if node is None or node.type != "identifier":
        raise Refused("there is no local variable here")
    name, owner = code.text(node), function_around(code, node)
    if owner == code.root:
        raise Refused("only local variables of functions are renamed in this language")
    if owner.has_error:
        raise Refused("there is a syntax error here")
    places = [each for each in code.leaves_of(owner, name) if not _is_member(code, each)]
    odd = next((each for each in places if each.type != "identifier"), None)
    if odd is not None:
        line = code.document.lines.line_of(odd.start_byte) + 1
        raise Refused(f"`{name}` is also the name of a property or a type (line {line})")
    declaring = [each for each in places if _is_declaration(each)]
    if len(declaring) != 1:
        raise Refused(f"`{name}` is declared in {len(declaring)} places of this function")
    scope = _scope(code, declaring[0], owner)
    if any(not scope.start_byte <= each.start_byte < scope.end_byte for each in places):
        raise Refused(f"`{name}` is also used outside of the block that declares it")
    if declaring[0].start_byte > min(each.start_byte for each in places):
        raise Refused(f"`{name}` is used before it is declared")
    return LocalName(code, name, places)


def _is_member(code: Code, node: Node) -> bool:
    if node.type in MEMBERS:
        return True
    parent = node.parent
    return parent is not None and any(
        parent.type == kind and parent.child_by_field_name(field) == node
        for kind, field in _MEMBER_FIELDS
    )


def _is_declaration(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "formal_parameters":
        return True
    if parent.type == "expression_list" and parent.parent is not None:
        above = parent.parent
        is_left = above.child_by_field_name("left") == parent
        return is_left and above.type in ("short_var_declaration", "range_clause")
    return any(
        parent.type == kind and node in parent.children_by_field_name(field)
        for kind, field in _DECLARING
    )


def _scope(code: Code, declared: Node, owner: Node) -> Node:
    """The part of a function in which a declared name is known."""
    for outer in ancestors(declared):
        if outer == owner:
            return owner
        if outer.type in _PARAMETERS or outer.type in ("catch_clause", "for_statement"):
            if outer.type in ("catch_clause", "for_statement", "arrow_function"):
                return outer
            function = outer
            while function.parent is not None and function.type not in code.forms.functions:
                function = function.parent
            return function
        if outer.type == "variable_declaration":
            return next(e for e in ancestors(outer) if e.type in code.forms.functions or e == owner)
        if outer.type in code.forms.blocks or outer.type.endswith("for_statement"):
            return outer
    return owner
