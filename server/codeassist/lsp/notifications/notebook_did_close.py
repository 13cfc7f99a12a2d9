"""`notebookDocument/didClose`: the notebook and its cells are gone."""

from lsprotocol import types

from codeassist.lsp.session import Session
from codeassist.lsp.uris import same


def handle(session: Session, params: types.DidCloseNotebookDocumentParams) -> None:
    """Forget them."""
    for cell in params.cell_text_documents:
        session.documents.close(cell.uri)
    session.notebooks.pop(same(params.notebook_document.uri), None)
    session.document_closed(params.notebook_document.uri)
