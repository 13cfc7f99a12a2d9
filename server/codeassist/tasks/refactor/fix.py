"""The action "fix": ruff's safe fixes for the lines that are selected, or for the whole file."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from codeassist.base.edits import TextEdit
from codeassist.tasks.refactor.action import Action, Refused
from codeassist.tasks.refactor.facts import Local, made, path_of, reason, reported
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.refactor.python.parsed import parsed
from codeassist.tasks.refactor.ruff_fixes import Remark, remarks
from codeassist.tasks.task import Reach, Scene, Subject

ROUNDS = 10  # a fix may uncover another one; ruff itself stops after a hundred


@dataclass
class _Fixed:
    """A text that gets better, and the range in it that is looked at."""

    data: bytes
    start: int
    end: int

    def apply(self, found: list[Remark]) -> list[Remark]:
        """Apply those fixes that do not overlap, the first of those that do; which these were."""
        taken: list[tuple[int, int, str]] = []
        used: list[Remark] = []
        for remark in found:
            clash = any(s < end and start < e for start, end, _ in remark.fix for s, e, _ in taken)
            same = any(each[0] == other[0] for each in remark.fix for other in taken)
            if not clash and not same:
                taken += remark.fix
                used.append(remark)
        for start, end, text in sorted(taken, reverse=True):
            new = text.encode()
            self.data = self.data[:start] + new + self.data[end:]
            if start < self.end:
                self.end += len(new) - (end - start)
            if end <= self.start:
                self.start += len(new) - (end - start)
        return used


def applies(scene: Scene, subject: Subject) -> str | None:
    """None for Python that can be parsed; what there is to fix is found out when it is run."""
    return reason(lambda: _check(scene, subject))


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Local:
    """Fix. Raises Refused where there is nothing that can be fixed safely."""
    yield from ()
    path = _check(scene, subject)
    document = scene.view.document(path)
    assert document is not None
    whole = subject.reach is Reach.FILE
    lines = document.lines
    start = 0 if whole else lines.line_start(lines.line_of(subject.start))
    last = lines.line_of(max(subject.start, subject.end - 1))
    end = len(document.data) if whole else lines.line_start(last + 1)
    fixed = _Fixed(document.data, start, end)
    codes: list[str] = []
    for _ in range(ROUNDS):
        scene.token.check()
        found = [
            each
            for each in remarks(scene.view, path, fixed.data)
            if each.fix and fixed.start <= each.start <= fixed.end
        ]
        if not found:
            break
        codes += [each.code for each in fixed.apply(found)]
    if fixed.data == document.data:
        raise Refused("ruff has no safe fix here")
    edits = list(_edits(document.data, fixed.data))
    edit = made(scene, "Apply ruff's safe fixes", {path: edits})
    listed = ", ".join(sorted(set(codes)))
    return reported(edit, f"ruff calls these fixes safe: {listed}")


def _check(scene: Scene, subject: Subject) -> str:
    path = path_of(subject)
    document = scene.view.document(path)
    if scene.view.language(path) != "python" or document is None:
        raise Refused("this works for Python only")
    if document.lossy:
        raise Refused("the file's encoding is not known")
    try:
        parsed(scene, path)
    except Refused:
        # Ruff knows syntax that is newer than this Python, but fixes nothing in a broken file.
        outline = scene.view.outline(path)
        if outline is None or outline.has_errors:
            raise Refused("ruff fixes nothing in a file with a syntax error") from None
    return path


def _edits(before: bytes, after: bytes) -> Iterator[TextEdit]:
    """The lines that differ between two texts, as edits."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, other, last_other in matcher.get_opcodes():
        if kind != "equal":
            text = b"".join(new[other:last_other]).decode("utf-8")
            yield TextEdit(starts[first], starts[last], text)


ACTION = Action("fix", "Apply ruff's safe fixes", "quickfix.codeassist.ruff", applies, run)
