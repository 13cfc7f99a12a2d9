"""The action "extract-variable": a selected expression becomes a variable before its statement."""

import codeassist.tasks.refactor.syntactic as syntactic
from codeassist.tasks.refactor.action import Action
from codeassist.tasks.refactor.facts import Local, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.extract_variable import (
    NewVariable,
    check_new_local,
    new_variable,
    suggested,
)
from codeassist.tasks.refactor.python.parsed import parsed
from codeassist.tasks.refactor.python.proof import after_of, prove_variable
from codeassist.tasks.refactor.python.region import expression
from codeassist.tasks.task import Scene, Subject

PROOF = "putting the expression back for the variable gives the same syntax tree"


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where a variable can be extracted, otherwise the reason."""
    return reason(lambda: _plan(scene, subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Extract. Raises Refused where it does not apply."""
    yield from ()
    path = path_of(subject)
    plan = _plan(scene, subject)
    if isinstance(plan, syntactic.NewVariable):
        name = options.name or plan.suggested()
        edit = made(scene, f"Extract variable `{name}`", {path: plan.edits(name)})
        plan.prove(edit, name)
        return reported(edit, PROOF, made_up="" if options.name else name)
    node = plan.region.node
    name = options.name or suggested(plan.parsed, node)
    check_new_local(plan.parsed, node, name)
    edit = made(scene, f"Extract variable `{name}`", {path: plan.edits(name)})
    prove_variable(plan.parsed.tree, after_of(edit, path), name, node)
    return reported(edit, PROOF, made_up="" if options.name else name)


def _plan(scene: Scene, subject: Subject) -> NewVariable | syntactic.NewVariable:
    path = path_of(subject)
    if scene.view.language(path) in syntactic.LANGUAGES:
        return syntactic.new_variable(scene, subject)
    source = parsed(scene, path)
    return new_variable(source, expression(source, subject))


ACTION = Action(
    "extract-variable",
    "Extract variable",
    "refactor.extract.variable",
    applies,
    run,
    takes_name=True,
)
