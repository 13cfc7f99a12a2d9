"""Have a model do what the user says, who is asked for it by the editor.

Not there in an editor that cannot ask.
"""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked, json_range
from codeassist.lsp.actions.draft import Draft, Model
from codeassist.lsp.actions.subject import subject_of

COMMAND = "codeassist.client.instruct"


def drafts(asked: Asked) -> Iterator[Draft]:
    """The question for an instruction, where there is code."""
    if not asked.language or asked.is_empty or not asked.runs(COMMAND):
        return
    subject = subject_of(asked)
    if subject is None:
        return
    title = "Refactor as I say…"
    arguments = [{"uri": asked.uri, "range": json_range(subject.range)}]
    command = types.Command(title, COMMAND, arguments=arguments)
    yield Draft(title, kinds.INSTRUCT, command=command, model=Model.MUST)
