"""C#: what the index reads in fixtures/csharp/sample.cs; expectations come from that file."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("csharp")


def test_symbols() -> None:
    assert CASE.symbols == (
        "namespace Shop.Orders",
        "enum Stage",
        "constant Stage.Open",
        "constant Stage.Shipped",
        "type Changed",
        "class Line",
        "property Line.Sku",
        "property Line.Count",
        "property Line.Total",
        "struct Größe",
        "field Größe.Wert",
        "interface IStore",
        "method IStore.LoadAsync",
        "class Extensions",
        "method Extensions.First",
        "class Order",
        "constant Order.MaxLines",
        "constant Order.MinLines",
        "field Order._store",
        "field Order.OnChange",
        "constructor Order.Order",
        "property Order.Name",
        "method Order.AddAsync",
        "function Order.AddAsync.Local",
        "class Basket",
    )


def test_a_namespace_block_is_no_scope_either() -> None:
    case = of_text("csharp", "namespace A.B { class C { void D() { } } }")
    assert case.symbols == ("namespace A.B", "class C", "method C.D")


def test_imports() -> None:
    assert CASE.imports == (
        ("System.Collections.Generic", "*", None),
        ("Shop.Core.Money", "*", None),
        ("System.Text.Json", "JsonSerializer", "Json"),
    )


def test_calls() -> None:
    assert {
        (None, "Price", "Line.Total"),
        ("items", "Find", "Extensions.First"),
        ("_store", "LoadAsync", "Order.AddAsync"),
        (None, "List", "Order.AddAsync"),
        ("saved?.Lines", "Remove", "Order.AddAsync"),
        (None, "Log", "Order.AddAsync"),
        (None, "Local", "Order.AddAsync"),
        ("kept", "First", "Order.AddAsync"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    assert CASE.parameters("Line") == (
        Parameter("Sku", type="string"),
        Parameter("Count", type="int", default="1"),
    )
    assert CASE.parameters("Order.Order") == (
        Parameter("store", type="IStore"),
        Parameter("id", type="int"),
    )
    assert CASE.parameters("Order.AddAsync")[1:] == (
        Parameter("most", type="int", default="3"),
        Parameter("note", type="string?", default="null"),
    )
    assert CASE.parameters("Basket") == (
        Parameter("store", type="IStore"),
        Parameter("size", type="int"),
    )
    assert CASE.parameters("Changed") == (
        Parameter("order", type="Order"),
        Parameter("before", type="Stage"),
    )


def test_the_receiver_of_an_extension_method_is_optional() -> None:
    assert CASE.parameters("Extensions.First") == (
        Parameter("items", type="List<T>", optional=True),
        Parameter("skipped", ParameterKind.REST, "int[]"),
    )


def test_uses_with_receiver_and_call() -> None:
    (load_async,) = [use for use in CASE.uses("LoadAsync") if use.call]
    assert load_async.receiver == "_store"
    assert load_async.call is not None
    assert (load_async.call.positional, load_async.call.keywords) == (1, ("token",))
    (created,) = [use for use in CASE.uses("List") if use.call]
    assert created.call is not None
    assert (created.call.positional, created.call.keywords) == (0, ("capacity",))
    (lines,) = CASE.uses("Lines")
    assert lines.receiver == "saved"
    (remove,) = CASE.uses("Remove")
    assert remove.receiver == "saved.Lines"
    assert [use.receiver for use in CASE.uses("Name")] == ["this"]
    assert [use.receiver for use in CASE.uses("Find")] == ["items"]


def test_names_that_are_no_uses() -> None:
    # An initialised member, a property pattern, names of arguments and of namespaces.
    for name in ("Depth", "capacity", "token", "depth", "Generic", "Shop"):
        assert all(use.receiver is None and use.call is None for use in CASE.uses(name))
    assert CASE.uses("Depth") == CASE.uses("capacity") == CASE.uses("Shop") == ()
    assert [use.receiver for use in CASE.uses("Count")] == [None, None, "item"]


def test_bindings() -> None:
    def bound(name: str) -> list[tuple[str, str | None, str | None]]:
        return [(CASE.scope(row.scope), row.value, row.type) for row in CASE.bindings(name)]

    add = "Order.AddAsync"
    assert bound("saved") == [(add, "_store.LoadAsync()", None)]
    assert bound("kept") == [(add, "List()", "List<Line>")]
    assert bound("writer") == [(add, "", None)]
    assert bound("key") == bound("value") == [(add, None, None)]
    assert bound("each") == [(add, None, "Line")]
    assert bound("three") == [(add, None, "Line")]
    assert bound("failure") == [(add, "StoreException", None)]
    assert bound("parsed") == bound("n") == bound("item") == [(add, None, None)]
    assert bound("_store") == [("Order", None, "IStore")]
    assert bound("Name") == [("Order", None, "string")]


def test_headers() -> None:
    detail, index = CASE.detail, CASE.index
    assert detail.bases[index("Line")] == ("Entity<int>", "IPriced")
    assert detail.bases[index("Order")] == ("Entity<int>",)
    assert detail.bases[index("Basket")] == ("Order",)
    assert detail.returns[index("Order.AddAsync")] == "Task<Line>"
    assert detail.decorators[index("Line")] == ("Serializable",)
    assert detail.decorators[index("Order.AddAsync")] == ('Obsolete("use Put")',)
    assert detail.results[index("Order.AddAsync")] == ("kept.First()",)


def test_docs() -> None:
    assert CASE.doc("Stage") == "/// <summary>How far an order is.</summary>"
    assert CASE.doc("Line").endswith('/// <param name="Sku">What.</param>')
    assert CASE.doc("Order.AddAsync") == "/// <summary>Adds lines.</summary>"
    assert CASE.doc("Order.Order") == ""
