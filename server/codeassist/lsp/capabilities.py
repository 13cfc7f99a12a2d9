"""What each message is registered with: the options that end up in the server's capabilities."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lsprotocol import types

from codeassist.lsp.client import Client

NOTEBOOKS = types.NotebookDocumentSyncOptions(
    notebook_selector=[
        types.NotebookDocumentFilterWithNotebook(
            notebook="*", cells=[types.NotebookCellLanguage(language="python")]
        )
    ],
    save=True,
)
_OPTIONS: Mapping[str, Callable[[Client], object]] = MappingProxyType(
    {
        types.TEXT_DOCUMENT_DID_SAVE: lambda client: types.SaveOptions(include_text=False),
    }
)


def options_of(method: str, client: Client) -> object | None:
    """The options of a message's registration for a client, None if it has none."""
    make = _OPTIONS.get(method)
    return make(client) if make is not None else None


def is_offered(method: str, client: Client) -> bool:
    """Whether a message is registered at all for a client."""
    if method in (types.TEXT_DOCUMENT_DIAGNOSTIC, types.WORKSPACE_DIAGNOSTIC):
        return client.pulls_diagnostics
    return True
