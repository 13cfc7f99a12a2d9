"""PHP: what the index reads in fixtures/php/sample.php; expectations come from that file."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("php")


def test_symbols() -> None:
    assert CASE.symbols == (
        "namespace Shop\\Orders",
        "constant VERSION",
        "constant DEBUG",
        "interface Priced",
        "constant Priced.CURRENCY",
        "method Priced.price",
        "trait Loggable",
        "property Loggable.written",
        "method Loggable.log",
        "enum Stage",
        "constant Stage.Open",
        "constant Stage.Shipped",
        "class Order",
        "property Order.backend",
        "property Order.other",
        "property Order.größe",
        "constructor Order.__construct",
        "property Order.total",
        "method Order.price",
        "method Order.make",
        "method Order.split",
        "function total",
        "variable $main",
    )


def test_imports() -> None:
    assert CASE.imports == (
        ("Shop\\Core", "Entity", None),
        ("Shop\\Core", "Store", "Backend"),
        ("Shop", "Money", None),
        ("Shop\\Tax", "Rate", "TaxRate"),
        ("Shop", "round_up", None),
        ("Shop\\Text", "title", None),
        ("Shop\\Text", "trim_all", "trimmed"),
        ("Shop", "LIMIT", None),
        ("", "Countable", None),
        ("require_once __DIR__ . '/helpers.php", "*", None),
    )


def test_a_trait_that_a_class_uses_is_no_import() -> None:
    assert of_text("php", "<?php class A { use B; }").imports == ()


def test_calls() -> None:
    price = "Order.price"
    assert {
        ("parent", "__construct", "Order.__construct"),
        (None, "Backend", "Order.__construct"),
        ("$this->backend", "load", price),
        (None, "title", price),
        ("Rate", "check", price),
        ("static", "make", price),
        ("$order", "price", "total"),
        (None, "Order", ""),
    } <= set(CASE.calls)


def test_parameters() -> None:
    assert CASE.parameters("Order.__construct") == (
        Parameter("$total", type="Money"),
        Parameter("$id", type="int|string", default="0"),
        Parameter("$log", default="[]"),
    )
    assert CASE.parameters("Priced.price") == (Parameter("$count", type="int"),)
    assert CASE.parameters("Loggable.log") == (Parameter("$words", ParameterKind.REST, "string"),)
    assert CASE.parameters("Order.price") == (
        Parameter("$count", type="int"),
        Parameter("$then", type="?callable", default="null"),
    )


def test_uses_with_receiver_and_call() -> None:
    (made,) = [use for use in CASE.uses("__construct") if use.call]
    assert made.call is not None
    assert (made.receiver, made.call.positional, made.call.keywords) == ("parent", 1, ("name",))
    assert made.call.spread
    (loaded,) = CASE.uses("load")
    assert loaded.receiver == "$this.backend"
    (total,) = [use for use in CASE.uses("total") if use.receiver]
    assert total.receiver == "$this.backend.load()"
    (priced,) = [use for use in CASE.uses("price") if use.call]
    assert priced.call is not None
    assert (priced.receiver, priced.call.keywords) == ("$order", ("count",))
    (currency,) = CASE.uses("CURRENCY")
    assert currency.receiver == "self"
    (callable_,) = [use for use in CASE.uses("trimmed") if use.call]
    assert callable_.call is not None
    assert callable_.call.spread


def test_a_qualified_name_has_an_unknown_receiver() -> None:
    assert [use.receiver for use in CASE.uses("format")] == [""]
    assert [use.receiver for use in CASE.uses("strlen")] == [""]
    assert CASE.uses("Helpers") == ()


def test_variables_are_not_functions() -> None:
    assert all(use.name.startswith("$") for use in CASE.uses("$then"))
    assert CASE.uses("then") == CASE.uses("money") == ()


def test_bindings() -> None:
    def bound(name: str) -> list[tuple[str, str | None, str | None]]:
        return [(CASE.scope(row.scope), row.value, row.type) for row in CASE.bindings(name)]

    price = "Order.price"
    assert bound("$money")[0] == (price, "$this.backend.load().total", None)
    assert bound("$first") == bound("$rest") == bound("$key") == [(price, None, None)]
    assert bound("$line") == [(price, None, None)]
    assert bound("$n") == bound("$m") == [(price, None, "int")]
    assert bound("total") == [("Order", None, "Money")]
    assert ("Order", None, "?Backend") in bound("backend")
    assert ("Order.__construct", "Backend()", None) in bound("backend")
    assert bound("$main") == [("", "Order()", None)]
    (failure,) = CASE.bindings("$failure")
    assert failure.how == "exception"
    assert not failure.value  # a qualified name is no chain
    assert [row.how for row in CASE.bindings("$registry")] == ["nonlocal"]


def test_headers() -> None:
    detail, index = CASE.detail, CASE.index
    assert detail.bases[index("Order")] == ("Entity", "Priced", "Loggable", "Timed")
    assert detail.bases[index("Priced")] == ("Countable",)
    assert detail.bases[index("Stage")] == ("\\JsonSerializable",)
    assert detail.returns[index("Order.make")] == "static"
    assert detail.decorators[index("Order")] == ("Table('orders')",)
    assert detail.results[index("Order.make")] == ("static()",)


def test_docs() -> None:
    assert CASE.doc("Priced") == "/**\n * Things that have a price.\n */"
    assert CASE.doc("Order") == "/** An order. */"
    assert CASE.doc("Order.__construct") == "/** Makes an order. */"
    assert CASE.doc("Order.make") == ""
