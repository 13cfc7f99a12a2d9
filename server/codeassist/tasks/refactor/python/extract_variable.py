"""Extracts an expression into a variable on a line before its statement.

Only where it is evaluated exactly once, and where nothing that is evaluated before it now could
notice that it is evaluated after it then.
"""

import ast
import keyword
import re
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Refused
from codeassist.tasks.refactor.python.names import check_name, used_names
from codeassist.tasks.refactor.python.order import before, check_ahead, check_once
from codeassist.tasks.refactor.python.parsed import Parsed
from codeassist.tasks.refactor.python.region import Expression
from codeassist.tasks.refactor.python.tree import tree_of

_BEFORE = re.compile(r"(\w+|[)\]}\"'])[ \t]*\Z")


@dataclass(frozen=True)
class NewVariable:
    """An expression that can become a variable, and the statement that it is in."""

    parsed: Parsed
    region: Expression
    statement: ast.stmt

    @property
    def is_statement(self) -> bool:
        """Whether the expression is all of its statement, so that its value is not used yet."""
        return isinstance(self.statement, ast.Expr) and self.statement.value is self.region.node

    def edits(self, name: str) -> list[TextEdit]:
        """The edits that make the variable."""
        parsed, region = self.parsed, self.region
        start, end = region.start, region.end
        if self.is_statement:
            return [
                TextEdit(parsed.start(self.statement), parsed.start(self.statement), f"{name} = ")
            ]
        data = parsed.document.data
        around = data[start - 1 : start] + data[end : end + 1]
        if around == b"()" and _is_group(parsed.text(parsed.line_start(start), start - 1)):
            start, end = start - 1, end + 1
        at = parsed.whole_start(self.statement)
        text = parsed.text(region.start, region.end)
        value = text if "\n" not in text or stands_alone(text) else f"({text})"
        line = f"{name} = {value}\n{parsed.indent(self.statement)}"
        return [TextEdit(at, at, line), TextEdit(start, end, name)]


def _is_group(before: str) -> bool:
    """Whether a parenthesis after a text only groups; that of a call belongs to it."""
    found = _BEFORE.search(before)
    if found is None:
        return True
    return keyword.iskeyword(found[1]) and before != before.rstrip()


def stands_alone(text: str) -> bool:
    """Whether an expression over several lines needs no parentheses."""
    try:
        return len(tree_of(f"x = {text}").body) == 1
    except Refused:
        return False


def new_variable(parsed: Parsed, region: Expression | None) -> NewVariable:
    """How a selection can become a variable. Raises Refused with the reason where it cannot."""
    if region is None:
        raise Refused("the selection has to be one whole expression")
    node = region.node
    if isinstance(node, ast.Name):
        raise Refused("the selection is a name already")
    statement = parsed.statement_of(node)
    if parsed.function_of(statement) is None and _is_in_class(parsed, statement):
        raise Refused("in a class body a variable would become a member")
    found = NewVariable(parsed, region, statement)
    if found.is_statement:
        return found
    _check_line(parsed, statement)
    check_once(parsed, node, statement)
    check_ahead(parsed, node, before(statement, node))
    return found


def _is_in_class(parsed: Parsed, statement: ast.stmt) -> bool:
    return any(isinstance(each, ast.ClassDef) for each in parsed.around(statement))


def _check_line(parsed: Parsed, statement: ast.stmt) -> None:
    """Raise Refused where no line can be put before a statement."""
    if parsed.document.data.startswith(b"elif", parsed.start(statement)):
        raise Refused("the selection is evaluated only if the conditions before `elif` fail")
    if parsed.indent(statement).strip():
        raise Refused("the statement does not begin on a line of its own")
    start = parsed.whole_start(statement)
    above = parsed.text(parsed.line_start(max(0, parsed.line_start(start) - 1)), start)
    if above.split("\n")[0].rstrip().endswith("\\"):
        raise Refused("the line before the statement goes on in it")


def check_new_local(parsed: Parsed, node: ast.AST, name: str) -> None:
    """Raise Refused for a name that the code around a node uses already."""
    check_name(name)
    scope: ast.AST = parsed.tree
    for outer in parsed.around(node):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            scope = outer
    for used, line in used_names(scope):
        if used == name:
            raise Refused(f"`{name}` is already used here (line {line})")


def suggested(parsed: Parsed, node: ast.expr) -> str:
    """A name for an expression that its surroundings do not use, made from its last word."""
    core: ast.AST = node
    while isinstance(core, ast.Call | ast.Await | ast.Subscript):
        core = core.func if isinstance(core, ast.Call) else core.value
    word = core.attr if isinstance(core, ast.Attribute) else getattr(core, "id", "")
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower().strip("_")
    word = re.sub(r"^(get|make|create|compute|build|load|read)_", "", word)
    for name in (word, f"{word}_value" if word else "value", *(f"value_{n}" for n in range(2, 99))):
        try:
            check_new_local(parsed, node, name)
        except Refused:
            continue
        return name
    raise Refused("give the variable a name")
