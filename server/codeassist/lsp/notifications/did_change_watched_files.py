"""`workspace/didChangeWatchedFiles`: something changed on disk, by whatever program."""

from lsprotocol import types

from codeassist.lsp.session import Session


def handle(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Look at the disk again before the next answer."""
    session.files_changed([each.uri for each in params.changes])
