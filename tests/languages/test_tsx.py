"""TSX, read off fixtures/tsx/sample.tsx. What it shares with TypeScript is tested there."""

import pytest
from language_case import load

from codeassist.base.symbols import Parameter


def test_definitions() -> None:
    assert load("tsx").symbols == (
        "interface ListProps",
        "field ListProps.items",
        "field ListProps.label",
        "field ListProps.render",
        "function List",
        "function List.onClick",
        "function Row",
        "constant Größe",
        "constant ThemeContext",
        "class Boundary",
        "field Boundary.state",
        "method Boundary.getDerivedStateFromError",
        "method Boundary.render",
        "method Boundary.retry",
        "function useItems",
        "function App",
    )


def test_imports() -> None:
    case = load("tsx")
    assert case.imports == (
        ("react", "default", "React"),
        ("react", "useState", None),
        ("react", "ReactNode", None),
        ("./dialog", None, "Dialog"),
        ("./button", "Button", None),
        ("./model", "Item", None),
    )
    assert case.reexports == ((".", "App", "default"),)


@pytest.mark.parametrize(
    "call",
    [
        (None, "Row", "List"),
        ("Dialog", "Title", "List"),
        (None, "Button", "List"),
        (None, "Fallback", "Boundary.render"),
        ("ThemeContext", "Provider", "App"),
        (None, "List", "App"),
    ],
)
def test_components_in_jsx_are_called(call: tuple[str | None, str, str]) -> None:
    assert call in load("tsx").calls


def test_components_are_uses_and_html_and_attributes_are_not() -> None:
    case = load("tsx")
    assert [use.receiver for use in case.uses("Title")] == ["Dialog"]
    assert [case.scope(use.scope) for use in case.uses("Row")] == ["List", "App"]
    assert [case.scope(use.scope) for use in case.uses("Fallback")] == ["Boundary.render"]
    for name in ("section", "li", "className", "disabled"):
        assert case.uses(name) == ()
    # As a value; as an attribute's name it is none.
    assert len(case.uses("onClick")) == 1


def test_parameters() -> None:
    case = load("tsx")
    pattern = "{ items, label = 'Einträge', render }"
    assert case.parameters("List") == (Parameter(pattern, type="ListProps<T>"),)
    assert case.parameters("useItems") == (
        Parameter("url", type="string"),
        Parameter("options", type="Options", default="{}"),
    )
    assert case.parameters("Größe") == ()


@pytest.mark.parametrize(
    ("name", "scope", "how"),
    [
        ("label", "List", "parameter"),
        ("setOpen", "List", "assignment"),
        ("item", "Row", "parameter"),
        ("loaded", "useItems", "parameter"),
    ],
)
def test_bindings(name: str, scope: str, how: str) -> None:
    case = load("tsx")
    assert (scope, how) in [(case.scope(row.scope), row.how) for row in case.bindings(name)]


def test_headers_and_docs() -> None:
    case = load("tsx")
    assert case.detail.bases == {case.index("Boundary"): ("React.Component",)}
    assert case.detail.returns[case.index("Row")] == "JSX.Element"
    assert case.detail.results[case.index("useItems")] == ("items",)
    assert case.doc("List") == "/** Shows a list. */"
