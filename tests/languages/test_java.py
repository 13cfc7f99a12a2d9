"""Java: what the index reads in fixtures/java/sample.java; expectations come from reading it."""

from language_case import load

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("java")


def test_symbols() -> None:
    assert CASE.symbols == (
        "class Depot",
        "field Depot.LIMIT",
        "field Depot.SPARE",
        "field Depot.größen",
        "field Depot.clock",
        "constructor Depot.Depot",
        "constructor Depot.Depot",
        "method Depot.size",
        "method Depot.map",
        # An anonymous class, by its keyword.
        "object Depot.map.new",
        "method Depot.map.new.done",
        "enum Depot.Kind",
        "constant Depot.Kind.SMALL",
        "constant Depot.Kind.GROSS",
        "method Depot.Kind.GROSS.label",
        "field Depot.Kind.text",
        "constructor Depot.Kind.Kind",
        "class Depot.Crate",
        "field Depot.Crate.width",
        "field Depot.Crate.labels",
        # Its parameters are those of the record's header, so it is no constructor of its own.
        "method Depot.Crate.Crate",
        "field Depot.Crate.DEPTH",
        "interface Depot.Store",
        "constant Depot.Store.CAPACITY",
        "method Depot.Store.area",
        "method Depot.Store.clear",
        "interface Depot.Audited",
        "method Depot.Audited.value",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("java.io", "IOException", None),
        ("java.util", "*", None),
        ("java.util.function", "Function", None),
        ("java.util.Map", "entry", None),
        ("java.lang.Math", "*", None),
    )


def test_calls() -> None:
    assert {
        (None, "register", "Depot"),
        ("Clock", "systemUTC", "Depot.Depot"),
        (None, "Crate", "Depot.map"),
        ("crate.next(labels[0])", "copy", "Depot.map"),
        ("System.out", "println", "Depot.map"),
        ("left", "join", "Depot.map"),
        ("super", "map", "Depot.map"),
        (None, "Listener", "Depot.map.new"),
        ("this", "stop", "Depot.map.new.done"),
        ("Outer.Inner", "make", "Depot.map"),
        (None, "check", "Depot.Crate.Crate"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    rest = ParameterKind.REST
    assert CASE.parameters("Depot.Depot") == (
        Parameter("name", type="String"),
        Parameter("sizes", rest, type="int"),
    )
    assert CASE.parameters("Depot.map") == (
        Parameter("mapper", type="Function<? super T, R>"),
        Parameter("labels", type="String[]"),
    )
    assert CASE.parameters("Depot.Crate") == (
        Parameter("width", type="int"),
        Parameter("labels", rest, type="String"),
    )
    assert CASE.parameters("Depot.Store.area") == (Parameter("k", type="int"),)


def test_headers() -> None:
    detail = CASE.detail
    assert detail.bases == {
        CASE.index("Depot"): ("Base", "Store", "AutoCloseable"),
        CASE.index("Depot.map.new"): ("Listener",),
        CASE.index("Depot.Kind"): ("Labelled",),
        CASE.index("Depot.Crate"): ("Store",),
        CASE.index("Depot.Store"): ("Iterable",),
    }
    assert detail.decorators == {
        CASE.index("Depot"): ("Deprecated", "SuppressWarnings"),
        CASE.index("Depot.clock"): ("Nullable",),
        CASE.index("Depot.map"): ("Override",),
        CASE.index("Depot.map.new.done"): ("Override",),
    }
    assert detail.returns[CASE.index("Depot.map")] == "List<R>"
    # Not what the lambda in it returns.
    assert detail.results[CASE.index("Depot.map")] == ("box.rest()", "Outer.Inner.make()")


def test_uses() -> None:
    def receivers(name: str) -> list[str | None]:
        return [use.receiver for use in CASE.uses(name)]

    assert receivers("clock") == ["this", None]
    assert receivers("value")[0] == "SuppressWarnings"
    assert receivers("copy") == ["crate.next()"]
    assert receivers("trim") == ["String"]
    assert receivers("label") == [None, "this"]
    assert receivers("Inner") == ["Outer"]
    assert receivers("outer") == []
    assert receivers("depot") == []
    assert receivers("Box") == [None]
    assert receivers("NonNull") == [None]


def test_call_shapes() -> None:
    def positional(name: str) -> list[int]:
        return [use.call.positional for use in CASE.uses(name) if use.call]

    assert positional("Crate") == [2]
    assert positional("systemUTC") == [0]
    assert positional("map") == [1, 1, 2]
    assert positional("Listener") == [1]


def test_bindings() -> None:
    def bound(name: str) -> tuple[str | None, str | None, str]:
        row = CASE.bindings(name)[0]
        return row.value or None, row.type, CASE.scope(row.scope)

    assert bound("crate") == ("Crate()", "Crate", "Depot.map")
    assert bound("other") == ("crate.next().copy()", "Crate", "Depot.map")
    assert bound("größen") == ("HashMap()", "Map<String, List<Crate>>", "Depot")
    assert bound("label") == (None, "String", "Depot.map")
    assert bound("reader") == ("open()", "Reader", "Depot.map")
    assert bound("left") == (None, None, "Depot.map")
    assert bound("value") == (None, None, "Depot.map")
    assert bound("box") == (None, "Box", "Depot.map")
    assert bound("width") == (None, "int", "Depot.map")
    assert bound("height") == (None, None, "Depot.map")
    assert bound("R") == (None, None, "Depot.map")
    (failure,) = CASE.bindings("failure")
    assert (failure.value, failure.how) == ("IllegalStateException", "exception")


def test_docs() -> None:
    assert CASE.doc("Depot") == "/**\n * Holds crates.\n */"
    assert CASE.doc("Depot.LIMIT") == "/** How many there may be. */"
    assert CASE.doc("Depot.Depot") == "/** Makes one. */"
    assert CASE.doc("Depot.map") == "/** Maps all. */"
    # The comment above stands behind another field.
    assert CASE.doc("Depot.größen") == ""
