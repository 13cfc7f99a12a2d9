"""The task `docs`: writes documentation that is missing and repairs what drifted.

Facts alone without a model. With one, each file's definitions are asked about in a few requests;
where an answer is of no use, the facts stand.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.edits.make import workspace_edit
from codeassist.edits.verify import Intent, verify
from codeassist.index.view import View
from codeassist.tasks.docs.content import Content
from codeassist.tasks.docs.options import DocsOptions
from codeassist.tasks.docs.plan import FilePlan, plans
from codeassist.tasks.docs.samples import samples_of
from codeassist.tasks.docs.worded import Words, is_full, worded
from codeassist.tasks.task import Ask, Conversation, Dropped, Reply, Scene, Subject, TaskReport

PROGRESS_EVERY = 10  # files between two reports
_DEFAULT = DocsOptions()
_NOTHING = "there is nothing to document: all that was looked at has its documentation"


def run(scene: Scene, subject: Subject, options: DocsOptions = _DEFAULT) -> Conversation:
    """Document a subject: one edit for each file, verified to change comments only."""
    made = _Made()
    words = Words()
    pending: list[FilePlan] = []
    for plan in _plans(scene, subject, options):
        pending.append(plan)
        if scene.model is None or is_full(pending):
            yield from _finish(scene, pending, words, made)
            pending = []
    yield from _finish(scene, pending, words, made)
    notes = [*made.notes, *words.notes]
    if not made.edits and not made.dropped and not notes:
        notes.append(_NOTHING)
    return TaskReport(
        edits=tuple(made.edits),
        dropped=(*made.dropped, *words.dropped),
        notes=tuple(dict.fromkeys(notes)),
        shown=words.shown,
    )


@dataclass
class _Made:
    """What has been made so far."""

    edits: list[WorkspaceEdit] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _plans(scene: Scene, subject: Subject, options: DocsOptions) -> Iterator[FilePlan]:
    """The plans of the subject's files, one at a time: their syntax trees take memory."""
    samples = samples_of(scene.view)
    total = len(subject.paths)
    for number, path in enumerate(subject.paths):
        scene.token.check()
        if number % PROGRESS_EVERY == 0:
            scene.progress("documenting", number, total)
        yield from plans(samples, subject, path, options, scene.docstring_style)


def _finish(
    scene: Scene, pending: Sequence[FilePlan], words: Words, made: _Made
) -> Generator[tuple[Ask, ...], tuple[Reply, ...], None]:
    """Ask about some files if there is a model, and write their documentation."""
    if scene.model is not None:
        yield from worded(scene, pending, words)
    for plan in pending:
        made.dropped += plan.dropped
        edit = _edit(scene.view, plan, words.take(plan), made.notes)
        if edit is not None:
            made.edits.append(edit)


def _edit(
    view: View, plan: FilePlan, contents: Mapping[int, Content], notes: list[str]
) -> WorkspaceEdit | None:
    """The verified edit of one file; None, with a note, where none can be made."""
    edits: list[TextEdit] = []
    for job in plan.jobs:
        edits += job.edits(contents.get(job.facts.index, job.facts.content))
    if not edits:
        return None
    made, repaired = (sum((job.drift is None) is new for job in plan.jobs) for new in (True, False))
    title = f"{plan.path}: " + ", ".join(
        filter(
            None, (_counted("document", made), _counted("repair the documentation of", repaired))
        )
    )
    try:
        edit = workspace_edit(view, title, {plan.path: edits})
    except EditError as error:
        notes.append(f"{plan.path}: {error.message}")
        return None
    return verify(view, edit, Intent(comments_only=True))


def _counted(verb: str, count: int) -> str:
    return f"{verb} {count} definition{'s' if count != 1 else ''}" if count else ""
