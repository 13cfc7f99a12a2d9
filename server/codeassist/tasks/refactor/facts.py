"""What the refactorings without a model have in common: from text edits to a report."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.edits.make import workspace_edit
from codeassist.edits.verify import Intent, verify
from codeassist.tasks.task import Ask, Reply, Scene, Subject, TaskReport

Local = Generator[tuple[Ask, ...], tuple[Reply, ...], TaskReport]
NO_INTENT = Intent()


def path_of(subject: Subject) -> str:
    """The one file that a subject is in. Raises EditError for folders."""
    if len(subject.paths) != 1:
        raise EditError("this needs a place in one file", "name a file, lines or a definition")
    return subject.paths[0]


def reason(plan: Callable[[], object]) -> str | None:
    """Why a plan is refused; None if it is not."""
    try:
        plan()
    except EditError as refused:
        return refused.message
    return None


def made(
    scene: Scene, title: str, edits: Mapping[str, Sequence[TextEdit]], intent: Intent = NO_INTENT
) -> WorkspaceEdit:
    """The verified edit of some text edits. Raises EditError where it cannot be made."""
    scene.token.check()
    return verify(scene.view, workspace_edit(scene.view, title, edits), intent)


def reported(edit: WorkspaceEdit, proof: str = "", *notes: str) -> TaskReport:
    """A report of one edit, with one more proof."""
    if proof:
        edit = replace(edit, proofs=(*edit.proofs, proof))
    return TaskReport(edits=(edit,), notes=notes)
