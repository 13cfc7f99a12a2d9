"""What the refactorings without a model have in common: from text edits to a report."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.base.files import Document
from codeassist.base.symbols import TOP
from codeassist.edits.make import workspace_edit
from codeassist.edits.verify import Intent, verify
from codeassist.tasks.task import Ask, Reach, Reply, Scene, Subject, TaskReport

Local = Generator[tuple[Ask, ...], tuple[Reply, ...], TaskReport]
NO_INTENT = Intent()


def path_of(subject: Subject) -> str:
    """The one file that a subject is in. Raises EditError for folders."""
    if len(subject.paths) != 1:
        raise EditError("this needs a place in one file", "name a file, lines or a definition")
    return subject.paths[0]


def at_name(scene: Scene, subject: Subject) -> Subject:
    """A subject that is a definition, or whose lines begin with one, as a cursor on its name."""
    path = path_of(subject)
    document = scene.view.document(path)
    is_symbol = subject.reach is Reach.SYMBOL and subject.focus.symbol != TOP
    if document is None or not (is_symbol or _is_lines(document, subject)):
        return subject
    outline = scene.view.outline(path)  # of an open buffer it takes as long as another parse
    if outline is None:
        return subject
    if is_symbol:
        start = outline.symbols[subject.focus.symbol].name_start
        return replace(subject, start=start, end=start)
    line = document.lines.line_of(subject.start)
    for symbol in outline.symbols:
        if document.lines.line_of(symbol.name_start) == line:
            return replace(subject, start=symbol.name_start, end=symbol.name_start)
    return subject


def _is_lines(document: Document, subject: Subject) -> bool:
    """Whether a subject is whole lines, blanks at both ends left out."""
    lines = document.lines
    if subject.end <= subject.start:
        return False
    before = document.data[lines.line_start(lines.line_of(subject.start)) : subject.start]
    # A selection that ends where the next line begins has nothing of that line.
    after = document.data[subject.end : lines.line_end(lines.line_of(subject.end - 1))]
    return not before.strip() and not after.strip()


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


def reported(edit: WorkspaceEdit, proof: str = "", *notes: str, made_up: str = "") -> TaskReport:
    """A report of one edit, with one more proof."""
    if proof:
        edit = replace(edit, proofs=(*edit.proofs, proof))
    if made_up:
        edit = replace(edit, made_up=made_up)
    return TaskReport(edits=(edit,), notes=notes)
