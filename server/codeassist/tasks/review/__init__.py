"""Review of a diff by a model: what it breaks, for whom, with evidence; then a second look.

The facts of the checks come first and stand whatever a model says. Each finding is placed on a line
of the diff by what it quotes, never by a number alone. Cheap to import: what does the work is
loaded when it is run.
"""

from typing import TYPE_CHECKING

from codeassist.tasks.review.options import Guideline, ReviewOptions

if TYPE_CHECKING:
    from codeassist.tasks.task import Conversation, Scene, Subject

__all__ = ["Guideline", "ReviewOptions", "run"]


def run(scene: "Scene", subject: "Subject", options: ReviewOptions) -> "Conversation":
    """Review the diff of the options; the subject is the repository that it changes."""
    from codeassist.tasks.review.conversation import run as begin

    return begin(scene, subject, options)
