"""Edits as plain data: what changes in which files, and what is known about it.

An edit is made against one exact content of each file. Whoever applies it compares first: a file
that has changed meanwhile makes the whole edit stale.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """A replacement in a document: byte offsets into its `data`, and the text that comes there.

    The text uses the document's own line ending.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The change of one file.

    `before` and `after` are the file's whole bytes as on disk, byte order mark and encoding
    included; `before` is None for a new file. `edits` are ascending and do not overlap; they refer
    to the decoded document of `before`, and are one insertion for a new file.
    """

    path: str
    before: bytes | None
    after: bytes
    edits: tuple[TextEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceEdit:
    """A change of one or more files that is applied as a whole or not at all.

    `title` says what it does, in the imperative. `problems` are the reasons why it must not be
    applied unseen; none means that it is verified, and `proofs` say by what. `made_up` is a name in
    it that nobody chose, so that the user may want another one.
    """

    title: str
    files: tuple[FileEdit, ...]
    problems: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    made_up: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether nothing speaks against applying it."""
        return not self.problems


def joined(edits: Sequence[WorkspaceEdit]) -> WorkspaceEdit:
    """Edits of different files, at least one, as one that is undone as a whole."""
    first, *others = edits
    if not others:
        return first
    title = f"{first.title} and {len(others)} more"
    return WorkspaceEdit(title, tuple(file for edit in edits for file in edit.files))
