"""`codeassist/status`: what the server is doing, for an editor that asks."""

from typing import Any

from codeassist.lsp.session import Session


async def handle(session: Session, params: object) -> dict[str, Any]:
    """The status as the notification of the same name has it."""
    return session.status.data()
