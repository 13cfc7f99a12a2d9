"""The syntactic refactorings: between neighbouring statements, in one function, order kept.

The rules of evaluation are those of each language's specification: from left to right, with
`&&`, `||`, `??` and conditionals evaluating what they need.
"""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import check, check_not, done

VARIABLE, INLINE, RENAME, FLIP = "extract-variable", "inline", "rename", "flip-if"


def go(body: str) -> str:
    return f"package p\n\nfunc f(a T, b int) int {{\n{body}}}\n"


def js(body: str) -> str:
    return f"function f(a, b) {{\n{body}}}\n"


def java(body: str) -> str:
    return f"class A {{\n  int f(B a, int b) {{\n{body}  }}\n}}\n"


def php(body: str) -> str:
    return f"<?php\nfunction f($a, $b) {{\n{body}}}\n"


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("m.js", js("  return g($0a.b + 1$0);\n"), js("  const x = a.b + 1;\n  return g(x);\n")),
        ("m.js", js("  if ($0g(a)$0 > 2) {\n    h();\n  }\n"), js("  const x = g(a);\n  if (x > 2) {\n    h();\n  }\n")),
        ("m.js", js("  return $0a.b$0 && g();\n"), js("  const x = a.b;\n  return x && g();\n")),
        ("m.ts", js("  const y: number = b * $0(a.b + 1)$0;\n"), js("  const x = a.b + 1;\n  const y: number = b * (x);\n")),
        ("m.tsx", js("  return <p k={$0g(a)$0} />;\n"), js("  const x = g(a);\n  return <p k={x} />;\n")),
        ("m.js", js("  return g($0a.x$0)\n"), js("  const x = a.x\n  return g(x)\n")),
        ("m.js", js("  a.b = $0g(a)$0;\n"), js("  const x = g(a);\n  a.b = x;\n")),
        ("m.go", go("\treturn b + $0g(a, 1)$0\n"), go("\tx := g(a, 1)\n\treturn b + x\n")),
        ("m.go", go("\tif $0a.b$0 > 1 {\n\t\th()\n\t}\n"), go("\tx := a.b\n\tif x > 1 {\n\t\th()\n\t}\n")),
        ("M.java", java("    return b + $0a.g(1)$0;\n"), java("    var x = a.g(1);\n    return b + x;\n")),
        ("m.cs", java("    return b + $0a.G(1)$0;\n"), java("    var x = a.G(1);\n    return b + x;\n")),
        ("m.php", php("  return $b . $0g($a)$0;\n"), php("  $x = g($a);\n  return $b . $x;\n")),
        ("m.js", js("  const s = '😀' + $0g('é')$0;\n"), js("  const x = g('é');\n  const s = '😀' + x;\n")),
    ],
)  # fmt: skip
def test_a_variable_before_the_statement(path: str, before: str, after: str) -> None:
    check(VARIABLE, before, after, name="x", path=path)


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("m.js", js("  return a && $0g(a)$0;\n"), "before `&&`"),
        ("m.js", js("  return a ?? $0g(a)$0;\n"), "before `??`"),
        ("m.js", js("  a ||= $0g(a)$0;\n"), "before `||=`"),
        ("m.js", js("  return a ? $0g(a)$0 : 1;\n"), "one side"),
        ("m.js", js("  return () => $0g(a)$0;\n"), "another time"),
        ("m.js", js("  while ($0g(a)$0) {\n    h();\n  }\n"), "not understood"),
        ("m.js", js("  for (let i = 0; i < $0g(a)$0; i++) {\n    h();\n  }\n"), "not understood"),
        ("m.js", js("  if (a) {\n    h();\n  } else if ($0g(a)$0) {\n    h();\n  }\n"), "not understood"),
        ("m.js", "function f(a = $0g(1)$0) {\n  return a;\n}\n", "another time"),
        ("m.js", js("  return h() + $0g(a)$0;\n"), "`h()` is evaluated before"),
        ("m.js", js("  return a.b + $0g(a)$0;\n"), "`a.b` is read before"),
        ("m.js", js("  a.b += $0g(a)$0;\n"), "`a.b` is read before"),
        ("m.js", "let n = 0;\nfunction g() {\n  n++;\n}\nfunction f() {\n  return n + $0g(1)$0;\n}\n", "`n` is read before"),
        ("m.js", js("  $0a.b$0();\n"), "called or set"),
        ("m.js", js("  delete $0a.b$0;\n"), "needs the place"),
        ("m.js", js("  return a?.b.c($0g(b)$0);\n"), "optional chain"),
        ("m.js", js("  const c = 1, d = $0g(c)$0;\n"), "another variable is declared"),
        ("m.js", js("  $0g(a)$0;\n"), "whole statement"),
        ("m.js", js("  return a + $0b + 1$0 * 2;\n"), "whole expression"),
        ("m.js", js("  if (a) return $0g(a)$0;\n"), "not understood"),
        ("m.ts", js("  return $0a.b$0 as const;\n"), "as const"),
        ("m.tsx", js("  return <p k=$0\"b\"$0 />;\n"), "attribute's text"),
        ("m.go", go("\treturn $0g(a)$0\n"), "several values"),
        ("m.go", go("\treturn h($0g(a)$0)\n"), "several values"),
        ("m.go", go("\tif c := g(a); $0c.d$0 > 1 {\n\t\th()\n\t}\n"), "not understood"),
        ("m.go", go("\tg(&$0a.b$0)\n"), "needs the place"),
        ("m.go", go("\treturn b * ($01 + 2$0)\n"), "depends on where it stands"),
        ("M.java", java("    return g($0new ArrayList<>()$0);\n"), "depends on where it stands"),
        ("M.java", java("    return g($0List.of()$0);\n"), "depends on where it stands"),
        ("m.cs", java("    return G(ref $0a.b[0]$0);\n"), "by reference"),
        ("m.cs", java("    return nameof($0this.b$0);\n"), "named, not evaluated"),
        ("m.php", php("  return sort($0$a->b$0);\n"), "by reference"),
        ("m.php", php("  return isset($0$a[0]$0);\n"), "named, not evaluated"),
        ("m.rs", "fn f(a: i32) -> i32 {\n    g($0a + 1$0)\n}\n", "Python only"),
    ],
)  # fmt: skip
def test_what_would_be_noticed_is_refused(path: str, code: str, reason: str) -> None:
    check_not(VARIABLE, code, reason, "x", path)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("m.js", js("  const $0x = g(a);\n  return x;\n"), js("  return g(a);\n")),
        ("m.js", js("  const $0x = b + 1;\n  return x * 2;\n"), js("  return (b + 1) * 2;\n")),
        ("m.js", js("  const $0x = b + 1;\n  h(x);\n"), js("  h(b + 1);\n")),
        ("m.js", js("$0  const x = b + 1;\n$0  h(x);\n"), js("  h(b + 1);\n")),
        ("m.go", go("\t$0x := g(a)\n\treturn b + x\n"), go("\treturn b + g(a)\n")),
        ("M.java", java("    var $0x = a.g(1);\n    return b + x;\n"), java("    return b + a.g(1);\n")),
        ("m.cs", java("    var $0x = a.G(1);\n    return b + x;\n"), java("    return b + a.G(1);\n")),
    ],
)  # fmt: skip
def test_a_variable_that_the_next_statement_uses_once(path: str, before: str, after: str) -> None:
    check(INLINE, before, after, path=path)


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("m.js", js("  const $0x = g(a);\n  h();\n  return x;\n"), "statement after its declaration"),
        ("m.js", js("  const $0x = g(a);\n  return x + x;\n"), "declared once and used once"),
        ("m.js", js("  const $0x = g(a);\n  return h() + x;\n"), "`h()` is evaluated before"),
        ("m.js", js("  const $0x = g(a);\n  return a && x;\n"), "before `&&`"),
        ("m.js", js("  const $0x = g(a);\n  return { x };\n"), "declared once and used once"),
        ("m.js", js("  const $0x = a.b;\n  x();\n"), "called or set"),
        ("m.js", js("  const $0x = () => 1;\n  h(x);\n"), "a function"),
        ("m.js", js("  let $0x = 1;\n  x++;\n"), "needs the variable itself"),
        ("m.ts", js("  const $0x: A = g(a);\n  h(x);\n"), "a type of its own"),
        ("M.java", java("    double $0x = b / 2;\n    return h(x);\n"), "a type of its own"),
        ("m.go", go("\t$0x := 1\n\treturn g(x)\n"), "depends on where it stands"),
        ("m.go", go("\t$0x := b + 1\n\treturn g(&x)\n"), "needs the variable itself"),
        ("m.js", "const $0x = 1;\ng(x);\n", "only local variables"),
    ],
)  # fmt: skip
def test_a_variable_that_is_needed_is_refused(path: str, code: str, reason: str) -> None:
    check_not(INLINE, code, reason, path=path)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("m.js", js("  const $0x = g(a);\n  return { k: x, x: a.x };\n"), js("  const y = g(a);\n  return { k: y, x: a.x };\n")),
        ("m.ts", "function f($0x: number): number {\n  return x + this.x;\n}\n", "function f(y: number): number {\n  return y + this.x;\n}\n"),
        ("m.go", go("\t$0x := g(a)\n\treturn x + a.x\n"), go("\ty := g(a)\n\treturn y + a.x\n")),
        ("M.java", java("    int $0x = g(a);\n    return x + this.x + x(1);\n"), java("    int y = g(a);\n    return y + this.x + x(1);\n")),
    ],
)  # fmt: skip
def test_a_local_name(path: str, before: str, after: str) -> None:
    check(RENAME, before, after, name="y", path=path)


