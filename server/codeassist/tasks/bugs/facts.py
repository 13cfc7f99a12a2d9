"""What is known before any model is asked: the checks on the subject's files, and traces' frames.

A finding counts if it lies in the subject, or if its evidence does: a call elsewhere that does not
fit the function in question is about that function.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from codeassist.base.findings import Finding, Location
from codeassist.base.symbols import TOP
from codeassist.base.words import counted
from codeassist.checks.callees import CONSTRUCTORS
from codeassist.checks.whole import Whole, calls_that_misfit, whole_findings
from codeassist.context.frames import Resolved, Resolver
from codeassist.context.traces import parse
from codeassist.tasks.bugs.areas import Area, is_single
from codeassist.tasks.task import Reach, Scene, Subject

MOST_FILES = 400  # about 15 s; whoever wants more asks for one folder after the other
MOST_CALLERS = 20  # files with the name of the function in question


@dataclass(frozen=True, slots=True)
class Facts:
    """The findings, the frames of the traceback that are here, and what must be said of both."""

    findings: tuple[Finding, ...] = ()
    frames: tuple[Resolved, ...] = ()
    notes: tuple[str, ...] = ()


def frames_of(scene: Scene, text: str) -> tuple[Resolved, ...]:
    """The frames of a text's stack traces that lie in the repository, the most telling first."""
    return Resolver(scene.view, scene.root).resolve(parse(text)) if text else ()


def facts_of(
    scene: Scene, subject: Subject, areas: Sequence[Area], frames: tuple[Resolved, ...], text: str
) -> Facts:
    """The facts of a subject. `areas` limit them where it is a folder and a bug was told of."""
    scene.progress("checking facts", 0, 0)
    paths, notes = _paths(subject, areas, text)
    said = whole_findings(
        scene.view,
        paths,
        scene.token,
        docstring_style=scene.docstring_style,
        lines=_lines(scene, subject),
    )
    inside = [each for each in said.findings if _is_inside(scene, subject, areas, text, each)]
    notes += [*said.failures, *(f"{each.path}: {each.reason}" for each in said.lost)]
    if said.suppressed:
        notes.append(f"silenced by comments: {counted(said.suppressed, 'finding')}")
    calls = _calls(scene, subject, paths).findings
    inside += [each for each in calls if each not in inside and _is_evidence(scene, subject, each)]
    if text and not frames and parse(text) and parse(text)[0].language:
        notes.append("no frame of the stack trace is in this repository")
    return Facts(tuple(inside), frames, tuple(notes))


def _lines(scene: Scene, subject: Subject) -> range | None:
    """The lines of a subject that is a part of a file, 0-based."""
    document = scene.view.document(subject.paths[0]) if is_single(subject) else None
    if document is None or subject.reach is Reach.FILE:
        return None
    last = document.lines.line_of(max(subject.start, subject.end - 1))
    return range(document.lines.line_of(subject.start), last + 1)


def _paths(subject: Subject, areas: Sequence[Area], text: str) -> tuple[list[str], list[str]]:
    """The files to check, and what is left out in words."""
    if text and not is_single(subject):
        return sorted({area.path for area in areas}), []
    paths = list(subject.paths)
    if len(paths) <= MOST_FILES:
        return paths, []
    left = len(paths) - MOST_FILES
    note = f"the facts are of the first {MOST_FILES} files; {left} more were not checked"
    return paths[:MOST_FILES], [note]


def _is_inside(
    scene: Scene, subject: Subject, areas: Sequence[Area], text: str, finding: Finding
) -> bool:
    span, path = finding.location.span, finding.location.path
    if text and not is_single(subject):
        return any(area.holds(path, span.start_line, span.end_line) for area in areas)
    return covers(scene, subject, finding.location) or _is_evidence(scene, subject, finding)


def _is_evidence(scene: Scene, subject: Subject, finding: Finding) -> bool:
    """Whether evidence of a finding lies in the subject; a whole folder is no particular place."""
    if not is_single(subject):
        return False
    return any(covers(scene, subject, each.location) for each in finding.evidence)


def covers(scene: Scene, subject: Subject, location: Location) -> bool:
    """Whether a place is in a subject."""
    if location.old or location.path not in subject.paths:
        return False
    if not is_single(subject) or subject.reach is Reach.FILE:
        return True
    lines = _lines(scene, subject)
    span = location.span
    return lines is not None and lines.start <= span.end_line and span.start_line < lines.stop


def _calls(scene: Scene, subject: Subject, paths: Sequence[str]) -> Whole:
    """The calls of the subject that do not fit it, wherever they are."""
    if not is_single(subject) or subject.focus.symbol == TOP or subject.focus.path is None:
        return Whole(())
    outline = scene.view.outline(subject.focus.path)
    if outline is None or subject.focus.symbol >= len(outline.symbols):
        return Whole(())
    symbol = outline.symbols[subject.focus.symbol]
    if symbol.name in CONSTRUCTORS and symbol.parent != TOP:
        symbol = outline.symbols[symbol.parent]  # people call the class
    others = [path for path in scene.view.with_word(symbol.name) if path not in paths]
    looked_at = [*paths, *others[:MOST_CALLERS]]
    return calls_that_misfit(scene.view, looked_at, symbol.name, scene.token)
