"""`initialized`: the client is ready for requests, so everything that takes time begins now."""

from lsprotocol import types

from codeassist.lsp.lifecycle import start
from codeassist.lsp.session import Session


def handle(session: Session, params: types.InitializedParams) -> None:
    """Configure, open the folders, index them, and have the client watch their files."""
    session.spawn(start(session))