@pytest.mark.parametrize(
    ("path", "code", "name", "reason"),
    [
        ("m.js", js("  const $0x = 1;\n  return { x };\n"), "y", "a property"),
        ("m.js", js("  const $0x = 1;\n  return (x) => x;\n"), "y", "declared in 2 places"),
        ("m.js", js("  { const $0x = 1; g(x); }\n  return x;\n"), "y", "outside of the block"),
        ("m.js", js("  const $0x = 1;\n  return x + b;\n"), "b", "`b` is already used"),
        ("m.js", js("  const $0x = 1;\n  return x;\n"), "await", "a keyword"),
        ("m.js", js("  const $0x = 1;\n  return x;\n"), "1y", "not a valid name"),
        ("m.js", "const $0x = 1;\n", "y", "only local variables"),
        ("m.js", js("  return $0g(a);\n"), "y", "declared in 0 places"),
    ],
)  # fmt: skip
def test_a_name_that_may_be_more_is_refused(path: str, code: str, name: str, reason: str) -> None:
    check_not(RENAME, code, reason, name, path)


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("m.js", "$0if (a === b) {\n  g();\n} else {\n  h();\n}\n", "if (a !== b) {\n  h();\n} else {\n  g();\n}\n"),
        ("m.js", "$0if (a < b) {\n  g();\n} else {\n  h();\n}\n", "if (!(a < b)) {\n  h();\n} else {\n  g();\n}\n"),
        ("m.js", "$0if (!a) {\n  g();\n} else {\n  h();\n}\n", "if (a) {\n  h();\n} else {\n  g();\n}\n"),
        ("m.go", go("\t$0if b == 1 {\n\t\tg()\n\t} else {\n\t\th()\n\t}\n"), go("\tif b != 1 {\n\t\th()\n\t} else {\n\t\tg()\n\t}\n")),
        ("m.php", "<?php\n$0if ($a) {\n  g();\n} else {\n  h();\n}\n", "<?php\nif (!$a) {\n  h();\n} else {\n  g();\n}\n"),
        ("m.py", "$0if not a.b():  # why\n    g()\n    # one\nelse:\n    h()\nk()\n", "if a.b():  # why\n    h()\nelse:\n    g()\n    # one\nk()\n"),
        ("m.py", "$0if a and b:\n    g()\nelse:\n    h()\n", "if not (a and b):\n    h()\nelse:\n    g()\n"),
        ("m.py", "$0if a is not None:\n    g()\nelse:\n    h()\n", "if a is None:\n    h()\nelse:\n    g()\n"),
        ("m.py", "$0if (\n    a  # :\n):\n    # one\n    g()\nelse:\n    h()\n", "if (\n    not a  # :\n):\n    h()\nelse:\n    # one\n    g()\n"),
        # Classes may have their own idea of == and !=, so this one is negated as it is.
        ("m.py", "$0if a == b:\n    g()\nelse:\n    h()\n", "if not a == b:\n    h()\nelse:\n    g()\n"),
    ],
)  # fmt: skip
def test_an_if_turned_round(path: str, before: str, after: str) -> None:
    check(
        FLIP,
        "def g(): pass\nh = k = g\na = b = g\n" * path.endswith("py") + before,
        "def g(): pass\nh = k = g\na = b = g\n" * path.endswith("py") + after,
        path=path,
    )


@pytest.mark.parametrize(
    ("path", "code", "reason"),
    [
        ("m.js", "$0if (a) {\n  g();\n}\n", "has no `else`"),
        ("m.js", "$0if (a) {\n  g();\n} else if (b) {\n  h();\n}\n", "`else if`"),
        ("m.js", "$0if (a) {\n  g();\n} /* so */ else {\n  h();\n}\n", "more than `else`"),
        ("m.js", "$0g();\n", "no `if` here"),
        ("m.py", "$0if a:\n    g()\nelif b:\n    h()\nelse:\n    k()\n", "`elif`"),
        ("m.py", "$0if a: g()\nelse: h()\n", "lines of their own"),
        ("m.py", "$0if a:\n    g()\n", "has no `else`"),
    ],
)  # fmt: skip
def test_an_if_that_stays(path: str, code: str, reason: str) -> None:
    check_not(FLIP, code, reason, path=path)


def test_line_ends_stay() -> None:
    before = b"function f(a) {\r\n\treturn g($0a.b + 1$0);\r\n}\r\n"
    _, files = done(VARIABLE, {"m.js": before}, "x")
    assert files["m.js"] == b"function f(a) {\r\n\tconst x = a.b + 1;\r\n\treturn g(x);\r\n}\r\n"
