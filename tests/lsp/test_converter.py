"""The converter of messages, on the capabilities that VS Code and Neovim send and on worse."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor import CLIENTS
from lsprotocol import types

from codeassist.lsp.client import client_of, looked_at
from codeassist.lsp.converter import MAX_NUMBER, tolerant

FOLDER = Path(__file__).parents[1] / "fixtures" / "clients"
# What clients send and lsprotocol's draft of 3.18 does not know yet. It is not looked at.
YOUNGER = {"textDocument.diagnostic.markupMessageSupport"}
UNKNOWN: tuple[Any, ...] = ("of LSP 4", 4711)
Keys = tuple[str, ...]


def capabilities(client: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{client}.json").read_text("utf-8"))
    return data


def initialize(client: dict[str, Any]) -> types.InitializeRequest:
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"processId": None, "rootUri": None, "capabilities": client},
    }
    return tolerant().structure(message, types.InitializeRequest)


def lists(data: Any, path: Keys = ()) -> Iterator[Keys]:
    """The places of all lists of plain values: these are the sets of members that are known."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from lists(value, (*path, key))
    elif isinstance(data, list) and all(isinstance(each, int | str) for each in data):
        yield path


@pytest.mark.parametrize("client", CLIENTS)
def test_capabilities_come_through_unchanged(client: str) -> None:
    data = capabilities(client)
    converter = tolerant()
    structured = converter.structure(data, types.ClientCapabilities)
    assert set(_lost(data, converter.unstructure(structured))) <= YOUNGER


def _lost(data: Any, kept: Any, path: str = "") -> Iterator[str]:
    """What is in some JSON and not in what it became."""
    if isinstance(data, dict) and isinstance(kept, dict):
        for key, value in data.items():
            yield from _lost(value, kept.get(key), f"{path}.{key}" if path else key)
    elif data != kept and data is not None:
        yield path


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("member", UNKNOWN)
def test_unknown_members_anywhere_are_let_through(client: str, member: Any) -> None:
    places = list(lists(capabilities(client)))
    assert len(places) > 15
    for place in places:
        data = copy.deepcopy(capabilities(client))
        inner: Any = data
        for key in place:
            inner = inner[key]
        inner.append(member)
        client_of(initialize(data).params, "utf-16")


@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_looked_at_is_enough(client: str) -> None:
    """Or an ability that `client_of` begins to ask for would silently never be there."""
    data = capabilities(client)
    whole = client_of(initialize(data).params, "utf-16")
    part = looked_at(data)
    assert isinstance(part, dict)
    assert client_of(initialize(part).params, "utf-16") == whole
    assert len(json.dumps(part)) < len(json.dumps(data)) / 2


@pytest.mark.parametrize("capabilities", [None, [], "all", 3])
def test_capabilities_that_are_none(capabilities: object) -> None:
    assert looked_at(capabilities) == capabilities


@pytest.mark.parametrize(
    ("client", "expected"),
    [
        ({}, {}),
        ({"textDocument": None, "window": 7, "workspace": {"applyEdit": True}},
         {"workspace": {"applyEdit": True}}),
        ({"textDocument": {"completion": {"completionItem": 3}}, "future": []},
         {"textDocument": {}}),
    ],
)  # fmt: skip
def test_nonsense_where_nobody_looks_does_no_harm(client: object, expected: object) -> None:
    assert looked_at(client) == expected
    initialize(looked_at(client))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(0, 0), (7, 7), (-1, 0), (-(2**70), 0), (2**31, MAX_NUMBER), (2**64, MAX_NUMBER),
     (1.7976931348623157e308, MAX_NUMBER), (3.0, 3)],
)  # fmt: skip
def test_numbers_of_positions_are_clamped(sent: float, expected: int) -> None:
    position = tolerant().structure({"line": sent, "character": sent}, types.Position)
    assert position == types.Position(expected, expected)


@pytest.mark.parametrize("sent", [None, "3", [], {}, float("nan")])
def test_what_is_no_number_is_refused(sent: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        tolerant().structure({"line": 1, "character": sent}, types.Position)


@pytest.mark.parametrize("sent", [None, [1], {"x": 1}, 1.5])
def test_what_can_be_no_member_is_refused(sent: object) -> None:
    with pytest.raises(TypeError):
        tolerant().structure(sent, types.DiagnosticSeverity)


def test_members_go_out_as_their_values() -> None:
    converter = tolerant()
    params = types.PublishDiagnosticsParams(
        "file:///a",
        [types.Diagnostic(_RANGE, "no", severity=types.DiagnosticSeverity.Hint)],
    )
    assert converter.unstructure(params)["diagnostics"][0]["severity"] == 4


_RANGE = types.Range(types.Position(0, 0), types.Position(0, 1))
