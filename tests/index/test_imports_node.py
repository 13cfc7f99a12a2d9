"""Node's and TypeScript's import rules, from Node's documentation and the TypeScript handbook."""

import pytest
from trees import DictTree

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.node import NodeImports
from codeassist.index.imports.node_config import parse_json

MISSING = Target(missing=True)


def resolve(texts: dict[str, str], importer: str, module: str) -> Target:
    rules = NodeImports(FileSet(DictTree("fake", texts), texts))
    return rules.resolve(importer, Import(module, None, None, 0, 0))


def check(texts: dict[str, str], importer: str, module: str, expected: str | Target) -> None:
    target = Target((expected,)) if isinstance(expected, str) else expected
    assert resolve(texts, importer, module) == target


RELATIVE = dict.fromkeys(
    (
        "src/app.ts",
        "src/util.ts",
        "src/util.test.ts",
        "src/old.js",
        "src/data.json",
        "src/types.d.ts",
        "src/Button.native.tsx",
        "src/store/index.tsx",
        "src/gone.test.ts",
        "index.js",
    ),
    "",
)


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("./util", "src/util.ts"),
        ("./util.js", "src/util.ts"),
        ("./util.ts", "src/util.ts"),
        ("./old", "src/old.js"),
        ("./old.js", "src/old.js"),
        ("./data.json", "src/data.json"),
        ("./types", "src/types.d.ts"),
        ("./store", "src/store/index.tsx"),
        ("./store/index.js", "src/store/index.tsx"),
        ("../src/util", "src/util.ts"),
        ("..", "index.js"),
        ("./data.json?raw", "src/data.json"),
    ],
)
def test_a_relative_path_names_a_file_or_a_folder_with_an_index(module: str, expected: str) -> None:
    check(RELATIVE, "src/app.ts", module, expected)


@pytest.mark.parametrize("module", ["./gone", "./gone.js", "../src/nothing", "./store/none"])
def test_a_relative_path_without_a_file_in_a_known_folder_is_missing(module: str) -> None:
    check(RELATIVE, "src/app.ts", module, MISSING)


@pytest.mark.parametrize(
    "module",
    [
        "./Button",  # Button.native.tsx is one of its forms
        "../dist/app",  # no such folder: built
        "./routes.gen",
        "./$types",
        "../../outside",
        "/absolute",
        "react",
        "node:fs",
        "@scope/pkg",
        "raw-loader!./x.txt",
    ],
)
def test_what_may_be_elsewhere_or_generated_is_not_missing(module: str) -> None:
    check(RELATIVE, "src/app.ts", module, EXTERNAL)


MAPPED = {
    "tsconfig.base.json": '{"compilerOptions": {"paths": {"@lib/*": ["./libs/*/src"]}}}',
    "libs/cart/src/index.ts": "",
    "web/tsconfig.json": """{
      // "paths" of this app; the comma at the end is allowed
      "compilerOptions": {
        "baseUrl": ".", /* the app */
        "paths": {"@/*": ["src/*"], "@/ui/*": ["src/components/ui/*"], "config": ["./cfg.ts"],},
      },
    }""",
    "web/cfg.ts": "",
    "web/src/page.tsx": "",
    "web/src/components/ui/button.tsx": "",
    "web/shared/money.ts": "",
    "api/tsconfig.json": '{"extends": "../tsconfig.base"}',
    "api/main.ts": "",
    "vite/tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
    "vite/tsconfig.app.json": '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}',
    "vite/src/main.ts": "",
}


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("web/src/page.tsx", "@/page", "web/src/page.tsx"),
        ("web/src/page.tsx", "@/ui/button", "web/src/components/ui/button.tsx"),
        ("web/src/page.tsx", "config", "web/cfg.ts"),
        ("web/src/page.tsx", "shared/money", "web/shared/money.ts"),
        ("api/main.ts", "@lib/cart", "libs/cart/src/index.ts"),
        ("vite/src/main.ts", "~/main", "vite/src/main.ts"),
        ("web/src/page.tsx", "@/nothing", MISSING),
        ("web/src/page.tsx", "react", EXTERNAL),
        ("api/main.ts", "@lib/none", EXTERNAL),  # npm may have a package of that name
        ("libs/cart/src/index.ts", "@/page", EXTERNAL),
    ],
)
def test_tsconfig_maps_names(importer: str, module: str, expected: str | Target) -> None:
    check(MAPPED, importer, module, expected)


