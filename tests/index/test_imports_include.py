"""The rules of `#include`, from ISO C 6.10.2 and GCC's "Search Path"."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.include import IncludeImports

PATHS = (
    "include/shop/cart.h",
    "include/shop/stock.h",
    "src/cart.c",
    "src/cart.h",
    "src/deep/total.c",
    "src/string.h",
    "src/version.h.in",
    "src/grammar.y",
    "vendor/shop/cart.h",
    "vendor/a/util.h",
    "vendor/b/util.h",
    "lib/only.hpp",
)


def rules() -> IncludeImports:
    return IncludeImports(FileSet(DictTree("fake", dict.fromkeys(PATHS, "")), PATHS))


def check(importer: str, text: str, expected: Target) -> None:
    assert rules().resolve(importer, Import(text, "*", None, 0, 0)) == expected


@pytest.mark.parametrize(
    ("importer", "text", "file"),
    [
        ("src/cart.c", "cart.h", "src/cart.h"),  # beside the includer
        ("src/deep/total.c", "../cart.h", "src/cart.h"),
        ("src/cart.c", "shop/stock.h", "include/shop/stock.h"),
        ("src/cart.c", "<shop/stock.h>", "include/shop/stock.h"),
        ("src/cart.c", "shop/cart.h", "include/shop/cart.h"),  # `vendor` is no usual root
        ("src/cart.c", "<only.hpp>", "lib/only.hpp"),  # the only one of its name
    ],
)
def test_an_include_names_a_file(importer: str, text: str, file: str) -> None:
    check(importer, text, Target((file,)))


@pytest.mark.parametrize(
    "text",
    [
        "<stdio.h>",
        "<string.h>",  # the system's, although src/string.h exists
        "<nowhere.h>",
        "nowhere.h",  # may be on a search path that only the build knows
        "util.h",  # two, neither below a usual root
        "./version.h",  # made from version.h.in
        "./grammar.h",  # made by yacc
        "../../outside.h",
        "../nofolder/x.h",
    ],
)
def test_what_cannot_be_told_is_elsewhere(text: str) -> None:
    check("src/cart.c", text, EXTERNAL)


def test_only_a_path_that_begins_with_dots_can_be_missing() -> None:
    check("src/deep/total.c", "../stock.h", Target(missing=True))
    check("src/deep/total.c", "./part.h", Target(missing=True))
    check("src/deep/total.c", "<../stock.h>", EXTERNAL)


def test_nothing_is_visible_without_an_include() -> None:
    assert rules().visible("src/cart.h") == ()
    assert rules().bound_name(Import("cart.h", "*", None, 0, 0)) == "cart.h"
