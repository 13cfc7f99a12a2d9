"""`notebookDocument/didOpen`: a notebook, and its cells as documents."""

from lsprotocol import types

from codeassist.lsp.documents import Document, to_bytes
from codeassist.lsp.session import Session
from codeassist.lsp.uris import same


def handle(session: Session, params: types.DidOpenNotebookDocumentParams) -> None:
    """Take the cells over, in their order."""
    for cell in params.cell_text_documents:
        session.documents.open(
            Document(cell.uri, cell.language_id, cell.version, to_bytes(cell.text))
        )
    notebook = params.notebook_document
    cells = [cell.document for cell in notebook.cells]
    session.notebooks[same(notebook.uri)] = (notebook.uri, cells)
    session.document_changed(notebook.uri)
