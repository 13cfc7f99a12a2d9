"""The action "inline": a variable's value, or a function's body, in the place of its use."""

import ast
import re

import codeassist.tasks.refactor.syntactic as syntactic
from codeassist.edits.verify import Intent
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.facts import Local, at_name, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.callee import function_at
from codeassist.tasks.refactor.python.inline_function import InlinedCalls, inlined_calls
from codeassist.tasks.refactor.python.inline_variable import InlinedVariable, inlined_variable
from codeassist.tasks.refactor.python.parsed import FUNCTIONS, Parsed, parsed
from codeassist.tasks.refactor.python.proof import after_of, prove_inlined
from codeassist.tasks.refactor.python.region import statements
from codeassist.tasks.task import Scene, Subject

_DEFINED = re.compile(rb"(?:async[\s\\]+)?def[\s\\]+([\w\x80-\xff]+)")
PROOF = "the new syntax tree is the old one with the value in the place of the variable"


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where something can be inlined, otherwise the reason."""
    return reason(lambda: _plan(scene, subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Inline. Raises Refused where it does not apply."""
    yield from ()
    path = path_of(subject)
    plan = _plan(scene, subject)
    if isinstance(plan, InlinedCalls):
        plan.check_project(scene.view, path)
        intent = Intent(removes=frozenset(plan.removes))
        return reported(made(scene, plan.title, {path: plan.edits()}, intent))
    edit = made(scene, f"Inline variable `{plan.name}`", {path: plan.edits()})
    if isinstance(plan, syntactic.InlinedVariable):
        plan.prove(edit)
        return reported(edit, PROOF)
    prove_inlined(plan.parsed.tree, after_of(edit, path), plan.statement, plan.reads, plan.value)
    lost = plan.lost_comment
    notes = (f"the comment on the variable's line goes with it: {lost}",) if lost else ()
    return reported(edit, PROOF, *notes)


def _plan(
    scene: Scene, subject: Subject
) -> InlinedVariable | InlinedCalls | syntactic.InlinedVariable:
    path, subject = path_of(subject), at_name(scene, subject)
    if scene.view.language(path) in syntactic.LANGUAGES:
        return syntactic.inlined_variable(scene, subject)
    source = parsed(scene, path)
    node = named_at(source, subject)
    if isinstance(node, ast.Name) and function_at(source, node) is None:
        return inlined_variable(source, node)
    return inlined_calls(source, node)


def named_at(source: Parsed, subject: Subject) -> ast.AST:
    """The name, member or function definition that is selected or that the cursor is on.

    Of a statement that is selected whole: the variable that it sets, or the function that it calls.
    """
    start, end = subject.start, max(subject.start, subject.end)
    for node in source.at(start, end):
        place = _name_of(source, node)
        if place is not None and place[0] <= start and end <= place[1]:
            return node
    found = _in_statement(source, subject)
    if found is None:
        raise Refused("there is no name here")
    return found


def _name_of(source: Parsed, node: ast.AST) -> tuple[int, int] | None:
    """Where the name of a node stands that has one; no two names touch each other."""
    if isinstance(node, ast.Name):
        return source.start(node), source.end(node)
    if isinstance(node, ast.Attribute):
        return source.end(node) - len(node.attr.encode()), source.end(node)
    if isinstance(node, FUNCTIONS):
        found = _DEFINED.match(source.document.data, source.start(node))
        return found.span(1) if found else None
    return None


def _in_statement(source: Parsed, subject: Subject) -> ast.AST | None:
    region = statements(source, subject) if subject.end > subject.start else None
    if region is None or len(region.body) != 1:
        return None
    statement = region.body[0]
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and function_at(source, value.func) is not None:
        return value.func
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return targets[0] if len(targets) == 1 and isinstance(targets[0], ast.Name) else None


ACTION = Action("inline", "Inline", "refactor.inline", applies, run)
