"""`codeassist.bugs {uri, range?}`: looks for bugs, and shows hypotheses while their code stays."""

from collections.abc import Mapping
from typing import Any

from codeassist.lsp.failures import invalid
from codeassist.lsp.findings.keeping import keep
from codeassist.lsp.orders import order_of, token_of
from codeassist.lsp.results import run_result
from codeassist.lsp.running import run
from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> dict[str, Any]:
    """What was found, as `codeassist/run` gives it. Raises RequestError as that does."""
    if not isinstance(params, Mapping):
        raise invalid("an object with `uri` is expected")
    order = order_of({**params, "task": "bugs"})
    ran = await run(session, order, token_of(params))
    keep(session, order, ran)
    return run_result(ran)
