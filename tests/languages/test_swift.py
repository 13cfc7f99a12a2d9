"""What the index says of Swift. Expectations are read off fixtures/swift/sample.swift."""

from language_case import load

from codeassist.base.symbols import Parameter, ParameterKind

KEYWORD, REST = ParameterKind.KEYWORD_ONLY, ParameterKind.REST


def test_definitions_and_their_parents() -> None:
    assert load("swift").symbols == (
        "interface Sellable",
        "type Sellable.Unit",
        "property Sellable.price",
        "method Sellable.total",
        "class Till",
        "field Till.shared",
        "field Till.größe",
        "field Till.owner",
        "field Till.items",
        "field Till.clerk",
        "property Till.isEmpty",
        "field Till.level",
        "type Till.Handler",
        "enum Till.Payment",
        "constant Till.Payment.cash",
        "constant Till.Payment.card",
        "constant Till.Payment.mixed",
        "constructor Till.init",
        "method Till.deinit",
        "method Till.sell",
        "method Till.subscript",
        "method Till.==",
        "impl Till",
        "method Till.printed",
        "impl Stock.Shelf",
        "property Stock.Shelf.count",
        "struct Cents",
        "field Cents.value",
        "class Ledger",
        "function change",
        "constant taxPercent",
        "variable opened",
    )


def test_imports() -> None:
    assert load("swift").imports == (("Foundation", None, None), ("Stock", None, None))


def test_calls_but_not_indices() -> None:
    calls = load("swift").calls
    for call in (
        ("item", "total", "Till.sell"),
        ("items", "enumerated", "Till.sell"),
        ("items", "map", "Till.sell"),
        ("Receipt", "load", "Till.sell"),
        ("super", "init", "Till.init"),
        (None, "close", "Till.deinit"),
        (None, "notify", "Till.level"),
        (None, "Till", "change"),
    ):
        assert call in calls, call
    assert not [call for call in calls if call[1] == "items"]


def test_a_parameter_is_known_by_its_label() -> None:
    case = load("swift")
    assert case.parameters("Till.sell") == (
        Parameter("item", type="T"),
        Parameter("at", KEYWORD, type="Int"),
        Parameter("then", KEYWORD, type="Handler", default="{ _ in }"),
    )
    assert case.parameters("Till.init")[:2] == (
        Parameter("size", type="Int"),
        Parameter("owner", KEYWORD, type="String", default='"Kasse"'),
    )
    assert not [row for row in case.parameters("Till.init")[2:] if row.required]
    assert [row.name for row in case.parameters("Sellable.total")] == ["for"]
    assert [row.how for row in case.bindings("name")] == ["parameter"]  # the label is `owner`


def test_uses_have_receivers_labels_and_shapes() -> None:
    case = load("swift")
    (load_use,) = case.uses("load")
    assert load_use.receiver == "Receipt"
    assert load_use.call is not None
    assert (load_use.call.positional, load_use.call.keywords) == (0, ("from",))
    (greet,) = case.uses("greet")
    assert greet.call is not None
    assert greet.call.spread  # a trailing closure fills whichever parameter fits
    (made,) = [use for use in case.uses("Till") if use.call and use.call.keywords]
    assert (made.call.positional, made.call.keywords) == (1, ("owner",))
    assert [use.receiver for use in case.uses("mixed")] == [""]
    assert not case.uses("from")
    assert not case.uses("$0")


def test_bindings() -> None:
    case = load("swift")
    assert [row.value for row in case.bindings("cost")] == ["item.total()"]
    assert [row.value for row in case.bindings("receipt")] == ["Receipt.load()"]
    assert [row.value for row in case.bindings("clerk") if row.value] == [
        "Clerk()",
        "self.clerk",
    ]
    assert [row.type for row in case.bindings("opened")] == ["Int"]
    for name in ("index", "other", "each", "why", "reason", "coin", "left", "price"):
        assert case.bindings(name), name
    (problem,) = case.bindings("problem")
    assert (problem.how, problem.value) == ("exception", "PrintError")


def test_headers_and_documentation() -> None:
    case = load("swift")
    detail = case.detail
    assert detail.bases[case.index("Till")] == ("Drawer", "Codable")
    assert detail.decorators[case.index("Till")] == ("objc",)
    assert detail.decorators[case.index("Till.sell")] == ("discardableResult",)
    assert detail.returns[case.index("Till.sell")] == "Int"
    assert case.doc("Till") == "/// A till.\n/// For a café."
    assert case.doc("Till.sell") == "/// Sells things."
    assert case.doc("Cents") == ""
