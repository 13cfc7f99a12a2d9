"""Messages that no editor should send: the server answers each request once, and lives on.

The process is talked to in raw bytes. One server takes most of the nonsense, one after the other:
what it survived alone it has to survive in company.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from command import Place
from wire import Wire, framed, packed_text

PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800
URI = "file:///nowhere/a.py"
DEEP = 100_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("hostile")).init().commit({"app.py": "x = 1\n"})


@pytest.fixture(scope="module")
def shared(place: Place) -> Iterator[Wire]:
    """One server for all."""
    with Wire.start(place) as wire:
        wire.initialize(rootUri=place.root.as_uri())
        yield wire
        assert wire.code(wire.request("shutdown")) is None
        wire.notify("exit")
        assert wire.ended() == 0


@pytest.fixture
def wire(shared: Wire) -> Iterator[Wire]:
    """The same server; afterwards it has to work as before, and to have said nothing wrong."""
    shared.answers.clear()
    shared.log.clear()
    yield shared
    assert shared.call("codeassist/status")["result"]["state"]
    twice = {key: each for key, each in shared.answers.items() if key is not None and len(each) > 1}
    assert not twice, "answered more than once"
    assert shared.broken() == ""


def refused(wire: Wire, data: bytes) -> int:
    """The code of the answer to something that has no id that could be answered."""
    wire.raw(data)
    code = wire.code(None)
    assert code is not None
    return code


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"", b"\x00", b"nul", b"{'a': 1}", b"\xff\xfe{", b"[" * DEEP, b'{"a":' * DEEP,
        b'{"jsonrpc": "2.0", "method": "x"', b"1" * 5_000, b"\xed\xa0\x80",
    ],
)  # fmt: skip
def test_what_is_no_json(wire: Wire, body: bytes) -> None:
    assert refused(wire, framed(body)) == PARSE_ERROR


@pytest.mark.parametrize("message", [[], [{"jsonrpc": "2.0", "id": 1}], 3, "text", None, True])
def test_what_is_no_object(wire: Wire, message: object) -> None:
    assert refused(wire, framed(message)) == INVALID_REQUEST


@pytest.mark.parametrize("version", [None, 2, "1.0", [], {}])
def test_what_is_no_json_rpc(wire: Wire, version: object) -> None:
    wire.send({"jsonrpc": version, "id": 5, "method": "codeassist/status"})
    assert wire.code(5) == INVALID_REQUEST


def test_what_has_neither_a_method_nor_an_id(wire: Wire) -> None:
    for message in ({}, {"id": None}, {"params": []}, {"result": 1}):
        assert refused(wire, framed(message)) == INVALID_REQUEST
        wire.answers.clear()


@pytest.mark.parametrize("method", [0, 3, True, [], {}, ["a"], 1.5])
def test_methods_of_wrong_types(wire: Wire, method: object) -> None:
    wire.send({"jsonrpc": "2.0", "id": "m", "method": method})
    assert wire.code("m") == INVALID_REQUEST


@pytest.mark.parametrize("message_id", [None, [], {}, 1.5, True, [1, 2]])
def test_ids_of_wrong_types(wire: Wire, message_id: object) -> None:
    """By JSON-RPC what has no usable id is answered with null."""
    wire.send({"jsonrpc": "2.0", "id": message_id, "method": "codeassist/status"})
    assert wire.code(None) == INVALID_REQUEST


@pytest.mark.parametrize("message_id", [0, -1, 2**80, "", "é😀", "x" * 10_000])
def test_strange_ids_come_back(wire: Wire, message_id: Any) -> None:
    wire.request("codeassist/status", message_id=message_id)
    assert wire.code(message_id) is None


@pytest.mark.parametrize(
    "method",
    ["no/such/method", "", "$/unknown", "codeassist/no", "textDocument/", "é", "initialized "],
)
def test_unknown_methods(wire: Wire, method: str) -> None:
    wire.notify(method, {"a": [1]})
    assert wire.code(wire.request(method, [1])) == NO_METHOD


@pytest.mark.parametrize("params", [None, [], 3, "text", {}, {"textDocument": 3}, [{}], True])
@pytest.mark.parametrize(
    "method", ["textDocument/codeAction", "workspace/executeCommand", "codeAction/resolve"]
)
def test_parameters_of_wrong_types(wire: Wire, method: str, params: object) -> None:
    assert wire.code(wire.request(method, params)) == INVALID_PARAMS


@pytest.mark.parametrize("params", [None, [], 3, "text", {}, {"uri": 3}, {"uri": [], "task": {}}])
@pytest.mark.parametrize(
    "method", ["codeassist/run", "codeassist/pack", "codeassist/showPrompt", "codeassist/explain"]
)
def test_parameters_of_our_own_requests(wire: Wire, method: str, params: object) -> None:
    assert wire.code(wire.request(method, params)) == INVALID_PARAMS


@pytest.mark.parametrize("name", ["no.such", "", "codeassist.", "__class__"])
def test_unknown_commands(wire: Wire, name: str) -> None:
    params = {"command": name, "arguments": [{}]}
    assert wire.code(wire.request("workspace/executeCommand", params)) == INVALID_PARAMS


@pytest.mark.parametrize(
    "position",
    [(-1, 0), (0, -1), (2**31, 2**31), (10**400, 0), (1e308, 1e308), (0.5, 0.5)],
)  # fmt: skip
def test_positions_out_of_range_are_clamped(wire: Wire, position: tuple[float, float]) -> None:
    wire.open(URI, "x = 1\n")
    at = {"line": position[0], "character": position[1]}
    asked = {
        "textDocument": {"uri": URI},
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    }
    assert wire.code(wire.request("textDocument/codeAction", asked)) is None
    changed = {
        "textDocument": {"uri": URI, "version": 2},
        "contentChanges": [{"range": {"start": at, "end": at}, "text": ""}],
    }
    wire.notify("textDocument/didChange", changed)
    assert text_of(wire) == "x = 1\n"


def text_of(wire: Wire) -> str | None:
    """The document's text as the server has it, None if it has none."""
    answer = wire.call("codeassist/pack", {"uri": URI, "budget": 4_000})
    return packed_text(answer["result"]["text"]) if "result" in answer else None


