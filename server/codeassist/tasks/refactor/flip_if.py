"""The action "flip-if": turns an `if` with an `else` round, its condition negated."""

import re

import codeassist.tasks.refactor.syntactic as syntactic
from codeassist.base.edits import TextEdit
from codeassist.languages.nodes import Node, ancestors
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.facts import Local, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.flip import flipped
from codeassist.tasks.refactor.python.parsed import parsed
from codeassist.tasks.refactor.syntactic.code import Code, code_of
from codeassist.tasks.task import Scene, Subject

_BLOCKS = frozenset({"statement_block", "block", "compound_statement"})
# Exact opposites. Not "<" and ">=": both are false for what is not a number.
_OPPOSITES = {"===": "!==", "!==": "===", "==": "!=", "!=": "=="}


def applies(scene: Scene, subject: Subject) -> str | None:
    """None on an `if` with a plain `else`, otherwise the reason."""
    return reason(lambda: _edits(scene, subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Turn it round. Raises Refused where it does not apply."""
    yield from ()
    edits = _edits(scene, subject)
    return reported(made(scene, "Turn the if round", {path_of(subject): edits}))


def _edits(scene: Scene, subject: Subject) -> list[TextEdit]:
    path = path_of(subject)
    if scene.view.language(path) in syntactic.LANGUAGES:
        return _braces(code_of(scene, subject), subject)
    return flipped(parsed(scene, path), subject)


def _braces(code: Code, subject: Subject) -> list[TextEdit]:
    node = code.root.descendant_for_byte_range(subject.start, subject.start)
    chain = [node, *ancestors(node)] if node is not None else []
    found = next((each for each in chain if each.type == "if_statement"), None)
    if found is None:
        raise Refused("there is no `if` here")
    condition = found.child_by_field_name("condition")
    then = found.child_by_field_name("consequence") or found.child_by_field_name("body")
    other = found.child_by_field_name("alternative")
    if other is not None and other.type == "else_clause":
        other = other.child_by_field_name("body") or next(iter(other.named_children), None)
    if condition is None or then is None or other is None:
        raise Refused("the `if` has no `else`")
    if subject.start >= then.start_byte:
        raise Refused("the cursor is not on the head of the `if`")
    if then.type not in _BLOCKS or other.type not in _BLOCKS:
        raise Refused("the branches are not both in braces, or there is an `else if`")
    if found.has_error:
        raise Refused("there is a syntax error here")
    data = code.document.data
    between = data[then.end_byte : other.start_byte].decode("utf-8", "replace")
    if between.strip() != "else":
        raise Refused("there is more than `else` between the branches")
    return [
        TextEdit(condition.start_byte, condition.end_byte, _negated(code, condition)),
        TextEdit(then.start_byte, then.end_byte, code.text(other)),
        TextEdit(other.start_byte, other.end_byte, code.text(then)),
    ]


def _negated(code: Code, condition: Node) -> str:
    inner, wrapped = condition, condition.type == "parenthesized_expression"
    if wrapped:
        inner = condition.named_children[0]
    text = code.text(inner)
    operator = inner.child_by_field_name("operator")
    sign = code.text(operator) if operator is not None else ""
    if text.startswith("!") and "unary" in inner.type:
        negated = text[1:].strip()
        if negated.startswith("(") and negated.endswith(")") and inner.named_child_count == 1:
            negated = negated[1:-1].strip()
    elif "binary" in inner.type and sign in _OPPOSITES and code.language != "csharp":
        assert operator is not None
        at = operator.start_byte - inner.start_byte
        raw = text.encode()
        new = _OPPOSITES[sign].encode()
        negated = (raw[:at] + new + raw[at + len(sign) :]).decode()
    else:
        plain = re.fullmatch(r"[$\w.>-]+(\([^()]*\))?", text)
        negated = f"!{text}" if plain and "binary" not in inner.type else f"!({text})"
    return f"({negated})" if wrapped else negated


ACTION = Action("flip-if", "Turn the if round", "refactor.rewrite.codeassist.flip", applies, run)
