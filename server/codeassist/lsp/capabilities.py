"""What each message is registered with: the options that end up in the server's capabilities."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lsprotocol import types

from codeassist.lsp.actions import KINDS
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
        types.TEXT_DOCUMENT_CODE_ACTION: lambda client: types.CodeActionOptions(
            code_action_kinds=list(KINDS), resolve_provider=client.resolves_edits
        ),
        types.TEXT_DOCUMENT_DIAGNOSTIC: lambda client: types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="codeassist"
        ),
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
    if method == types.CODE_ACTION_RESOLVE:
        return client.resolves_edits
    return True
