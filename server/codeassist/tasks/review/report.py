"""What is shown of a model's findings, in which order, and what is said of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import EditError
from codeassist.base.files import Skipped
from codeassist.base.findings import (
    Evidence,
    Finding,
    Location,
    Rule,
    Severity,
    whole_file,
)
from codeassist.checks.check import Review, enclosing, place
from codeassist.checks.secret import masked
from codeassist.edits.answer import parse_edits, resolve
from codeassist.edits.verify import verify
from codeassist.index.view import View
from codeassist.tasks.review.judge import Judge, Suspect, Unplaced
from codeassist.tasks.review.spots import Spot
from codeassist.tasks.task import Hypothesis, TaskReport

CODE, NAME = "CH201", "review-finding"
LEAST = 50  # per cent; what is less sure than even costs its readers more than it gives
TOLD = 5  # findings without a place that are named
MAX_REMEDY = 120  # characters of a line that a remedy shows
RULE = Rule(
    CODE,
    NAME,
    "What a model says that the change breaks",
    "A model read the change and says that it breaks something. Its quotes were found in the diff "
    "or in the repository, and a second look did not refute it. Where a quote leads to no line, "
    "the finding is of the file as a whole, and says why. It may still be wrong: that is why it "
    "says how sure it is, and is never more than a warning. `review.categories` says what is "
    "looked for.",
    Severity.WARNING,
)


@dataclass(frozen=True, slots=True)
class ReviewReport(TaskReport):
    """What came of a review with a model.

    `unseen` are changed files that no model saw in whole, with the reason. `sent` are the texts of
    all requests that were made, by which secrets are told.
    """

    unseen: tuple[Skipped, ...] = ()
    sent: tuple[str, ...] = ()


def ranked(judge: Judge, suspects: Sequence[Suspect], most: int) -> list[Suspect]:
    """The surest first, warnings before remarks that are as sure; the others are dropped.

    One that is of no line and not sure enough is told in the summary.
    """
    order = sorted(
        suspects,
        key=lambda each: (
            -each.confidence,
            -each.claim.severity,
            each.spot.path,
            each.spot.start,
        ),
    )
    sure = [each for each in order if each.confidence >= LEAST]
    for each in order[len(sure) :]:
        if each.reason:
            judge.unplaced.append(Unplaced(each.claim, each.spot.path, each.reason))
        else:
            judge.drop(each.claim, f"less than {LEAST} % sure")
    for each in sure[most:]:
        judge.drop(each.claim, f"less sure than the {most} that are shown")
    return sure[:most]


def hypothesis(review: Review, suspect: Suspect) -> Hypothesis:
    """A suspect as it is reported."""
    claim, spot = suspect.claim, suspect.spot
    view = _view(review, spot)
    symbol = "" if spot.whole_file else enclosing(view, spot.path, spot.start)
    fix = _fix(review.head, suspect)
    finding = Finding(
        code=CODE,
        name=claim.category or NAME,
        severity=min(claim.severity, Severity.WARNING),
        message=_message(suspect),
        location=_location(review, spot),
        evidence=tuple(
            Evidence(cited.says or "see here", _location(review, at))
            for cited, at in suspect.evidence
        ),
        remedy=_remedy(review.head, fix) if fix is not None else "",
        symbol=symbol,
        # Not the model's words: they are others each time, and the fingerprint must stay.
        subject=symbol or spot.path,
    )
    return Hypothesis(masked(finding), suspect.confidence, fix=fix)


def _view(review: Review, spot: Spot) -> View:
    return review.base if spot.old else review.head


def _location(review: Review, spot: Spot) -> Location:
    if spot.whole_file:
        return whole_file(spot.path)
    return place(_view(review, spot), spot.path, spot.start, spot.end, old=spot.old)


def _message(suspect: Suspect) -> str:
    claim = suspect.claim
    parts = [f"{claim.title}: {claim.breaks.rstrip('.')}." if claim.breaks else f"{claim.title}."]
    if claim.who:
        parts.append(f"It hits {claim.who}.")
    if suspect.reason:
        parts.append(f"This is of no one line: {suspect.reason}.")
    return " ".join([*parts, f"({suspect.confidence} % sure)"])


def _fix(view: View, suspect: Suspect) -> WorkspaceEdit | None:
    """The change that is suggested, if it applies to one place and verifies."""
    if suspect.claim.fix is None:
        return None
    try:
        title = f"Fix: {suspect.claim.title}"
        edit = verify(view, resolve(view, title, parse_edits(suspect.claim.fix)))
    except EditError:
        return None
    return edit if edit.is_verified else None


def _remedy(view: View, fix: WorkspaceEdit) -> str:
    """A change of one line in words; a longer one is shown as a diff only."""
    edits = [(file, edit) for file in fix.files for edit in file.edits]
    if len(edits) != 1:
        return ""
    (file, edit) = edits[0]
    document = view.document(file.path)
    old = document.data[edit.start : edit.end].decode("utf-8", "replace") if document else ""
    new = edit.text.strip()
    shown = (old.strip(), new)
    if any("\n" in text or "`" in text or len(text) > MAX_REMEDY for text in shown):
        return ""
    if shown[0] and new:
        return f"write `{new}` instead of `{shown[0]}`"
    return f"add `{new}`" if new else f"delete `{shown[0]}`"


def notes_of(unplaced: Sequence[Unplaced]) -> list[str]:
    """What was said of no line that exists: at its file where it has one, else of the whole."""
    notes = [
        f"not verified, {each.reason}: {each.path + ': ' if each.path else ''}{each.claim.title}"
        for each in unplaced[:TOLD]
    ]
    more = len(unplaced) - TOLD
    return [*notes, *([f"{more} more findings quote no line that exists"] if more > 0 else [])]


def reported(review: Review, suspects: Sequence[Suspect], report: ReviewReport) -> ReviewReport:
    """The report with its hypotheses."""
    made = tuple(hypothesis(review, each) for each in suspects)
    return replace(report, hypotheses=made)
