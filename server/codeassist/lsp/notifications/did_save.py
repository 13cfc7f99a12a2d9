"""`textDocument/didSave`: what was a buffer is the disk's now."""

from lsprotocol import types

from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """Look at the disk again; a client that watches files says so too, others only so."""
    session.files_changed([params.text_document.uri])
