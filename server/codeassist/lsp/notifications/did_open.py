"""`textDocument/didOpen`: the editor has a document now, whatever is on disk."""

from lsprotocol import types

from codeassist.lsp.documents import Document, to_bytes
from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """Take the text over."""
    item = params.text_document
    document = Document(item.uri, item.language_id, item.version, to_bytes(item.text))
    session.documents.open(document)
    session.document_changed(item.uri)
