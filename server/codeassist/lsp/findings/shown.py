"""A finding as it is on the screen: its diagnostic, where it stands now, and what is behind it."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.findings import Evidence, Finding, Severity
from codeassist.lsp.convert import Converter
from codeassist.lsp.findings.anchors import Lines, Move, indent
from codeassist.lsp.uris import same
from codeassist.render.fingerprint import with_fingerprints

if TYPE_CHECKING:
    from codeassist.tasks.task import Hypothesis

CALLS_AND_IMPORTS = "CA1"  # several checks look at these, each for another reason
Position = tuple[int, int]


class Kind(Enum):
    """Where a finding comes from, in the order in which the same thing is said but once."""

    LEFT = "left"  # the change of an open file leaves it undone, wherever it is
    OWN = "own"  # it stands in an open file, whatever has changed
    SLOW = "slow"  # the same, of checks that take long
    REVIEW = "review"  # it was found by "review my changes"
    HYPOTHESIS = "hypothesis"  # a model supposes it

    @property
    def is_kept(self) -> bool:
        """Whether it was asked for, and stays until its code changes or it is cleared."""
        return self in (Kind.REVIEW, Kind.HYPOTHESIS)


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that supports a finding; in the base of a change it has no URI."""

    message: str
    path: str
    line: int
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding of a document. `path` is how its folder's engine knows the document.

    `diagnostic` is where it stands now; `finding` has the places of the text that it was found in.
    `spent` says in words what a hypothesis cost.
    """

    kind: Kind
    path: str
    uri: str
    finding: Finding
    diagnostic: types.Diagnostic
    evidence: tuple[Cited, ...] = ()
    hypothesis: "Hypothesis | None" = None
    spent: str = ""

    @property
    def start(self) -> Position:
        """Where it begins, in the client's units."""
        return self.diagnostic.range.start.line, self.diagnostic.range.start.character

    @property
    def end(self) -> Position:
        """Where it ends."""
        return self.diagnostic.range.end.line, self.diagnostic.range.end.character

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line that it has something of."""
        (first, _), (last, column) = self.start, self.end
        return first, last - 1 if last > first and not column else last

    @property
    def says(self) -> object:
        """What it says, in so far as another finding may say the same."""
        if self.finding.code.startswith(CALLS_AND_IMPORTS):
            return self.start, self.end
        return self.start, self.end, self.finding.code, self.finding.message

    def is_within(self, range_: types.Range) -> bool:
        """Whether a range has something of it."""
        start, end = range_.start, range_.end
        return self.start <= (end.line, end.character) and (
            (start.line, start.character) <= self.end
        )

    def moved(self, move: Move) -> "Shown | None":
        """The same after an edit of its document. None where its code is no longer the same."""
        first, last = self.lines
        found = move.block(first, last)
        if found is None and self.kind.is_kept:
            return None
        start = found if found is not None else move.line(first)
        return self._at(move, start - first)

    def _at(self, move: Move, by: int) -> "Shown":
        diagnostic = copy.copy(self.diagnostic)
        diagnostic.range = types.Range(
            _moved(move, self.diagnostic.range.start, by),
            _moved(move, self.diagnostic.range.end, by),
        )
        diagnostic.related_information = [
            self._related(move, each) for each in diagnostic.related_information or ()
        ] or None
        cited = tuple(
            replace(each, line=move.line(each.line)) if self._is_here(each.uri) else each
            for each in self.evidence
        )
        return replace(self, diagnostic=diagnostic, evidence=cited)

    def _related(
        self, move: Move, each: types.DiagnosticRelatedInformation
    ) -> types.DiagnosticRelatedInformation:
        """A related place of the same document, about where it is now."""
        if not self._is_here(each.location.uri):
            return each
        old = each.location.range
        by = move.line(old.start.line) - old.start.line
        range_ = types.Range(_moved(move, old.start, by), _moved(move, old.end, by))
        return types.DiagnosticRelatedInformation(
            types.Location(each.location.uri, range_), each.message
        )

    def _is_here(self, uri: str) -> bool:
        return bool(uri) and same(uri) == same(self.uri)


def shown(kind: Kind, findings: Iterable[Finding], converter: Converter) -> list[Shown]:
    """Findings as they are shown; those in the base of a change are nowhere to be shown."""
    here = [each for each in findings if not each.location.old]
    return [_shown(kind, each, converter) for each in with_fingerprints(here)]


def supposed(hypotheses: "Iterable[Hypothesis]", converter: Converter, spent: str) -> list[Shown]:
    """Hypotheses as they are shown: with how sure they are, and how to see that they are right."""
    known = list(hypotheses)
    findings = with_fingerprints([each.finding for each in known])
    found: list[Shown] = []
    for finding, hypothesis in zip(findings, known, strict=True):
        careful = replace(finding, severity=min(finding.severity, Severity.WARNING))
        fix = hypothesis.fix if hypothesis.fix and hypothesis.fix.is_verified else None
        each = _shown(Kind.HYPOTHESIS, careful, converter, fix)
        each.diagnostic.message = _words(hypothesis)
        found.append(replace(each, hypothesis=hypothesis, spent=spent))
    return found


def _shown(
    kind: Kind, finding: Finding, converter: Converter, fix: WorkspaceEdit | None = None
) -> Shown:
    data = {
        "code": finding.code,
        "fingerprint": finding.fingerprint,
        "fix": fix is not None,
        "title": fix.title if fix is not None else "",
    }
    keeps = converter.client.keeps_diagnostic_data
    uri, _ = converter.place(finding.location.path, finding.location.span)
    return Shown(
        kind,
        finding.location.path,
        uri,
        finding,
        converter.diagnostic(finding, data if keeps else None),
        tuple(_cited(each, converter) for each in finding.evidence),
    )


def _cited(evidence: Evidence, converter: Converter) -> Cited:
    where = converter.location(evidence.location)
    path, line = evidence.location.path, evidence.location.span.start_line
    if where is None:
        return Cited(evidence.message, path, line)
    return Cited(evidence.message, path, where[1].start.line, where[0])


def _words(hypothesis: "Hypothesis") -> str:
    """A hypothesis as a message: what, how sure, when, how to confirm, and what to do."""
    finding = hypothesis.finding
    parts = [f"{finding.message} ({hypothesis.confidence} % sure)"]
    parts += [f"Goes wrong for: {hypothesis.input}"] if hypothesis.input else []
    parts += [f"To confirm: {hypothesis.confirm}"] if hypothesis.confirm else []
    return "\n".join((*parts, *filter(None, (finding.remedy,))))


def _moved(move: Move, position: types.Position, by: int) -> types.Position:
    """A position after its line has moved. Blanks are as wide in every unit."""
    line = position.line + by
    if not position.character:
        return types.Position(max(0, line), 0)
    wider = _indent(move.new, line) - _indent(move.old, position.line)
    return types.Position(max(0, line), max(0, position.character + wider))


def _indent(lines: Lines, line: int) -> int:
    return indent(lines[line]) if 0 <= line < len(lines) else 0
