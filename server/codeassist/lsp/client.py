"""What the client can do, resolved once from its capabilities into plain answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lsprotocol import types

from codeassist.base.text import ColumnUnit

_UNITS = {
    types.PositionEncodingKind.Utf8: ColumnUnit.UTF8,
    types.PositionEncodingKind.Utf16: ColumnUnit.UTF16,
    types.PositionEncodingKind.Utf32: ColumnUnit.CODE_POINT,
}

# What is looked at here and in pygls: sections with the parts of them, None for all. Everything
# else that a client can do is passed over, so that it neither takes time nor does any harm.
_LOOKED_AT: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "general": None,
        "notebookDocument": None,
        "window": None,
        "textDocument": frozenset(
            {"codeAction", "diagnostic", "hover", "publishDiagnostics", "synchronization"}
        ),
        "workspace": frozenset(
            {
                "applyEdit",
                "codeLens",
                "configuration",
                "diagnostics",
                "didChangeConfiguration",
                "didChangeWatchedFiles",
                "workspaceEdit",
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Client:
    """A client's abilities. `commands` are the editor's own that the server may put in actions."""

    unit: ColumnUnit = ColumnUnit.UTF16
    resolves: frozenset[str] = frozenset()
    keeps_data: bool = False
    shows_disabled: bool = False
    annotates: bool = False
    versions_edits: bool = False
    creates_files: bool = False
    applies_edits: bool = False
    tags_llm: bool = False
    pulls_diagnostics: bool = False
    refreshes_lenses: bool = False
    shows_related: bool = False
    keeps_diagnostic_data: bool = False
    shows_progress: bool = False
    asks: bool = False
    shows_documents: bool = False
    configures: bool = False
    registers_configuration: bool = False
    registers_watching: bool = False
    hovers_markdown: bool = False
    commands: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def resolves_edits(self) -> bool:
        """Whether an action's edit may come later."""
        return self.keeps_data and "edit" in self.resolves

    @property
    def resolves_commands(self) -> bool:
        """Whether what is to be done after an action's edit may come with it."""
        return self.keeps_data and "command" in self.resolves


def client_of(params: types.InitializeParams, encoding: types.PositionEncodingKind | str) -> Client:
    """The client of an `initialize`; `encoding` is what was negotiated."""
    has = params.capabilities
    text, workspace, window = has.text_document, has.workspace, has.window
    action = text.code_action if text else None
    edit = workspace.workspace_edit if workspace else None
    pulled = text.diagnostic if text else None
    published = text.publish_diagnostics if text else None
    options = _options(params.initialization_options)
    return Client(
        unit=_UNITS.get(types.PositionEncodingKind(encoding), ColumnUnit.UTF16),
        resolves=frozenset(_list(action, "resolve_support", "properties")),
        keeps_data=_is(action, "data_support"),
        shows_disabled=_is(action, "disabled_support"),
        annotates=bool(edit and edit.change_annotation_support is not None),
        # Neovim does not say so, but with operations on files edits can only come like this.
        versions_edits=_is(edit, "document_changes") or bool(_list(edit, "resource_operations")),
        creates_files=types.ResourceOperationKind.Create in _list(edit, "resource_operations"),
        applies_edits=_is(workspace, "apply_edit"),
        tags_llm=1 in _list(action, "tag_support", "value_set"),
        # Who cannot be asked to pull again would never see what is found in other files, or later.
        pulls_diagnostics=pulled is not None and _is(workspace, "diagnostics", "refresh_support"),
        refreshes_lenses=_is(workspace, "code_lens", "refresh_support"),
        shows_related=_is(published, "related_information"),
        keeps_diagnostic_data=_is(published, "data_support"),
        shows_progress=_is(window, "work_done_progress"),
        asks=bool(window and window.show_message is not None),
        shows_documents=_is(window, "show_document", "support"),
        configures=_is(workspace, "configuration"),
        registers_configuration=_is(workspace, "did_change_configuration", "dynamic_registration"),
        registers_watching=_is(workspace, "did_change_watched_files", "dynamic_registration"),
        hovers_markdown=types.MarkupKind.Markdown
        in _list(text.hover if text else None, "content_format"),
        commands=frozenset(map(str, options.get("clientCommands") or ())),
        options=options,
    )


def looked_at(capabilities: object) -> object:
    """The part of a client's capabilities, as JSON, that is looked at."""
    if not isinstance(capabilities, Mapping):
        return capabilities
    return {
        section: {name: value for name, value in parts.items() if wanted is None or name in wanted}
        for section, wanted in _LOOKED_AT.items()
        if isinstance(parts := capabilities.get(section), Mapping)
    }


def _options(given: object) -> Mapping[str, Any]:
    """initializationOptions, whatever a client sends there."""
    return given if isinstance(given, Mapping) else {}


def _value(thing: object, *names: str) -> object:
    for name in names:
        thing = getattr(thing, name, None)
    return thing


def _is(thing: object, *names: str) -> bool:
    return bool(_value(thing, *names))


def _list(thing: object, *names: str) -> Collection[Any]:
    value = _value(thing, *names)
    return value if isinstance(value, list | tuple) else ()
