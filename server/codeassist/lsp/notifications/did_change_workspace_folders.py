"""`workspace/didChangeWorkspaceFolders`: folders are added or removed while the editor runs."""

from lsprotocol import types

from codeassist.lsp.lifecycle import change_folders
from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Close what goes, open what comes."""
    removed = [each.uri for each in params.event.removed]
    change_folders(session, removed, [each.uri for each in params.event.added])
