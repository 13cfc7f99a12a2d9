"""`workspace/didChangeWorkspaceFolders`: folders are added or removed while the editor runs."""

from lsprotocol import types

from codeassist.lsp.lifecycle import add_folders, remove_folder
from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Close what goes, open what comes."""
    for gone in params.event.removed:
        remove_folder(session, gone.uri)
    session.spawn(add_folders(session, [each.uri for each in params.event.added]))
