"""PHP's and C#'s import rules: PSR-4, PSR-0, Composer's schema; namespaces that folders follow."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.namespace import NamespaceImports

COMPOSER = """{"autoload": {
  "psr-4": {"Shop\\\\": "src/", "Shop\\\\Plugin\\\\": ["plugins/", "extra"]},
  "psr-0": {"Old_": "lib"}},
 "autoload-dev": {"psr-4": {"Shop\\\\Tests\\\\": "tests"}}}"""

PHP = {
    "composer.json": COMPOSER,
    "src/Order.php": "",
    "src/helpers.php": "",
    "src/Tax/Rate.php": "",
    "src/Tax/functions.php": "",
    "extra/Far.php": "",
    "lib/Old/Deep/Thing.php": "",
    "tests/OrderTest.php": "",
    "vendor/other/composer.json": '{"autoload": {"psr-4": {"Other\\\\": "src"}}}',
    "vendor/other/src/Thing.php": "",
    "broken/composer.json": "{",
}

CSHARP = {
    "src/Shop.Core/Money.cs": "",
    "src/Shop.Core/Tax/Rate.cs": "",
    "src/Shop.Core/Tax/Table.cs": "",
    "src/Shop.Core/Tax/notes.md": "",
    "tests/Shop/Core/Tax/RateTests.cs": "",
}


def resolve(texts: dict[str, str], importer: str, module: str, name: str) -> Target:
    rules = NamespaceImports(FileSet(DictTree("fake", texts), texts))
    return rules.resolve(importer, Import(module, name, None, 0, 0))


@pytest.mark.parametrize(
    ("module", "name", "expected"),
    [
        ("Shop", "Order", "src/Order.php"),
        ("Shop\\Tax", "Rate", "src/Tax/Rate.php"),
        ("\\Shop\\Tax", "Rate", "src/Tax/Rate.php"),
        ("Shop\\Plugin", "Far", "extra/Far.php"),  # the second folder of the longer prefix
        ("Shop\\Tests", "OrderTest", "tests/OrderTest.php"),
        ("", "Old_Deep_Thing", "lib/Old/Deep/Thing.php"),  # PSR-0: underscores are folders
    ],
)
def test_php_class(module: str, name: str, expected: str) -> None:
    assert resolve(PHP, "src/Order.php", module, name) == Target((expected,))


def test_php_function_comes_from_the_files_of_its_namespace() -> None:
    found = resolve(PHP, "src/Order.php", "Shop\\Tax", "round_up")
    assert found == Target(("src/Tax/Rate.php", "src/Tax/functions.php"))
    assert resolve(PHP, "src/Order.php", "Shop\\Away", "round_up") == EXTERNAL


def test_php_namespace_alias() -> None:
    assert resolve(PHP, "src/Order.php", "Shop", "Tax") == Target((), "src/Tax")


@pytest.mark.parametrize(
    ("module", "name", "missing"),
    [
        ("Shop\\Tax", "Gone", True),
        ("Shop\\Plugin", "Gone", False),  # one of its two folders may be filled later
        ("Shop", "Gone", False),  # another package may add to the vendor's own namespace
        ("Shop\\Away", "Gone", False),  # and this may be that package
        ("Other", "Thing", False),  # installed
        ("", "Exception", False),
    ],
)
def test_php_missing_class(module: str, name: str, missing: bool) -> None:
    assert resolve(PHP, "src/Order.php", module, name) == Target(missing=missing)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("require_once __DIR__ . '/helpers.php", Target(("src/helpers.php",))),
        ("require(__DIR__.'/helpers.php')", Target(("src/helpers.php",))),
        ("include 'helpers.php", Target(("src/helpers.php",))),
        ("require dirname(__FILE__) . '/Tax/Rate.php", Target(("src/Tax/Rate.php",))),
        ("require dirname(__DIR__) . '/extra/Far.php", Target(("extra/Far.php",))),
        ("require dirname(__FILE__, 2) . '/extra/Far.php", Target(("extra/Far.php",))),
        ("require __DIR__ . '/gone.php", Target(missing=True)),
        ("include __DIR__ . '/gone.php", EXTERNAL),  # warns only
        ("require 'gone.php", EXTERNAL),  # perhaps on the include path
        ("require __DIR__ . '/../vendor/autoload.php", EXTERNAL),
        ("require __DIR__ . '/away/gone.php", EXTERNAL),  # a folder of generated files, perhaps
        ("require $path", EXTERNAL),
        ("require __DIR__ . '/lang-' . $code . '.php", EXTERNAL),
    ],
)
def test_php_require(text: str, expected: Target) -> None:
    assert resolve(PHP, "src/Order.php", text, "*") == expected


@pytest.mark.parametrize(
    ("module", "files"),
    [
        ("Shop.Core", ("src/Shop.Core/Money.cs",)),
        (
            "Shop.Core.Tax",
            (
                "src/Shop.Core/Tax/Rate.cs",
                "src/Shop.Core/Tax/Table.cs",
                "tests/Shop/Core/Tax/RateTests.cs",
            ),
        ),
        ("Shop.Core.Money", ("src/Shop.Core/Money.cs",)),  # `using static`
        ("System.Text", ()),
        ("Shop.Core.Gone", ()),  # never missing: folders need not follow namespaces
        ("hop.Core", ()),
    ],
)
def test_csharp_namespace(module: str, files: tuple[str, ...]) -> None:
    assert resolve(CSHARP, "src/Shop.Core/Money.cs", module, "*") == Target(files)


def test_visible_files_share_the_folder() -> None:
    rules = NamespaceImports(FileSet(DictTree("fake", CSHARP), CSHARP))
    assert rules.visible("src/Shop.Core/Tax/Rate.cs") == ("src/Shop.Core/Tax/Table.cs",)
    rules = NamespaceImports(FileSet(DictTree("fake", PHP), PHP))
    assert rules.visible("src/Order.php") == ("src/helpers.php",)


def test_bound_name() -> None:
    rules = NamespaceImports(FileSet(DictTree("fake", PHP), PHP))
    assert rules.bound_name(Import("Shop\\Tax", None, None, 0, 0)) == "Tax"
