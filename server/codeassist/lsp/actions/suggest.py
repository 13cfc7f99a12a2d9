"""Have a model suggest refactorings of the selection, or of the definition around the cursor.

The user chooses among what comes, so this is a command and no edit.
"""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import RUN, Draft, Model
from codeassist.lsp.actions.subject import subject_of


def drafts(asked: Asked) -> Iterator[Draft]:
    """The suggestions, where there is code."""
    if not asked.language or asked.is_empty or not asked.runs(RUN):
        return
    subject = subject_of(asked)
    if subject is None:
        return
    title = f"Suggest refactorings{subject.of}"
    order = asked.order("refactor", title, subject.range, action="suggest")
    command = types.Command(title, RUN, arguments=[order])
    yield Draft(title, kinds.SUGGEST, command=command, model=Model.MUST)
