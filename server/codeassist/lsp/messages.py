"""The tables of messages: each is handled by the module that is named here, imported on first use.

A module has `async def handle(session, params)` for a request, `def handle(session, params)` for a
notification. To add a message is one file and one line; `capabilities` says what of it depends on
the client.
"""

from collections.abc import Mapping
from types import MappingProxyType

_REQUESTS = "codeassist.lsp.requests"
_NOTIFICATIONS = "codeassist.lsp.notifications"

REQUESTS: Mapping[str, str] = MappingProxyType(
    {
        "codeassist/status": f"{_REQUESTS}.status",
    }
)
# By command's name; each gets the command's arguments as a list.
COMMANDS: Mapping[str, str] = MappingProxyType({})
NOTIFICATIONS: Mapping[str, str] = MappingProxyType(
    {
        "initialized": f"{_NOTIFICATIONS}.initialized",
        "textDocument/didOpen": f"{_NOTIFICATIONS}.did_open",
        "textDocument/didChange": f"{_NOTIFICATIONS}.did_change",
        "textDocument/didClose": f"{_NOTIFICATIONS}.did_close",
        "textDocument/didSave": f"{_NOTIFICATIONS}.did_save",
        "notebookDocument/didOpen": f"{_NOTIFICATIONS}.notebook_did_open",
        "notebookDocument/didChange": f"{_NOTIFICATIONS}.notebook_did_change",
        "notebookDocument/didClose": f"{_NOTIFICATIONS}.notebook_did_close",
        "workspace/didChangeConfiguration": f"{_NOTIFICATIONS}.did_change_configuration",
        "workspace/didChangeWorkspaceFolders": f"{_NOTIFICATIONS}.did_change_workspace_folders",
        "workspace/didChangeWatchedFiles": f"{_NOTIFICATIONS}.did_change_watched_files",
        "window/workDoneProgress/cancel": f"{_NOTIFICATIONS}.progress_cancel",
        "codeassist/setKey": f"{_NOTIFICATIONS}.set_key",
    }
)