MONOREPO = {
    "package.json": '{"name": "root", "workspaces": ["packages/*", "apps/*"]}',
    "packages/core/package.json": """{
      "name": "@shop/core", "imports": {"#db": "./src/db.ts", "#util/*": "./src/util/*.ts"},
      "exports": {".": {"import": "./dist/index.mjs"}, "./client": "./src/client.ts"}}""",
    "packages/core/src/index.ts": "",
    "packages/core/src/client.ts": "",
    "packages/core/src/db.ts": "",
    "packages/core/src/util/text.ts": "",
    "packages/plain/package.json": '{"name": "plain", "main": "lib/main"}',
    "packages/plain/lib/main.js": "",
    "packages/plain/extra.js": "",
    "packages/bare/package.json": '{"name": "bare"}',
    "packages/bare/index.js": "",
    "packages/built/package.json": '{"name": "built", "main": "bundle.js"}',
    "fixtures/react/package.json": '{"name": "react", "main": "index.js"}',
    "fixtures/react/index.js": "",
    "apps/web/main.ts": "",
}


@pytest.mark.parametrize(
    ("importer", "module", "expected"),
    [
        ("apps/web/main.ts", "@shop/core", "packages/core/src/index.ts"),
        ("apps/web/main.ts", "@shop/core/client", "packages/core/src/client.ts"),
        ("apps/web/main.ts", "@shop/core/db", EXTERNAL),  # not among its exports
        ("apps/web/main.ts", "plain", "packages/plain/lib/main.js"),
        ("apps/web/main.ts", "plain/extra", "packages/plain/extra.js"),
        ("apps/web/main.ts", "bare", "packages/bare/index.js"),
        ("apps/web/main.ts", "built", EXTERNAL),
        ("apps/web/main.ts", "react", EXTERNAL),  # a fixture, no workspace package
        ("packages/core/src/client.ts", "#db", "packages/core/src/db.ts"),
        ("packages/core/src/client.ts", "#util/text", "packages/core/src/util/text.ts"),
        ("packages/core/src/client.ts", "#none", EXTERNAL),
        ("packages/core/src/db.ts", "@shop/core", "packages/core/src/index.ts"),
    ],
)
def test_a_workspace_package(importer: str, module: str, expected: str | Target) -> None:
    check(MONOREPO, importer, module, expected)


def test_pnpm_lists_packages_in_its_own_file() -> None:
    texts = {
        "pnpm-workspace.yaml": "packages:\n  - 'libs/**'\n  - '!**/test/**'\n",
        "libs/a/b/package.json": '{"name": "deep", "source": "src/main.ts"}',
        "libs/a/b/src/main.ts": "",
        "app.ts": "",
    }
    check(texts, "app.ts", "deep", "libs/a/b/src/main.ts")


def test_a_reexport_without_a_module_is_of_this_very_file() -> None:
    rules = NodeImports(FileSet(DictTree("fake", RELATIVE), RELATIVE))
    own = Import(".", "a", "b", 0, 0, exported=True)
    assert rules.resolve("src/app.ts", own) == Target(("src/app.ts",))
    folder = Import("./", "a", "b", 0, 0, exported=True)
    assert rules.resolve("src/store/x.ts", folder) == Target(("src/store/index.tsx",))


def test_an_import_without_a_name_binds_nothing() -> None:
    rules = NodeImports(FileSet(DictTree("fake", RELATIVE), RELATIVE))
    assert rules.bound_name(Import("./util", None, None, 0, 0)) == ""
    assert rules.visible("src/app.ts") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": "// no comment, /* nor this */", }', {"a": "// no comment, /* nor this */"}),
        ('{"a": ",}"} // end', {"a": ",}"}),
        ("[1]", {}),
        ("{", {}),
        (None, {}),
    ],
)
def test_json_with_comments_and_trailing_commas(text: str | None, expected: object) -> None:
    assert parse_json(text) == expected
