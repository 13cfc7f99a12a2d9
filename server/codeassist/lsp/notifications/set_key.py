"""`codeassist/setKey`: the editor hands over a key, which stays in memory."""

from collections.abc import Mapping
from typing import Any

from codeassist.lsp.lifecycle import configure
from codeassist.lsp.session import Session


def handle(session: Session, params: Mapping[str, Any] | None) -> None:
    """Use it from now on; null takes it back."""
    key = (params or {}).get("key")
    session.key = key.strip() if isinstance(key, str) else ""
    session.spawn(configure(session, None))
