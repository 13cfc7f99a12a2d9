"""Tests of the overview from facts alone: what it says of small repositories, and of odd ones."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from overviews import MIXED, bare, overview, scene_of, section, subject_of
from packing import Files, view_of
from trees import DictTree

from codeassist.base.cancellation import Cancelled
from codeassist.base.errors import UsageError
from codeassist.context.pieces import Focus
from codeassist.tasks.architecture import ArchitectureOptions, run
from codeassist.tasks.task import Reach, Subject

GOLDEN = Path(__file__).parent / "golden"


def check(files: Files, title: str, expected: str) -> None:
    """A section of the overview, without the addresses of links, has these lines in this order."""
    lines = bare(section(overview(files), title)).splitlines()
    wanted = [line.strip() for line in expected.strip().splitlines()]
    assert [line for line in lines if line in wanted] == wanted, "\n".join(lines)


def refused(files: Files, folder: str = "", document_folder: str = "") -> str:
    """The message of the UsageError instead of an overview."""
    view = view_of(files)
    task = run(scene_of(view), subject_of(view, folder), ArchitectureOptions(document_folder))
    with pytest.raises(UsageError) as error:
        next(task)
    assert error.value.remedy
    return error.value.message


def test_the_whole_document(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "architecture_mixed.md", overview(MIXED))


def test_the_same_state_gives_the_same_document() -> None:
    backwards = dict(sorted(MIXED.items(), reverse=True))
    assert overview(MIXED) == overview(backwards)


def test_links_lead_from_where_the_document_is() -> None:
    assert "](../shop/cart.py#L5)" in overview(MIXED, document_folder="docs")


def test_a_folder_is_described_with_its_ties() -> None:
    document = overview(MIXED | {"web/tool.py": "import shop.cart\n"}, folder="shop")
    assert document.startswith("# Architecture of `shop`\n")
    assert "worker" not in document
    ties = bare(section(document, "Ties to the rest of the repository"))
    assert ties == "- Imported by: tests/test_cart.py (1), web/tool.py (1)"


def test_a_single_file() -> None:
    document = overview({"run.py": '"""Runs."""\n\n\ndef go():\n    """Goes."""\n'})
    assert "There is one module: [`run.py`](run.py)." in document
    assert "mermaid" not in document
    assert "- function [`go`](run.py#L4): Goes." in document


@pytest.mark.parametrize(
    "files", [{}, {"README.md": "# Nothing\n"}, {"vendor/x.py": "def f(): pass\n"}]
)
def test_nothing_to_describe_is_an_error(files: Files) -> None:
    assert refused(files) == "there is no source file to describe in the repository"


def test_a_document_outside_of_the_repository_is_an_error() -> None:
    assert "../x is not in the repository" in refused(MIXED, document_folder="../x")
    assert "/tmp is not in the repository" in refused(MIXED, document_folder="/tmp")


def test_a_file_is_no_subject() -> None:
    view = view_of(MIXED)
    subject = Subject("shop/cart.py", Reach.FILE, Focus("shop/cart.py"), ("shop/cart.py",))
    with pytest.raises(UsageError, match=r"shop/cart\.py is neither"):
        next(run(scene_of(view), subject, ArchitectureOptions()))


def test_it_can_be_cancelled() -> None:
    view = view_of(MIXED)
    scene = scene_of(view)
    scene.token.cancel()
    with pytest.raises(Cancelled):
        next(run(scene, subject_of(view), ArchitectureOptions()))


def test_a_cycle_is_told_with_the_imports_that_make_it() -> None:
    files = {
        "a/x.py": "import b.y\nimport b.z\n",
        "b/y.py": "def f():\n    import a.x\n",
        "b/z.py": "",
        "c/w.py": "import a.x\n",
    }
    document = overview(files)
    assert " -.->|1| " in document
    said = bare(document.partition("### Cycles\n\n")[2].partition("\n## ")[0])
    # b/z.py is empty and therefore in no module, so one import leads each way; the later closes.
    assert "import each other in circles. Without 1 import there would be none:" in said
    assert re.search(r"^- \S+ → \S+: 1 import \(against 1 the other way\): ", said, re.MULTILINE)


def test_no_cycle_is_said_to_be_none() -> None:
    document = overview({"a/x.py": "import b.y\n", "b/y.py": "y = 1\n"})
    assert "There is no cycle among the modules." in document
    assert "-.->" not in document


def test_modules_without_imports_are_no_picture() -> None:
    document = overview({"a.py": "x = 1\n", "b.py": "y = 1\n"})
    assert "No module imports another." in document
    assert "mermaid" not in document


def test_definitions_are_sorted_by_their_users_and_hidden_ones_left_out() -> None:
    files = {
        "lib.py": (
            "def rare():\n    pass\n\n\nclass Often:\n    '''Used much. Yes.'''\n\n\n"
            "def _hidden():\n    pass\n\n\ndef never():\n    pass\n"
        ),
        "a.py": "from lib import Often, rare, _hidden\n",
        "b.py": "import lib\n\nlib.Often()\n",
        "c.py": "# Often is only a word here.\nx = 1\n",
        "tests/test_lib.py": "from lib import never\n",  # tests are no users of the program
    }
    check(
        files,
        "Modules",
        """
        - class Often, used by 2 files: Used much.
        - function rare, used by 1 file
        - function never
        """,
    )
    assert "hidden" not in overview(files)


def test_a_package_that_passes_a_name_on_has_users_too() -> None:
    files = {
        "p/__init__.py": "from p.core import Thing\n",
        "p/core.py": "class Thing:\n    pass\n",
        "a.py": "from p import Thing\n",
    }
    # The package's own file and the one that imports from the package.
    check(files, "Modules", "- class Thing, used by 2 files")


TWO_LINES = '# coding: utf-8\n"""\nSays it\nin two lines. Yes.\n"""\n'
LICENSED = "// Copyright 2020 A\n\n// Package m says it.\npackage m\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("m/__init__.py", '"""Says it.\n\nMore.\n"""\n', "Says it."),
        ("m/__init__.py", TWO_LINES, "Says it in two lines."),
        ("m/doc.go", LICENSED, "Package m says it."),
        ("m/lib.rs", "//! Says it.\nmod a;\n", "Says it."),
        ("m/index.ts", "// Says it.\n\nexport const x = 1;\n", "Says it."),
        ("m/README.md", "# M\n\nSays *it* `so`.\n", "Says it so."),
        ("m/README.rst", "M\n=\n\n.. image:: x\n\nSays it.\n", "Says it."),
    ],
)
def test_a_module_is_quoted(path: str, text: str, expected: str) -> None:
    code = {f"m/f{n}.py": f"x = {n}\n" for n in range(3)}
    files = {path: text, **code, "a.py": "", **{f"z{n}/a.py": "y = 1\n" for n in range(4)}}
    assert f"> {expected} ({path})" in bare(overview(files))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("m/index.ts", "// Copyright 2020 A. Licensed to all.\n\nexport const x = 1;\n"),
        ("m/index.ts", "/** Speaks for x alone. */\nexport const x = 1;\n"),
        ("m/__init__.py", "x = 1\n'''Too late.'''\n"),
        ("m/README.md", "# M\n\n![picture](x.png)\n\n<p>html</p>\n\n- a list\n"),
    ],
)
def test_a_module_that_says_nothing_is_not_quoted(path: str, text: str) -> None:
    code = {f"m/f{n}.py": f"x = {n}\n" for n in range(3)}
    files = {path: text, **code, **{f"z{n}/a.py": "y = 1\n" for n in range(4)}}
    assert "\n> " not in overview(files)


ENTRY_FILES = {
    "pyproject.toml": '[project.scripts]\nshop = "shop.cli:main"\ngone = "shop.gone:main"\n',
    "setup.cfg": "[options.entry_points]\nconsole_scripts =\n    old = shop.cli:main\n",
    "package.json": '{"name": "@a/web", "main": "./lib/web", "bin": "cli.js"}\n',
    "Makefile": "all:\n",
    "shop/__main__.py": "import shop.cli\n",
    "shop/cli.py": "def main():\n    pass\n\n\nif __name__ == '__main__':\n    main()\n",
    "shop/no.py": "def main():\n    pass\n\n\ntext = '''\n__main__\n'''\n",
    "lib/web.js": "exports.x = 1;\n",
    "cli.js": "require('./lib/web');\n",
    "cmd/tool/main.go": "package main\n\nfunc main() {}\n",
    "cmd/lib/lib.go": "package lib\n\nfunc main() {}\n",
    "src/main.rs": "fn main() {}\n",
    "src/lib.rs": "fn main() {}\n",
    "App.java": "class App { public static void main(String[] a) {} void main() {} }\n",
    "NoApp.java": "class NoApp { void main(String[] a) {} }\n",
    "app.c": "int main(void) { return 0; }\n",
    "P.cs": "class P { static void Main() {} }\n",
}


def test_entry_points() -> None:
    assert bare(section(overview(ENTRY_FILES), "Entry points")).splitlines() == [
        "- command old: shop/cli.py:1, declared in setup.cfg:3",
        "- command shop: shop/cli.py:1, declared in pyproject.toml:2",
        "- command web: cli.js, declared in package.json:1",
        "- main module @a/web: lib/web.js, declared in package.json:1",
        "- main function App.java: App.java:1",
        "- main function P.cs: P.cs:1",
        "- main function app.c: app.c:1",
        "- main function tool: cmd/tool/main.go:3",
        "- module python -m shop: shop/__main__.py",
        "- script cli.py: shop/cli.py:5",
        "- main function src: src/main.rs:1",
        "- files of tools: Makefile",
    ]


@pytest.mark.parametrize(
    "manifest",
    [
        {"pyproject.toml": "[project.scripts\n"},
        {"pyproject.toml": "project = 1\n"},
        {"pyproject.toml": "[project.scripts]\na = 1\nb = ''\nc = ':x'\n"},
        {"setup.cfg": "no section\n"},
        {"package.json": "[1]"},
        {"package.json": '{"bin": {"a": 1, "b": "../../etc/passwd"}, "main": 3, "name": null}'},
        {"pyproject.toml": b"\xff\xfe\x00"},
    ],
)
def test_broken_manifests_declare_nothing(manifest: Files) -> None:
    assert "## Entry points" not in overview({"a.py": "x = 1\n", **manifest})


def test_tests_and_what_they_import() -> None:
    files = {
        "a/x.py": "x = 1\n",
        "b/y.py": "y = 1\n",
        "tests/test_x.py": "import a.x\n",
        "tests/deep/test_x2.py": "import a.x\n",
        "b/y_test.py": "import os\n",
    }
    said = bare(section(overview(files), "Tests")).splitlines()
    assert said[2:] == [
        "- tests/ (2 files) import a/x.py (2)",
        "- b/y_test.py imports no module",
        "",
        "No test imports b/y.py directly.",
    ]


def test_without_tests_that_is_said() -> None:
    assert "No file is recognised as a test" in overview({"a.py": "x = 1\n"})


def test_what_the_program_imports_is_no_test() -> None:
    files = {"app/main.py": "import app.testing.client\n", "app/testing/client.py": "x = 1\n"}
    assert "| tests |" not in overview(files)
    assert "| tests |" in overview(files | {"app/main.py": "x = 1\n"})


def test_packages_from_elsewhere() -> None:
    files = {
        "a.py": "import os\nimport numpy as np\nfrom yaml import load\nimport numpy.linalg\n",
        "b.py": "import numpy\nfrom . import gone\nimport c\n",
        "c.py": "x = 1\n",
        "w.ts": 'import a from "@s/p/deep";\nimport b from "lodash/fp";\nimport "node:fs";\n'
        'import p from "path";\nimport "./gone";\n',
        "m.go": 'package m\n\nimport (\n\t"fmt"\n\t"github.com/a/b/c/d"\n\t"gopkg.in/yaml.v3"\n)\n',
        "J.java": "import java.util.List;\nimport com.google.common.base.Joiner;\nclass J {}\n",
        "r.rs": "use std::io;\nuse serde::Deserialize;\nuse crate::x;\n",
        "h.c": '#include <stdio.h>\n#include <openssl/ssl.h>\n#include "gone.h"\n',
        "tests/test_a.py": "import pytest\nimport helper\n",
        "tests/lib/helper.py": "x = 1\n",
    }
    said = bare(section(overview(files), "External dependencies"))
    program, _, tests = said.partition("Imported by tests only:")
    assert re.findall(r"^- (\S+): (\d+)", program, re.MULTILINE) == [
        ("numpy", "2"),
        ("@s/p", "1"),
        ("com.google", "1"),
        ("github.com/a/b", "1"),
        ("gopkg.in/yaml.v3", "1"),
        ("lodash", "1"),
        ("openssl", "1"),
        ("serde", "1"),
        ("yaml", "1"),
    ]
    assert re.findall(r"^- (\S+): (\d+)", tests, re.MULTILINE) == [("pytest", "1")]


def test_workspace_packages_are_inside() -> None:
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "packages/ui/package.json": '{"name": "@acme/ui", "main": "src/index.ts"}',
        "packages/ui/src/index.ts": "export function button() {}\n",
        "packages/app/package.json": '{"name": "@acme/app"}',
        "packages/app/src/main.ts": 'import { button } from "@acme/ui";\nbutton();\n',
    }
    document = overview(files)
    assert "- function [`button`](packages/ui/src/index.ts#L1), used by 1 file" in document
    assert "External dependencies" not in document
    assert " -->|1| " in document


HOSTILE_NAMES = [
    'a"b].py',
    "end/graph.py",
    "<img src=x>/a.py",
    "%%{init}%%/a.py",
    "[x](javascript:alert(1))/a.py",
    "`tick`/a|b.py",
    "日本/é🎉.py",
    "sp ace/a#b?c.py",
    "new\nline/a.py",
    "@everyone/#1.py",
    "style: #fff;/a.py",
]


def test_hostile_names_are_only_text() -> None:
    files = {path: f"def f{n}():\n    pass\n" for n, path in enumerate(HOSTILE_NAMES)}
    document = overview(files)  # checks that all links lead to these files, and there is no HTML
    assert "\nnew" not in document


def test_hostile_words_are_only_text() -> None:
    hostile = "<script>alert(1)</script> ![x](http://e/x.png) [a](http://e) ``` @all"
    files = {
        "README.md": f"Hello {hostile}\n",
        "a/__init__.py": f'"""{hostile}"""\n',
        "a/b.py": f'def f():\n    """{hostile}"""\n',
        "package.json": '{"name": "<b>x</b>", "bin": {"[c](http://e)": "d.js"}}',
        "d.js": 'import x from "<b>";\n',
    }
    overview(files)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xef\xbb\xbfx = 1\r\n", b"caf\xe9 = 1\n", b"def (:\n", b"\tx=1", "x = '日'\n".encode()],
)
def test_odd_files_do_not_stop_it(data: bytes) -> None:
    document = overview({"odd.py": data, "a.py": "import odd\n"})
    assert "odd.py" in document or not data


def test_lines_are_counted() -> None:
    document = overview({"a.py": "x = 1\ny = 2", "b.py": "z = 1\n"})
    assert "| program | Python | 2 | 3 |" in document


def test_a_file_that_vanished_is_counted() -> None:
    view = view_of({"a.py": "x = 1\n", "gone.py": "y = 1\n"})
    assert isinstance(view.tree, DictTree)
    del view.tree._files["gone.py"]  # between the index and the overview
    with pytest.raises(StopIteration) as end:
        next(run(scene_of(view), subject_of(view), ArchitectureOptions()))
    assert "1 file that could not be read" in end.value.value.document


def edges(files: Files) -> set[str]:
    """The arrows of the picture, as "from > to"."""
    document = overview(files)
    label = dict(re.findall(r'^    (n\d+)\["(.*)"\]$', document, re.MULTILINE))
    arrows = re.findall(r"^    (n\d+) -[.-]+>\|\d+\| (n\d+)$", document, re.MULTILINE)
    return {f"{label[a]} > {label[b]}" for a, b in arrows}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # C#: namespaces are where they are declared, whatever the folders are called.
        (
            {
                "Core/Money.cs": "namespace Shop { public class Money {} }\n",
                "Old/Price.cs": "namespace Shop { public class Price {} }\n",
                "App/Run.cs": "using Shop;\nnamespace App { class Run { Money m; } }\n",
            },
            {"App/Run.cs > Core/Money.cs"},
        ),
        # Java: of a whole package those classes whose names are written.
        (
            {
                "a/src/main/java/com/x/A.java": "package com.x;\npublic class A {}\n",
                "b/src/main/java/com/x/B.java": "package com.x;\npublic class B {}\n",
                "c/C.java": "import com.x.*;\nclass C { B b; }\n",
            },
            {"c/C.java > b/src/main/java/com/x/B.java"},
        ),
        # Go: of a package the files that define what is written.
        (
            {
                "go.mod": "module m.io/m\n",
                "p/one.go": "package p\n\nfunc One() {}\n",
                "p/two.go": "package p\n\nfunc Two() {}\n",
                "main.go": 'package main\n\nimport "m.io/m/p"\n\nfunc main() { p.Two() }\n',
            },
            {"main.go > p/two.go"},
        ),
        # Python: a module of a package, not the package.
        (
            {
                "p/__init__.py": "x = 1\n",
                "p/sub.py": "y = 1\n",
                "a.py": "from p import sub\n",
                "b.py": "from p import x\n",
            },
            {"a.py > p/sub.py", "b.py > p/#95;#95;init#95;#95;.py"},
        ),
        # Nothing leads out of comments, strings and names that are not there.
        ({"a.py": "# import b\ns = 'import b'\n", "b.py": "x = 1\n"}, set()),
    ],
)  # fmt: skip
def test_arrows_lead_where_imports_do(files: Files, expected: set[str]) -> None:
    assert edges(files) == expected


def test_examples_are_one_module_however_many_they_are() -> None:
    examples = {f"examples/e{n}/f{k}.py": "import lib.a\n" for n in range(9) for k in range(9)}
    library = {f"lib/{name}.py": "x = 1\n" for name in "abc"}
    assert edges({**examples, **library}) == {"examples > lib/a.py"}
    # But where there is nothing else, they are what it is about.
    assert "### [`e1`](examples/e1/)" in overview(examples)


@pytest.mark.parametrize(
    "files",
    [
        {"a.h": "#ifndef A_H\n#define A_H\n\nint f(void);\n#endif\n"},
        {"a.rs": "#![allow(dead_code)]\n\npub struct A;\n"},
        {"a.sh": "#!/bin/sh\n\nrun() { :; }\n"},
        {"a.ts": "// TODO: tidy up\n\nexport const x = 1;\n"},
        {"README.md": "# A\n\n[English](a) | [日本語](b)\n", "a.py": "x = 1\n"},
    ],
)
def test_what_only_looks_like_words_is_not_quoted(files: Files) -> None:
    assert "\n> " not in overview(files)


def test_a_sentence_ends_where_its_comment_does() -> None:
    files = {"a.rs": "/// Takes the path\npub fn take(path: &Path) {\n    go(); // now.\n}\n"}
    check(files, "Modules", "- function take: Takes the path")
