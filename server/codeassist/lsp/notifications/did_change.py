"""`textDocument/didChange`: the user types."""

from lsprotocol import types

from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """Change the text, incrementally or as a whole."""
    identifier = params.text_document
    session.documents.change(identifier, params.content_changes, session.client.unit)
    session.document_changed(identifier.uri)
