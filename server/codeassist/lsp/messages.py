"""The tables of messages: each is handled by the module that is named here, imported on first use.

A module has `async def handle(session, params)` for a request, `def handle(session, params)` for a
notification. To add a message is one file and one line; `capabilities` says what of it depends on
the client.
"""

from collections.abc import Mapping
from types import MappingProxyType

_REQUESTS = "codeassist.lsp.requests"
_NOTIFICATIONS = "codeassist.lsp.notifications"
_COMMANDS = "codeassist.lsp.commands"

REQUESTS: Mapping[str, str] = MappingProxyType(
    {
        "codeassist/status": f"{_REQUESTS}.status",
        "codeassist/models": f"{_REQUESTS}.models",
        "codeassist/doctor": f"{_REQUESTS}.doctor",
        "codeassist/cost": f"{_REQUESTS}.cost",
        "codeassist/pack": f"{_REQUESTS}.pack",
        "codeassist/showPrompt": f"{_REQUESTS}.show_prompt",
        "codeassist/run": f"{_REQUESTS}.run",
        "codeassist/explain": f"{_REQUESTS}.explain",
        "textDocument/codeAction": f"{_REQUESTS}.code_action",
        "codeAction/resolve": f"{_REQUESTS}.code_action_resolve",
        "textDocument/diagnostic": f"{_REQUESTS}.diagnostic",
        "workspace/diagnostic": f"{_REQUESTS}.workspace_diagnostic",
        "textDocument/hover": f"{_REQUESTS}.hover",
        "textDocument/codeLens": f"{_REQUESTS}.code_lens",
        "codeassist/review": f"{_REQUESTS}.review",
    }
)
# By command's name; each gets the first argument, which is an object.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "codeassist.run": f"{_COMMANDS}.run",
        "codeassist.bugs": f"{_COMMANDS}.bugs",
        "codeassist.clear": f"{_COMMANDS}.clear",
        "codeassist.review": f"{_COMMANDS}.review",
        "codeassist.dismiss": f"{_COMMANDS}.dismiss",
        "codeassist.explain": f"{_COMMANDS}.explain",
    }
)
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
