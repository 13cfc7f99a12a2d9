"""TypeScript, read off fixtures/typescript/sample.ts."""

import pytest
from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

REST = ParameterKind.REST


def test_definitions() -> None:
    assert load("typescript").symbols == (
        "interface Money",
        "field Money.amount",
        "field Money.currency",
        "method Money.plus",
        "field Money.onChange",
        "type Result",
        "type Options",
        "field Options.retries",
        "method Options.log",
        "enum Level",
        "constant Level.Low",
        "constant Level.High",
        "enum Bit",
        "constant Bit.One",
        "constant ADDRESS",
        "constant VERSION",
        "function parse",
        "function parse",
        "function parse",
        "class OrderService",
        "field OrderService.instance",
        "field OrderService.#größe",
        "field OrderService.cache",
        "field OrderService.log",
        "constructor OrderService.constructor",
        "field OrderService.repository",
        "field OrderService.mailer",
        "method OrderService.find",
        "method OrderService.handle",
        "property OrderService.size",
        "property OrderService.size",
        "class Shape",
        "method Shape.area",
        "field Shape.name",
        "namespace Geo",
        "constant Geo.ORIGIN",
        "function Geo.distance",
        "module ./order",
        "interface ./order.Order",
        "field ./order.Order.note",
        "object handlers",
        "method handlers.onOrder",
        "function isOrder",
        "type Unwrap",
    )


def test_imports() -> None:
    case = load("typescript")
    assert case.imports == (
        ("./order", "Order", None),
        ("./order", "Line", "Zeile"),
        ("@shop/logging", "Logger", None),
        ("@shop/logging", "createLogger", None),
        ("../settings", "default", "settings"),
        ("./legacy", None, "legacy"),
    )
    assert case.reexports == ((".", "OrderService", "default"),)


@pytest.mark.parametrize(
    "call",
    [
        (None, "Parser", "parse"),
        ("new Parser<Order>(strict)", "parse", "parse"),
        (None, "createLogger", "OrderService.constructor"),
        ("this.cache", "get", "OrderService.find"),
        ("legacy", "handle", "OrderService.handle"),
        ("Math", "hypot", "Geo.distance"),
    ],
)
def test_calls_with_receivers(call: tuple[str | None, str, str]) -> None:
    assert call in load("typescript").calls


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("Money.plus", (Parameter("other", type="Money"), Parameter("more", REST, "Money[]"))),
        ("Money.onChange", ()),
        (
            "Options.log",
            (Parameter("message", type="string"), Parameter("level", type="Level", optional=True)),
        ),
        (
            "OrderService.constructor",
            (
                Parameter("repository", type="Repository<Order>"),
                Parameter("mailer", type="Mailer"),
                Parameter("limit", type="number", optional=True),
            ),
        ),
        (
            "OrderService.find",
            (
                Parameter("id", type="string"),
                Parameter("key", type="K", optional=True),
                Parameter("rest", REST, "string[]"),
            ),
        ),
        ("OrderService.handle", (Parameter("order", type="Order"),)),
        ("Shape.area", (Parameter("scale", type="number"),)),
        (
            "Geo.distance",
            (Parameter("[x, y]", type="Pair"), Parameter("unit", default="'km'")),
        ),
        ("handlers.onOrder", (Parameter("order", type="Order"),)),
        ("isOrder", (Parameter("value", type="unknown"),)),
        ("ADDRESS", ()),
    ],
)
def test_parameters(name: str, parameters: tuple[Parameter, ...]) -> None:
    assert load("typescript").parameters(name) == parameters


def test_overloads_have_parameters_of_their_own() -> None:
    case = load("typescript")
    places = [n for n, symbol in enumerate(case.outline.symbols) if symbol.name == "parse"]
    names = [[row.name for row in case.detail.parameters[place]] for place in places]
    assert names == [["text"], ["text", "strict"], ["text", "strict"]]


