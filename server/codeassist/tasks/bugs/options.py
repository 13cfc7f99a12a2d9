"""How to look for bugs: what the user tells of one, and how much to ask and to show."""

from dataclasses import dataclass

from codeassist.base.messages import Image

SHOWN = 10  # hypotheses; a longer list is not read, and the last ones are the least sure
REQUESTS = 6  # first looks of one run; what they do not cover is said


@dataclass(frozen=True, slots=True)
class BugsOptions:
    """What is known of the bug, and limits.

    `issue` is a report in words, `traceback` a log or a stack trace, `image` a screenshot. `shown`
    is how many hypotheses are reported at most, `requests` how often a model is asked for some.
    """

    issue: str = ""
    traceback: str = ""
    image: Image | None = None
    shown: int = SHOWN
    requests: int = REQUESTS

    @property
    def text(self) -> str:
        """All that is told in words, "" for nothing."""
        return "\n\n".join(filter(None, (self.issue.strip(), self.traceback.strip())))

    @property
    def tells(self) -> bool:
        """Whether anything is told of a bug: then it is looked for, and not just any."""
        return bool(self.text) or self.image is not None
