"""Every message of the server with parts of it broken at random, by a seed.

Each is right but for one place, where anything at all may stand. A request is answered once, with a
result or with an error that blames the request; -32603 would be a fault of the server.
"""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest
from command import Place
from wire import Wire, abilities

from codeassist.lsp.messages import COMMANDS, NOTIFICATIONS, REQUESTS

SEED = 20261130
MUTANTS_EACH = 25
# Refused, failed, cancelled by the client or by the server, or changed meanwhile.
FAULTS_OF_A_REQUEST = (-32600, -32602, -32803, -32800, -32802, -32801)
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 2**31, 2**70, 1.5, "", "x", "file:///none.py", "é😀", [], {}, [[]], [None],
    {"uri": 1}, {"start": {}}, "x" * 5_000, [[[[[[{}]]]]]],
)  # fmt: skip
# They ask other machines and programs, and take their time.
SLOW = {"codeassist/models", "codeassist/doctor", "codeassist/review", "codeassist.review"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    text = "import os\n\n\ndef f(x):\n    if x == 1:\n        return os.path\n    return x\n"
    return Place(tmp_path_factory.mktemp("mutants")).init().commit({"app.py": text})


def samples(uri: str, folder: str) -> dict[str, Any]:
    """Right parameters for each message of the tables."""
    document = {"uri": uri}
    versioned = {"uri": uri, "version": 2}
    position = {"line": 4, "character": 7}
    range_ = {"start": position, "end": {"line": 4, "character": 8}}
    cell = "vscode-notebook-cell:/n.ipynb#A"
    notebook = {"uri": "file:///n.ipynb", "version": 1}
    item = {"languageId": "python", "version": 1, "text": "def g(y):\n    return y\n"}
    data = {"task": "docs", "uri": uri, "range": range_, "options": {"scope": "symbol"}}
    action = {"title": "Document", "kind": "refactor.rewrite", "data": data}
    change = {"range": range_, "rangeLength": 1, "text": "z"}
    diagnostic = {"range": range_, "message": "no", "severity": 1, "code": "F401", "source": "x"}
    commands = {
        "codeassist.run": {"task": "refactor", "uri": uri, "options": {"action": "flip"}},
        "codeassist.bugs": {"uri": uri, "range": range_},
        "codeassist.clear": {},
        "codeassist.dismiss": {"uri": uri, "range": range_, "code": "CA101"},
        "codeassist.explain": {"code": "CA101"},
    }
    return {
        "codeassist/status": {},
        "codeassist/cost": {},
        "codeassist/pack": {"uri": uri, "range": range_, "task": "docs", "budget": 2_000},
        "codeassist/showPrompt": data,
        "codeassist/run": {**data, "workDoneToken": "t"},
        "codeassist/explain": {"code": "CA101"},
        "textDocument/codeAction": {
            "textDocument": document,
            "range": range_,
            "context": {"diagnostics": [diagnostic], "only": ["refactor"], "triggerKind": 1},
        },
        "codeAction/resolve": action,
        "textDocument/diagnostic": {"textDocument": document, "previousResultId": "1"},
        "workspace/diagnostic": {"previousResultIds": [{"uri": uri, "value": "1"}]},
        "textDocument/hover": {"textDocument": document, "position": position},
        "textDocument/codeLens": {"textDocument": document},
        **{
            f"workspace/executeCommand {name}": {"command": name, "arguments": [argument]}
            for name, argument in commands.items()
        },
        "initialized": {},
        "textDocument/didOpen": {"textDocument": {**item, **document}},
        "textDocument/didChange": {"textDocument": versioned, "contentChanges": [change]},
        "textDocument/didClose": {"textDocument": document},
        "textDocument/didSave": {"textDocument": document, "text": "x"},
        "notebookDocument/didOpen": {
            "notebookDocument": {
                **notebook,
                "notebookType": "jupyter",
                "cells": [{"kind": 2, "document": cell}],
            },
            "cellTextDocuments": [{**item, "uri": cell}],
        },
        "notebookDocument/didChange": {
            "notebookDocument": notebook,
            "change": {
                "cells": {
                    "structure": {
                        "array": {
                            "start": 0,
                            "deleteCount": 1,
                            "cells": [{"kind": 2, "document": cell}],
                        },
                        "didOpen": [{**item, "uri": cell}],
                        "didClose": [{"uri": cell}],
                    },
                    "textContent": [{"document": {**notebook, "uri": cell}, "changes": [change]}],
                }
            },
        },
        "notebookDocument/didClose": {
            "notebookDocument": notebook,
            "cellTextDocuments": [{"uri": cell}],
        },
        "workspace/didChangeConfiguration": {"settings": {"codeassist": {"model": {"name": "m"}}}},
        "workspace/didChangeWorkspaceFolders": {
            "event": {"added": [{"uri": folder, "name": "f"}], "removed": []}
        },
        "workspace/didChangeWatchedFiles": {"changes": [{"uri": uri, "type": 2}]},
        "window/workDoneProgress/cancel": {"token": "t"},
        "codeassist/setKey": {"key": "k"},
    }


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all values in some JSON."""
    yield path
    if isinstance(data, dict):
        for name, value in data.items():
            yield from places(value, (*path, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from places(value, (*path, number))


def broken(data: Any, chance: random.Random) -> Any:
    """Some JSON with junk in one place, or without it."""
    path = chance.choice(list(places(data)))
    if not path:
        return chance.choice(JUNK)
    data = copy.deepcopy(data)
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    if isinstance(inner, dict) and chance.random() < 0.3:
        del inner[path[-1]]
    else:
        inner[path[-1]] = chance.choice(JUNK)
    return data


def test_the_samples_are_complete(place: Place) -> None:
    """A message that is added to the tables has to be broken here too."""
    names = {name.rpartition(" ")[2] for name in samples("file:///a", "file:///")}
    assert names | SLOW >= {*REQUESTS, *COMMANDS, *NOTIFICATIONS}


def test_mutants(place: Place) -> None:
    chance = random.Random(SEED)
    uri = (place.root / "app.py").as_uri()
    right = samples(uri, place.root.as_uri())
    text = (place.root / "app.py").read_text("utf-8")
    requests: dict[Any, tuple[str, Any]] = {}
    with Wire.start(place) as wire:
        wire.initialize(abilities("vscode"), rootUri=place.root.as_uri())
        for number in range(MUTANTS_EACH * len(right)):
            name = chance.choice(list(right))
            method = name.partition(" ")[0]
            params = broken(right[name], chance)
            if method in NOTIFICATIONS:
                wire.notify(method, params)
            else:
                requests[wire.request(method, params)] = (method, params)
            if number % 10 == 0:  # or it would soon be closed for good
                wire.open(uri, text, number)
        for key, sent in requests.items():
            assert wire.code(key) in (None, *FAULTS_OF_A_REQUEST), (sent, wire.answers[key])
        assert wire.call("codeassist/status")["result"]["state"]
        assert all(len(each) == 1 for each in wire.answers.values())
        assert wire.broken() == ""