@pytest.mark.parametrize(
    ("name", "receiver", "positional", "spread"),
    [
        ("load", "this.repository", 1, True),  # what is spread is not counted
        ("Parser", None, 1, False),
        ("Map", None, 0, False),
        ("Injectable", None, 0, False),
        ("hypot", "Math", 2, False),
    ],
)
def test_a_use_has_its_receiver_and_shape(
    name: str, receiver: str | None, positional: int, spread: bool
) -> None:
    (use,) = load("typescript").uses(name)
    assert use.receiver == receiver
    assert use.call is not None
    assert (use.call.positional, use.call.spread) == (positional, spread)


def test_types_are_uses_and_names_of_their_parts_are_not() -> None:
    case = load("typescript")
    assert [case.scope(use.scope) for use in case.uses("Mailer")] == ["OrderService.constructor"]
    assert [use.receiver for use in case.uses("Listener")] == ["events"]
    for name in ("next", "sku", "other", "menge"):
        assert all(case.scope(use.scope) == "OrderService.find" for use in case.uses(name))
    assert case.uses("Zeile") != ()
    # A compiler's own types, and names in signatures without a body.
    assert case.uses("unknown") == case.uses("next") == case.uses("message") == ()


@pytest.mark.parametrize(
    ("name", "scope", "value", "kind", "receiver"),
    [
        ("cache", "OrderService", "Map()", None, None),
        ("log", "OrderService", None, "Logger", None),
        ("log", "OrderService.constructor", "createLogger()", None, "this"),
        ("repository", "OrderService.constructor", None, "Repository<Order>", None),
        ("repository", "OrderService.constructor", None, "Repository<Order>", "this"),
        ("rows", "OrderService.find", "this.repository.load()", "Zeile[]", None),
        ("menge", "OrderService.find", None, None, None),
        ("x", "Geo.distance", None, None, None),
        ("K", "OrderService.find", None, None, None),
        ("U", "Unwrap", None, None, None),
        ("found", "OrderService.find", "", "Order", None),
    ],
)
def test_bindings(
    name: str, scope: str, value: str | None, kind: str | None, receiver: str | None
) -> None:
    case = load("typescript")
    rows = case.bindings(name)
    found = [(case.scope(row.scope), row.value, row.type, row.receiver) for row in rows]
    assert (scope, value, kind, receiver) in found


def test_headers() -> None:
    case = load("typescript")
    detail = case.detail
    assert detail.bases[case.index("OrderService")] == ("Service", "Handler", "events.Listener")
    assert detail.bases[case.index("Money")] == ("Comparable", "JsonValue")
    assert detail.returns[case.index("OrderService.find")] == "Promise<Order[K]>"
    assert detail.returns[case.index("Shape.area")] == "number"
    assert detail.returns[case.index("isOrder")] == "value is Order"
    assert detail.decorators == {
        case.index("OrderService"): ("Injectable()",),
        case.index("OrderService.find"): ("Cached({ seconds: 60 })",),
    }
    assert detail.results[case.index("parse") + 2] == ("Parser().parse()",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Money", "/** An amount. */"),
        ("ADDRESS", "// Where the shop is."),
        ("OrderService", "/** Handles orders. */"),
        ("OrderService.find", "/** One order. */"),
        ("OrderService.handle", ""),
    ],
)
def test_docs(name: str, text: str) -> None:
    assert load("typescript").doc(name) == text


def test_objects_in_a_list_define_nothing() -> None:
    assert of_text("typescript", "const a = [{ f() {} }];").symbols == ("constant a",)


def test_export_assignment_is_the_default() -> None:
    case = of_text("typescript", "class A {}\nexport = A;")
    assert case.reexports == ((".", "A", "default"),)


def test_a_closure_in_a_header_keeps_its_parameters_to_itself() -> None:
    case = of_text("typescript", "function f(g = (x: A): B => x.y, h: (z: C) => D) {}")
    assert [row.name for row in case.parameters("f")] == ["g", "h"]
    assert case.detail.returns == {}
    assert case.uses("z") == ()
