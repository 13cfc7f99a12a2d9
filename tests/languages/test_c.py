"""What the index says of C. Expectations are read off fixtures/c/sample.c."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

REST = ParameterKind.REST


def test_definitions_and_their_parents() -> None:
    # A header's guard is no constant; an enumerator is a name of the file, as in the language.
    assert load("c").symbols == (
        "constant CART_MAX",
        "constant CART_API",
        "macro CLAMP",
        "macro CART_LOG",
        "type cents_t",
        "type cart_visit",
        "struct item",
        "field item.name",
        "field item.price",
        "field item.next",
        "field item.previous",
        "field item.free",
        "field item.code",
        "struct Cart",
        "field Cart.first",
        "field Cart.size",
        "field Cart.whole",
        "field Cart.part",
        "enum payment",
        "constant PAY_CASH",
        "constant PAY_CARD",
        "enum CartState",
        "constant OPEN",
        "constant CLOSED",
        "variable cart_count",
        "variable cart_names",
        "variable cart_title",
        "function cart_add",
        "function cart_reset",
        "function cart_name",
        "function cart_old",
        "variable cart_debug",
        "function cart_dump",
        "macro cart_dump",
        "function cart_sum",
        "function old_style",
    )


def test_an_include_imports_all_names_and_keeps_its_brackets() -> None:
    assert load("c").imports == (("<stdio.h>", "*", None), ("shop/stock.h", "*", None))


def test_calls() -> None:
    assert set(load("c").calls) == {
        (None, "CLAMP", "cart_sum"),
        ("at", "free", "cart_sum"),
        ("cart_find(cart, 1)", "free", "cart_sum"),
        (None, "cart_find", "cart_sum"),
        (None, "cart_check", "cart_sum"),
        (None, "printf", "cart_sum"),
        (None, "cart_visit_all", "old_style"),
    }


def test_parameters_of_prototypes_functions_and_macros() -> None:
    case = load("c")
    assert case.parameters("cart_add") == (
        Parameter("cart", type="Cart"),
        Parameter("name", type="char"),
        Parameter("price", type="cents_t"),
        Parameter("check", type="int"),
        Parameter("", REST, type="..."),
    )
    assert case.parameters("cart_reset") == ()
    assert [row.name for row in case.parameters("cart_name")] == ["", ""]
    assert [row.kind for row in case.parameters("cart_old")] == [REST]  # says nothing
    assert [row.name for row in case.parameters("cart_sum")] == ["cart", "counts", "out"]
    assert [row.name for row in case.parameters("old_style")] == ["a", "b"]
    assert [row.name for row in case.parameters("CLAMP")] == ["x", "low"]
    assert [row.kind for row in case.parameters("CART_LOG")][1] is REST


def test_uses_have_receivers_and_shapes() -> None:
    case = load("c")
    assert [(use.receiver, bool(use.call)) for use in case.uses("free")] == [
        ("at", True),
        ("cart_find()", True),
    ]
    assert [use.receiver for use in case.uses("next")] == ["cart.first", "at"]
    assert [use.receiver for use in case.uses("price")] == ["", "at"]  # a designator, a member
    (clamp,) = case.uses("CLAMP")
    assert clamp.call is not None
    assert clamp.call.positional == 2
    assert not case.uses("end")  # a label
    assert not case.uses("code")  # the parameter of a pointer to a function


def test_bindings() -> None:
    case = load("c")
    (at,) = case.bindings("at")
    assert (at.type, at.value, case.scope(at.scope)) == ("item", "cart.first.next", "cart_sum")
    assert [row.type for row in case.bindings("blank")] == ["item"]
    assert [row.value for row in case.bindings("result")] == ["total"]
    assert [case.scope(row.scope) for row in case.bindings("i")] == ["cart_sum"]
    # A prototype binds none of its parameters.
    assert [case.scope(row.scope) for row in case.bindings("cart")] == ["cart_sum"]


def test_headers_and_documentation() -> None:
    case = load("c")
    assert case.detail.returns[case.index("cart_sum")] == "cents_t"
    assert case.detail.results[case.index("cart_sum")] == ("result",)
    assert case.doc("cart_sum").rstrip() == "// Sums up.\n// Twice."
    assert case.doc("item") == "/* One thing in a cart. */"
    assert case.doc("old_style") == ""


def test_declarations_of_a_header_for_two_languages() -> None:
    text = """
#ifndef A_H
#ifdef __cplusplus
extern "C" {
#endif
int add(int a);
extern int *counter;
#ifdef __cplusplus
}
#endif
#endif
"""
    assert of_text("c", text).symbols == ("function add", "variable counter")


def test_a_local_under_a_condition_is_no_definition() -> None:
    text = "void f(void) {\n#ifdef X\nint local = 1;\n#endif\n}\n"
    assert of_text("c", text).symbols == ("function f",)
