"""Refactoring: by facts where it can be proved to change nothing, with a model where it cannot.

`ACTIONS` is the ordered table. Each action says by itself where it applies, cheaply, so that an
editor can list them; what it makes is verified, and unsafe results are refused with the reason.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from codeassist.base.errors import UsageError
from codeassist.tasks.refactor.action import Action
from codeassist.tasks.refactor.options import RefactorOptions
from codeassist.tasks.task import Conversation, Scene, Subject

__all__ = ["ACTIONS", "Action", "RefactorOptions", "listed", "load", "run"]

_HERE = "codeassist.tasks.refactor"
# Name → module, in the order in which editors and help texts list them.
ACTIONS: Mapping[str, str] = MappingProxyType(
    {
        "extract-function": f"{_HERE}.extract_function",
        "extract-variable": f"{_HERE}.extract_variable",
        "inline": f"{_HERE}.inline",
        "rename": f"{_HERE}.rename",
        "flip-if": f"{_HERE}.flip_if",
        "fix": f"{_HERE}.fix",
        "call-duplicate": f"{_HERE}.call_duplicate",
        "suggest": f"{_HERE}.suggest",
        "instruct": f"{_HERE}.instruct",
    }
)


@cache
def load(name: str) -> Action:
    """The action of a name. Raises UsageError, with the names there are, for any other."""
    if name not in ACTIONS:
        raise UsageError(f"there is no refactoring `{name}`", f"one of: {', '.join(ACTIONS)}")
    action: Action = import_module(ACTIONS[name]).ACTION
    return action


def listed(scene: Scene, subject: Subject) -> Iterator[tuple[Action, str | None]]:
    """All actions with the reason why each does not apply, None where it does."""
    for name in ACTIONS:
        action = load(name)
        yield action, action.applies(scene, subject)


def run(scene: Scene, subject: Subject, options: RefactorOptions) -> Conversation:
    """Do one refactoring. Raises EditError, with the reason, where it does not apply."""
    return (yield from load(options.action).run(scene, subject, options))
