"""What is proved of an edit, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from packing import view_of

from codeassist.base.edits import WorkspaceEdit
from codeassist.edits.answer import Create, Proposal, Replace, resolve
from codeassist.edits.verify import Intent, reparsed, verify

PLAIN = Intent()


def verified(
    files: Mapping[str, str | bytes], *proposals: Proposal, intent: Intent = PLAIN
) -> WorkspaceEdit:
    view = view_of(files)
    return verify(view, resolve(view, "T", proposals), intent)


def problems(files: Mapping[str, str | bytes], *proposals: Proposal, intent: Intent = PLAIN) -> str:
    """The problems of an edit, one a line; asserts that there are proofs where there are none."""
    edit = verified(files, *proposals, intent=intent)
    assert edit.problems or edit.proofs
    assert edit.is_verified == (not edit.problems)
    return "\n".join(edit.problems)


def test_a_harmless_edit_is_verified_and_says_how() -> None:
    edit = verified(
        {"a.py": "import os\n\ndef f():\n    return os\n"}, Replace("a.py", "return os", "return 1")
    )
    assert edit.is_verified
    said = "\n".join(edit.proofs)
    for word in (
        "no new syntax errors",
        "compiled by Python",
        "definition",
        "imports",
        "undefined",
    ):
        assert word in said


BROKEN = {
    "a.py": ("x = 1\n", "x = (1\n"),
    "a.js": ("let x = 1;\n", "let x = (1;\n"),
    "a.ts": ("let x: number = 1;\n", "let x: = 1;\n"),
    "a.tsx": ("let x = <a>1</a>;\n", "let x = <a>1</b;\n"),
    "a.go": ("package a\n\nvar x = 1\n", "package a\n\nvar x = (1\n"),
    "A.java": ("class A { int x = 1; }\n", "class A { int x = 1 \n"),
    "a.rs": ("fn f() { g(1); }\n", "fn f() { g(1; }\n"),
    "a.c": ("int x = 1;\n", "int x = (1;\n"),
    "a.cpp": ("int x = 1;\n", "int x = (1;\n"),
    "a.cs": ("class A { int x = 1; }\n", "class A { int x = (1; }\n"),
    "a.rb": ("def f\n  1\nend\n", "def f(\n  1\nend\n"),
    "a.php": ("<?php\n$x = 1;\n", "<?php\n$x = (1;\n"),
    "a.sh": ("if true; then echo 1; fi\n", "if true; then echo 1\n"),
    "a.kt": ("val x = f(1)\n", "val x = f(1\n"),
    "a.swift": ("let x = f(1)\n", "let x = f(1\n"),
    "a.scala": ("val x = f(1)\n", "val x = f(1\n"),
    "a.lua": ("local x = f(1)\n", "local x = f(1\n"),
}


@pytest.mark.parametrize("path", BROKEN)
def test_broken_syntax_is_a_problem_in_every_language(path: str) -> None:
    good, bad = BROKEN[path]
    assert "a new syntax error in line" in problems({path: good}, Replace(path, good, bad))
    assert not problems({path: good}, Replace(path, good, good + "\n\n"))


def test_a_new_file_has_to_parse_too() -> None:
    assert "syntax error in line 2" in problems({"a.py": "\n"}, Create("b.py", "x = 1\ny = (\n"))
    assert not problems({"a.py": "\n"}, Create("b.py", "x = 1\n"))


def test_a_file_that_was_broken_may_stay_so_elsewhere() -> None:
    source = "def f(:\n    pass\n\n\ndef g():\n    return 1\n"
    assert not problems({"a.py": source}, Replace("a.py", "return 1", "return 2"))
    assert "syntax error in line 6" in problems(
        {"a.py": source}, Replace("a.py", "return 1", "return (1")
    )


def test_one_error_for_another_is_a_problem() -> None:
    source = "def f(:\n    pass\n\n\nclass A:\n    y = 1\n"
    edits = Replace("a.py", "def f(:", "def f():"), Replace("a.py", "    y = 1", "    y = = 1")
    assert "syntax error in line 6" in problems({"a.py": source}, *edits)


def test_what_only_python_itself_refuses_is_a_problem() -> None:
    # A grammar for tree-sitter takes both.
    source = "def f():\n    x = 1\n"
    assert "Python does not compile it" in problems(
        {"a.py": source}, Replace("a.py", "x = 1", "x = 1\n    nonlocal x")
    )
    assert "Python does not compile it" in problems(
        {"a.py": "x = 1\n"}, Replace("a.py", "x = 1", "return 1")
    )


def test_python_that_this_version_cannot_compile_is_left_to_the_other_parser() -> None:
    source = "print 'x'\nx = 1\n"
    assert not problems({"a.py": source}, Replace("a.py", "x = 1", "x = 2"))


def test_warnings_of_the_compiler_are_no_problems() -> None:
    assert not problems({"a.py": "x = 1\n"}, Replace("a.py", "x = 1", "x = '\\d' is 'y'"))


def test_a_public_definition_that_goes_is_a_problem_unless_it_is_meant() -> None:
    files = {"a.py": "class A:\n    def f(self): ...\n    def _g(self): ...\n\ndef h(): ...\n"}
    rename = Replace("a.py", "def f", "def z")
    assert "`A.f` is public" in problems(files, rename)
    assert not problems(files, rename, intent=Intent(frozenset({"A.f"})))
    assert not problems(files, rename, intent=Intent(frozenset({"A"})))
    assert "`A.f` is public" in problems(files, rename, intent=Intent(frozenset({"h", "f"})))
    assert not problems(files, Replace("a.py", "def _g", "def _z"))


def test_a_class_that_goes_is_said_once() -> None:
    files = {"a.py": "class A:\n    def f(self): ...\n    def g(self): ...\nx = 1\n"}
    message = problems(files, Replace("a.py", files["a.py"], "x = 1\n"))
    assert message == "a.py: `A` is public, and it would be lost"


def test_what_moves_and_is_imported_back_is_not_lost() -> None:
    files = {"a.py": "def f():\n    return 1\n", "b.py": "from a import f\nf()\n"}
    move = Replace("a.py", files["a.py"], "from c import f\n"), Create("c.py", files["a.py"])
    assert not problems(files, *move)
    gone = Replace("a.py", files["a.py"], "x = 1\n"), Create("c.py", files["a.py"])
    assert "`f` is public" in problems(files, *gone)


def test_what_is_local_to_a_function_is_nobody_s_business() -> None:
    files = {"a.py": "def f():\n    def g(): ...\n    return g\n"}
    assert not problems(files, Replace("a.py", "    def g(): ...\n    return g", "    return 1"))


@pytest.mark.parametrize(
    ("path", "source", "private", "public"),
    [
        ("A.java", "class A {\n  $int f() { return 1; }\n}\n", "private ", "public "),
        ("a.ts", "class A {\n  $f() { return 1; }\n}\n", "private ", ""),
        ("a.js", "class A {\n  $f() { return 1; }\n}\n", "#", ""),
        ("a.go", "package a\n\nfunc $f() {}\n", "o", "O"),
        ("a.rs", "$fn f() {}\n", "", "pub "),
        ("a.swift", "$func f() {}\n", "fileprivate ", ""),
    ],
)
def test_what_is_private_may_go(path: str, source: str, private: str, public: str) -> None:
    rename = Replace(path, "f() {", "g() {")
    assert not problems({path: source.replace("$", private)}, rename)
    assert "is public" in problems({path: source.replace("$", public)}, rename)


def test_an_overload_that_goes_is_a_problem() -> None:
    source = "class A {\n  void f() {}\n  void f(int x) {}\n}\n"
    assert "an overload" in problems(
        {"A.java": source}, Replace("A.java", "  void f(int x) {}\n", "")
    )
    # In Python the second definition was the only one.
    source = "class A:\n    x = 1\n    def f(self): ...\n    def f(self, x): ...\n"
    assert not problems({"a.py": source}, Replace("a.py", "    def f(self): ...\n", ""))


def test_importers_of_what_goes_are_named() -> None:
    files = {
        "pkg/__init__.py": "from pkg.a import f\n",
        "pkg/a.py": "def f(): ...\ndef g(): ...\n",
        "b.py": "from pkg import f\n",
        "c.py": "import pkg.a\n\npkg.a.f()\n",
        "d.py": "from elsewhere import f\n",
        "e.py": "try:\n    from pkg.a import f\nexcept ImportError:\n    f = None\n",
    }
    rename = Replace("pkg/a.py", "def f", "def z")
    message = problems(files, rename, intent=Intent(frozenset({"f"})))
    assert "pkg/__init__.py, line 1: `f` of `pkg.a` is imported" in message
    assert "b.py, line 1: `f` of `pkg` is imported" in message
    assert "c.py, line 3: `f` is used" in message
    assert "d.py" not in message
    assert "e.py, line 2" not in message
    also = [
        Replace("pkg/__init__.py", "import f", "import z"),
        Replace("b.py", "import f", "import z"),
        Replace("c.py", "a.f()", "a.z()"),
        Replace("e.py", "import f", "import z as f"),
    ]
    assert not problems(files, rename, *also, intent=Intent(frozenset({"f"})))


def test_imports_across_typescript_are_followed() -> None:
    files = {"a.ts": "export function f() {}\n", "b.ts": "import { f } from './a';\nf();\n"}
    message = problems(
        files, Replace("a.ts", "function f", "function z"), intent=Intent(frozenset({"f"}))
    )
    assert "b.ts, line 1: `f` of `./a` is imported" in message


def test_a_new_import_has_to_find_something() -> None:
    files = {"a.py": "# here\n", "b.py": "y = 1\n"}
    broken = Replace("a.py", "# here", "from b import z\nz()")
    assert "`z` of `b` is imported" in problems(files, broken)
    assert not problems(files, Replace("a.py", "# here", "from b import y\ny()"))
    assert not problems(files, Replace("a.py", "# here", "from numpy import y\ny()"))
    # One that is new in the same answer is there.
    new = Replace("a.py", "# here", "from c import z\nz()"), Create("c.py", "z = 1\n")
    assert not problems(files, *new)


def test_an_import_that_was_broken_before_is_no_news() -> None:
    files = {"a.py": "from b import z\nx = 1\n", "b.py": "y = 1\n"}
    assert not problems(files, Replace("a.py", "x = 1", "x = 2"))


def test_uses_in_the_file_itself_are_found_in_other_languages_too() -> None:
    files = {"a.ts": "function f() {}\nexport function g() { f(); }\n"}
    message = problems(
        files, Replace("a.ts", "function f() {}\n", ""), intent=Intent(frozenset({"f"}))
    )
    assert "a.ts, line 1: `f` is used" in message


def test_undefined_names_of_python_are_problems() -> None:
    files = {"a.py": "import os\n\n\ndef f():\n    return os.name + old\n"}
    message = problems(files, Replace("a.py", "import os\n", ""))
    assert "Undefined name `os`" in message
    assert "old" not in message, "it was undefined before"


def test_a_definition_made_twice_is_a_problem() -> None:
    files = {"a.py": "def f():\n    return 1\n"}
    message = problems(files, Replace("a.py", "def f", "def f():\n    return 2\n\n\ndef f"))
    assert "edefinition of unused `f`" in message


def test_files_of_no_language_are_neither_proved_nor_refused() -> None:
    edit = verified({"a.md": "# x\n"}, Replace("a.md", "# x", "# ("))
    assert edit.is_verified


def test_earlier_problems_stay() -> None:
    view = view_of({"a.py": "x = 1\n"})
    edit = resolve(view, "T", [Replace("a.py", "1", "2")])
    marked = WorkspaceEdit("T", edit.files, ("it is too good",))
    assert verify(view, marked).problems == ("it is too good",)


def test_what_a_formatter_made_of_it_is_parsed_again() -> None:
    view = view_of({"a.py": "x = 1\n"})
    edit = verify(view, resolve(view, "T", [Replace("a.py", "1", "2")]))
    assert reparsed(view, edit) == edit
    (file,) = edit.files
    broken = replace(edit, files=(replace(file, after=b"x = (2\n"),))
    assert "syntax error" in reparsed(view, broken).problems[0]
