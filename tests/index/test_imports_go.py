"""Go's import rules, from the Go modules reference and the language specification."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.go import GoImports

SHOP = {
    "go.mod": "module example.com/shop // the shop\n\ngo 1.22\n\nrequire example.com/far v1.0.0\n",
    "main.go": "package main\n",
    "cart/cart.go": "// Package cart is one.\npackage cart\n",
    "cart/total.go": "package cart\n",
    "cart/cart_test.go": "package cart\n",
    "cart/more_test.go": "package cart\n",
    "cart/example_test.go": "package cart_test\n",
    "internal/go-money/money.go": "/* package old */\npackage money\n",
    "docs/readme.md": "",
    "vendor/example.com/far/far.go": "package far\n",
}

TWO_MODULES = {
    "go.mod": "module example.com/root\n",
    "root.go": "package root\n",
    "tools/go.mod": "module example.com/root/tools\n",
    "tools/cmd/cmd.go": "package cmd\n",
}


def rules(texts: dict[str, str]) -> GoImports:
    return GoImports(FileSet(DictTree("fake", texts), texts))


def check(texts: dict[str, str], importer: str, module: str, expected: Target) -> None:
    assert rules(texts).resolve(importer, Import(module, None, None, 0, 0)) == expected


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("example.com/shop", Target(("main.go",))),
        ("example.com/shop/cart", Target(("cart/cart.go", "cart/total.go"))),
        ("example.com/shop/gone", Target(missing=True)),
        # The folder is there, but has no Go files: they may be generated into it.
        ("example.com/shop/docs", EXTERNAL),
        ("example.com/shop/api/v1pb", EXTERNAL),
        ("example.com/shopping", EXTERNAL),
        ("example.com/far", Target(("vendor/example.com/far/far.go",))),
        ("example.com/farther", EXTERNAL),
        ("fmt", EXTERNAL),
        ("C", EXTERNAL),
    ],
)
def test_one_module(module: str, expected: Target) -> None:
    check(SHOP, "main.go", module, expected)


def test_a_nested_module_is_not_part_of_the_outer_one() -> None:
    cmd = Target(("tools/cmd/cmd.go",))
    check(TWO_MODULES, "root.go", "example.com/root/tools/cmd", cmd)
    check(TWO_MODULES, "tools/cmd/cmd.go", "example.com/root", Target(("root.go",)))


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        # A required version comes from the module cache, whatever this repository holds.
        ({}, EXTERNAL),
        (
            {
                "go.mod": "module example.com/root\nrequire (\n\texample.com/root/tools v1.0.0\n)\n"
                "replace example.com/root/tools => ./tools\n"
            },
            Target(("tools/cmd/cmd.go",)),
        ),
        (
            {"go.work": "go 1.22\n\nuse (\n\t.\n\t./tools\n)\n"},
            Target(("tools/cmd/cmd.go",)),
        ),
        ({"go.work": "use ./tools\n"}, EXTERNAL),
    ],
)
def test_a_required_module_of_this_repository(extra: dict[str, str], expected: Target) -> None:
    texts = TWO_MODULES | {
        "go.mod": "module example.com/root\nrequire example.com/root/tools v1.0.0 // indirect\n"
    }
    check(texts | extra, "root.go", "example.com/root/tools/cmd", expected)


def test_a_replaced_module_may_have_any_path() -> None:
    texts = {
        "app/go.mod": "module app\nreplace (\n\tgithub.com/else/where v1.2.3 => ../fork\n)\n",
        "app/main.go": "package main\n",
        "fork/where.go": "package where\n",
    }
    check(texts, "app/main.go", "github.com/else/where", Target(("fork/where.go",)))
    check(texts, "app/main.go", "github.com/else/where/gone", Target(missing=True))
    check(texts, "fork/where.go", "app", EXTERNAL)


def test_without_a_module_nothing_is_known() -> None:
    check({"a/a.go": "package a\n"}, "a/a.go", "example.com/a", EXTERNAL)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("example.com/shop/internal/go-money", "money"),
        ("example.com/shop/cart", "cart"),
        ("net/http", "http"),
        ("example.com/lib/v2", "lib"),
        ("gopkg.in/yaml.v3", "yaml"),
        ("github.com/some/go-toml", "toml"),
        ("v2", "v2"),
    ],
)
def test_bound_name(module: str, name: str) -> None:
    assert rules(SHOP).bound_name(Import(module, None, None, 0, 0)) == name


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cart/cart.go", ("cart/total.go",)),
        ("cart/cart_test.go", ("cart/cart.go", "cart/total.go", "cart/more_test.go")),
        ("cart/example_test.go", ()),
        ("main.go", ()),
    ],
)
def test_visible(path: str, expected: tuple[str, ...]) -> None:
    assert rules(SHOP).visible(path) == expected
