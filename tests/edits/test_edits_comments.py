"""Edits of comments alone are proved to be that, in every language; anything else is found out."""

import pytest
from packing import view_of
from samples import samples

from codeassist.base.edits import TextEdit, WorkspaceEdit
from codeassist.edits.answer import Create, Proposal, Replace, resolve
from codeassist.edits.make import workspace_edit
from codeassist.edits.verify import Intent, verify
from codeassist.languages import for_path

COMMENTS_ONLY = Intent(comments_only=True)
HASH, DASHES, SLASHES = "# Said of it.", "-- Said of it.", "// Said of it."
MARKS = {"python": HASH, "ruby": HASH, "bash": HASH, "lua": DASHES}


def check(source: str, *proposals: Proposal, path: str = "a.py") -> str:
    """The problems of an edit that shall change comments alone."""
    view = view_of({path: source})
    edit = verify(view, resolve(view, "T", proposals), COMMENTS_ONLY)
    assert edit.problems or any("only comments change" in proof for proof in edit.proofs)
    return "\n".join(edit.problems)


def python(old: str, new: str) -> str:
    """The problems of making one text of Python of another."""
    view = view_of({"a.py": old})
    edit = workspace_edit(view, "T", {"a.py": [TextEdit(0, len(old.encode()), new)]})
    return "\n".join(verify(view, edit, COMMENTS_ONLY).problems)


def test_there_is_a_sample_of_every_language() -> None:
    from codeassist.languages import LANGUAGES

    found = {row.name for name in samples() if (row := for_path(name))}
    assert found == {row.name for row in LANGUAGES}


@pytest.mark.parametrize("name", samples())
def test_a_comment_above_every_definition_changes_nothing_else(name: str) -> None:
    source = samples()[name]
    view = view_of({name: source})
    outline, document = view.outline(name), view.document(name)
    assert outline is not None
    assert document is not None
    comment = MARKS.get(outline.language, SLASHES)
    edits: dict[int, TextEdit] = {}
    for symbol in outline.symbols:
        start = document.lines.line_start(document.lines.line_of(symbol.start))
        indent = document.data[start : symbol.start]
        if not indent.strip() and not _is_in_macro(document.data, start):
            edits[start] = TextEdit(start, start, f"{indent.decode()}{comment}\n")
    assert len(edits) > 2
    edit = verify(view, workspace_edit(view, "T", {name: list(edits.values())}), COMMENTS_ONLY)
    assert not edit.problems


def _is_in_macro(data: bytes, start: int) -> bool:
    """Whether the line before goes on: there a comment would end a macro."""
    return data[:start].rstrip(b"\r\n").endswith(b"\\")


@pytest.mark.parametrize("name", samples())
def test_every_changed_name_is_found_out(name: str) -> None:
    source = samples()[name]
    view = view_of({name: source})
    outline = view.outline(name)
    assert outline is not None
    for symbol in outline.symbols[:12]:
        edit = workspace_edit(
            view, "T", {name: [TextEdit(symbol.name_start, symbol.name_start, "x")]}
        )
        assert verify(view, edit, COMMENTS_ONLY).problems, symbol


def test_docstrings_may_come_change_and_go() -> None:
    bare = "class A:\n    def f(self):\n        return 1\n"
    docs = '        """F.\n\n        Of it.\n        """\n'
    full = f'"""M."""\n\nclass A:\n    """A."""\n\n    def f(self):\n{docs}        return 1\n'
    assert not python(bare, full)
    assert not python(full, bare)
    assert not python(full, full.replace("Of it.", 'Of "it".'))
    assert not python("def f(): return 1\n", 'def f():\n    """F."""\n    return 1\n')
    assert not python(
        "async def f():\n    # one\n    return 1\n",
        'async def f():\n    "F." " G."\n    # two\n    return 1\n',
    )


