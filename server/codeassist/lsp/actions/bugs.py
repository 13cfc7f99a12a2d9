"""Have a model look for bugs in the selection, in the definition around the cursor, in the file.

What it finds becomes diagnostics, so this is a command and no edit.
"""

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked, json_range
from codeassist.lsp.actions.draft import Draft, Model
from codeassist.lsp.actions.subject import subject_of

COMMAND = "codeassist.bugs"


def drafts(asked: Asked) -> Iterator[Draft]:
    """One for what the cursor is at, where that is known, and one for the file."""
    if not asked.language or asked.is_empty or not asked.runs(COMMAND):
        return
    subject = subject_of(asked)
    if subject is not None and subject.name:
        arguments = {"uri": asked.uri, "range": json_range(subject.range)}
        yield _draft(f"Find bugs in {subject.name}", arguments)
    if asked.place.module is None:
        yield _draft("Find bugs in this file", {"uri": asked.uri})


def _draft(title: str, arguments: dict[str, Any]) -> Draft:
    command = types.Command(title, COMMAND, arguments=[arguments])
    return Draft(title, kinds.BUGS, command=command, model=Model.MUST)
