"""Extracts an expression into a variable before its statement, in the languages of the table."""

import re
from dataclasses import dataclass

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.languages.nodes import Node, ancestors, walk
from codeassist.languages.parse import parse
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.syntactic.code import (
    Code,
    check_whole,
    code_of,
    selected,
    shape,
    spanning,
)
from codeassist.tasks.refactor.syntactic.names import check_name
from codeassist.tasks.refactor.syntactic.order import check_first, check_once, is_callee, is_target
from codeassist.tasks.task import Scene, Subject

_UNARY = frozenset(
    {"unary_expression", "update_expression", "prefix_unary_expression", "spread_element",
     "postfix_unary_expression", "reference_assignment_expression", "delete_expression"}
)  # fmt: skip
_NAMING = ("nameof", "sizeof", "typeof", "isset", "empty", "unset", "compact", "extract")


@dataclass(frozen=True)
class NewVariable:
    """An expression that can become a variable, and the statement that it is in."""

    code: Code
    node: Node
    statement: Node

    def edits(self, name: str) -> list[TextEdit]:
        """The edits that make the variable. Raises Refused for a name that cannot be used."""
        name = self._name(name)
        check_name(self.code, self.statement, name)
        value = self.code.text(self.node)
        line = self.code.forms.declare.format(name=name, value=value)
        text = self.code.text(self.statement)
        if self.code.forms.declared == "lexical_declaration" and text[:1].isalpha():
            # JavaScript without semicolons stays so; a letter begins no continuation.
            line = line if text.endswith((";", "}")) else line.removesuffix(";")
        indent = self.code.indent(self.statement)
        start = self.statement.start_byte
        return [
            TextEdit(start, start, f"{line}\n{indent}"),
            TextEdit(self.node.start_byte, self.node.end_byte, name),
        ]

    def _name(self, name: str) -> str:
        sigil = self.code.forms.sigil
        return name if name.startswith(sigil) else sigil + name

    def suggested(self) -> str:
        """A name that the code around does not use, made from the expression's last word."""
        words = re.findall(r"[A-Za-z]\w*", re.sub(r"\(.*|\[.*", "", self.code.text(self.node)))
        word = words[-1] if words and self.node.type not in self.code.forms.literals else "value"
        word = re.sub(r"^(get|make|create|compute|load|read)(?=[A-Z])", "", word)
        word = word[:1].lower() + word[1:]
        for name in (word, f"{word}Value", *(f"value{number}" for number in range(2, 99))):
            try:
                check_name(self.code, self.statement, self._name(name))
            except Refused:
                continue
            return name
        raise Refused("give the variable a name")

    def prove(self, edit: WorkspaceEdit, name: str) -> None:
        """Raise Refused unless the statement is what it was but for the variable."""
        name = self._name(name)
        (file,) = edit.files
        after = decode(file.path, file.after).data
        root = parse(self.code.language, after).root_node
        value = self.node.end_byte - self.node.start_byte
        # All that comes after the value is as far from the end of the file as it was.
        end = len(after) - (len(self.code.document.data) - self.statement.end_byte)
        tail = self.statement.end_byte - self.node.end_byte
        at = end - tail - len(name.encode())
        start = at - (self.node.start_byte - self.statement.start_byte)
        found = spanning(root, self.statement.type, start, end)
        old = shape(
            self.code.document.data, self.statement, (self.node.start_byte, self.node.end_byte)
        )
        new = shape(after, found, (at, end - tail)) if found is not None else None
        declared = after.find(self.code.document.data[self.node.start_byte : self.node.end_byte])
        if old != new or (root.has_error and not self.code.root.has_error):
            raise Refused("the result could not be proved to do the same")
        if not declared >= 0 or declared + value > start:
            raise Refused("the result could not be proved to do the same")


def new_variable(scene: Scene, subject: Subject) -> NewVariable:
    """How a selection can become a variable. Raises Refused with the reason where it cannot."""
    code = code_of(scene, subject)
    node = selected(code, subject)
    if node.type not in code.forms.values:
        raise Refused("the selection is not an expression that can become a variable")
    statement = code.statement_of(node)
    check_whole(statement)
    _check_place(code, node, statement)
    check_once(code, node, statement)
    check_first(code, node, node, statement)
    _check_type(code, node)
    return NewVariable(code, node, statement)


def _check_place(code: Code, node: Node, statement: Node) -> None:
    parent = node.parent
    if parent is None or (parent == statement and statement.type == "expression_statement"):
        raise Refused("the selection is a whole statement")
    if parent.type == "jsx_attribute":
        raise Refused("the selection is an attribute's text, not an expression")
    if is_callee(node) or is_target(node):
        raise Refused("the selection is called or set, so that it is no value")
    if parent.type in _UNARY and not code.text(parent).startswith(("!", "-", "+", "~")):
        raise Refused("the operator before the selection needs the place, not the value")
    if "as const" in code.text(parent) and parent.type == "as_expression":
        raise Refused("the selection is made constant by `as const`")
    declarator = next((e for e in ancestors(node) if e.type == "variable_declarator"), None)
    if declarator is not None and declarator.parent is not None:
        first = next(c for c in declarator.parent.named_children if c.type == declarator.type)
        if first != declarator and declarator.start_byte >= statement.start_byte:
            raise Refused("another variable is declared before it in the statement")
    for outer in ancestors(node):
        if outer == statement:
            return
        text = code.text(outer)
        calls = "call" in outer.type or "invocation" in outer.type or "unset" in outer.type
        if calls and text.startswith(tuple(f"{word}(" for word in _NAMING)):
            raise Refused("the selection is named, not evaluated")
        is_argument = outer.type == "argument"
        if is_argument and text.startswith(("ref ", "out ", "in ", "&")):
            raise Refused("the selection is passed by reference")


def _check_type(code: Code, node: Node) -> None:
    """Raise Refused where the variable might get another type than the expression has in place."""
    text, parent = code.text(node), node.parent
    assert parent is not None
    if code.language == "php" and node.type in code.forms.reads and "argument" in parent.type:
        raise Refused("the selection may be passed by reference")
    if not code.forms.typed:
        return
    names = ("identifier", "this", "field_identifier", "this_expression", "type_identifier")
    if not any(each.type in names for each in walk(node)) and "string" not in node.type:
        raise Refused("a constant's type depends on where it stands")
    if "<>" in text or "() =>" in text:
        raise Refused("the selection's type depends on where it stands")
    first = re.match(r"\w+", text)
    own = text.startswith("this.") or "[" in text
    if node.type in code.forms.reads and code.language != "go" and not own:
        raise Refused("the selection may be the name of a type or a package")
    if (
        node.type == "method_invocation"
        and text.endswith("()")
        and first
        and first[0][:1].isupper()
    ):
        raise Refused("the selection's type depends on where it stands")
    single = parent.type in ("expression_list", "argument_list") and parent.named_child_count == 1
    if code.forms.multiple and node.type == "call_expression" and single:
        raise Refused("the call may give several values")
    inner = node.child_by_field_name("operand")
    exported = re.fullmatch(r"\w+\.[A-Z]\w*", text) is not None
    used_in = parent.type in ("selector_expression", "composite_literal")
    if inner is not None and inner.type == "identifier" and exported and used_in:
        raise Refused("the selection may be the name of a type or a package")
