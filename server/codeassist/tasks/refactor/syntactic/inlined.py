"""Inlines a variable that is used once, in the statement after the one that declares it."""

from dataclasses import dataclass

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.languages.nodes import Node
from codeassist.languages.parse import parse
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.syntactic.code import (
    Code,
    check_whole,
    code_of,
    shape,
    spanning,
    trimmed,
)
from codeassist.tasks.refactor.syntactic.names import function_around
from codeassist.tasks.refactor.syntactic.order import check_first, check_once, is_callee, is_target
from codeassist.tasks.task import Scene, Subject

_ATOMS = frozenset(
    {"identifier", "string", "number", "template_string", "string_literal", "this", "true", "false"}
)
_ROOMY = frozenset(
    {"arguments", "argument_list", "argument", "parenthesized_expression", "return_statement",
     "variable_declarator", "expression_list", "template_substitution", "array"}
)  # fmt: skip
_OWN_KIND = frozenset(
    {"arrow_function", "function_expression", "class", "func_literal", "lambda_expression",
     "composite_literal", "generator_function", "array_initializer", "initializer_expression"}
)  # fmt: skip


@dataclass(frozen=True)
class InlinedVariable:
    """A variable, its one use, and its value."""

    code: Code
    name: str
    statement: Node
    value: Node
    following: Node
    use: Node

    def edits(self) -> list[TextEdit]:
        """The edits that do it."""
        lines = self.code.document.lines
        first = lines.line_of(self.statement.start_byte)
        last = lines.line_of(self.statement.end_byte - 1)
        text, parent = self.code.text(self.value), self.use.parent
        atom = self.value.type in _ATOMS | self.code.forms.reads | self.code.forms.effects
        atom = atom and "assignment" not in self.value.type and "await" not in self.value.type
        if not atom and not (parent is not None and parent.type in _ROOMY):
            text = f"({text})"
        return [
            TextEdit(lines.line_start(first), lines.line_start(last + 1), ""),
            TextEdit(self.use.start_byte, self.use.end_byte, text),
        ]

    def prove(self, edit: WorkspaceEdit) -> None:
        """Raise Refused unless the statement is what it was but for the value."""
        (file,) = edit.files
        following = self.following
        after = decode(file.path, file.after).data
        root = parse(self.code.language, after).root_node
        end = len(after) - (len(self.code.document.data) - following.end_byte)
        tail = following.end_byte - self.use.end_byte
        text = self.edits()[1].text
        at = end - tail - len(text.encode()) - text.count("\n") * (self.code.document.eol == "\r\n")
        start = at - (self.use.start_byte - following.start_byte)
        found = spanning(root, following.type, start, end)
        hole = (at, end - tail)
        inner = (at + 1, end - tail - 1) if text != self.code.text(self.value) else hole
        use = (self.use.start_byte, self.use.end_byte)
        old = shape(self.code.document.data, following, use)
        news = [shape(after, found, each) for each in (hole, inner)] if found is not None else []
        if old not in news or (root.has_error and not self.code.root.has_error):
            raise Refused("the result could not be proved to do the same")


def inlined_variable(scene: Scene, subject: Subject) -> InlinedVariable:
    """How the variable at the cursor can be inlined. Raises Refused with the reason."""
    code = code_of(scene, subject)
    if not code.forms.declared:
        raise Refused("variables are not inlined in this language")
    node = code.root.named_descendant_for_byte_range(*trimmed(code, subject))
    if node is not None and node.type == code.forms.declared:
        node = next((each for each in code.leaves(node) if each.type == "identifier"), node)
    if node is None or node.type != "identifier":
        raise Refused("there is no variable here")
    name = code.text(node)
    owner = function_around(code, node)
    if owner == code.root:
        raise Refused("only local variables of functions can be inlined")
    places = list(code.leaves_of(owner, name))
    if len(places) != 2 or any(each.type != "identifier" for each in places):
        raise Refused(f"`{name}` is not declared once and used once")
    statement, value = _declaration(code, places[0])
    use = places[1]
    following = code.statement_of(use)
    if _next(code, statement) != following:
        raise Refused(f"`{name}` is not used in the statement after its declaration")
    check_whole(statement)
    check_whole(following)
    if is_callee(use) or is_target(use) or value.type in _OWN_KIND:
        raise Refused(f"`{name}` is called or set, or its value is a function")
    parent = use.parent
    around = code.text(parent) if parent is not None else ""
    operator = parent is not None and ("unary" in parent.type or "update" in parent.type)
    if operator and (not around.startswith(("!", "-")) or around.startswith("--")):
        raise Refused("the operator before the use needs the variable itself")
    if around.startswith(("ref ", "out ", "in ")):
        raise Refused(f"`{name}` is passed by reference")
    check_once(code, use, following)
    check_first(code, use, value, following)
    return InlinedVariable(code, name, statement, value, following, use)


def _declaration(code: Code, name: Node) -> tuple[Node, Node]:
    """The statement that declares a name, and the value. Raises Refused for any other place."""
    declarator = name.parent
    if declarator is not None and declarator.type == "expression_list":
        declarator = declarator.parent if declarator.named_child_count == 1 else None
    statement = declarator
    while statement is not None and statement.type != code.forms.declared:
        statement = statement.parent
    if declarator is None or statement is None or declarator.start_byte > name.start_byte:
        raise Refused("the variable is not declared by a plain statement here")
    value = declarator.child_by_field_name("value") or declarator.child_by_field_name("right")
    if value is None and declarator.type == "variable_declarator":
        value = declarator.named_children[-1] if declarator.named_child_count == 2 else None
    if value is not None and value.type == "expression_list":
        value = value.named_children[0] if value.named_child_count == 1 else None
    declared = [c for c in statement.named_children if "declarator" in c.type]
    if value is None or len(declared) > 1 or declarator.child_by_field_name("type") is not None:
        raise Refused("the variable is not declared by itself, or has a type of its own")
    if code.forms.mark and not code.text(statement).removeprefix("final ").startswith("var "):
        raise Refused("the variable has a type of its own, to which its value may be converted")
    if code.forms.typed and value.type in code.forms.literals and code.language == "go":
        raise Refused("a constant's type depends on where it stands")
    if "<>" in code.text(value):
        raise Refused("the value's type depends on where it stands")
    if statement.parent is None or statement.parent.type not in code.forms.blocks:
        raise Refused("the variable is not declared by a statement of its own")
    if code.indent(statement).strip() or code.after(statement).strip():
        raise Refused("there is something else on the line that declares the variable")
    return statement, value


def _next(code: Code, statement: Node) -> Node | None:
    following = statement.next_named_sibling
    while following is not None and "comment" in following.type:
        following = following.next_named_sibling
    return following
