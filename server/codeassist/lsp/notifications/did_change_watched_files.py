"""`workspace/didChangeWatchedFiles`: something changed on disk, by whatever program."""

from lsprotocol import types

from codeassist.lsp.session import Session
from codeassist.lsp.watching import files_changed


def handle(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Look at the disk again before the next answer."""
    files_changed(session, [each.uri for each in params.changes])
