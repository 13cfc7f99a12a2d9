"""What a review with a model is given beside the repository: the diff, the facts, rules, limits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codeassist.tasks.review.categories import USUAL

if TYPE_CHECKING:
    from codeassist.base.findings import Finding
    from codeassist.checks.check import Review

CALLS = 12  # requests of one review, as the setting `review.calls` has it
SHOWN = 8  # findings of a model; a longer list is not read, and the last ones are the least sure


@dataclass(frozen=True, slots=True)
class Guideline:
    """A rule of the project, as data: where it is from, what it says, and where it holds.

    `patterns` are gitignore patterns of the paths that it is about; none means all.
    """

    source: str
    text: str
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """A review to make with a model.

    `review` has the diff and both views, `findings` what the checks say of it. `told` is what the
    author says of the change: data, like the diff. `calls` is how often a model may be asked in
    all, `shown` how many of its findings are reported at most. `withheld` are changed files that
    no model may see, with the reason.
    """

    review: "Review"
    findings: "tuple[Finding, ...]" = ()
    guidelines: tuple[Guideline, ...] = ()
    told: str = ""
    categories: tuple[str, ...] = USUAL
    calls: int = CALLS
    shown: int = SHOWN
