"""Scala: what the index reads in fixtures/scala/sample.scala; expectations come from reading it."""

from language_case import load

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("scala")


def test_symbols() -> None:
    assert CASE.symbols == (
        "class Depot",
        "property Depot.name",
        "constructor Depot.this",
        "property Depot.size",
        "property Depot.low",
        "property Depot.high",
        "property Depot.größe",
        "type Depot.Labels",
        "method Depot.map",
        # An anonymous class, by its keyword.
        "object Depot.map.new",
        "method Depot.map.new.done",
        "object Depot",
        "property Depot.Depth",
        "method Depot.make",
        "class Crate",
        "property Crate.width",
        "property Crate.label",
        "trait Store",
        "property Store.capacity",
        "method Store.area",
        "enum Kind",
        "property Kind.text",
        "constant Kind.Small",
        "constant Kind.Gross",
        "constant Kind.Huge",
        "method Kind.label",
        "object intOrder",
        "method intOrder.compare",
        "function shout",
        "function implicitly",
        "variable topLevel",
    )


def test_imports() -> None:
    # `Set => _` hides a name and binds none.
    assert CASE.imports == (
        ("scala.collection", "mutable", None),
        ("java.util", "List", "JList"),
        ("java.util", "Map", None),
        ("com.acme.util", "*", None),
        ("com.acme.tools", "Helper", "Aide"),
        ("Base", "*", None),
    )


def test_calls() -> None:
    assert {
        (None, "limits", "Depot"),
        (None, "Crate", "Depot.map"),
        ("rest", "map", "Depot.map"),
        ("clock", "reset", "Depot.map"),
        (None, "DepotException", "Depot.map"),
        (None, "Listener", "Depot.map.new"),
        (None, "stop", "Depot.map.new.done"),
        ("Depot", "make", "Depot.map"),
        ("super", "map", "Depot.map"),
        (None, "Depot", "Depot.make"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    rest = ParameterKind.REST
    # Later lists are passed to what the call with the first gives.
    assert CASE.parameters("Depot") == (
        Parameter("name", type="String"),
        Parameter("count", type="Int", default="1"),
    )
    assert CASE.parameters("Depot.map") == (
        Parameter("mapper", type="Int => T"),
        Parameter("rest", rest, type="String*"),
    )
    assert CASE.parameters("Crate")[1] == Parameter("label", type="String", default='""')
    assert CASE.parameters("Store.area") == (Parameter("k", type="Int"),)
    assert CASE.parameters("implicitly") == ()


def test_headers() -> None:
    detail = CASE.detail
    assert detail.bases == {
        CASE.index("Depot"): ("Base", "Store"),
        CASE.index("Depot.map.new"): ("Listener",),
        CASE.index("Kind"): ("Labelled",),
        CASE.index("Kind.Small"): ("Kind",),
    }
    assert detail.decorators == {CASE.index("Depot"): ("deprecated",)}
    assert detail.returns[CASE.index("Depot.map")] == "Option[Crate]"
    assert detail.results[CASE.index("Depot.map")] == ("Some()",)
    assert detail.results[CASE.index("Depot.make")] == ("Depot()",)


def test_uses() -> None:
    def receivers(name: str) -> list[str | None]:
        return [use.receiver for use in CASE.uses(name)]

    assert receivers("parts") == ["crate"]
    assert receivers("foreach") == ["rest.map().filter()"]
    assert receivers("größe") == ["this"]
    assert receivers("combine") == ["crate"]
    assert receivers("label") == ["crate"]
    assert receivers("Depth") == ["Depot"]
    # A name with a capital letter in a pattern is a use.
    assert receivers("LIMIT") == [None, None]
    assert receivers("Box") == [None]
    assert receivers("Long") == ["java.lang"]
    assert receivers("acme") == []
    assert receivers("Helper") == []


def test_call_shapes() -> None:
    def shape(name: str) -> list[tuple[int, tuple[str, ...], bool]]:
        calls = [use.call for use in CASE.uses(name) if use.call]
        return [(call.positional, call.keywords, call.spread) for call in calls]

    assert shape("Crate") == [(1, ("label",), False), (1, (), False)]
    assert shape("pick") == [(0, (), True)]
    assert shape("foreach") == [(1, (), False)]
    assert shape("make") == [(1, (), False)]
    assert shape("combine") == [(1, (), False)]
    assert shape("Base") == [(1, (), False)]


def test_bindings() -> None:
    def bound(name: str) -> tuple[str | None, str | None, str]:
        row = CASE.bindings(name)[0]
        return row.value or None, row.type, CASE.scope(row.scope)

    assert bound("crate") == ("Crate()", None, "Depot.map")
    assert bound("other") == ("Crate()", "Crate", "Depot.map")
    assert bound("first") == (None, None, "Depot.map")
    for name in ("x", "y", "tag", "length", "k", "v", "whole", "head", "tail"):
        assert bound(name) == (None, None, "Depot.map"), name
    assert bound("e") == (None, "IOException", "Depot.map")
    assert bound("text") == (None, "String", "Depot.map")
    assert bound("last") == (None, "Int", "Depot.map")
    assert bound("a") == (None, "Int", "Depot.map")
    assert bound("clock") == (None, "Clock", "Depot")
    assert bound("größe") == ("None", "Option[Crate]", "Depot")
    assert CASE.bindings("LIMIT") == ()


def test_docs() -> None:
    assert CASE.doc("Depot") == "/** Holds crates. */"
    assert CASE.doc("Depot.map") == "/** Maps all. */"
    assert CASE.doc("shout") == "/** Shouts. */"
    assert CASE.doc("Depot.low") == ""
