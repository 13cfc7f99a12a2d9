"""JavaScript, read off fixtures/javascript/sample.js."""

import pytest
from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

REST = ParameterKind.REST


def test_definitions() -> None:
    assert load("javascript").symbols == (
        "constant MAX_LINES",
        "variable opened",
        "variable closed",
        "constant host",
        "constant hafen",
        "class Cart",
        "field Cart.#count",
        "field Cart.lines",
        "field Cart.client",
        "constructor Cart.constructor",
        "property Cart.total",
        "method Cart.#open",
        "method Cart.remove",
        "method Cart.[Symbol.asyncIterator]",
        "method Cart.load",
        "function total",
        "function total.add",
        "function total.inner",
        "function double",
        "function first",
        "function second",
        "object api",
        "method api.list",
        "method api.post",
        "function Old",
        "method Old.greet",
        "function helper",
        "function lazy",
    )


def test_imports() -> None:
    assert load("javascript").imports == (
        ("./money.js", "default", "defaults"),
        ("./money.js", "Money", "Geld"),
        ("./money.js", "round", None),
        ("./tax.js", None, "tax"),
        ("./polyfill.js", None, None),
        ("fs", None, "fs"),
        ("node:path", "join", None),
        ("node:path", "sep", "trenner"),
        ("fs/promises", "readFile", "readFile"),
        ("./lazy.js", None, None),
        ("./lazy.js", "start", None),
    )


def test_reexports_of_other_files_and_of_this_one() -> None:
    assert load("javascript").reexports == (
        (".", "total", "summe"),
        ("./money.js", "Money", "Currency"),
        ("./shipping.js", "*", None),
        ("./events.js", None, "events"),
        (".", "Cart", "default"),
    )
    assert load("javascript").detail.exports == (
        "summe",
        "Currency",
        "events",
        "MAX_LINES",
        "host",
        "hafen",
        "default",
        "total",
        "lazy",
    )


@pytest.mark.parametrize(
    "call",
    [
        (None, "HttpClient", "Cart"),
        ("this", "#open", "Cart.constructor"),
        ("this.client", "delete", "Cart.remove"),
        ("Geld", "from", "Cart.load"),
        ("tax", "rate", "total"),
        ("cart.lines", "map", "total"),
        (None, "fetch", "api.list"),
        (None, "send", "api.post"),
        ("api", "list", ""),
    ],
)
def test_calls_with_receivers(call: tuple[str | None, str, str]) -> None:
    assert call in load("javascript").calls


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        (
            "Cart.constructor",
            (
                Parameter("owner"),
                Parameter("{ currency = 'EUR', ...rest }", default="{}"),
                Parameter("tags", REST),
            ),
        ),
        ("Cart.remove", (Parameter("line"),)),
        ("Cart.load", (Parameter("größe", default="10"),)),
        (
            "total",
            (
                Parameter("cart"),
                Parameter("rate", default="tax.rate(cart)"),
                Parameter("extra", REST),
            ),
        ),
        ("total.add", (Parameter("a"), Parameter("b"))),
        ("first", (Parameter("x"),)),
        ("second", (Parameter("y"),)),
        ("api.list", (Parameter("query"),)),
        ("Old.greet", (Parameter("other"),)),
        ("Cart.total", ()),
    ],
)
def test_parameters(name: str, parameters: tuple[Parameter, ...]) -> None:
    assert load("javascript").parameters(name) == parameters


@pytest.mark.parametrize(
    ("name", "receiver", "positional", "spread"),
    [
        ("HttpClient", None, 1, False),
        ("get", "this.client", 2, True),  # what is spread is not counted
        ("from", "Geld", 2, False),
        ("reduce", "cart.lines.map()", 2, False),
        ("list", "api", 1, False),
    ],
)
def test_a_use_has_its_receiver_and_shape(
    name: str, receiver: str | None, positional: int, spread: bool
) -> None:
    (use,) = load("javascript").uses(name)
    assert use.receiver == receiver
    assert use.call is not None
    assert (use.call.positional, use.call.spread) == (positional, spread)


def test_names_that_are_no_uses() -> None:
    case = load("javascript")
    for name in ("Geld", "tax"):
        assert all(use.receiver is None for use in case.uses(name))
    assert [case.scope(use.scope) for use in case.uses("Geld")] == ["Cart.load"]
    assert case.uses("Currency") == case.uses("summe") == case.uses("outer") == ()
    assert case.uses("meta") == ()
    assert [case.scope(use.scope) for use in case.uses("total")] == ["", "api"]


@pytest.mark.parametrize(
    ("name", "scope", "value", "how"),
    [
        ("opened", "Cart.#open", "", "assignment"),
        ("first", "Cart.load", None, "assignment"),
        ("next", "Cart.load", None, "assignment"),
        ("fehler", "Cart.load", None, "assignment"),
        ("value", "Cart.load", None, "parameter"),
        ("rest", "Cart.constructor", None, "parameter"),
        ("client", "Cart", "HttpClient()", "assignment"),
        ("i", "", "0", "assignment"),
    ],
)
def test_bindings(name: str, scope: str, value: str | None, how: str) -> None:
    case = load("javascript")
    found = [(case.scope(b.scope), b.value, b.how) for b in case.bindings(name)]
    assert (scope, value, how) in found


def test_what_require_binds_is_an_import_and_no_assignment() -> None:
    case = load("javascript")
    for name in ("fs", "join", "trenner", "readFile"):
        assert case.bindings(name) == ()


def test_attributes_of_this() -> None:
    receivers = {(row.receiver, row.value) for row in load("javascript").bindings("owner")}
    assert ("this", "owner") in receivers


def test_bases_and_results() -> None:
    case = load("javascript")
    detail = case.detail
    assert detail.bases == {case.index("Cart"): ("Base.Store",)}
    assert detail.results[case.index("double")] == ("scale()",)
    # The closure's own `return round(value)` is not what `load` returns.
    assert detail.results[case.index("Cart.load")] == ("Geld.from()",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MAX_LINES", "/** How many lines a cart may have. */"),
        ("Cart", "/**\n * A cart.\n */"),
        ("Cart.total", "// The sum."),
        ("api", "/** Talks to the server. */"),
        ("double", ""),
    ],
)
def test_docs(name: str, text: str) -> None:
    assert load("javascript").doc(name) == text


@pytest.mark.parametrize(
    ("text", "symbols", "reexports"),
    [
        ("export default function () {}", ("function default",), ()),
        ("export default () => 1", ("function default",), ()),
        ("export default class {}", ("class default",), ()),
        ("export default make()", ("constant default",), ()),
        ("const a = 1; export default a", ("constant a",), ((".", "a", "default"),)),
        ("import a from 'a'; export { a }", (), ()),
    ],
)
def test_default_exports(
    text: str, symbols: tuple[str, ...], reexports: tuple[tuple[str, str, str], ...]
) -> None:
    case = of_text("javascript", text)
    assert (case.symbols, case.reexports) == (symbols, reexports)


def test_components_are_uses_and_html_is_not() -> None:
    case = of_text("javascript", "const a = <Foo.Bar x={y} {...z}><div><Baz/></div></Foo.Bar>;")
    assert [(use.name, use.receiver) for use in case.detail.uses] == [
        ("Foo", None),
        ("Bar", "Foo"),
        ("y", None),
        ("z", None),
        ("Baz", None),
    ]
    assert case.calls == (("Foo", "Bar", ""), (None, "Baz", ""))
