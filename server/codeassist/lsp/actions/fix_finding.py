"""The fixes of our own findings that are known already, or need no model to be found.

A hypothesis says in its diagnostic's `data` whether it came with a fix, which is kept where the
hypothesis is. What fixes another finding is told by its code and its message.
"""

from collections.abc import Iterator, Mapping

from lsprotocol import types

from codeassist.engine.fixes import fix_of
from codeassist.lsp.actions import kinds
from codeassist.lsp.actions.asked import Asked
from codeassist.lsp.actions.draft import Draft, Model

KEPT = "fingerprint"  # of the hypothesis whose fix is meant, in an action's `data`
TITLE = "Apply the fix of this hypothesis"


def drafts(asked: Asked) -> Iterator[Draft]:
    """A fix for each finding that has one."""
    for each in asked.own():
        draft = _kept(asked, each) or _local(asked, each)
        if draft is not None:
            yield draft


def has_fix(asked: Asked, finding: types.Diagnostic) -> bool:
    """Whether a finding of ours has such a fix."""
    return (_kept(asked, finding) or _local(asked, finding)) is not None


def _kept(asked: Asked, finding: types.Diagnostic) -> Draft | None:
    data = finding.data if isinstance(finding.data, Mapping) else {}
    if not data.get("fix") or not asked.client.resolves_edits:
        return None
    wanted = {"uri": asked.uri, KEPT: str(data.get("fingerprint"))}
    return Draft(TITLE, kinds.QUICKFIX, wanted, diagnostics=(finding,), model=Model.DID)


def _local(asked: Asked, finding: types.Diagnostic) -> Draft | None:
    found = fix_of(str(finding.code), finding.message)
    if found is None:
        return None
    order = asked.order("refactor", found.title, finding.range, action=found.action)
    return Draft(found.title, kinds.QUICKFIX, order, diagnostics=(finding,))
