"""What a run leaves to be seen: the hypotheses of a search for bugs, whichever message began it."""

from typing import TYPE_CHECKING

from lsprotocol import types

from codeassist.lsp.findings.findings import Findings
from codeassist.lsp.orders import Order
from codeassist.lsp.running import Ran

if TYPE_CHECKING:
    from codeassist.lsp.session import Session

BUGS = "bugs"
WHOLE = types.Range(types.Position(0, 0), types.Position(2**31 - 1, 0))


def keep(session: "Session", order: Order, ran: Ran) -> None:
    """Show the hypotheses of a run until their code changes; those of other tasks have none."""
    if order.task != BUGS:
        return
    findings: Findings = session.feature(Findings)
    findings.keep_hypotheses(ran.place, ran.outcome, ran.converter, order.range or WHOLE)
