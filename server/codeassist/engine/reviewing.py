"""A review with a model: from what the checks said of a diff to the report with both.

What `Engine.review` does beyond the facts. The facts stand whatever a model says; a file that no
model saw makes the review incomplete; no secret that was sent comes back in a finding.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.errors import ConfigurationError
from codeassist.base.files import Skipped, Tree, decode
from codeassist.base.findings import Coverage, Evidence, Finding, Location, Report
from codeassist.engine.requests import (
    Confirm,
    Outcome,
    Preview,
    ReviewRequest,
    TaskRequest,
    Use,
)
from codeassist.settings.schema import Settings
from codeassist.tasks.review.categories import CATEGORIES

if TYPE_CHECKING:
    from codeassist.checks.check import Review
    from codeassist.engine.tasks import TaskDesk
    from codeassist.tasks.review.options import ReviewOptions
    from codeassist.tasks.task import Hypothesis

TASK = "review"
NOT_UNDERSTOOD = "no model looked at it: there is no code here that is understood"
MASK = "…"


@dataclass(frozen=True)
class Checked:
    """What the facts of a review came to, and what a model needs beside it.

    `base` is the base of the whole change, from which settings and rules are read.
    """

    report: Report
    review: "Review"
    base: Tree
    settings: Settings
    desk: "Callable[[], TaskDesk]"


@dataclass(frozen=True, slots=True)
class Reviewed(Report):
    """The report of a review with a model.

    `findings` has the facts, then the model's findings; `hypotheses` are the latter again, with
    how sure they are and what would repair them. `outcome` is None where nothing could be asked.
    """

    hypotheses: "tuple[Hypothesis, ...]" = ()
    outcome: Outcome | None = field(default=None, repr=False)


def judged(checked: Checked, request: ReviewRequest, confirm: Confirm) -> Report:
    """The report of the facts, with what a model adds where the request wants one.

    Raises NoModelError where a model is a must and there is none.
    """
    if request.use is Use.FACTS:
        return checked.report
    options = _options(checked, request)
    if not checked.review.head.paths:
        return _without_code(checked)
    order = TaskRequest(TASK, options, use=request.use, model=request.model)
    outcome = checked.desk().run(order, confirm)
    return _joined(checked.report, outcome)


def previews(checked: Checked, request: ReviewRequest) -> tuple[Preview, ...]:
    """The first requests of a review exactly as they would be sent. Sends nothing."""
    if not checked.review.head.paths:
        return ()
    order = TaskRequest(TASK, _options(checked, request), use=Use.MODEL, model=request.model)
    return checked.desk().preview(order)


def _options(checked: Checked, request: ReviewRequest) -> "ReviewOptions":
    from codeassist.engine.guidelines import guidelines
    from codeassist.tasks.review.options import ReviewOptions

    config = checked.settings.review
    changed = [change.path for change in checked.review.diff.files]
    return ReviewOptions(
        checked.review,
        checked.report.findings,
        guidelines(checked.base, config.rules, changed),
        request.told,
        _categories(checked.settings),
        config.calls,
    )


def _categories(settings: Settings) -> tuple[str, ...]:
    """The categories that are switched on, in the order of their table."""
    wanted = settings.review.categories
    unknown = [name for name in wanted if name not in CATEGORIES]
    if unknown:
        winner = settings.layers.winner("review.categories")
        place = f"{winner[1].place}: " if winner else ""
        raise ConfigurationError(
            f"{place}there is no category {unknown[0]!r} of findings",
            f"the categories are {', '.join(CATEGORIES)}",
        )
    return tuple(name for name in CATEGORIES if name in wanted)


def _joined(report: Report, outcome: Outcome) -> Reviewed:
    """The facts and what the model said as one report."""
    from codeassist.llm.redaction import Redactor
    from codeassist.tasks.review.report import RULE, ReviewReport

    made = outcome.report
    assert isinstance(made, ReviewReport), "the task review gives a ReviewReport"
    veil = _Veil(tuple(Redactor(made.sent).values.values()))
    hypotheses = tuple(map(_told, map(veil.hypothesis, made.hypotheses)))
    notes = map(veil.text, (*outcome.notes, *_dropped(outcome), *_used(outcome)))
    known = {each.code for each in report.rules}
    return Reviewed(
        **_fields(report)
        | {
            "findings": (*report.findings, *(each.finding for each in hypotheses)),
            "coverage": _covered(report.coverage, made.unseen, outcome),
            "rules": report.rules if RULE.code in known else (*report.rules, RULE),
            "seconds": report.seconds + outcome.seconds,
            "notes": (*report.notes, *dict.fromkeys(notes)),
        },
        hypotheses=hypotheses,
        outcome=outcome,
    )


def _told(each: "Hypothesis") -> "Hypothesis":
    """A hypothesis whose finding says how sure it is and what repairs it, for all formats."""
    finding = replace(each.finding, confidence=each.confidence, fix=each.fix)
    return replace(each, finding=finding)


def _without_code(checked: Checked) -> Reviewed:
    """The report where no file of the repository is understood: nothing can be asked."""
    report = checked.report
    unseen = [Skipped(change.path, NOT_UNDERSTOOD) for change in checked.review.diff.files]
    covered = _partial(report.coverage, unseen)
    return Reviewed(**_fields(report) | {"coverage": covered})


def _fields(report: Report) -> dict[str, Any]:
    return {each.name: getattr(report, each.name) for each in fields(Report)}


def _covered(coverage: Coverage, unseen: Iterable[Skipped], outcome: Outcome) -> Coverage:
    """The coverage of facts and model together: what a model did not answer for is a failure."""
    failures = (f"the model did not answer: {each.message}" for each in outcome.failures)
    covered = _partial(coverage, unseen)
    return replace(covered, failures=(*covered.failures, *failures))


def _partial(coverage: Coverage, unseen: Iterable[Skipped]) -> Coverage:
    named = {each.path for each in (*coverage.partial, *coverage.skipped)}
    new = [each for each in unseen if each.path not in named]
    gone = {each.path for each in new}
    reviewed = tuple(path for path in coverage.reviewed if path not in gone)
    return replace(coverage, reviewed=reviewed, partial=(*coverage.partial, *new))


def _dropped(outcome: Outcome) -> list[str]:
    """What the model said and is not shown, by reason."""
    reasons = Counter(each.reason.partition(":")[0] for each in outcome.report.dropped)
    total = sum(reasons.values())
    if not total:
        return []
    listed = "; ".join(f"{reason} ({n})" if n > 1 else reason for reason, n in reasons.items())
    plural = "" if total == 1 else "s"
    return [f"{total} finding{plural} of the model not shown: {listed}"]


def _used(outcome: Outcome) -> list[str]:
    """What was asked, and what it cost, in one line."""
    if not outcome.requests:
        return []
    usage, plural = outcome.usage, "" if outcome.requests == 1 else "s"
    kept = f", {outcome.kept} of them known already" if outcome.kept else ""
    cost = f", ${outcome.cost:.4f}" if outcome.cost else ""
    who = ", ".join(outcome.models)
    return [
        f"asked {who}: {outcome.requests} request{plural}{kept}, {usage.input:,} tokens in, "
        f"{usage.output:,} out{cost}"
    ]


@dataclass(frozen=True)
class _Veil:
    """Takes secrets out of what is shown. The gateway puts them back into answers, for edits."""

    secrets: tuple[str, ...]

    def hypothesis(self, each: "Hypothesis") -> "Hypothesis":
        """A hypothesis that shows none; a fix of a file that has one is left out."""
        if not self.secrets:
            return each
        fix = each.fix if each.fix is None or self._is_clean(each.fix) else None
        if fix is not None:
            fix = replace(fix, title=self.text(fix.title))
        remedy = each.finding.remedy if fix is not None else ""
        return replace(each, finding=self._finding(replace(each.finding, remedy=remedy)), fix=fix)

    def _is_clean(self, fix: WorkspaceEdit) -> bool:
        """Whether no file of an edit has one, before or after; a diff shows lines of both."""
        raws = ((file.path, raw) for file in fix.files for raw in (file.before or b"", file.after))
        texts = [decode(*each).data for each in raws]  # which may be in UTF-16
        return not any(secret.encode() in text for secret in self.secrets for text in texts)

    def text(self, text: str) -> str:
        """A text without them."""
        for secret in self.secrets:
            text = text.replace(secret, MASK)
        return text

    def _finding(self, finding: Finding) -> Finding:
        return replace(
            finding,
            message=self.text(finding.message),
            remedy=self.text(finding.remedy),
            location=self._location(finding.location),
            evidence=tuple(
                Evidence(self.text(each.message), self._location(each.location))
                for each in finding.evidence
            ),
        )

    def _location(self, location: Location) -> Location:
        if location.excerpt is None:
            return location
        lines = tuple(map(self.text, location.excerpt.lines))
        return replace(location, excerpt=replace(location.excerpt, lines=lines))
