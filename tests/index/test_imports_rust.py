"""Rust's module rules, from the Rust reference and the Cargo book."""

import pytest
from trees import DictTree

from codeassist.base.symbols import TOP, Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.rust import RustImports

SHOP = {
    "Cargo.toml": '[workspace]\nmembers = ["shop", "web-kit"]\n',
    "shop/Cargo.toml": '[package]\nname = "shop"\n',
    "shop/src/lib.rs": (
        "mod cart; mod gone;\n#[cfg(windows)]\nmod win;\n"
        '#[path = "old/legacy.rs"]\nmod past;\n#[path = "nowhere.rs"]\nmod lost;\n'
    ),
    "shop/src/main.rs": "mod cli;\n",
    "shop/src/cli.rs": "",
    "shop/src/cart.rs": "mod total;\n",
    "shop/src/cart/total.rs": "",
    "shop/src/stock/mod.rs": "mod shelf;\n",
    "shop/src/stock/shelf.rs": "",
    "shop/src/old/legacy.rs": "mod older;\n",
    "shop/src/old/older.rs": "",
    "shop/src/bin/tool.rs": "",
    "shop/tests/buying.rs": "mod common;\n",
    "shop/tests/common/mod.rs": "",
    "web-kit/Cargo.toml": '[package]\nname = "web-kit"\n[lib]\npath = "source/kit.rs"\n',
    "web-kit/source/kit.rs": "mod page;\n",
    "web-kit/source/page.rs": "",
    "broken/Cargo.toml": "[package",
    "elsewhere/loose.rs": "mod part;\n",
}


def rules(texts: dict[str, str]) -> RustImports:
    return RustImports(FileSet(DictTree("fake", texts), texts))


def check(importer: str, module: str, *files: str, scope: int = TOP) -> None:
    imported = Import(module, None, None, 0, 0, scope)
    assert rules(SHOP).resolve(importer, imported).files == files


@pytest.mark.parametrize(
    ("importer", "name", "file"),
    [
        ("shop/src/lib.rs", "cart", "shop/src/cart.rs"),
        ("shop/src/cart.rs", "total", "shop/src/cart/total.rs"),
        ("shop/src/lib.rs", "stock", "shop/src/stock/mod.rs"),
        ("shop/src/stock/mod.rs", "shelf", "shop/src/stock/shelf.rs"),
        ("shop/src/lib.rs", "past", "shop/src/old/legacy.rs"),
        ("shop/src/old/legacy.rs", "older", "shop/src/old/older.rs"),
        ("shop/tests/buying.rs", "common", "shop/tests/common/mod.rs"),
        ("web-kit/source/kit.rs", "page", "web-kit/source/page.rs"),
    ],
)
def test_a_declared_module_is_beside_its_root_or_below_its_parent(
    importer: str, name: str, file: str
) -> None:
    check(importer, f"mod::{name}", file)


@pytest.mark.parametrize(
    ("importer", "module", "file"),
    [
        ("shop/src/cart/total.rs", "crate::stock::shelf", "shop/src/stock/shelf.rs"),
        ("shop/src/cart/total.rs", "super", "shop/src/cart.rs"),
        ("shop/src/stock/shelf.rs", "super", "shop/src/stock/mod.rs"),
        ("shop/src/stock/shelf.rs", "super :: shelf", "shop/src/stock/shelf.rs"),
        ("shop/src/cart.rs", "self::total", "shop/src/cart/total.rs"),
        ("shop/src/cart.rs", "total", "shop/src/cart/total.rs"),
        ("shop/tests/buying.rs", "shop::cart::r#total", "shop/src/cart/total.rs"),
        ("shop/src/main.rs", "::web_kit::page", "web-kit/source/page.rs"),
        ("shop/src/bin/tool.rs", "crate", "shop/src/bin/tool.rs"),
    ],
)
def test_a_path_names_a_module(importer: str, module: str, file: str) -> None:
    check(importer, module, file)


def test_a_file_below_two_roots_may_belong_to_either() -> None:
    check("shop/src/cart.rs", "crate", "shop/src/lib.rs", "shop/src/main.rs")
    check("shop/src/cart/total.rs", "super::super", "shop/src/lib.rs", "shop/src/main.rs")


def test_super_in_an_inline_module_may_mean_the_file_itself() -> None:
    check("shop/src/cart/total.rs", "super", "shop/src/cart/total.rs", "shop/src/cart.rs", scope=3)


@pytest.mark.parametrize(
    ("importer", "module"),
    [
        ("shop/src/lib.rs", "std::io"),
        ("shop/src/lib.rs", "::cart"),  # a leading `::` names a crate, not the module here
        ("shop/src/lib.rs", "crate::cart::Cart"),  # may be an enum or an inline module
        ("shop/src/lib.rs", "crate::nothing"),
        ("shop/src/lib.rs", "mod::win"),  # conditional
        ("shop/src/lib.rs", "mod::lost"),  # somebody else's file, perhaps generated
        ("shop/src/lib.rs", "super"),
        ("elsewhere/loose.rs", "mod::part"),
    ],
)
def test_what_cannot_be_told_is_elsewhere(importer: str, module: str) -> None:
    imported = Import(module, None, None, 0, 0)
    assert rules(SHOP).resolve(importer, imported) == EXTERNAL


def test_only_an_unconditional_declaration_can_miss_its_file() -> None:
    found = rules(SHOP).resolve("shop/src/lib.rs", Import("mod::gone", None, None, 0, 0))
    assert found == Target(missing=True)
    nested = rules(SHOP).resolve("shop/src/lib.rs", Import("mod::gone", None, None, 0, 0, 2))
    assert nested == EXTERNAL


def test_a_module_gives_the_folder_of_its_children() -> None:
    found = rules(SHOP).resolve("shop/src/lib.rs", Import("crate::cart", "total", None, 0, 0))
    assert found == Target(("shop/src/cart.rs",), "shop/src/cart")


@pytest.mark.parametrize(
    ("module", "name"), [("mod::cart", "cart"), ("std::io", "io"), ("mod::r#type", "type")]
)
def test_the_last_name_of_a_path_is_bound(module: str, name: str) -> None:
    assert rules(SHOP).bound_name(Import(module, None, None, 0, 0)) == name


def test_nothing_is_visible_without_an_import() -> None:
    assert rules(SHOP).visible("shop/src/cart.rs") == ()
