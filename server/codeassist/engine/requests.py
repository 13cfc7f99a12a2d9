"""What the rims ask of the engine, and what they get back: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from codeassist.base.files import Skipped


class Source(Enum):
    """Where a diff comes from."""

    REVISIONS = "revisions"
    STAGED = "staged"
    WORKTREE = "worktree"
    PATCH = "patch"


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A review to make.

    `revisions` is "BASE...HEAD", "BASE..HEAD", one revision (against its merge base with HEAD), or
    "" for the default base. `patch` is the raw patch for Source.PATCH. `select` and `ignore` are
    codes or prefixes of codes ("CA1"); an empty `select` means all.
    """

    source: Source = Source.REVISIONS
    revisions: str = ""
    patch: bytes = b""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What indexing did. Times in seconds, sizes in bytes."""

    root: str
    files: int
    parsed: int
    reused: int
    symbols: int
    languages: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    seconds: float = 0.0
    cache_path: str = ""
    cache_bytes: int = 0
    notes: tuple[str, ...] = ()


class Progress(Protocol):
    """Receives progress of long work. Called from the thread that does the work."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` is a phrase for people ("indexing"); `total` is 0 while it is unknown."""
        ...


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody sees."""


class Health(Enum):
    """The state of one thing that doctor looks at."""

    OK = "ok"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of `codeassist doctor`: a subject, its state, what was seen, what to do."""

    subject: str
    health: Health
    detail: str
    remedy: str = ""
