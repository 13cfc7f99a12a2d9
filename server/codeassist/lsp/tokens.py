"""The client's own token for the progress of a request."""

from collections.abc import Mapping

Token = int | str


def token_of(params: object) -> Token | None:
    """The token in a request's parameters, ours or LSP's; None where there is none."""
    if isinstance(params, Mapping):
        token = params.get("workDoneToken")
    else:
        token = getattr(params, "work_done_token", None)
    return token if isinstance(token, int | str) else None