@pytest.mark.parametrize(
    "params",
    [None, {}, {"textDocument": {"uri": URI}},
     {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"range": 3, "text": "y"}]},
     {"textDocument": {"uri": URI, "version": "x"}, "contentChanges": None}],
)  # fmt: skip
def test_a_change_that_makes_no_sense_closes_the_document(wire: Wire, params: object) -> None:
    """Nothing is known of its text any more: no answer is better than one for another text."""
    wire.open(URI, "x = 1\n")
    wire.notify("textDocument/didChange", params)
    known = isinstance(params, dict) and "textDocument" in params
    assert (text_of(wire) is None) == known
    wire.open(URI, "z = 3\n")
    assert text_of(wire) == "z = 3\n"


def test_documents_that_were_never_opened(wire: Wire) -> None:
    other = {"uri": "file:///other.py", "version": 3}
    wire.notify("textDocument/didChange", {"textDocument": other, "contentChanges": []})
    wire.notify("textDocument/didSave", {"textDocument": other})
    wire.notify("textDocument/didClose", {"textDocument": other})
    for method in ("notebookDocument/didClose", "notebookDocument/didChange"):
        wire.notify(
            method,
            {"notebookDocument": other, "cellTextDocuments": [], "change": {"cells": {}}},
        )
    wire.settled()


def test_a_document_is_opened_twice(wire: Wire) -> None:
    wire.open(URI, "a = 1\n")
    wire.open(URI, "b = 2\n", 2)
    assert text_of(wire) == "b = 2\n"
    wire.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert text_of(wire) is None


def test_a_document_of_20_mb_is_told_of_once(wire: Wire) -> None:
    large = "file:///nowhere/large.py"
    seen = len(wire.sent)
    wire.open(large, "x = '漢😀'\n" * 1_400_000)
    at = {"line": 1_000_000, "character": 3}
    for version in range(2, 40):
        wire.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": large, "version": version},
                "contentChanges": [{"range": {"start": at, "end": at}, "text": "y"}],
            },
        )
    asked = {
        "textDocument": {"uri": large},
        "range": {"start": at, "end": at},
        "context": {"diagnostics": []},
    }
    assert wire.answer(wire.request("textDocument/codeAction", asked))["result"] in (None, [])
    said = [each for each in wire.sent[seen:] if each["method"] == "window/showMessage"]
    assert [each["params"]["message"] for each in said] == [
        "codeassist: large.py is larger than 5 MB, so nothing is offered for it"
    ]
    wire.notify("textDocument/didClose", {"textDocument": {"uri": large}})


