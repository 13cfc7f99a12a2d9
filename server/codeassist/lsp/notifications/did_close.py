"""`textDocument/didClose`: what is on disk counts again."""

from lsprotocol import types

from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """Forget the text."""
    session.documents.close(params.text_document.uri)
    session.document_closed(params.text_document.uri)
