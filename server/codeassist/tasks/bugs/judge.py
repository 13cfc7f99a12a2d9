"""Holds each claim against the code: what it quotes must exist, and be what was asked about.

What exists becomes a `Suspect`, everything else is dropped with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.checks.check import enclosing, place
from codeassist.checks.secret import masked
from codeassist.index.view import View
from codeassist.tasks.bugs.areas import Area
from codeassist.tasks.bugs.claims import Cited, Claim
from codeassist.tasks.bugs.quotes import NotFoundError, Place, find_quote
from codeassist.tasks.task import Dropped, Hypothesis

CODE, NAME = "CH101", "bug-hypothesis"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A claim whose code exists. `complaint` is what is wrong with its fix, "" for nothing."""

    claim: Claim
    place: Place
    evidence: tuple[tuple[Cited, Place], ...] = ()
    confidence: int = 0
    fix: WorkspaceEdit | None = None
    complaint: str = ""


@dataclass
class Judge:
    """Verifies claims about some areas; any place of the view will do where there are none."""

    view: View
    areas: Sequence[Area] = ()
    dropped: list[Dropped] = field(default_factory=list)

    def suspects(self, claims: Iterable[Claim]) -> list[Suspect]:
        """The claims that hold; the others go to `dropped`."""
        found: list[Suspect] = []
        for claim in claims:
            try:
                found.append(self._suspect(claim))
            except NotFoundError as error:
                self.drop(claim, str(error))
        return found

    def drop(self, claim: Claim, reason: str) -> None:
        """Note why a claim is not reported."""
        self.dropped.append(Dropped(claim.title or "a hypothesis without a title", reason))

    def _suspect(self, claim: Claim) -> Suspect:
        if not claim.title:
            raise NotFoundError("it does not say what is wrong")
        cited = claim.cited
        found = find_quote(self.view, cited.path, cited.quote, cited.line)
        evidence = tuple(self._evidence(claim))
        if claim.evidence and not evidence:
            raise NotFoundError("nothing that it gives as evidence exists")
        if not any(self._is_asked_about(each) for each in (found, *(e for _, e in evidence))):
            raise NotFoundError(f"{found.path} is not what was asked about")
        return Suspect(claim, found, evidence, claim.confidence)

    def _evidence(self, claim: Claim) -> Iterable[tuple[Cited, Place]]:
        """The evidence that exists, each place once.

        The quoted place itself proves nothing more, but whoever repeats it has invented nothing.
        """
        seen: set[Place] = set()
        for cited in claim.evidence:
            try:
                found = find_quote(self.view, cited.path, cited.quote, cited.line)
            except NotFoundError:
                continue
            if found not in seen:
                seen.add(found)
                yield cited, found

    def _is_asked_about(self, found: Place) -> bool:
        if not self.areas:
            return True
        first, last = lines_of(self.view, found)
        return any(area.holds(found.path, first, last) for area in self.areas)


def lines_of(view: View, found: Place) -> tuple[int, int]:
    """The first and the last line of a place, 0-based."""
    document = view.document(found.path)
    if document is None:
        return 0, 0
    return document.lines.line_of(found.start), document.lines.line_of(found.end - 1)


def hypothesis(view: View, suspect: Suspect) -> Hypothesis:
    """A suspect as it is reported."""
    claim, found = suspect.claim, suspect.place
    message = f"{claim.title}: {claim.wrong}" if claim.wrong else claim.title
    symbol = enclosing(view, found.path, found.start)
    finding = Finding(
        code=CODE,
        name=NAME,
        severity=min(claim.severity, Severity.WARNING),
        message=message,
        location=place(view, found.path, found.start, found.end),
        evidence=tuple(
            Evidence(cited.says or "see here", place(view, at.path, at.start, at.end))
            for cited, at in suspect.evidence
            if at != found
        ),
        symbol=symbol,
        # Not the model's words: they are others each time, and the fingerprint must stay.
        subject=symbol or found.path,
    )
    return Hypothesis(masked(finding), suspect.confidence, claim.input, claim.confirm, suspect.fix)


def distinct(suspects: Iterable[Suspect]) -> list[Suspect]:
    """The surest of those that quote the same place, in their order."""
    best: dict[tuple[str, int], Suspect] = {}
    for each in suspects:
        key = (each.place.path, each.place.start)
        if key not in best or best[key].confidence < each.confidence:
            best[key] = each
    return list(best.values())


def with_confidence(suspect: Suspect, confidence: int) -> Suspect:
    """The same, as sure as this."""
    return replace(suspect, confidence=confidence)