@pytest.mark.parametrize("message_id", ["unknown", 99, None, [], {}, True, 1.5, 10**60])
def test_cancelling_what_is_not_there(wire: Wire, message_id: object) -> None:
    wire.notify("$/cancelRequest", {"id": message_id})
    wire.notify("window/workDoneProgress/cancel", {"token": message_id})


def test_cancelling_twice_is_answered_once(wire: Wire) -> None:
    wire.open(URI, "x = 1\n")
    number = wire.request("codeassist/pack", {"uri": URI})
    wire.notify("$/cancelRequest", {"id": number})
    wire.notify("$/cancelRequest", {"id": number})
    assert wire.code(number) in (CANCELLED, None)


@pytest.mark.parametrize(
    "message",
    [
        {"id": 3, "result": None},
        {"id": "never-sent", "error": {"code": 1, "message": "no"}},
        {"id": None, "error": {"code": 1, "message": "no"}},
        {"id": 3, "error": 3},
        {"id": [], "result": 3},
        {"id": {}, "error": None},
        {"id": 3},
    ],
)
def test_answers_to_what_was_never_asked(wire: Wire, message: dict[str, Any]) -> None:
    wire.send({"jsonrpc": "2.0", **message})
    wire.settled()


def test_an_answer_with_the_id_of_its_own_request(wire: Wire) -> None:
    wire.open(URI, "x = 1\n")
    number = wire.request("codeassist/pack", {"uri": URI})
    wire.send({"jsonrpc": "2.0", "id": number, "result": 3})
    assert wire.code(number) is None


def test_the_same_id_for_several_requests(wire: Wire) -> None:
    numbers = [wire.request("codeassist/status", message_id="same") for _ in range(3)]
    wire.until(lambda: len(wire.answers["same"]) == len(numbers))
    wire.settled()
    assert len(wire.answers.pop("same")) == 3


def test_initialize_comes_once(wire: Wire) -> None:
    again = {"processId": None, "rootUri": None, "capabilities": {}}
    assert wire.code(wire.request("initialize", again)) == INVALID_REQUEST
    wire.notify("initialized", {})


@pytest.mark.parametrize(
    "garbage",
    [
        b"\r\n\r\n\r\n", b"Content-Length: -5\r\n\r\n", b"Content-Length: x\r\n\r\n",
        b"Content-Length:\r\n", b"Content-Length: 99999999999999999999\r\n\r\n",
        b"Content-Length: 268435457\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x00\xff\n" * 1_000, b"x" * 100_000 + b"\n", b'{"jsonrpc": "2.0"}',
        b"Content-Type: x\r\nContent-Length 3\r\n", b"x" * 8_191, b"\xc3",
    ],
)  # fmt: skip
def test_headers_that_are_none_are_passed_over(wire: Wire, garbage: bytes) -> None:
    wire.raw(garbage)
    assert wire.code(wire.request("no/such/method")) == NO_METHOD


@pytest.mark.parametrize("header", [
    b"content-length: %d\n\n", b"Content-Type: a; charset=utf-8\r\nContent-Length:%d\r\n\r\n",
    b"CONTENT-LENGTH:\t %d\r\nX: y\r\n\r\n",
])  # fmt: skip
def test_headers_in_other_forms(wire: Wire, header: bytes) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": "h", "method": "codeassist/status"}).encode()
    wire.raw(header % len(body) + body)
    assert wire.code("h") is None


@pytest.mark.parametrize("wrong", [-20, -1, 1, 7])
def test_a_wrong_length_costs_at_most_the_next_message(wire: Wire, wrong: int) -> None:
    body = json.dumps({"jsonrpc": "2.0", "id": "w", "method": "codeassist/status"}).encode()
    wire.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body) + wrong, body))
    wire.request("codeassist/status")
    assert wire.code(wire.request("codeassist/status")) is None
    assert wire.code(None) == PARSE_ERROR


def test_a_message_in_single_bytes(wire: Wire) -> None:
    message = framed({"jsonrpc": "2.0", "id": "slow", "method": "codeassist/status", "params": {}})
    for each in message:
        wire.raw(bytes([each]))
    assert wire.code("slow") is None


def test_many_messages_at_once(wire: Wire) -> None:
    wire.raw(
        b"".join(
            framed({"jsonrpc": "2.0", "id": number, "method": "codeassist/status"})
            for number in range(500)
        )
    )
    assert [wire.code(number) for number in range(500)] == [None] * 500


