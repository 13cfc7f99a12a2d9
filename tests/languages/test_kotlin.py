"""Kotlin: what the index reads in fixtures/kotlin/sample.kt; expectations come from reading it."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("kotlin")


def test_symbols() -> None:
    assert CASE.symbols == (
        "constant LIMIT",
        "variable zähler",
        "variable shout",
        "variable low",
        "variable high",
        "type Handler",
        "class Depot",
        "property Depot.name",
        "property Depot.count",
        "constructor Depot.constructor",
        "property Depot.clock",
        "property Depot.lazyOne",
        "property Depot.width",
        "method Depot.map",
        # An anonymous object, by its keyword.
        "object Depot.map.object",
        "method Depot.map.object.done",
        # The members of the companion are reached as Depot.make and Depot.DEPTH.
        "method Depot.make",
        "property Depot.DEPTH",
        "enum Depot.Kind",
        "property Depot.Kind.text",
        "constant Depot.Kind.SMALL",
        "constant Depot.Kind.GROSS",
        "method Depot.Kind.GROSS.label",
        "method Depot.Kind.label",
        "class Crate",
        "property Crate.width",
        "property Crate.label",
        "interface Store",
        "property Store.capacity",
        "method Store.area",
        "object Single",
        "function total",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("kotlin.math", "max", None),
        ("java.util", "*", None),
        ("com.acme.util", "helper", "aide"),
    )


def test_calls() -> None:
    assert {
        (None, "limits", ""),
        (None, "Base", "Depot"),
        (None, "register", "Depot.constructor"),
        (None, "Crate", "Depot.map"),
        ("rest", "map", "Depot.map"),
        ("clock", "reset", "Depot.map"),
        ("super", "map", "Depot.map"),
        (None, "Listener", "Depot.map.object"),
        (None, "stop", "Depot.map.object.done"),
        (None, "listOf", "Depot.map"),
        ("Depot", "make", "Depot.map"),
        (None, "sumOf", "total"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    rest, keyword = ParameterKind.REST, ParameterKind.KEYWORD_ONLY
    assert CASE.parameters("Depot") == (
        Parameter("name", type="String"),
        Parameter("count", type="Int", default="1"),
        Parameter("size", type="Long"),
        Parameter("labels", rest, type="String"),
    )
    assert CASE.parameters("Depot.constructor") == (Parameter("only", type="String"),)
    assert CASE.parameters("Depot.map") == (
        Parameter("mapper", type="(Int) -> Unit"),
        Parameter("rest", rest, type="String"),
        Parameter("last", keyword, type="Int", default="max(1, 2)"),
    )
    assert CASE.parameters("Crate")[1] == Parameter("label", type="String?", default="null")
    assert CASE.parameters("total") == (Parameter("other", type="T"),)


def test_headers() -> None:
    detail = CASE.detail
    assert detail.bases == {
        CASE.index("Depot"): ("Base", "Store", "Sized<Int>"),
        CASE.index("Depot.map.object"): ("Listener",),
        CASE.index("Depot.Kind"): ("Labelled",),
        CASE.index("Crate"): ("Store",),
        CASE.index("Single"): ("Base",),
    }
    assert detail.decorators == {
        CASE.index("Depot"): ("Deprecated",),
        CASE.index("Depot.clock"): ("Inject",),
    }
    assert detail.returns[CASE.index("Depot.map")] == "List<Crate>?"
    assert detail.returns[CASE.index("total")] == "Int"
    assert detail.results[CASE.index("Depot.make")] == ("Depot()",)
    # Not what the anonymous function in it returns.
    assert detail.results[CASE.index("Depot.map")] == ("Depot.make().all()",)


def test_uses() -> None:
    def receivers(name: str) -> list[str | None]:
        return [use.receiver for use in CASE.uses(name)]

    assert receivers("next") == ["other"]
    assert receivers("fill") == ["other.next"]
    assert receivers("count") == [None, "this"]
    assert receivers("combine") == ["crate"]
    assert receivers("all") == ["Depot.make()"]
    assert receivers("Pallet") == [None]
    # Names of arguments, of the package and of imports are no uses.
    assert receivers("label") == []
    assert receivers("acme") == []
    assert receivers("helper") == []


def test_call_shapes() -> None:
    def shape(name: str) -> list[tuple[int, tuple[str, ...], bool]]:
        calls = [use.call for use in CASE.uses(name) if use.call]
        return [(call.positional, call.keywords, call.spread) for call in calls]

    assert shape("Crate") == [(1, ("label",), False)]
    assert shape("make")[1] == (0, ("name",), False)
    assert shape("aide") == [(0, (), True)]
    # A lambda behind the list reaches the last parameter.
    assert shape("run") == [(1, (), True)]
    assert shape("sumOf") == [(0, (), True)]
    assert shape("listOf") == [(1, (), False)]
    assert shape("Base")[0] == (1, (), False)
    assert shape("combine") == [(1, (), False)]


def test_bindings() -> None:
    def bound(name: str) -> tuple[str | None, str | None, str]:
        row = CASE.bindings(name)[0]
        return row.value or None, row.type, CASE.scope(row.scope)

    assert bound("crate") == ("Crate()", None, "Depot.map")
    assert bound("other") == ("null", "Crate?", "Depot.map")
    assert bound("first") == (None, None, "Depot.map")
    assert bound("length") == (None, None, "Depot.map")
    assert bound("found") == ("find()", None, "Depot.map")
    assert bound("typed") == ("listOf()", None, "Depot.map")
    assert bound("x") == (None, "Int", "Depot.map")
    assert bound("clock") == (None, "Clock", "Depot")
    assert bound("value") == (None, None, "Depot.width")
    assert bound("name") == (None, "String", "Depot")
    (failure,) = CASE.bindings("e")
    assert (failure.value, failure.how) == ("IOException", "exception")


def test_docs() -> None:
    assert CASE.doc("Depot") == "/** Holds crates. */"
    assert CASE.doc("Depot.map") == "/** Maps all. */"
    assert CASE.doc("total") == "/** Adds. */"
    assert CASE.doc("Store") == ""


def test_members_of_a_class_without_a_body_belong_to_it() -> None:
    case = of_text("kotlin", "class A(val x: Int) : B(x)\nfun x() = 1\n")
    assert case.symbols == ("class A", "property A.x", "function x")
    assert case.detail.bases == {0: ("B",)}
