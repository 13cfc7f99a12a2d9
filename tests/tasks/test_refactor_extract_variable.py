"""Extract variable: only what is evaluated once, and in an order in which nobody notices."""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import check, check_not, done

ACTION = "extract-variable"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # A decorated call in a condition; the statement's own comment stays above.
        (
            "def f(a):\n    # why\n    if $0a.b + g(a)$0 > 2:  # two\n        return 1\n",
            "def f(a):\n    # why\n    new = a.b + g(a)\n    if new > 2:  # two\n        return 1\n",
        ),
        ("def f(a):\n    return ($0a + 1$0) * 2\n", "def f(a):\n    new = a + 1\n    return new * 2\n"),
        ("def f(a):\n    return $0(a + 1)$0 * 2\n", "def f(a):\n    new = a + 1\n    return new * 2\n"),
        ("def f(a):\n    return g($0a + 1$0)\n", "def f(a):\n    new = a + 1\n    return g(new)\n"),
        ("def f(a):\n    return $0a, 1$0\n", "def f(a):\n    new = a, 1\n    return new\n"),
        ("def f(a):\n    $0g(a)$0\n", "def f(a):\n    new = g(a)\n"),
        ("def f(a):\n    for x in $0g(a)$0:\n        pass\n", "def f(a):\n    new = g(a)\n    for x in new:\n        pass\n"),
        ("def f(a):\n    return [x for x in $0a.b$0]\n", "def f(a):\n    new = a.b\n    return [x for x in new]\n"),
        ("def f(a):\n    return $0a.b$0 and g()\n", "def f(a):\n    new = a.b\n    return new and g()\n"),
        ("def f(a):\n    return lambda k=$0g(a)$0: k\n", "def f(a):\n    new = g(a)\n    return lambda k=new: k\n"),
        ("async def f(a):\n    return g($0await a$0)\n", "async def f(a):\n    new = await a\n    return g(new)\n"),
        ("x = g($01 + 2$0)\n", "new = 1 + 2\nx = g(new)\n"),
        # A constant may be evaluated before anything.
        ("def f(a):\n    return g(a) + $010$0\n", "def f(a):\n    new = 10\n    return g(a) + new\n"),
        # A method that is about to be called is not changed by its arguments.
        ("def f(a):\n    a.b.c($0g(a)$0)\n", "def f(a):\n    new = g(a)\n    a.b.c(new)\n"),
        # The value of an assignment comes before its target.
        ("def f(a):\n    a[g()] = $0h(a)$0\n", "def f(a):\n    new = h(a)\n    a[g()] = new\n"),
        (
            "@deco($0g(1)$0)\ndef f(a):\n    pass\n",
            "new = g(1)\n@deco(new)\ndef f(a):\n    pass\n",
        ),
        (
            "def f(a):\n    return g(\n        $0a +\n        1$0,\n    )\n",
            "def f(a):\n    new = (a +\n        1)\n    return g(\n        new,\n    )\n",
        ),
        ("def f(é):\n    s = '😀' + $0é.ü$0\n", "def f(é):\n    new = é.ü\n    s = '😀' + new\n"),
    ],
)  # fmt: skip
def test_a_variable_before_the_statement(before: str, after: str) -> None:
    check(ACTION, before, after, name="new")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def f(a):\n    return a and $0g(a)$0\n", "before `and` or `or`"),
        ("def f(a):\n    return g(a) if a else $0h(a)$0\n", "one side"),
        ("def f(a):\n    return 1 < a < $0g()$0\n", "comparison before it"),
        ("def f(a):\n    return lambda: $0g(a)$0\n", "when the lambda is called"),
        ("def f(a):\n    return [$0g(x)$0 for x in a]\n", "for each item"),
        ("def f(a):\n    return [x for x in a if $0g(a)$0]\n", "for each item"),
        ("def f(a):\n    while $0g(a)$0:\n        pass\n", "each time round"),
        ("def f(a):\n    if a:\n        pass\n    elif $0g(a)$0:\n        pass\n", "`elif`"),
        ("def f(a):\n    with a, $0g(a)$0:\n        pass\n", "another context"),
        ("def f(a):\n    assert a, $0g(a)$0\n", "only if the assertion fails"),
        ("def f(a):\n    try:\n        pass\n    except $0g(a)$0:\n        pass\n", "branch is tried"),
        ("def f(a):\n    match a:\n        case x if $0g(x)$0:\n            pass\n", "branch is tried"),
        ("def f(a):\n    return g(a) + $0h(a)$0\n", "`g(a)` is evaluated before"),
        ("def f(a):\n    return g(a) + $0a.b$0\n", "`g(a)` is evaluated before"),
        ("def f(a):\n    return a.b + $0g(a)$0\n", "`a.b` is read before"),
        ("def f(a):\n    return a[0] + $0g(a)$0\n", "`a[0]` is read before"),
        ("def f(a):\n    a.n += $0g(a)$0\n", "`a.n` is read before"),
        ("N = 0\ndef g():\n    global N\n    N += 1\ndef f():\n    return N + $0g()$0\n", "`N` is read before"),
        ("def f(a):\n    return (b := a) + $0b.c$0\n", "sets a name"),
        ("class A:\n    x = g($01 + 2$0)\n", "become a member"),
        ("def f(a): return $0g(a)$0\n", "line of its own"),
        ("def f(a):\n    h(); return $0g(a)$0\n", "line of its own"),
        ("def f(a):\n    return g($0a$0)\n", "a name already"),
        ("def f(a):\n    return a + $01 + 2$0\n", "one whole expression"),
        ("def f(a):\n    del $0a[0]$0\n", "a target"),
    ],
)  # fmt: skip
def test_what_would_be_noticed_is_refused(code: str, reason: str) -> None:
    check_not(ACTION, code, reason, "new")


def test_a_name_that_the_function_uses_is_refused() -> None:
    check_not(
        ACTION,
        "def f(a):\n    new = 1\n    return g($0a + 1$0) + new\n",
        "already used here",
        "new",
    )


def test_a_name_is_made_of_the_last_word() -> None:
    _, files = done(ACTION, "def f(order):\n    return g($0order.get_total()$0)\n")
    assert files["m.py"] == b"def f(order):\n    total = order.get_total()\n    return g(total)\n"


def test_line_ends_stay() -> None:
    _, files = done(ACTION, {"m.py": b"def f(a):\r\n\treturn g($0a + 1$0)\r\n"}, "new")
    assert files["m.py"] == b"def f(a):\r\n\tnew = a + 1\r\n\treturn g(new)\r\n"
