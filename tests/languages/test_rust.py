"""What the index says of Rust. Expectations are read off fixtures/rust/sample.rs."""

from language_case import load, of_text

from codeassist.base.symbols import CallShape, Parameter, ParameterKind

REST = ParameterKind.REST


def test_definitions_and_their_parents() -> None:
    assert load("rust").symbols == (
        "constant TAX_PERCENT",
        "variable OPENED",
        "type Prices",
        "struct Till",
        "field Till.prices",
        "field Till.größe",
        "field Till.last",
        "struct Cents",
        "enum Payment",
        "constant Payment.Cash",
        "constant Payment.Card",
        "field Payment.Card.number",
        "constant Payment.Nothing",
        "trait Sellable",
        "constant Sellable.KIND",
        "type Sellable.Unit",
        "method Sellable.price",
        "method Sellable.free",
        "macro cents",
        "impl Till",
        "method Till.open",
        "method Till.sell",
        "impl Till",
        "method Till.fmt",
        "function change",
        "function log_native",
        "namespace tests",
        "function tests.gives_change",
    )


def test_a_use_list_binds_each_of_its_names() -> None:
    assert load("rust").imports == (
        ("std::collections", "HashMap", None),
        ("std::fmt", None, None),
        ("std::fmt", "Display", None),
        ("std::fmt", "Write", "_"),
        ("crate::stock", "Item", None),
        ("crate::stock::shelf", None, None),
        ("crate::stock::shelf", "Shelf", "Regal"),
        ("super::prelude", "*", None),
        ("self::receipt", "Receipt", None),
        ("mod::receipt", None, None),
        ("super", "*", None),
    )


def test_rarer_forms_of_use() -> None:
    text = "extern crate serde as s; use {a::b, c}; use d as e; use f::{*, g::*}; use h;"
    assert set(of_text("rust", text).imports) == {
        ("serde", None, "s"),
        ("a", "b", None),
        ("c", None, None),
        ("d", None, "e"),
        ("f", "*", None),
        ("f::g", "*", None),
        ("h", None, None),
    }


def test_calls_with_receivers_also_in_the_tokens_of_macros() -> None:
    calls = load("rust").calls
    assert ("item", "price", "Till.sell") in calls
    assert ("shelf", "find", "Till.sell") in calls
    assert ("self.prices", "iter", "Till.sell") in calls
    assert (None, "Till", "Till.open") in calls  # a struct expression
    assert (None, "println", "Till.sell") in calls
    assert (".", "price", "Till.sell") in calls  # in println!, behind some token
    assert (None, "change", "tests.gives_change") in calls


def test_parameters() -> None:
    case = load("rust")
    assert case.parameters("Till.sell") == (
        Parameter("self"),
        Parameter("item", type="T"),
        Parameter("(count, gift)", type="(u32, bool)"),
        Parameter("_", type="u8"),
    )
    assert case.parameters("Sellable.price") == (Parameter("self"), Parameter("count", type="u32"))
    assert case.parameters("log_native") == (
        Parameter("level", type="i32"),
        Parameter("", REST, type="..."),
    )


def test_uses_have_receivers_and_shapes() -> None:
    case = load("rust")
    (find,) = case.uses("find")
    assert find.receiver == "shelf"
    assert find.call == CallShape(2, (), False, False, find.call.start, find.call.end)
    assert [use.receiver for use in case.uses("price") if use.call] == ["self", "item"]
    assert [(use.receiver, case.scope(use.scope)) for use in case.uses("name") if use.receiver] == [
        ("shelf", "Till.sell")
    ]
    assert [use.receiver for use in case.uses("digits")] == [None]
    assert [use.receiver for use in case.uses("number")] == ["Payment.Card"]
    assert not case.uses("Self")


def test_a_receiver_in_tokens_is_known_only_where_it_is_one_name() -> None:
    case = of_text("rust", "fn f() { m!(a.b, self.c.d, e().g, h::i); }")
    known = {name: [use.receiver for use in case.uses(name)] for name in "bcdgi"}
    assert known == {"b": ["a"], "c": ["self"], "d": [""], "g": [""], "i": ["h"]}


def test_bindings() -> None:
    case = load("rust")
    (price,) = [row for row in case.bindings("price") if row.how == "assignment"]
    assert (price.value, case.scope(price.scope)) == ("item.price()", "Till.sell")
    assert [row.type for row in case.bindings("shelf")] == ["Regal"]
    assert [row.value for row in case.bindings("receipt")] == ["Receipt.load()"]
    for name in ("old", "name", "cost", "percent", "count", "gift", "given", "digits"):
        assert len(case.bindings(name)) == 1, name
    # A pattern's capital letter is a constant or a variant, and a signature binds nothing.
    assert not case.bindings("Nothing")
    assert [case.scope(row.scope) for row in case.bindings("level")] == []
    assert [row.type for row in case.bindings("prices")] == ["Prices", None]


def test_headers() -> None:
    case = load("rust")
    detail = case.detail
    assert detail.bases[case.index("Sellable")] == ("Display",)
    assert [
        detail.bases[i]
        for i, s in enumerate(case.outline.symbols)
        if s.kind == "impl" and i in detail.bases
    ] == [("fmt::Display",)]
    assert detail.returns[case.index("Till.open")] == "Self"
    assert detail.decorators[case.index("Till")] == ("derive(Debug, Clone)",)
    assert detail.decorators[case.index("Till.open")] == ("must_use",)
    assert detail.results[case.index("Till.sell")] == ("Ok()",)


def test_documentation_stands_above_attributes() -> None:
    case = load("rust")
    assert case.doc("Till").split("\n")[0] == "/// What can be sold."
    assert case.doc("Till").rstrip().endswith("/// Priced in cents.")
    assert case.doc("Till.open").rstrip() == "/// Opens a till."
    assert case.doc("Sellable.price").rstrip() == "/// The price of some of it."
    assert case.doc("Cents") == ""
