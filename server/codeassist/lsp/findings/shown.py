"""A finding as it is on the screen: its diagnostic, where it stands now, and what is behind it."""

import copy
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.base.findings import Finding
from codeassist.lsp.findings.anchors import Lines, Move, indent
from codeassist.lsp.uris import same

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


def _moved(move: Move, position: types.Position, by: int) -> types.Position:
    """A position after its line has moved. Blanks are as wide in every unit."""
    line = position.line + by
    if not position.character:
        return types.Position(max(0, line), 0)
    wider = _indent(move.new, line) - _indent(move.old, position.line)
    return types.Position(max(0, line), max(0, position.character + wider))


def _indent(lines: Lines, line: int) -> int:
    return indent(lines[line]) if 0 <= line < len(lines) else 0
