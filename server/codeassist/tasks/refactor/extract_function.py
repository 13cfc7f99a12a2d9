"""The action "extract-function": a selection of Python becomes a function of its own."""

from codeassist.tasks.refactor.action import Action
from codeassist.tasks.refactor.facts import Local, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python import names
from codeassist.tasks.refactor.python.extract_function import Extraction, extraction
from codeassist.tasks.refactor.python.parsed import Parsed, parsed
from codeassist.tasks.refactor.python.proof import after_of, prove_extracted
from codeassist.tasks.refactor.python.region import expression, statements
from codeassist.tasks.task import Scene, Subject

DEFAULT_NAME = "extracted"
PROOF = "putting the new function's body back gives the same syntax tree"


def applies(scene: Scene, subject: Subject) -> str | None:
    """None where a function can be extracted, otherwise the reason."""
    return reason(lambda: _plan(scene, subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Extract. Raises Refused where it does not apply."""
    yield from ()
    source, plan = _plan(scene, subject)
    name = options.name or names.made_up(scene.view, DEFAULT_NAME)
    names.check_name(name)
    names.check_unused(source, name)
    if plan.is_method:
        names.check_member(scene.view, name)
    path = path_of(subject)
    edit = made(scene, f"Extract function `{name}`", {path: plan.edits(name)})
    prove_extracted(source.tree, after_of(edit, path), name, plan.moved)
    return reported(edit, PROOF, made_up="" if options.name else name)


def _plan(scene: Scene, subject: Subject) -> tuple[Parsed, Extraction]:
    source = parsed(scene, path_of(subject))
    region = statements(source, subject) or expression(source, subject)
    return source, extraction(source, region)


ACTION = Action(
    "extract-function",
    "Extract function",
    "refactor.extract.function",
    applies,
    run,
    takes_name=True,
)
