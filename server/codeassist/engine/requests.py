"""What the rims ask of the engine, and what they get back: plain data.

(`Engine.pack` gives a `Pack` of `codeassist.context.pieces`, `Engine.review` a `Report`.)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import Skipped
from codeassist.base.findings import Finding
from codeassist.base.messages import NO_USAGE, Usage
from codeassist.base.model_errors import ModelError
from codeassist.base.text import Span
from codeassist.context.pieces import Pack as Pack
from codeassist.context.pieces import Piece as Piece

if TYPE_CHECKING:
    from codeassist.tasks.task import TaskReport


class Source(Enum):
    """Where a diff comes from."""

    REVISIONS = "revisions"
    STAGED = "staged"
    WORKTREE = "worktree"
    PATCH = "patch"


class Use(Enum):
    """What a task may use."""

    AUTO = "auto"  # a model where one is set up, the facts alone otherwise
    FACTS = "facts"  # nothing leaves this machine
    MODEL = "model"  # a model, or an error


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A review to make.

    `revisions` is "BASE...HEAD", "BASE..HEAD", one revision (against its merge base with HEAD), or
    "" for the default base. With Source.WORKTREE it is the revision that the files on disk are
    compared with, "" for HEAD; "BASE..." is its merge base with HEAD, "..." that of the default
    base. `patch` is the raw patch for Source.PATCH. `select` and `ignore` are
    codes or prefixes of codes ("CA1"); an empty `select` means all.

    `use` and `model` are as for a `TaskRequest`. `since` is a revision up to which the change was
    reviewed before, "" for none. `told` is what the author says of the change: data for a model.
    """

    source: Source = Source.REVISIONS
    revisions: str = ""
    patch: bytes = b""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    use: Use = Use.FACTS
    model: str = ""
    since: str = ""
    told: str = ""


class Look(Enum):
    """Which of the facts about whole files are looked for."""

    QUICK = "quick"  # those that can be had while somebody types
    SLOW = "slow"  # the others, which compare a file with all that there is


@dataclass(frozen=True, slots=True)
class StandingRequest:
    """Open files to look at as they are, with what is not saved.

    `paths` are those to check as wholes. `open_paths` are all that are open: what their changes
    since HEAD leave undone is looked for everywhere.
    """

    paths: tuple[str, ...]
    open_paths: tuple[str, ...] = ()
    look: Look = Look.QUICK


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of open files; nothing is said twice.

    `own` are findings in the files that were asked about, each by itself. `left` is what the
    changes of all open files leave undone, in any file. `failures` are checks that broke.
    """

    own: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    failures: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Spot:
    """An exact place in a file, as an editor knows it.

    `path` is relative to the root. `span` is a selection, or a caret where it is empty; None is the
    whole file.
    """

    path: str
    span: Span | None = None


# The tables of `codeassist.context.formats` and of the command agree with this; a test sees to it.
PACK_FORMATS = ("markdown", "xml")
# By then most of what real commits change is in a pack (bench/localise.py), and every model of
# today can read it.
DEFAULT_BUDGET = 32_000


@dataclass(frozen=True, slots=True)
class PackRequest:
    """A context to pack.

    `target` is "FILE", "FILE:LINE", "FILE:LINE-LINE" (1-based, inclusive) or the name of a
    definition, bare or qualified; "" for a task alone. File names are relative to `folder`, "" for
    the root, or to the root. `model` is "" for the one of the settings. `open_paths` are relative
    to the root. `also` are further targets to show before all others: what a model asked to see
    after a first look.
    """

    target: str = ""
    task: str = ""
    budget: int = DEFAULT_BUDGET
    model: str = ""
    format: str = PACK_FORMATS[0]
    folder: str = ""
    open_paths: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    spot: Spot | None = None


class Evidence(Enum):
    """What a text is that code is to be located for."""

    TEXT = "text"
    ISSUE = "issue"
    TRACEBACK = "traceback"


@dataclass(frozen=True, slots=True)
class LocateRequest:
    """A text to find the code of."""

    text: str
    evidence: Evidence = Evidence.TEXT


@dataclass(frozen=True, slots=True)
class LocatedFile:
    """A file that a text is about. Scores are comparable within one answer."""

    path: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocatedSymbol:
    """A definition that a text is about: `name` is qualified, lines are 1-based and inclusive."""

    path: str
    name: str
    start_line: int
    end_line: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The files and definitions that a text is about, best first."""

    files: tuple[LocatedFile, ...]
    symbols: tuple[LocatedSymbol, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskRequest:
    """A task to do. `task` is a name of `codeassist.tasks.TASKS`, `options` that task's own.

    `target` is as for `PackRequest`, and also a folder, "" for the whole repository, or an exact
    selection "FILE:LINE:COLUMN-LINE:COLUMN". `model` is the user's name of a model, or a model's
    own name at the default address, in place of the routes. `spot` stands in place of a target.
    """

    task: str
    options: object
    target: str = ""
    folder: str = ""
    use: Use = Use.AUTO
    model: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch of requests will use before it is sent.

    `cost` is the most, in US dollars, all reasoning that is allowed included; `likely` leaves that
    out. Both are None where the price is not known.
    """

    model: str
    address: str
    requests: int
    input_tokens: int
    cost: float | None
    likely: float | None


class Confirm(Protocol):
    """Is asked before requests are sent; False sends nothing and goes on with the facts."""

    def __call__(self, estimate: Estimate) -> bool:
        """Called from the thread that does the work."""
        ...


def always(estimate: Estimate) -> bool:
    """A confirmation that is given unseen."""
    return True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task found and made, what it used, and the state that it was made for.

    `models` answered `requests` of which `kept` were known already; `cost` is in US dollars, None
    where a price is not known. `failures` are requests without an answer, each kind once.
    """

    report: "TaskReport"
    root: str
    models: tuple[str, ...] = ()
    requests: int = 0
    kept: int = 0
    usage: Usage = NO_USAGE
    cost: float | None = 0.0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    failures: tuple[ModelError, ...] = ()


@dataclass(frozen=True, slots=True)
class Refactoring:
    """A refactoring that there is. `reason` is why it does not apply here, "" where it does."""

    name: str
    title: str
    kind: str
    needs_model: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What `Engine.apply` did: the paths written, and the edits that must not be applied unseen."""

    paths: tuple[str, ...]
    withheld: tuple[WorkspaceEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """A request exactly as it would be sent: the address, and the JSON body."""

    address: str
    model: str
    body: Mapping[str, Any]


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
