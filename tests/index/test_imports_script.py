"""The import rules of Ruby, Bash and Lua, from their manuals: literal paths and module names."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.script import ScriptImports

MISSING = Target(missing=True)

RUBY = (
    "lib/shop.rb",
    "lib/shop/order.rb",
    "lib/shop/parser.y",
    "spec/spec_helper.rb",
    "spec/shop/order_spec.rb",
    "gems/far/lib/far/thing.rb",
)
BASH = ("build.sh", "scripts/run.sh", "scripts/lib/log.sh", "etc/config.sh", "etc/env")
LUA = (
    "lua/shop/init.lua",
    "lua/shop/order.lua",
    "lua/shop/fast.c",
    "plugin/shop.lua",
    "tests/helper.lua",
    "tests/order_spec.lua",
)


def rules(paths: tuple[str, ...]) -> ScriptImports:
    return ScriptImports(FileSet(DictTree("fake", dict.fromkeys(paths, "")), paths))


def check(paths: tuple[str, ...], importer: str, module: str, expected: Target | str) -> None:
    target = Target((expected,)) if isinstance(expected, str) else expected
    assert rules(paths).resolve(importer, Import(module, "*", None, 0, 0)) == target


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("lib/shop.rb", "require_relative shop/order", "lib/shop/order.rb"),
        ("spec/shop/order_spec.rb", "require_relative ../spec_helper.rb", "spec/spec_helper.rb"),
        ("lib/shop/order.rb", "require shop", "lib/shop.rb"),
        ("spec/shop/order_spec.rb", "require spec_helper", "spec/spec_helper.rb"),
        ("lib/shop.rb", "autoload shop/order", "lib/shop/order.rb"),
        ("lib/shop.rb", "require far/thing", "gems/far/lib/far/thing.rb"),
        ("lib/shop.rb", "require json", EXTERNAL),
        ("lib/shop.rb", "require shop/gone", EXTERNAL),  # the load path is not known
        ("lib/shop.rb", "require_relative shop/gone", MISSING),
        ("lib/shop.rb", "require_relative shop/parser", EXTERNAL),  # made from parser.y
        ("lib/shop.rb", "require_relative ../../outside", EXTERNAL),
    ],
)
def test_ruby(importer: str, module: str, expected: Target | str) -> None:
    check(RUBY, importer, module, expected)


def test_ruby_with_an_extension_in_c_may_be_compiled() -> None:
    check((*RUBY, "ext/extconf.rb"), "lib/shop.rb", "require_relative shop/gone", EXTERNAL)


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("scripts/run.sh", "./lib/log.sh", "scripts/lib/log.sh"),
        ("scripts/run.sh", "etc/config.sh", "etc/config.sh"),  # from the repository's root
        ("scripts/run.sh", '"$(dirname "$0")/lib/log.sh"', "scripts/lib/log.sh"),
        ("scripts/run.sh", '$(dirname "${BASH_SOURCE[0]}")/../etc/env', "etc/env"),
        ("scripts/run.sh", "${BASH_SOURCE%/*}/lib/log.sh", "scripts/lib/log.sh"),
        ("scripts/run.sh", "$HERE/lib/log.sh", "scripts/lib/log.sh"),
        ("scripts/run.sh", "${ROOT}/etc/config.sh", "etc/config.sh"),
        ("scripts/run.sh", '$(dirname "$0")/lib/gone.sh', MISSING),
        ("scripts/run.sh", "./lib/gone.sh", EXTERNAL),  # depends on the current folder
        ("scripts/run.sh", "$HERE/lib/gone.sh", EXTERNAL),
        ("scripts/run.sh", "$(dirname $0)/venv/bin/activate", EXTERNAL),
        ("scripts/run.sh", "/etc/profile", EXTERNAL),
        ("scripts/run.sh", "lib/$NAME.sh", EXTERNAL),
    ],
)
def test_bash(importer: str, module: str, expected: Target | str) -> None:
    check(BASH, importer, module, expected)


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("plugin/shop.lua", "shop.order", "lua/shop/order.lua"),
        ("plugin/shop.lua", "shop/order", "lua/shop/order.lua"),
        ("plugin/shop.lua", "shop", "lua/shop/init.lua"),
        ("tests/order_spec.lua", "tests.helper", "tests/helper.lua"),
        ("tests/order_spec.lua", "helper", "tests/helper.lua"),  # beside the script
        ("plugin/shop.lua", "shop.gone", MISSING),
        ("plugin/shop.lua", "shop.fast", EXTERNAL),  # compiled from fast.c
        ("plugin/shop.lua", "socket.http", EXTERNAL),
        ("plugin/shop.lua", "json", EXTERNAL),
    ],
)
def test_lua(importer: str, module: str, expected: Target | str) -> None:
    check(LUA, importer, module, expected)


def test_nothing_is_bound_or_visible_by_itself() -> None:
    assert rules(LUA).bound_name(Import("shop.order", None, None, 0, 0)) == ""
    assert rules(LUA).visible("lua/shop/init.lua") == ()
