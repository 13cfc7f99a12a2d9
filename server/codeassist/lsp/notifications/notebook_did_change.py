"""`notebookDocument/didChange`: cells come, go, move, and change their text."""

from lsprotocol import types

from codeassist.lsp.documents import Document, to_bytes
from codeassist.lsp.notebooks import spliced
from codeassist.lsp.session import Session
from codeassist.lsp.uris import same


def handle(session: Session, params: types.DidChangeNotebookDocumentParams) -> None:
    """Follow the changes of structure, then those of text."""
    uri = params.notebook_document.uri
    change = params.change.cells
    if same(uri) not in session.notebooks or change is None:
        return
    structure = change.structure
    if structure is not None:
        for cell in structure.did_open or ():
            session.documents.open(
                Document(cell.uri, cell.language_id, cell.version, to_bytes(cell.text))
            )
        for closed in structure.did_close or ():
            session.documents.close(closed.uri)
        array = structure.array
        added = [cell.document for cell in array.cells or ()]
        name, cells = session.notebooks[same(uri)]
        cells = spliced(cells, array.start, array.delete_count, added)
        session.notebooks[same(uri)] = (name, cells)
    for text in change.text_content or ():
        session.documents.change(text.document, text.changes, session.client.unit)
    session.document_changed(uri)