def test_nothing_is_done_before_initialize(place: Place) -> None:
    with Wire.start(place) as wire:
        wire.open(URI, "x = 1\n")
        wire.notify("initialized", {})
        wire.notify("$/cancelRequest", {"id": 3})
        for method in ("shutdown", "codeassist/status", "no/such/method"):
            assert wire.code(wire.request(method)) == NOT_INITIALIZED
        for params in (None, {}, {"processId": "x", "rootUri": None, "capabilities": {}}):
            assert wire.code(wire.request("initialize", params)) == INVALID_PARAMS
        assert "result" in wire.initialize()
        assert text_of(wire) is None, "it was not opened in the session"


@pytest.mark.parametrize(
    "params",
    [
        {"rootUri": "http://[nonsense", "processId": 2**70, "initializationOptions": [1]},
        {"rootUri": "", "rootPath": "relative", "processId": -1, "trace": "everything",
         "initializationOptions": {"settings": 3, "key": 4, "restricted": "x",
                                   "clientCommands": [None, 5]}},
        {"workspaceFolders": [{"uri": "%", "name": ""}, {"uri": "file://[x", "name": ""}],
         "capabilities": {"general": {"positionEncodings": ["utf-7", 3]}, "window": "all"},
         "initializationOptions": {"settings": {"model": {"baseUrl": [1]}, "unknown": {}}},
         "clientInfo": {"name": "é"}, "locale": "xx"},
    ],
)  # fmt: skip
def test_strange_beginnings(place: Place, params: dict[str, Any]) -> None:
    with Wire.start(place) as wire:
        answer = wire.initialize(**params)
        assert answer["result"]["serverInfo"]["name"] == "codeassist"
        wire.open("untitled:Untitled-1", "x = 1\n")
        pack = wire.call("codeassist/pack", {"uri": "untitled:Untitled-1"})
        assert "x = 1" in pack["result"]["text"]


def test_nonsense_for_a_configuration(place: Place) -> None:
    replies: list[object] = [None, [], [1], {}, "text", [None, None], [{"model": 3}]]
    with Wire.start(place) as wire:
        wire.replies = lambda request: replies.pop(0)
        wire.initialize({"workspace": {"configuration": True}})
        wire.open(URI, "x = 1\n")
        assert text_of(wire) == "x = 1\n"
        for left in reversed(range(len(replies))):
            wire.notify("workspace/didChangeConfiguration", {"settings": None})
            wire.until(lambda left=left: len(replies) == left)  # type: ignore[misc]
            assert text_of(wire) == "x = 1\n"


def test_a_client_that_never_answers_is_not_waited_for(place: Place) -> None:
    with Wire.start(place) as wire:
        wire.replies = None
        wire.initialize(
            {
                "workspace": {
                    "configuration": True,
                    "didChangeConfiguration": {"dynamicRegistration": True},
                }
            }
        )
        wire.open(URI, "x = 1\n")
        assert text_of(wire) == "x = 1\n"


def test_nothing_is_done_after_shutdown(place: Place) -> None:
    with Wire.start(place) as wire:
        wire.initialize(rootUri=place.root.as_uri())
        wire.open(URI, "x = 1\n")
        under_way = [
            wire.request("codeassist/pack", {"uri": URI}),
            wire.request(
                "workspace/executeCommand", {"command": "codeassist.review", "arguments": [{}]}
            ),
        ]
        assert wire.code(wire.request("shutdown")) is None
        assert wire.code(wire.request("shutdown")) == INVALID_REQUEST
        assert wire.code(wire.request("codeassist/status")) == INVALID_REQUEST
        for number in under_way:
            assert wire.code(number) in (CANCELLED, None)
        wire.open(URI, "y = 1\n")
        wire.notify("exit")
        assert wire.ended() == 0
        assert all(len(each) == 1 for each in wire.answers.values())


@pytest.mark.parametrize(
    "last", [b"", b"Content-Length: 5", b'Content-Length: 500\r\n\r\n{"jsonrpc"', b"\r\n"]
)
def test_half_a_message_and_the_end(place: Place, last: bytes) -> None:
    with Wire.start(place) as wire:
        wire.initialize()
        wire.raw(last)
        wire.close_input()
        assert wire.ended() == 1


def test_the_end_before_the_beginning(place: Place) -> None:
    with Wire.start(place) as wire:
        wire.notify("exit")
        assert wire.ended() == 1
