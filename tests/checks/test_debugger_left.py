"""CA302: which calls start a debugger, in each language, and which only look like it."""

import pytest
from checking import review_of

from codeassist.base.findings import Severity
from codeassist.checks import debugger_left


def check(path: str, text: str, before: str = "", **others: str) -> list[tuple[int, str]]:
    """(0-based line, callee) of each finding when `text` becomes a file's content."""
    old = {path: before, **others} if before else dict(others)
    found = debugger_left.run(review_of(old, {path: text, **others}))
    return [(finding.location.span.start_line, finding.subject) for finding in found]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", "def f():\n    breakpoint()\n", [(1, "breakpoint")]),
        ("a.py", "import pdb; pdb.set_trace()\n", [(0, "pdb.set_trace")]),
        ("a.py", "from ipdb import set_trace\nset_trace()\n", [(1, "set_trace")]),
        ("a.py", '__import__("pdb").set_trace()\n', [(0, "__import__('pdb').set_trace")]),
        ("a.js", "function f() {\n  debugger;\n}\n", [(1, "debugger")]),
        ("a.ts", "const f = (): void => { debugger }\n", [(0, "debugger")]),
        ("a.tsx", "const A = () => { debugger; return <a/> }\n", [(0, "debugger")]),
        ("a.rb", "def f\n  binding.pry\n  1\nend\n", [(1, "binding.pry")]),
        ("a.rb", "def f\n  byebug\n  1\nend\n", [(1, "byebug")]),
        ("a.rb", "def f(x)\n  debugger if x\nend\n", [(1, "debugger")]),
        (
            "a.go",
            "package a\n\nfunc f() {\n\truntime.Breakpoint()\n}\n",
            [(3, "runtime.Breakpoint")],
        ),
        ("a.rs", "fn f() {\n    let a = dbg!(g());\n}\n", [(1, "dbg!")]),
        ("a.rs", "fn f() {\n    std::dbg!(g());\n}\n", [(1, "dbg!")]),
        ("A.cs", "class A { void F() {\n Debugger.Break();\n} }\n", [(1, "Debugger.Break")]),
        (
            "A.cs",
            "class A { void F() {\n System.Diagnostics.Debugger.Launch();\n} }\n",
            [(1, "Debugger.Launch")],
        ),
        ("a.php", "<?php\nvar_dump($x);\n", [(1, "var_dump")]),
        ("a.php", "<?php\n\\dd($x);\n", [(1, "dd")]),
        ("a.lua", "local function f()\n  debug.debug()\nend\n", [(1, "debug.debug")]),
    ],
)
def test_debuggers(path: str, text: str, expected: list[tuple[int, str]]) -> None:
    assert check(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "# breakpoint()\nTEXT = 'breakpoint()'\n"),
        ("a.py", "def breakpoint():\n    pass\n\nbreakpoint()\n"),
        ("a.py", "from mine import breakpoint\nbreakpoint()\n"),
        ("a.py", "def f(breakpoint):\n    breakpoint()\n"),
        ("a.py", "self.breakpoint()\n"),
        ("a.py", "from mine import set_trace\nset_trace()\n"),
        ("a.py", "import pdb\npdb.post_mortem()\n"),
        ("a.py", "def f(args):\n    if args.pdb:\n        breakpoint()\n"),
        ("a.js", "// debugger;\nconst a = 'debugger;'; console.log(a)\n"),
        ("a.rb", "debugger = make\ndebugger.start\nx.byebug\n# byebug\n"),
        ("A.cs", "class A { void F() { if (Debugger.IsAttached) Debugger.Break(); } }\n"),
        ("a.rs", '// dbg!(x)\nfn f() { println!("dbg!"); }\n'),
        ("tests/FooTest.php", "<?php\nvar_dump($x);\n"),
        ("a.php", "<?php\n$this->dd($x); // dd($x)\n"),
    ],
)
def test_what_is_no_debugger(path: str, text: str) -> None:
    assert check(path, text) == []


def test_an_old_debugger_call_is_not_reported_again() -> None:
    old = "breakpoint()\n"
    assert check("a.py", old + "x = 1\n", before=old) == []


def test_a_function_of_that_name_elsewhere_in_the_repository() -> None:
    helpers = {"helpers.php": "<?php\nfunction dd($x) {\n  return $x;\n}\n"}
    assert check("a.php", "<?php\ndd($x);\n", **helpers) == []


def test_var_dump_is_only_worth_a_note() -> None:
    (finding,) = debugger_left.run(review_of({}, {"a.php": "<?php\nvar_dump($x);\n"}))
    assert finding.severity is Severity.INFO
