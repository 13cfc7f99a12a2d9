"""What is asked of the task, as plain data."""

from dataclasses import dataclass
from typing import Literal

Wanted = Literal["all", "missing", "drifted"]
Visibility = Literal["public", "all"]


@dataclass(frozen=True, slots=True)
class DocsOptions:
    """`style` chooses among Python's styles ("auto": what the repository uses).

    `only` "missing" documents what has no documentation, "drifted" repairs what no longer fits.
    `visibility` matters for files and folders: a definition that is named is always documented.
    """

    style: str = "auto"
    only: Wanted = "all"
    visibility: Visibility = "public"
