"""Inline: a value or a body in the place of its use, where that changes nothing."""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import check, check_not

ACTION = "inline"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(a):\n    $0x = g(a)\n    return x\n", "def f(a):\n    return g(a)\n"),
        ("def f(a):\n    x = g(a)\n    return $0x.y\n", "def f(a):\n    return g(a).y\n"),
        ("def f(a):\n    $0x = a + 1\n    return x * 2\n", "def f(a):\n    return (a + 1) * 2\n"),
        ("def f(a):\n    $0x = a + 1\n    return g(x)\n", "def f(a):\n    return g(a + 1)\n"),
        ("def f(a):\n    $0x: int = -1\n    return x ** 2 + x\n", "def f(a):\n    return (-1) ** 2 + (-1)\n"),
        ("def f(a):\n    $0x = 1\n    g()\n    return x.real\n", "def f(a):\n    g()\n    return (1).real\n"),
        ("def f(a):\n    $0x = a, 1\n    return g(x)\n", "def f(a):\n    return g((a, 1))\n"),
        # The whole statement is selected, as a command line does.
        ("def f(a):\n$0    x = g(a)\n$0    return x\n", "def f(a):\n    return g(a)\n"),
        # A parameter that is never set again is the same everywhere.
        ("def f(a):\n    $0x = a\n    g(x)\n    return x\n", "def f(a):\n    g(a)\n    return a\n"),
        # No call and no assignment comes between.
        ("def f(a):\n    $0x = a.b\n    y = x + 1\n    return x, y\n", "def f(a):\n    y = a.b + 1\n    return a.b, y\n"),
        (
            "def f(a):\n    $0x = g(\n        a,\n    )\n    return x\n",
            "def f(a):\n    return g(\n        a,\n    )\n",
        ),
    ],
)  # fmt: skip
def test_a_variable(before: str, after: str) -> None:
    check(ACTION, before, after)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def f(a):\n    $0x = g(a)\n    h()\n    return x\n", "has effects"),
        ("def f(a):\n    $0x = a.b\n    h()\n    return x\n", "a call before the last use"),
        ("def f(a):\n    $0x = a.b\n    a.b = 2\n    return x\n", "set or deleted"),
        ("def f(a):\n    $0x = a\n    a = 2\n    return x\n", "set again"),
        ("def f(a):\n    $0x = g(a)\n    return h() + x\n", "`h()` is evaluated before"),
        ("def f(a):\n    $0x = g(a)\n    return a and x\n", "`and` or `or`"),
        ("def f(a):\n    $0x = []\n    g(x)\n    return x\n", "a new object"),
        ("def f(a):\n    $0x = 1\n    x = 2\n    return x\n", "set in 2 places"),
        ("def f(a):\n    $0x = 1\n    return lambda: x\n", "nested function"),
        ("def f(a):\n    $0x = 1\n    return f'{x}'\n", "f-string"),
        ("def f(a):\n    for $0x in a:\n        print(x)\n", "plain assignment"),
        ("def f(a):\n    $0x, y = a\n    return x\n", "plain assignment"),
        ("def f($0a):\n    return a\n", "no name here"),
        ("def f(a):\n    return $0a\n", "is a parameter"),
        ("$0x = 1\nprint(x)\n", "only local variables"),
        ("def f(a):\n    $0x = 1\n    return a\n", "never read"),
        ("def f(a):\n    if a:\n        $0x = 1\n    return x\n", "may be read where it has no value"),
        ("def f(a):\n    $0x = 1; y = x\n    return y\n", "another statement"),
        ("def f(a):\n    $0x = 1\n    return [x for x in a]\n", "comprehension"),
    ],
)  # fmt: skip
def test_a_variable_whose_value_may_differ_is_refused(code: str, reason: str) -> None:
    check_not(ACTION, code, reason)


