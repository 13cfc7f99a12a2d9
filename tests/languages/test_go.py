"""Go: what the index reads in fixtures/go/sample.go; expectations come from reading that file."""

from language_case import load, of_text

from codeassist.base.symbols import Parameter, ParameterKind

CASE = load("go")


def test_symbols() -> None:
    assert CASE.symbols == (
        "constant DefaultSize",
        "constant Small",
        "constant Große",
        "constant Huge",
        "variable registry",
        "type Size",
        "type Handler",
        "type Alias",
        "struct Options",
        "field Options.Mutex",
        "field Options.Base",
        "field Options.Label",
        "field Options.Überschrift",
        "field Options.limits",
        "struct Base",
        "field Base.id",
        "interface Store",
        "method Store.Put",
        "method Store.Close",
        "struct Shelf",
        "field Shelf.items",
        "field Shelf.options",
        "function NewShelf",
        "method Shelf.Put",
        "method Shelf.String",
        "method Size.Grow",
        "method Elsewhere.Verify",
    )


def test_a_method_belongs_to_its_type_or_names_it() -> None:
    symbols = CASE.outline.symbols
    assert symbols[CASE.index("Shelf.Put")].parent == CASE.index("Shelf")
    assert symbols[CASE.index("Elsewhere.Verify")].owner == "Elsewhere"


def test_a_method_may_stand_before_its_type() -> None:
    case = of_text("go", "package p\n\nfunc (t *T) A() { t.B() }\n\nvar x = t\n\ntype T struct{}\n")
    assert case.symbols == ("method T.A", "variable x", "struct T")
    assert [case.scope(use.scope) for use in case.uses("t")] == ["T.A", ""]


def test_imports() -> None:
    assert CASE.imports == (
        ("context", None, None),
        ("fmt", None, None),
        ("net/http/pprof", None, "_"),
        ("strings", "*", None),
        ("example.com/depot/errors", None, "errs"),
        ("sync", None, None),
    )


def test_calls() -> None:
    assert {
        ("errs", "Duplicate", "NewShelf"),
        ("s.options", "Unlock", "Shelf.Put"),
        (None, "append", "Shelf.Put"),
        (None, "local", "Shelf.Put"),
        ("s", "each", "Shelf.Put"),
        (None, "ToUpper", "Shelf.Put"),
        ("fmt", "Sprint", "Shelf.String"),
    } <= set(CASE.calls)


def test_parameters() -> None:
    rest = ParameterKind.REST
    assert CASE.parameters("NewShelf") == (
        Parameter("options", type="*Options"),
        Parameter("_", type="Handler"),
    )
    put = (Parameter("ctx", type="context.Context"), Parameter("values", rest, type="T"))
    assert CASE.parameters("Store.Put") == put
    assert CASE.parameters("Shelf.Put") == put
    assert CASE.parameters("Size.Grow") == (
        Parameter("", type="int"),
        Parameter("", rest, "string"),
    )
    assert CASE.parameters("Handler") == ()


def test_returns_and_results() -> None:
    detail = CASE.detail
    # Of several results the first, which is what the first name gets in `shelf, err := …`.
    assert detail.returns[CASE.index("NewShelf")] == "*Shelf[T]"
    assert detail.returns[CASE.index("Shelf.Put")] == "int"
    assert detail.returns[CASE.index("Store.Close")] == "error"
    assert detail.results[CASE.index("Size.Grow")] == ("DefaultSize",)
    # The three returns of Put itself; the one of the function literal in it is not among them.
    assert detail.results[CASE.index("Shelf.Put")] == ("", "", "")


def test_bases_are_what_is_embedded() -> None:
    assert CASE.detail.bases == {
        CASE.index("Options"): ("sync.Mutex", "Base"),
        CASE.index("Store"): ("fmt.Stringer",),
    }
    assert [use.receiver for use in CASE.uses("Mutex")] == ["sync"]


def test_uses() -> None:
    (size, *_) = CASE.uses("Base")
    assert CASE.scope(size.scope) == "Options"
    assert [use.receiver for use in CASE.uses("Label")] == ["Options", "options", "found"]
    assert [use.receiver for use in CASE.uses("id")] == ["Base"]
    assert [use.receiver for use in CASE.uses("Duplicate")] == ["errs"]
    assert [use.receiver for use in CASE.uses("Verify")] == ["copied"]
    assert CASE.uses("_") == ()
    assert CASE.uses("label")[0].call is None


def test_call_shapes() -> None:
    def shape(name: str) -> tuple[int, bool]:
        call = next(use.call for use in CASE.uses(name) if use.call)
        return call.positional, call.spread

    assert shape("Duplicate") == (2, False)
    assert shape("append") == (2, False)
    assert shape("each") == (0, True)
    # The only argument is a call, which may give several values.
    assert shape("handle") == (1, True)


def test_bindings() -> None:
    def bound(name: str) -> tuple[str | None, str | None, str]:
        row = CASE.bindings(name)[0]
        return row.value or None, row.type, CASE.scope(row.scope)

    assert bound("s") == (None, "*Shelf[T]", "Shelf.Put")
    assert bound("shelf") == (None, "Shelf[T]", "NewShelf")
    assert bound("found") == (None, None, "NewShelf")
    assert bound("value") == (None, None, "Shelf.Put")
    assert bound("count") == (None, "int", "Shelf.Put")
    assert bound("local") == ("nil", "Handler", "Shelf.Put")
    assert bound("kind") == (None, None, "Shelf.Put")
    assert bound("copied") == ("new()", "Base", "Shelf.Put")
    assert bound("rest") == (None, None, "Shelf.Put")
    assert CASE.bindings("i")[0].how == "assignment"
    assert CASE.bindings("ctx")[0].how == "parameter"


def test_a_call_with_several_results_gives_the_first_name_its_value() -> None:
    case = of_text("go", "package p\n\nfunc f() {\n\tconn, err := net.Dial()\n\ta, b := 1, c\n}\n")
    assert [row.value for row in case.bindings("conn")] == ["net.Dial()"]
    assert [row.value for row in case.bindings("err") + case.bindings("a")] == [None, None]


def test_docs() -> None:
    assert CASE.doc("DefaultSize") == "// DefaultSize is used where no size is given."
    assert CASE.doc("Size") == "// Size counts places."
    assert CASE.doc("Options") == "// Options say how a shelf is made."
    assert CASE.doc("Shelf.Put") == "// Put adds values."
    # A comment at the end of the line above tells of that line.
    assert CASE.doc("Huge") == ""