@pytest.mark.parametrize("statement", ["pass", "..."])
def test_the_statement_of_an_empty_body_stays(statement: str) -> None:
    old = f"class A:\n    {statement}\n"
    assert not python(old, f'class A:\n    """A."""\n\n    {statement}\n')
    assert "code changes" in python(old, 'class A:\n    """A."""\n')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("x = 1\n", "x = 2\n", id="number"),
        pytest.param("x = 'a'\n", "x = 'a '\n", id="blank in a string"),
        pytest.param("x = '''a\n b'''\n", "x = '''a\n  b'''\n", id="indentation in a string"),
        pytest.param("if x:\n    a()\n    b()\n", "if x:\n    a()\nb()\n", id="indentation"),
        pytest.param("def f():\n    x()\n", "def f():\n    f'F.'\n    x()\n", id="f-string"),
        pytest.param("def f():\n    return 1\n", "def f():\n    b'F.'\n    return 1\n", id="bytes"),
        pytest.param("def f():\n    x()\n", "def f():\n    x()\n    'F.'\n", id="string elsewhere"),
        pytest.param("if x:\n    y()\n", "if x:\n    'F.'\n    y()\n", id="string in a branch"),
        pytest.param("x = 1\n", "x = 1; y = 2\n", id="more code"),
        pytest.param("x = 1\ny = 2\n", "x = 1\n", id="less code"),
        pytest.param("x = 1\n", "# x = 1\n", id="code into a comment"),
        pytest.param("# x = 1\n", "x = 1\n", id="a comment into code"),
        pytest.param("def f(): ...\n", "def f() -> int: ...\n", id="annotation"),
        pytest.param("@a\ndef f(): ...\n", "def f(): ...\n", id="decorator"),
        pytest.param("import a\nimport b\n", "import b\nimport a\n", id="order"),
    ],
)  # fmt: skip
def test_everything_else_in_python_is_code(old: str, new: str) -> None:
    assert python(old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("a.py", "x = y  # type: ignore\n", "x = y\n"),
        ("a.py", "#!/usr/bin/python\nx = 1\n", "#!/usr/bin/env python\nx = 1\n"),
        ("a.py", "# -*- coding: utf-8 -*-\nx = 1\n", "x = 1\n"),
        ("a.py", "x = 1\n", "x = 1  # noqa: F821\n"),
        ("a.go", "//go:build linux\n\npackage a\n", "package a\n"),
        ("a.ts", "// @ts-ignore\nlet x = 1;\n", "// Ignored.\nlet x = 1;\n"),
        ("a.js", "/* eslint-disable */\nlet x = 1;\n", "let x = 1;\n"),
        ("a.rb", "# frozen_string_literal: true\nx = 1\n", "x = 1\n"),
        ("a.sh", "# shellcheck disable=SC2034\nx=1\n", "x=1\n"),
        ("a.cpp", "int x; // NOLINT\n", "int x;\n"),
    ],
)
def test_comments_that_are_instructions_are_code(path: str, old: str, new: str) -> None:
    assert "instruction" in check(old, Replace(path, old, new), path=path)


def test_the_place_of_what_changed_is_named() -> None:
    source = "x = 1\n\ny = 2\n"
    assert "line 3, `y = 3`" in check(source, Replace("a.py", "y = 2", "y = 3"))
    assert "before line 2" in check(source, Replace("a.py", "\ny = 2\n", ""))


def test_a_new_file_is_no_comment() -> None:
    assert "new file" in check("x = 1\n", Create("b.py", "# x\n"))


def test_a_file_of_no_language_cannot_be_proved() -> None:
    view = view_of({"a.md": "# x\n"})
    edit: WorkspaceEdit = resolve(view, "T", [Replace("a.md", "# x", "# y")])
    assert "syntax is not known" in verify(view, edit, COMMENTS_ONLY).problems[0]


def test_a_broken_comment_that_swallows_code_is_found_out() -> None:
    source = "int f();\nint g();\n"
    assert check(source, Replace("a.c", "int f();", "/* One.\nint f();"), path="a.c")
    assert not check(source, Replace("a.c", "int f();", "/* One. */\nint f();"), path="a.c")
