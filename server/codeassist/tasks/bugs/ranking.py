"""What is shown of all that was found, in which order, and what is said about the rest."""

import re
from collections.abc import Sequence

from codeassist.base.findings import Finding
from codeassist.index.view import View
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.fixes import NO_FIX
from codeassist.tasks.bugs.judge import Judge, Suspect, hypothesis, lines_of
from codeassist.tasks.task import TaskReport

LISTED = 8  # areas that a note names
FACT_LINES = 3  # a quote of more lines is about more than the fact in one of them
_NAMES = re.compile(r"[A-Za-z_]\w+")


def unsaid(
    view: View, judge: Judge, suspects: Sequence[Suspect], findings: Sequence[Finding]
) -> list[Suspect]:
    """The suspects that no fact says already: it needs no second look, and is shown as a fact."""
    stay: list[Suspect] = []
    for each in suspects:
        fact = next((f for f in findings if _repeats(view, each, f)), None)
        if fact is None:
            stay.append(each)
        else:
            judge.drop(each.claim, f"{fact.code} says it already, and as a fact")
    return stay


def _repeats(view: View, suspect: Suspect, fact: Finding) -> bool:
    """Whether a suspect is at a fact's lines and speaks of the names that the fact is about."""
    span = fact.location.span
    first, last = lines_of(view, suspect.place)
    if fact.location.path != suspect.place.path or last - first >= FACT_LINES:
        return False
    if last < span.start_line or span.end_line < first:
        return False
    about = set(_NAMES.findall(" ".join(re.findall(r"`([^`]+)`", fact.message))))
    said = set(_NAMES.findall(f"{suspect.claim.title} {suspect.claim.wrong}"))
    return bool(about & said) if about else first == span.start_line


def ranked(judge: Judge, suspects: Sequence[Suspect], most: int) -> list[Suspect]:
    """The surest first, warnings before remarks that are as sure; those beyond `most` dropped."""
    order = sorted(
        suspects,
        key=lambda each: (
            -each.confidence,
            -each.claim.severity,
            each.place.path,
            each.place.start,
        ),
    )
    for each in order[most:]:
        judge.drop(each.claim, f"less sure than the {most} that are shown")
    return order[:most]


def reported(view: View, suspects: Sequence[Suspect]) -> TaskReport:
    """The hypotheses, and notes of fixes that came to nothing."""
    notes = []
    for each in suspects:
        if each.complaint and each.fix is None:
            reason = each.complaint.split("\n")[0]
            notes.append(f"{NO_FIX} for “{each.claim.title}”: {reason}")
    return TaskReport(
        hypotheses=tuple(hypothesis(view, each) for each in suspects), notes=tuple(notes)
    )


def uncovered(left: Sequence[Area], total: int) -> list[str]:
    """A note of what was not looked at, "" for nothing."""
    if not left:
        return []
    names = ", ".join(dict.fromkeys(area.label for area in left[:LISTED]))
    more = len(left) - LISTED
    rest = f" and {more} more" if more > 0 else ""
    return [f"not looked at, since it was too much for one run: {names}{rest} (of {total} in all)"]
