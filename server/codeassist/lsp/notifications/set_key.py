"""`codeassist/setKey`: the editor hands over a key, which stays in memory."""

from collections.abc import Mapping

from codeassist.lsp.lifecycle import configure
from codeassist.lsp.session import Session


def handle(session: Session, params: object) -> None:
    """Use it from now on; null takes it back."""
    key = params.get("key") if isinstance(params, Mapping) else None
    session.key = key.strip() if isinstance(key, str) else ""
    session.spawn(configure(session, None))
