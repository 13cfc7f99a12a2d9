"""Findings and reports as plain data: what checks produce and what formats render."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import Skipped
from codeassist.base.text import Span


class Severity(IntEnum):
    """How bad a finding is; comparable."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The lower-case word that people and formats use."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file around a place. `first_line` is 0-based."""

    first_line: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the new state, or of the base (`old`), with an excerpt to show.

    With `whole_file` no line is meant: `span` is the file's start, for those who must have a line,
    and there is no excerpt.
    """

    path: str
    span: Span
    old: bool = False
    excerpt: Excerpt | None = None
    whole_file: bool = False


def whole_file(path: str) -> Location:
    """A file of the new state as a place: what is said of it is said of no line."""
    return Location(path, Span(0, 0, 0, 0), whole_file=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Another place that supports a finding, and what it shows."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and why we believe it.

    `code` is the check's code ("CA101"), or a tool's own rule ("ruff:F821"). `message` is one
    sentence in plain text; names are in backticks. `remedy` says what to do, or is "". `symbol`
    is the enclosing definition's dotted name, "" at the top of a file. `subject` is what it is
    about (the removed name, …): with the code, the path and the symbol it makes the fingerprint.
    `confidence` is in per cent, None for a fact. `fix` is a verified edit that repairs it.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    evidence: tuple[Evidence, ...] = ()
    remedy: str = ""
    symbol: str = ""
    subject: str = ""
    url: str = ""
    fingerprint: str = ""
    confidence: int | None = None
    fix: WorkspaceEdit | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A check as formats describe it."""

    code: str
    name: str
    title: str
    explanation: str
    severity: Severity


BINARY = "binary"
SUBMODULE = "submodule"
EXCLUDED = "excluded by the setting review.exclude"
NOT_FOR_REVIEW = frozenset({BINARY, SUBMODULE, EXCLUDED})  # reasons that leave nothing undone


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a review looked at. `partial` and `skipped` carry their reasons.

    `failures` are checks that broke and were passed over, in words.
    """

    reviewed: tuple[str, ...] = ()
    partial: tuple[Skipped, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    failures: tuple[str, ...] = ()

    @property
    def unseen(self) -> bool:
        """Whether nothing was looked at although something could have been: never a clean review.

        Binary files, submodules and what the settings exclude are not meant to be looked at.
        """
        meant = [each for each in self.skipped if each.reason not in NOT_FOR_REVIEW]
        return bool(meant) and not self.reviewed

    @property
    def complete(self) -> bool:
        """Whether everything that could matter was looked at."""
        return not self.partial and not self.failures


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a review: plain data, ready for any format.

    `fail_on` is the severity from which on findings are a failure, by the settings that were in
    force; None where they never are.
    """

    base: str
    head: str
    root: str
    findings: tuple[Finding, ...]
    coverage: Coverage
    rules: tuple[Rule, ...]
    indexed_files: int = 0
    seconds: float = 0.0
    suppressed: int = 0
    commentable: Mapping[str, frozenset[int]] = field(default_factory=dict)
    notes: tuple[str, ...] = field(default=())
    fail_on: Severity | None = None
