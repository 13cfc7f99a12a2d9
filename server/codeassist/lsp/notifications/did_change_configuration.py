"""`workspace/didChangeConfiguration`: the user has changed a setting."""

from lsprotocol import types

from codeassist.lsp.lifecycle import configure
from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Take what is pushed, or pull it where the client gives it on request."""
    session.spawn(configure(session, params.settings))
