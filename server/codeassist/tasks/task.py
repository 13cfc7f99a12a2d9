"""What a task is: a conversation that asks and is answered, and what it is given and gives back.

A task is a generator. It yields batches of `Ask`, gets as many replies, and returns a `TaskReport`.
Whoever runs it carries the requests to a model (or shows them, or answers from a script in a test).
Without a model (`Scene.model` is None) it yields nothing and reports the facts alone.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, TypeAlias

from codeassist.base.cancellation import CancellationToken
from codeassist.base.edits import WorkspaceEdit
from codeassist.base.findings import Finding
from codeassist.base.messages import ModelAnswer, ModelRequest
from codeassist.base.model_errors import ModelError
from codeassist.context.pieces import Focus, Pack
from codeassist.index.view import View
from codeassist.prompts.library import Prompts


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and how to make it smaller: `shrink` gets the most input tokens that are taken."""

    request: ModelRequest
    shrink: Callable[[int], ModelRequest] | None = None


Reply: TypeAlias = ModelAnswer | ModelError


class Reach(Enum):
    """What a subject is."""

    PLACE = "place"  # lines of a file, or a selection in it
    SYMBOL = "symbol"  # one definition
    FILE = "file"
    FOLDER = "folder"
    REPOSITORY = "repository"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a task is to be done for.

    `name` is as the user wrote it. `paths` are the indexed files that it covers, sorted; one but
    for folders and the repository, whose `focus` is empty. `start` and `end` are byte offsets of
    what is selected in the one file (the definition, the lines, or an exact selection).
    """

    name: str
    reach: Reach
    focus: Focus
    paths: tuple[str, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ModelTraits:
    """What a task needs to know of the model. A request may have `input_tokens` at most."""

    name: str
    input_tokens: int
    sees: bool = False


class Packing(Protocol):
    """Packs context with the engine's means."""

    def __call__(self, focus: Focus, task: str, budget: int, also: tuple[str, ...] = ()) -> Pack:
        """A context for a focus: `task` in words, `budget` in tokens, `also` names to show first.

        Raises UsageError if the budget cannot hold one line of the focus.
        """
        ...


class Reporting(Protocol):
    """Receives progress: a phrase, and how much of how much (0 for unknown)."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` is for people; `total` is 0 while it is unknown."""
        ...


@dataclass(frozen=True)
class Scene:
    """What every task is given. `model` is None where only facts are wanted or possible."""

    view: View
    root: str
    pack: Packing
    prompts: Prompts
    model: ModelTraits | None
    token: CancellationToken
    progress: Reporting
    docstring_style: str = "auto"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A suspected fault that a model or a rule names, with code that was verified to exist.

    `finding` has the place (`location` is what is quoted), the message and the evidence; its code
    begins with "CH". `confidence` is 0 to 100. `input` is the case in which it goes wrong,
    `confirm` how to see that it does; "" where nothing was said.
    """

    finding: Finding
    confidence: int
    input: str = ""
    confirm: str = ""
    fix: WorkspaceEdit | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that may be chosen among others. `lines` is how many it changes."""

    edit: WorkspaceEdit
    explanation: str
    lines: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that a model said and that is not reported, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a task found and made.

    `edits` belong to different files, and each may be applied by itself; `suggestions` are
    alternatives. `document` is Markdown. `shown` is the last context that a model was given.
    """

    edits: tuple[WorkspaceEdit, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    findings: tuple[Finding, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    document: str = ""
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    shown: Pack | None = field(default=None, repr=False)


Conversation: TypeAlias = Generator[tuple[Ask, ...], tuple[Reply, ...], TaskReport]
