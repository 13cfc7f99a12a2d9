"""Apply ruff's safe fixes to the selected lines.

Whether there are any is known when ruff has run, so this is for those who ask for it by name. The
fix of a finding that ruff made is offered with the finding.
"""

from collections.abc import Iterator

from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft
from codeassist.lsp.actions.refactoring import local


def drafts(asked: Asked) -> Iterator[Draft]:
    """The fixes, where they were asked for."""
    if kinds.is_named(kinds.FIX, asked.only):
        yield from local(asked, "fix", kinds.FIX, "Apply ruff's safe fixes")
