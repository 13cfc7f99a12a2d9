"""Holds each claim against the diff and the repository: what it quotes must exist.

Every claim ends as exactly one of three: a `Suspect` with a place, which is lines or else a changed
file, something `unplaced` that is told in the summary, or something dropped with the reason. None
is lost on the way.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from codeassist.base.findings import Finding, Severity
from codeassist.tasks.bugs.claims import Cited
from codeassist.tasks.review.anchors import AmbiguousError, UnplacedError
from codeassist.tasks.review.claims import Claim
from codeassist.tasks.review.spots import Spot, Spots
from codeassist.tasks.task import Dropped

FACT_LINES = 3  # a quote of more lines is about more than the fact in one of them
OUTSIDE = 60  # the most that a finding is sure of that quotes no one place of the diff
# The most where the quote exists nowhere. Less than what is shown: a second look has to believe it.
MISQUOTED = 49
_NAMES = re.compile(r"[A-Za-z_]\w+")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A claim with a place. `evidence` has other places than its own.

    `reason` says why the place is a file and no line of it, "" where it is lines.
    """

    claim: Claim
    spot: Spot
    evidence: tuple[tuple[Cited, Spot], ...] = ()
    confidence: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A claim that quotes no line that can be found, and why. `path` is a changed file, or ""."""

    claim: Claim
    path: str
    reason: str


@dataclass
class Judge:
    """Verifies claims about a review's diff."""

    spots: Spots
    categories: Sequence[str]
    dropped: list[Dropped] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    def suspects(self, claims: Iterable[Claim]) -> list[Suspect]:
        """The claims that have a place; the others go to `unplaced` or `dropped`."""
        found = []
        for claim in claims:
            evidence = list(self._evidence(claim))
            reason = self._refusal(claim, evidence)
            suspect = None if reason else self._suspect(claim, evidence)
            if reason:
                self.drop(claim, reason)
            if suspect is not None:
                found.append(suspect)
        return found

    def drop(self, claim: Claim, reason: str) -> None:
        """Note why a claim is not reported."""
        self.dropped.append(Dropped(claim.title or "a finding without a title", reason))

    def _refusal(self, claim: Claim, evidence: Sequence[object]) -> str:
        """Why a claim is not even looked at, "" if it is."""
        if not claim.title or not (claim.breaks or claim.who):
            return "it does not say what breaks"
        if claim.category and claim.category not in self.categories:
            return f"{claim.category} is not in review.categories"
        if claim.evidence and not evidence:
            return "nothing that it gives as evidence exists"
        return ""

    def _suspect(self, claim: Claim, evidence: list[tuple[Cited, Spot]]) -> Suspect | None:
        """The claim at its quote, if that is in the diff; else at evidence that is.

        Otherwise it stays where it quotes, if that exists: in a file, though not in the diff. Else
        it is said of the changed file that it names, and without one it is told in the summary.
        """
        spot, error = None, UnplacedError()
        try:
            spot = self.spots.find(claim.cited)
        except UnplacedError as why:
            error = why
        if spot is not None and not spot.in_diff:
            evidence = [(claim.cited, spot), *evidence]
        if spot is None or not spot.in_diff:
            spot = next((each for _, each in evidence if each.in_diff), spot)
        if spot is None:
            return self._of_file(claim, evidence, error)
        confidence = claim.confidence if spot.in_diff else min(OUTSIDE, claim.confidence)
        others = tuple((cited, at) for cited, at in evidence if at != spot)
        return Suspect(claim, spot, others, confidence)

    def _of_file(
        self, claim: Claim, evidence: Sequence[tuple[Cited, Spot]], error: UnplacedError
    ) -> Suspect | None:
        """The claim at the changed file that it names, None where that is none of the new state."""
        change = self.spots.change(claim.cited.path)
        path = change.new_path if change is not None else None
        if path is None or self.spots.review.head.document(path) is None:
            self.unplaced.append(Unplaced(claim, change.path if change else "", str(error)))
            return None
        spot = Spot(path, 0, 0, whole_file=True)
        if isinstance(error, AmbiguousError):
            most = OUTSIDE
        else:  # what it says may be true, but what it shows is not there: never a warning
            most, claim = MISQUOTED, replace(claim, severity=Severity.INFO)
        return Suspect(claim, spot, tuple(evidence), min(most, claim.confidence), str(error))

    def _evidence(self, claim: Claim) -> Iterator[tuple[Cited, Spot]]:
        """The evidence that exists, each place once."""
        seen: set[Spot] = set()
        for cited in claim.evidence:
            try:
                spot = self.spots.find(cited)
            except UnplacedError:
                continue
            if spot not in seen:
                seen.add(spot)
                yield cited, spot

    def unsaid(self, suspects: Iterable[Suspect], facts: Sequence[Finding]) -> list[Suspect]:
        """The suspects that no fact says already: it needs no second look, and is shown."""
        stay: list[Suspect] = []
        for each in suspects:
            fact = next((fact for fact in facts if self._repeats(each, fact)), None)
            if fact is None:
                stay.append(each)
            else:
                self.drop(each.claim, f"{fact.code} says it already, and as a fact")
        return stay

    def _repeats(self, suspect: Suspect, fact: Finding) -> bool:
        """Whether a suspect is at a fact's lines and speaks of the names that the fact is about."""
        place, spot = fact.location, suspect.spot
        first, last = self.spots.lines(spot)
        if (place.path, place.old) != (spot.path, spot.old) or last - first >= FACT_LINES:
            return False
        if spot.whole_file or place.whole_file:
            return False
        if last < place.span.start_line or place.span.end_line < first:
            return False
        about = set(_NAMES.findall(" ".join(re.findall(r"`([^`]+)`", fact.message))))
        said = set(_NAMES.findall(f"{suspect.claim.title} {suspect.claim.breaks}"))
        return bool(about & said) if about else first == place.span.start_line

    def distinct(self, suspects: Iterable[Suspect]) -> list[Suspect]:
        """The surest of those of one category at one place, in order; the others are dropped."""
        best: dict[tuple[Spot, str, str], Suspect] = {}
        for each in suspects:
            start = replace(each.spot, end=each.spot.start)
            # Of a file as a whole there is more than one thing to say.
            quote = each.claim.cited.quote if start.whole_file else ""
            key = (start, quote, each.claim.category)
            before = best.get(key)
            if before is None or before.confidence < each.confidence:
                best[key] = each
            loser = before if best[key] is each else each
            if loser is not None:
                self.drop(loser.claim, "another finding says the same of this line")
        return list(best.values())
