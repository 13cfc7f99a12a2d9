"""Show the page of the check that made a finding."""

from collections.abc import Iterator

from lsprotocol import types

from codeassist.engine.pages import page_of
from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft

COMMAND, SHOW = "codeassist.explain", "codeassist.client.showDocument"


def drafts(asked: Asked) -> Iterator[Draft]:
    """One for each check, once."""
    found = {str(each.code): each for each in asked.own()}
    for code, each in found.items():
        text = page_of(code)
        if text is None:
            continue
        title = f"Explain {code}"
        if SHOW in asked.client.commands:
            page = {"title": title, "language": "markdown", "text": text}
            command = types.Command(title, SHOW, arguments=[page])
        else:
            command = types.Command(title, COMMAND, arguments=[{"code": code}])
        yield Draft(title, kinds.EXPLAIN, command=command, diagnostics=(each,))
