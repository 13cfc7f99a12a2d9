"""Hypotheses of bugs: facts first, then a model with the facts, then a second look that refutes.

Nothing that a model says is reported unless the code that it quotes exists. Cheap to import: what
does the work is loaded when it is run.
"""

from typing import TYPE_CHECKING

from codeassist.tasks.bugs.options import BugsOptions

if TYPE_CHECKING:
    from codeassist.tasks.task import Conversation, Scene, Subject

__all__ = ["BugsOptions", "run"]


def run(scene: "Scene", subject: "Subject", options: BugsOptions) -> "Conversation":
    """Look for bugs in a subject, or for the one that the options tell of."""
    from codeassist.tasks.bugs.conversation import run as begin

    return begin(scene, subject, options)
