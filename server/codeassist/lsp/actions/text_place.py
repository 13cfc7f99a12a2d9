"""Where a document is as far as actions are concerned: a text with a path, in no folder.

Unlike `Session.place` it does not wait for the folders to be known, since nothing is asked of them.
"""

from codeassist.base.text import LineIndex
from codeassist.lsp.places import Place, path_in
from codeassist.lsp.session import Session


def place_now(session: Session, uri: str) -> Place | None:
    """The place of an open document; None for one that is not open, or too large."""
    document = session.document(uri)
    if document is None or document.is_too_large:
        return None
    for path, module in session.modules().values():
        first = module.line_in_module(document.uri)
        if first is not None:
            return Place(session.nowhere, path, document, LineIndex(module.data), module, first)
    return Place(session.nowhere, path_in(session.nowhere, document), document, document.lines)
