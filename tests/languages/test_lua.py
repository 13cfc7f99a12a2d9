"""Lua: what the index reads in fixtures/lua/sample.lua; expectations come from that file."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("lua")


def test_symbols() -> None:
    assert CASE.symbols == (
        "module M",
        "variable LIMIT",
        "variable first",
        "variable defaults",
        "function defaults.make",
        "variable shared",
        "field M.__index",
        "field M.VERSION",
        "function M.new",
        "method M.add",
        "function M.price",
        "function helper",
        "function helper.inner",
        "function twice",
        "function shared_function",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("shop.util", None, "util"),
        ("shop.text", "trim", "trim"),
        ("shop.setup", None, None),
    )


def test_a_module_may_be_another_one() -> None:
    assert of_text("lua", 'return require("shop.orders")\n').reexports == (
        ("shop.orders", "*", None),
    )


def test_calls() -> None:
    assert {
        (None, "setmetatable", "M.new"),
        (None, "trim", "M.new"),
        ("util", "list", "M.new"),
        ("self", "price", "M.add"),
        ("line", "copy", "M.add"),
        ('M.new("x")', "add", "M.add"),
        (None, "inner", "helper"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    assert CASE.parameters("M.new") == (Parameter("name"), Parameter("...", ParameterKind.REST))
    assert CASE.parameters("M.add") == (Parameter("line"), Parameter("count"))
    assert CASE.parameters("M.price") == (Parameter("self"), Parameter("line"))
    assert CASE.parameters("helper.inner") == (Parameter("y"),)
    assert CASE.parameters("twice") == (Parameter("n"),)
    assert CASE.parameters("shared_function") == ()


def test_uses_with_receiver_and_call() -> None:
    (listed,) = CASE.uses("list")
    assert listed.call is not None
    assert (listed.receiver, listed.call.spread) == ("util", True)
    (copied,) = CASE.uses("copy")
    assert copied.call is not None
    assert (copied.receiver, copied.call.positional) == ("line", 2)
    (logged,) = CASE.uses("log")  # a table stands in place of the list
    assert logged.call is not None
    assert logged.call.positional == 1
    (added,) = CASE.uses("add")
    assert added.receiver == "M.new()"
    assert CASE.uses("done") == CASE.uses("depth") == CASE.uses("const") == ()


def test_bindings() -> None:
    def bound(name: str) -> list[tuple[str, str | None]]:
        return [(CASE.scope(row.scope), row.value) for row in CASE.bindings(name)]

    assert bound("self")[0] == ("M.new", "setmetatable()")
    assert bound("total") == bound("rest") == [("M.add", None)]
    assert bound("i") == bound("key") == bound("value") == [("M.add", None)]
    assert bound("util") == []
    (name,) = [row for row in CASE.bindings("name") if row.receiver]
    assert (name.receiver, name.value) == ("self", "trim()")


def test_results_and_docs() -> None:
    assert CASE.detail.results[CASE.index("M.add")] == ("self.lines",)
    assert CASE.detail.results[CASE.index("M.price")] == ("line.price",)
    assert CASE.doc("M.new") == "--- Makes an order.\n-- @param name what it is called"
    assert CASE.doc("M.add") == ""
