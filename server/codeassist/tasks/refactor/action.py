"""What a refactoring is, and how it says that it does not apply."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from codeassist.base.errors import EditError
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.task import Ask, Reply, Scene, Subject, TaskReport

Applies = Callable[[Scene, Subject], str | None]
Run = Callable[
    [Scene, Subject, RefactorOptions], Generator[tuple[Ask, ...], tuple[Reply, ...], TaskReport]
]


class Refused(EditError):
    """The refactoring is not done; the message is the reason, for the user."""


@dataclass(frozen=True, slots=True)
class Action:
    """A refactoring.

    `kind` is the editor's kind of code action; `title` is for menus. `applies` is None where the
    action can be offered, otherwise the reason in words: it is cheap, looks at no other file than
    the subject's, and asks no model. `run` raises `Refused` for what only a closer look shows.
    `takes_name` and `takes_instruction` tell which of the options matter.
    """

    name: str
    title: str
    kind: str
    applies: Applies
    run: Run
    takes_name: bool = False
    takes_instruction: bool = False
    needs_model: bool = False
