"""Silence one finding with a comment at its line, which reviews respect, too."""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked, json_range
from codeassist.lsp.actions.draft import Draft

COMMAND = "codeassist.dismiss"


def drafts(asked: Asked) -> Iterator[Draft]:
    """One for each check and line."""
    if not asked.client.applies_edits:
        return
    found = {(str(each.code), each.range.start.line): each for each in asked.own()}
    several = len({code for code, _ in found}) > 1
    for (code, _), each in found.items():
        title = f"Ignore this finding ({code})" if several else "Ignore this finding"
        arguments = {"uri": asked.uri, "range": json_range(each.range), "code": code}
        command = types.Command(title, COMMAND, arguments=[arguments])
        yield Draft(title, kinds.QUICKFIX, command=command, diagnostics=(each,))
