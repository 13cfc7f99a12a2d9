"""`window/workDoneProgress/cancel`: the user has had enough of something long."""

from lsprotocol import types

from codeassist.lsp.session import Session


def handle(session: Session, params: types.WorkDoneProgressCancelParams) -> None:
    """Cancel it; its request is answered so."""
    session.cancel_token(params.token)
