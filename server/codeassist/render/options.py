"""What a caller may choose about the output: plain data.

Nothing here looks at a terminal or at the environment: the command line decides and hands the
result over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

DEFAULT_WIDTH = 100  # wide enough for this house's own line length, narrow enough for half a screen


class Colour(Enum):
    """Whether text is written for a terminal or for a pipe."""

    NEVER = "never"
    ALWAYS = "always"


class Hyperlinks(Enum):
    """Whether places are links (OSC 8) that a terminal can open; only ever used with colour."""

    NEVER = "never"
    ALWAYS = "always"


class EvidenceDetail(Enum):
    """Whether the places that support a finding are shown with their code, or only named."""

    NAMED = "named"
    SHOWN = "shown"


class Explanations(Enum):
    """Whether the explanation of its rule is written under each finding."""

    OMITTED = "omitted"
    APPENDED = "appended"


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The choices that a format may heed; each ignores those that mean nothing to it.

    `width` is in terminal cells; wrapped text and long code lines keep within it. `repository_url`
    is the repository's web address (`https://host/owner/name`), None if unknown: links need it,
    and a report whose head is a commit id. `commentable` gives for each path in the pull request
    the 1-based lines of the new file that lie inside the diff: a review comment anywhere else
    would be refused, and the whole review with it.
    """

    colour: Colour = Colour.NEVER
    width: int = DEFAULT_WIDTH
    hyperlinks: Hyperlinks = Hyperlinks.NEVER
    evidence: EvidenceDetail = EvidenceDetail.SHOWN
    explanations: Explanations = Explanations.OMITTED
    repository_url: str | None = None
    commentable: Mapping[str, frozenset[int]] = field(default_factory=dict)
