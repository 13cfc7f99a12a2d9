"""`codeassist/run`: does a task and gives back all that came of it; changes no file."""

from typing import Any

from codeassist.lsp.findings.keeping import keep
from codeassist.lsp.orders import order_of, token_of
from codeassist.lsp.results import run_result
from codeassist.lsp.running import run
from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> dict[str, Any]:
    """The result, for the documents as they are now. Raises RequestError if they have changed."""
    order = order_of(params)
    ran = await run(session, order, token_of(params))
    keep(session, order, ran)
    return run_result(ran)
