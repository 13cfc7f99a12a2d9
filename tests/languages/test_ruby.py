"""Ruby: what the index reads in fixtures/ruby/sample.rb; expectations come from that file."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("ruby")


def test_symbols() -> None:
    assert CASE.symbols == (
        "module Depot",
        "constant Depot.LIMIT",
        "constant Depot.FIRST",
        "constant Depot.LAST",
        "class Depot.Order",
        "property Depot.Order.name",
        "property Depot.Order.größe",
        "property Depot.Order.lines",
        "class Depot.Order.Point",
        "method Depot.Order.Point.norm",
        "method Depot.Order.initialize",
        "method Depot.Order.build",
        "method Depot.Order.empty",
        "method Depot.Order.each",
        "method Depot.Order.ship!",
        "method Depot.Order.empty?",
        "method Depot.Order.blank?",
        "method Depot.Order.none?",
        "method Depot.Order.weight",
        "method Depot.Order.log",
        "class Depot.Broken",
        "class Depot.Parcel",
        "method Depot.Parcel.initialize",
        "function top_level",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("require json", "*", None),
        ("require_relative depot/store", "*", None),
    )


def test_a_computed_path_is_no_import() -> None:
    assert of_text("ruby", 'require File.join(here, "x")\nrequire "a#{b}"\n').imports == ()


def test_calls() -> None:
    assert {
        ("store", "fetch", "Depot.Order.initialize"),
        ("Größe", "new", "Depot.Order.initialize"),
        (None, "total", "Depot.Order.initialize"),
        (None, "build", "Depot.Order.empty"),
        ("lines", "each", "Depot.Order.each"),
        ("line", "price", "Depot.Order.each"),
        ("Depot::Logger.instance", "warn", "Depot.Order.log"),
        ("Depot::Order", "build", "top_level"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    only = ParameterKind.KEYWORD_ONLY
    assert CASE.parameters("Depot.Order.initialize") == (
        Parameter("name"),
        Parameter("count", default="1"),
        Parameter("rest", ParameterKind.REST),
        Parameter("last"),
        Parameter("store", only),
        Parameter("note", only, default="nil"),
        Parameter("options", ParameterKind.KEYWORD_REST),
        Parameter("block", only, optional=True),
    )
    assert CASE.parameters("Depot.Order.build") == (
        Parameter("...", ParameterKind.REST),
        Parameter("...", ParameterKind.KEYWORD_REST),
    )
    assert CASE.parameters("top_level") == (Parameter("*", ParameterKind.REST),)
    assert CASE.parameters("Depot.Order.each") == ()


def test_call_shapes() -> None:
    (fetch,) = CASE.uses("fetch")
    assert fetch.receiver == "store"
    assert fetch.call is not None
    assert (fetch.call.positional, fetch.call.keywords) == (1, ("limit",))
    assert (fetch.call.spread, fetch.call.keyword_spread) == (False, True)
    (total,) = CASE.uses("total")  # an argument list without parentheses
    assert total.call is not None
    assert (total.call.positional, total.call.spread) == (1, True)
    (summed,) = CASE.uses("sum")[:1]
    assert summed.call is not None  # a block argument is none of the list's
    assert (summed.receiver, summed.call.positional, summed.call.spread) == ("lines", 0, False)
    (warn,) = CASE.uses("warn")
    assert warn.receiver == "Depot.Logger.instance"


def test_a_bare_identifier_is_a_use_where_nothing_binds_it() -> None:
    (check,) = CASE.uses("check")
    assert (check.receiver, CASE.scope(check.scope)) == (None, "Depot.Order.ship!")
    assert CASE.uses("head") != ()
    assert {CASE.scope(row.scope) for row in CASE.bindings("head")} == {"Depot.Order.ship!"}


def test_bindings() -> None:
    def bound(name: str) -> list[tuple[str, str | None]]:
        return [(CASE.scope(row.scope), row.value) for row in CASE.bindings(name)]

    made, ship, each = (f"Depot.Order.{name}" for name in ("initialize", "ship!", "each"))
    assert bound("first") == bound("second") == bound("others") == [(made, None)]
    assert bound("key") == bound("value") == bound("depth") == [(each, None)]
    assert bound("line") == [(each, None), (each, None), (ship, None)]
    assert bound("factor") == bound("base") == [(ship, None)]
    assert bound("city") == bound("tail") == [(ship, None)]
    assert bound("problem") == [(ship, "Depot.Broken")]
    assert [(row.receiver, row.value) for row in CASE.bindings("größe")] == [
        ("self", "Größe.new()")
    ]


def test_headers() -> None:
    detail, index = CASE.detail, CASE.index
    order = detail.bases[index("Depot.Order")]
    assert order == ("Base::Entity", "Comparable", "Depot::Finders")
    assert detail.bases[index("Depot.Broken")] == ("StandardError",)
    assert detail.results[index("Depot.Order.ship!")] == ("Parcel.new()",)


def test_docs() -> None:
    assert CASE.doc("Depot.Order") == "# An order of the shop.\n  # It has lines."
    assert CASE.doc("Depot.Order.initialize") == "# Makes an order."
    assert CASE.doc("Depot.Order.each") == ""
