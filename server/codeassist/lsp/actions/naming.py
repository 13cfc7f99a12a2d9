"""Has the editor ask for a better name after an edit that made one up."""

import re

from lsprotocol import types

from codeassist.base.edits import WorkspaceEdit
from codeassist.base.files import decode
from codeassist.base.text import LineIndex
from codeassist.lsp.actions.asked import Json, json_range
from codeassist.lsp.convert import Converter, range_of

COMMAND = "codeassist.client.rename"


def naming(edit: WorkspaceEdit, converter: Converter) -> types.Command | None:
    """The command that asks, once the edit is made; None for a client that would not run it."""
    client = converter.client
    if COMMAND not in client.commands or not client.resolves_commands:
        return None
    place = made_up_place(edit, converter)
    if place is None:
        return None
    return types.Command(f"Rename {edit.made_up}", COMMAND, arguments=[place])


def made_up_place(edit: WorkspaceEdit, converter: Converter) -> Json | None:
    """Where a name that was made up stands once the edit is made: URI and range.

    None where there is none, and in a notebook, whose cells the editor renames one by one. The name
    is new: where it stands first after the beginning of the change is one of its places.
    """
    if not edit.made_up:
        return None
    (file,) = edit.files
    target = converter.target(file.path)
    if target.module is not None:
        return None
    data = decode(file.path, file.after).data
    lines = LineIndex(data)
    start = lines.line_start(lines.line_of(file.edits[0].start))
    found = re.compile(rb"\b%b\b" % re.escape(edit.made_up.encode())).search(data, start)
    if found is None:
        return None
    range_ = range_of(lines, lines.span(*found.span()), converter.client.unit)
    return {"uri": target.uri, "range": json_range(range_)}