def test_the_comment_that_goes_is_told() -> None:
    before = "def f(a):\n    $0x = g(a)  # why\n    return x\n"
    report = check(ACTION, before, "def f(a):\n    return g(a)\n")
    assert report.notes == ("the comment on the variable's line goes with it: # why",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # One expression, this call only: the function stays.
        (
            "def area(w, h=2):\n    '''Doc.'''\n    return w * h\n\n\ndef f(a):\n    return $0area(a + 1) + area(a)\n",
            "def area(w, h=2):\n    '''Doc.'''\n    return w * h\n\n\ndef f(a):\n    return ((a + 1) * 2) + area(a)\n",
        ),
        # Several statements, where the call is a whole statement.
        (
            "def new(t, x):\n    t += x\n    print(t)\n    return t\n\n\ndef f(a):\n    t = 0\n    for x in a:\n        t = $0new(t, x)\n    return t\n",
            "def new(t, x):\n    t += x\n    print(t)\n    return t\n\n\ndef f(a):\n    t = 0\n    for x in a:\n        t += x\n        print(t)\n    return t\n",
        ),
        # Arguments become assignments in their order.
        (
            "def say(text, end):\n    out = text + end\n    print(out)\n\n\ndef f(a):\n    $0say(a.b, '!')\n",
            "def say(text, end):\n    out = text + end\n    print(out)\n\n\ndef f(a):\n    text = a.b\n    end = '!'\n    out = text + end\n    print(out)\n",
        ),
        # On the definition: all calls, and the definition goes.
        (
            "import os\n\n\ndef $0_half(x):\n    return x / 2\n\n\ndef f(a):\n    return _half(a)\n\n\nb = _half(4)\n",
            "import os\n\n\ndef f(a):\n    return a / 2\n\n\nb = 4 / 2\n",
        ),
        (
            "def show(x):\n    print(x)\n\n\ndef f(a):\n    $0show(a)$0\n",
            "def show(x):\n    print(x)\n\n\ndef f(a):\n    x = a\n    print(x)\n",
        ),
        # A private method of the own class.
        (
            "class A:\n    def _n(self, k):\n        return self.x + k\n\n    def m(self):\n        return self.$0_n(1) * 2\n",
            "class A:\n    def _n(self, k):\n        return self.x + k\n\n    def m(self):\n        return (self.x + 1) * 2\n",
        ),
    ],
)  # fmt: skip
def test_a_function(before: str, after: str) -> None:
    check(ACTION, before, after)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("@d\ndef g(x):\n    return x\ndef f(a):\n    return $0g(a)\n", "decorator"),
        ("async def g(x):\n    return x\ndef f(a):\n    return $0g(a)\n", "async"),
        ("def g(*x):\n    return x\ndef f(a):\n    return $0g(a)\n", "any number"),
        ("def g(x):\n    return x + x\ndef f(a):\n    return $0g(h(a))\n", "used 2 times"),
        ("def g(x, y):\n    return y + x\ndef f(a):\n    return $0g(h(a), k(a))\n", "another order"),
        ("def g(x):\n    return h() + x\ndef f(a):\n    return $0g(k(a))\n", "does something before"),
        ("def g(x):\n    return x and 1\ndef f(a):\n    return $0g(*a)\n", "spreads"),
        ("def g(x, y):\n    return x\ndef f(a):\n    return $0g(a)\n", "gives no `y`"),
        ("def g(x, y=[]):\n    return y\ndef f(a):\n    return $0g(a)\n", "made only once"),
        ("def g(x):\n    return os + x\ndef f(os):\n    return $0g(os)\n", "means something else"),
        ("def g(x):\n    return [a for a in x]\ndef f(a):\n    return $0g(a)\n", "means something else in the function"),
        ("def g(x):\n    if x:\n        return 1\n    return 2\ndef f(a):\n    return $0g(a)\n", "in the midst"),
        ("def g(x):\n    y = x\n    return y\ndef f(a):\n    return h($0g(a))\n", "part of another one"),
        ("def g(x):\n    y = x\n    h(y)\ndef f(a):\n    y = 1\n    $0g(a)\n    return y\n", "`y` is a name of both"),
        ("def g(x):\n    return g(x)\ndef f(a):\n    return $0g(a)\n", "calls itself"),
        ("def g(x):\n    yield x\ndef f(a):\n    return $0g(a)\n", "yields"),
        ("def $0g(x):\n    return x\ng(1)\nh = g\n", "without being called"),
        ("def $0g(x):\n    return x\n", "never called"),
        ("def $0g(x):\n    return x\ng(g(1))\n", "nested in each other"),
        ("class A:\n    def n(self):\n        return 1\n    def m(self):\n        return self.$0n()\n", "is public"),
        ("def f(a):\n    return $0g(a)\n", "not a local variable"),
    ],
)  # fmt: skip
def test_a_function_that_would_do_something_else_is_refused(code: str, reason: str) -> None:
    check_not(ACTION, code, reason)


def test_a_definition_that_others_mention_stays() -> None:
    files = {"m.py": "def $0g(x):\n    return x\ng(1)\n", "n.py": "from m import g\n"}
    check_not(ACTION, files, "also mentioned in n.py")


def test_a_method_that_another_class_has_too_is_refused() -> None:
    files = {
        "m.py": "class A:\n    def _n(self):\n        return 1\n    def m(self):\n        return self.$0_n()\n",
        "n.py": "from m import A\nclass B(A):\n    def _n(self):\n        return 2\n",
    }
    check_not(ACTION, files, "already a member")
