"""Silence one finding with a comment at its line, which reviews respect, too.

What a model supposes comes from no check; it is forgotten instead.
"""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.engine.dismissing import can_be_ignored
from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked, json_range
from codeassist.lsp.actions.draft import Draft

COMMAND = "codeassist.dismiss"


def drafts(asked: Asked) -> Iterator[Draft]:
    """One for each check and line."""
    found = {(str(each.code), each.range.start.line): each for each in asked.own()}
    several = len({code for code, _ in found}) > 1
    for (code, _), each in found.items():
        is_checks = can_be_ignored(code)
        if is_checks and not asked.client.applies_edits:
            continue
        what = "Ignore this finding" if is_checks else "Forget what a model said here"
        title = f"{what} ({code})" if several else what
        arguments = {"uri": asked.uri, "range": json_range(each.range), "code": code}
        command = types.Command(title, COMMAND, arguments=[arguments])
        yield Draft(title, kinds.QUICKFIX, command=command, diagnostics=(each,))
