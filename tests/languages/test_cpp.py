"""What the index says of C++. Expectations are read off fixtures/cpp/sample.cpp."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

REST = ParameterKind.REST


def test_definitions_and_their_parents() -> None:
    assert load("cpp").symbols == (
        "macro TILL_TRACE",
        "namespace shop",
        "type shop.Cents",
        "enum shop.Payment",
        "constant shop.Payment.Cash",
        "constant shop.Payment.Card",
        "enum shop.Mood",
        "constant shop.Good",
        "constant shop.Bad",
        "struct shop.Sellable",
        "method shop.Sellable.~Sellable",
        "method shop.Sellable.price",
        "class shop.Till",
        "constructor shop.Till.Till",
        "constructor shop.Till.Till",
        "method shop.Till.~Till",
        "method shop.Till.price",
        "method shop.Till.sell",
        "method shop.Till.last",
        "method shop.Till.operator==",
        "method shop.Till.make",
        "struct shop.Till.Slot",
        "field shop.Till.Slot.code",
        "field shop.Till.size_",
        "field shop.Till.counts_",
        "field shop.Till.last_",
        "field shop.Till.opened",
        "field shop.Till.hook_",
        "function shop.total",
        "variable shop.till_count",
        "constructor shop.Till.Till",
        "namespace shop",
        "constructor shop.Drawer.Drawer",
        "method shop.Drawer.~Drawer",
        "method shop.Drawer.width",
        "variable shop.Drawer.opened",
        "function shop.add",
        "function TEST",
    )


def test_an_include_imports_all_names_and_a_using_declaration_binds_one() -> None:
    case = load("cpp")
    assert case.imports == (("<memory>", "*", None), ("shop/stock.h", "*", None))
    assert len(case.bindings("vector")) == 1


def test_calls() -> None:
    calls = load("cpp").calls
    for call in (
        ("prices", "front", "shop.add"),
        (None, "Till", "shop.add"),
        (None, "tax", "shop.add"),
        ("till->last()", "find", "shop.add"),
        ("till", "sell", "shop.add"),
        ("shop::detail", "audit", "shop.add"),
        ("Till<int>", "make", "shop.add"),
        (None, "book", "shop.Till.sell"),
        ("shop", "add", "TEST"),
    ):
        assert call in calls, call


def test_parameters() -> None:
    case = load("cpp")
    assert case.parameters("shop.Till.Till") == (
        Parameter("size", type="int"),
        Parameter("name", type="char", default='"Kasse"'),
    )
    assert case.parameters("shop.Till.sell") == (
        Parameter("item", type="T"),
        Parameter("items", REST, type="Items"),
    )
    assert [(row.name, row.kind) for row in case.parameters("shop.total")] == [
        ("prices", ParameterKind.NORMAL),
        ("", ParameterKind.NORMAL),
        ("", REST),
    ]
    assert [row.name for row in case.parameters("shop.add")] == ["prices", "till", "tax"]
    assert case.parameters("shop.Drawer.width") == ()


def test_uses_have_receivers_and_shapes() -> None:
    case = load("cpp")
    (audit,) = case.uses("audit")
    assert (audit.receiver, audit.call and audit.call.positional) == ("shop.detail", 2)
    assert [use.receiver for use in case.uses("find")] == ["till.last()"]
    assert [use.receiver for use in case.uses("price") if use.call] == ["Till.make()"]
    assert [use.receiver for use in case.uses("Cash")] == ["Payment"]
    assert [use.call and use.call.spread for use in case.uses("book")] == [True]
    # `Slot slot(1, 2);` calls a constructor; `lock(mutex_)` could be a parameter, and is no call.
    assert [use.call.positional for use in case.uses("Slot") if use.call] == [2]
    assert [use.call for use in case.uses("lock_guard")] == [None]


def test_bindings() -> None:
    case = load("cpp")
    assert [row.value for row in case.bindings("sum")] == ["prices.front()"]
    assert [row.type for row in case.bindings("same")] == ["Till<int>"]
    assert [row.value for row in case.bindings("fresh")] == ["Till()"]
    assert [row.type for row in case.bindings("lock")] == ["std::lock_guard<std::mutex>"]
    assert [row.type for row in case.bindings("slot")] == ["Slot"]
    for name in ("name", "each", "factor", "amount", "twice", "found", "width"):
        assert case.bindings(name), name
    (error,) = case.bindings("error")
    assert (error.how, error.value) == ("exception", "std.exception")


def test_headers_and_documentation() -> None:
    case = load("cpp")
    detail = case.detail
    assert detail.bases[case.index("shop.Till")] == ("Sellable", "detail::Counter<T>")
    assert detail.returns[case.index("shop.Till.price")] == "Cents"
    assert case.doc("shop.Till").rstrip() == "/// A till.\n/// For all that is sellable."
    assert case.doc("shop.Till.sell").rstrip() == "/// Sells everything."


def test_a_member_of_a_class_in_the_same_file_belongs_to_it() -> None:
    case = of_text("cpp", "struct A { int get(); };\nint A::get() { return 1; }\n")
    assert case.symbols == ("struct A", "method A.get", "method A.get")
    assert [symbol.parent for symbol in case.outline.symbols][2] == 0
