"""Extract function: what moves, what is passed and given back, and what is refused.

Expectations are by Python's rules of scopes and evaluation, written down by hand.
"""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import check, check_not, done, marked, scene_of

from codeassist.tasks.refactor import load

ACTION = "extract-function"


def test_reads_become_parameters_and_writes_results() -> None:
    check(
        ACTION,
        """
def total(orders, rate):
    result = 0
    for order in orders:
        $0net = order.price * order.count
        tax = net * rate
        print(net)$0
        result += net + tax
    return result
""",
        """
def price(order, rate):
    net = order.price * order.count
    tax = net * rate
    print(net)
    return net, tax


def total(orders, rate):
    result = 0
    for order in orders:
        net, tax = price(order, rate)
        result += net + tax
    return result
""",
        name="price",
    )


def test_a_method_is_called_on_its_object_and_stays_in_its_class() -> None:
    check(
        ACTION,
        """
class Cart:
    '''A cart.'''

    # What it costs.
    @cached
    def total(self, rate):
        $0net = super().total() + self.__extra
        self.last = net$0
        return net * rate
""",
        """
class Cart:
    '''A cart.'''

    def net(self):
        net = super().total() + self.__extra
        self.last = net
        return net

    # What it costs.
    @cached
    def total(self, rate):
        net = self.net()
        return net * rate
""".replace("net(self)", "compute(self)").replace("self.net()", "self.compute()"),
        name="compute",
    )


def test_a_class_method_stays_one() -> None:
    check(
        ACTION,
        "class A:\n    @classmethod\n    def make(klass, k):\n        $0y = klass.z + k$0\n        return y\n",
        "class A:\n    @classmethod\n    def new(klass, k):\n        y = klass.z + k\n        return y\n\n"
        "    @classmethod\n    def make(klass, k):\n        y = klass.new(k)\n        return y\n",
        name="new",
    )


def test_a_static_method_becomes_a_function_before_the_class() -> None:
    check(
        ACTION,
        "class A:\n    @staticmethod\n    def m(k):\n        $0y = k + 1$0\n        return y\n",
        "def new(k):\n    y = k + 1\n    return y\n\n\n"
        "class A:\n    @staticmethod\n    def m(k):\n        y = new(k)\n        return y\n",
        name="new",
    )


def test_what_awaits_is_awaited() -> None:
    check(
        ACTION,
        "async def f(x):\n    $0async with x as y:\n        z = [i async for i in y]$0\n    return z\n",
        "async def new(x):\n    async with x as y:\n        z = [i async for i in y]\n    return z\n\n\n"
        "async def f(x):\n    z = await new(x)\n    return z\n",
        name="new",
    )


def test_a_nested_function_keeps_its_outer_names() -> None:
    check(
        ACTION,
        "def f(a):\n    def g(q):\n        $0w = q + a\n        print(w)$0\n        return w\n    return g\n",
        "def f(a):\n    def new(q):\n        w = q + a\n        print(w)\n        return w\n\n"
        "    def g(q):\n        w = new(q)\n        return w\n    return g\n",
        name="new",
    )


def test_a_name_that_is_set_on_some_ways_is_passed_through() -> None:
    check(
        ACTION,
        "def f(a, y):\n    $0if a:\n        y = 1$0\n    return y\n",
        "def new(a, y):\n    if a:\n        y = 1\n    return y\n\n\n"
        "def f(a, y):\n    y = new(a, y)\n    return y\n",
        name="new",
    )


def test_a_name_that_the_next_round_of_the_loop_reads_is_given_back() -> None:
    check(
        ACTION,
        "def f(a):\n    last = None\n    for x in a:\n        print(last)\n        $0last = x\n        g(x)$0\n",
        "def new(x):\n    last = x\n    g(x)\n    return last\n\n\n"
        "def f(a):\n    last = None\n    for x in a:\n        print(last)\n        last = new(x)\n",
        name="new",
    )


def test_a_match_that_takes_everything_sets_its_names() -> None:
    check(
        ACTION,
        "def f(a):\n    $0match a:\n        case [x, *rest]:\n            y = x\n"
        "        case {'k': v, **more}:\n            y = v\n        case _:\n            y = 0$0\n    return y\n",
        "def new(a):\n    match a:\n        case [x, *rest]:\n            y = x\n"
        "        case {'k': v, **more}:\n            y = v\n        case _:\n            y = 0\n    return y\n\n\n"
        "def f(a):\n    y = new(a)\n    return y\n",
        name="new",
    )


def test_the_name_of_an_exception_is_passed() -> None:
    check(
        ACTION,
        "def f():\n    try:\n        g()\n    except E as error:\n        $0log(error)\n        raise$0\n",
        "def new(error):\n    log(error)\n    raise\n\n\n"
        "def f():\n    try:\n        g()\n    except E as error:\n        new(error)\n",
        name="new",
    )


def test_returns_at_the_end_are_returned() -> None:
    check(
        ACTION,
        "def f(x):\n    y = g(x)\n    $0if y:\n        return y\n    h(x)$0\n",
        "def new(y, x):\n    if y:\n        return y\n    h(x)\n\n\n"
        "def f(x):\n    y = g(x)\n    return new(y, x)\n",
        name="new",
    )


def test_texts_over_several_lines_keep_their_insides() -> None:
    check(
        ACTION,
        'class A:\n    def f(self, a):\n        if a:\n            $0b = """x\n  y\n"""\n'
        "            c = g(b,\n                  a)$0\n            return c\n",
        'class A:\n    def new(self, a):\n        b = """x\n  y\n"""\n'
        "        c = g(b,\n              a)\n        return c\n\n"
        "    def f(self, a):\n        if a:\n            c = self.new(a)\n            return c\n",
        name="new",
    )


def test_blank_edges_comments_and_what_stands_before_are_no_matter() -> None:
    check(
        ACTION,
        "s = 'héé😀'\ndef f(a):\n    é = 'ü'\n$0\n    # one\n    b = a + é  # two\n    # three\n\n$0    return b\n",
        "s = 'héé😀'\n\n\ndef new(a, é):\n    # one\n    b = a + é  # two\n    # three\n    return b\n\n\n"
        "def f(a):\n    é = 'ü'\n\n    b = new(a, é)\n\n    return b\n",
        name="new",
    )


def test_line_ends_tabs_and_the_mark_stay() -> None:
    before = b"\xef\xbb\xbfdef f(a):\r\n\t$0b = '\xc3\xa9'\r\n\tprint(a, b)$0\r\n"
    _, files = done(ACTION, {"m.py": before}, "new")
    assert files["m.py"] == (
        b"\xef\xbb\xbfdef new(a):\r\n\tb = '\xc3\xa9'\r\n\tprint(a, b)\r\n\r\n\r\n"
        b"def f(a):\r\n\tnew(a)\r\n"
    )


def test_an_expression_is_returned_by_the_new_function() -> None:
    check(
        ACTION,
        "def f(items, k):\n    return [$0x.price * k + 1$0 for x in items if x]\n",
        "def new(x, k):\n    return x.price * k + 1\n\n\n"
        "def f(items, k):\n    return [new(x, k) for x in items if x]\n",
        name="new",
    )


def test_an_awaiting_expression_keeps_its_place_in_the_expression() -> None:
    check(
        ACTION,
        "async def f(a):\n    return $0(await g(a))$0.b\n",
        "async def new(a):\n    return await g(a)\n\n\nasync def f(a):\n    return (await new(a)).b\n",
        name="new",
    )


def test_what_is_awaited_outside_of_the_selection_stays_awaited() -> None:
    check(
        ACTION,
        "async def f(a):\n    await $0g(a)$0\n",
        "def new(a):\n    return g(a)\n\n\nasync def f(a):\n    await new(a)\n",
        name="new",
    )


def test_without_a_name_one_is_made_up_that_nobody_uses() -> None:
    _, files = done(ACTION, {"m.py": "def f(a):\n    $0g(a)$0\n", "n.py": "extracted = 1\n"})
    assert b"def extracted_2(a):" in files["m.py"]


def test_overloads_stay_together() -> None:
    check(
        ACTION,
        "@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: ...\n"
        "def f(a):\n    $0g(a)$0\n    return a\n",
        "def new(a):\n    g(a)\n\n\n"
        "@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: ...\n"
        "def f(a):\n    new(a)\n    return a\n",
        name="new",
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def f(x):\n    $0y = yield x$0\n    return y\n", "yields"),
        ("def f(x):\n    $0if x:\n        return 1$0\n    return 2\n", "returns on some ways"),
        ("def f(x):\n    for i in x:\n        $0if i:\n            break$0\n", "`break`"),
        ("def f(x):\n    for i in x:\n        $0if i:\n            continue$0\n        g()\n", "`continue`"),
        ("def f():\n    n = 0\n    def g():\n        nonlocal n\n        $0n += 1$0\n    g()\n", "not local"),
        ("def f():\n    global N\n    $0N = 1$0\n", "not local"),
        ("class A:\n    x = 1\n    $0y = x + 1$0\n", "only what is in a function"),
        ("$0a = 1$0\n", "only what is in a function"),
        ("def f(a):\n    if a > 1:\n        y = 3\n    $0g(y)$0\n", "`y` may have no value"),
        ("def f(a):\n    $0if a:\n        y = 1$0\n    return y\n", "`y` may have no value"),
        ("def f(a):\n    while a:\n        $0if a > 3:\n            k = a\n        a -= 1$0\n        g(k)\n", "`k`"),
        ("def f(a):\n    try:\n        $0b = 1\n        g(b)$0\n    except E:\n        print(b)\n", "fails midway"),
        ("def f(a):\n    try:\n        $0b = 1\n        g(b)$0\n    except* E:\n        print(b)\n", "fails midway"),
        ("def f(a):\n    b = 1\n    $0del b$0\n", "deletes `b`"),
        ("def f(a):\n    $0import os$0\n    return os.getcwd()\n", "defines or imports `os`"),
        ("def f(a):\n    x = 1\n    def g():\n        return x\n    $0x = 2$0\n    return g()\n", "nested function"),
        ("def f(a):\n    k = a\n    $0g = lambda: k\n    h(g)$0\n    k = 2\n", "set again later"),
        ("def f(a):\n    x = 1\n    $0y = locals()$0\n    return y\n", "`locals`"),
        ("def f(a):\n    $0warn('x', stacklevel=2)$0\n", "depends on the function"),
        ("def f(a):\n    if a:\n        $0print(a)\n    b = 1$0\n    return b\n", "whole statements"),
        ("def f(a):\n    if a:\n        pass\n    $0elif a > 2:\n        g()$0\n", "whole statements"),
        ("def f(a):\n    x = a + $01 + 2$0 * 3\n", "whole statements"),
        ("def f(a):\n    $0'''Doc.'''\n    g(a)$0\n", "docstring"),
        ("def f(a):\n    g($0a$0)\n", "a name or a constant"),
        ("def f(a):\n    return f'{$0a + 1$0}'\n", "f-string"),
        ("def f(a: $0list[int]$0):\n    pass\n", "annotation"),
        ("def f(a):\n    $0a.b$0 = 1\n", "a target"),
        ("def f(a):\n    g(); $0h(a)$0\n", "line of its own"),
        ("def f(a):\n    $0h(a)$0; g()\n", "another statement"),
        ("def f(a):\n    return 1\n    $0g(a)$0\n", "never run"),
        ("def f(a):\n    $0   \n$0\n    return a\n", "nothing is selected"),
        ("def f(a:\n    $0g(a)$0\n", "cannot be parsed"),
        ("class A:\n    @staticmethod\n    def f(a):\n        $0return a.__b$0\n", "private names"),
        ("class P(Protocol):\n    def f(self):\n        $0g()$0\n", "protocol"),
        ("def f(a):\n    y = None\n    with suppress(E):\n        $0y = 1\n        g()$0\n    return y\n", "fails midway"),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_is_refused(code: str, reason: str) -> None:
    check_not(ACTION, code, reason, "new")


def test_a_shared_pair_of_parentheses_stays_with_its_call() -> None:
    check_not(ACTION, "def f(a):\n    return sum$0(x for x in a)$0\n", "parentheses", "new")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("class", "keyword"),
        ("1a", "not a valid name"),
        ("len", "built in"),
        ("__init__", "belong to the language"),
        ("g", "already used in this file (line 2)"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(name: str, reason: str) -> None:
    check_not(ACTION, "def f(a):\n    $0g(a)$0\n", reason, name)


def test_a_method_does_not_get_the_name_of_another_classs_member() -> None:
    files = {
        "m.py": "class A:\n    def f(self):\n        $0g(self)$0\n",
        "n.py": "from m import A\nclass B(A):\n    def new(self): pass\n",
    }
    check_not(ACTION, files, "already a member of `B` in n.py", "new")


def test_other_languages_are_refused() -> None:
    plain, subject = marked({"m.js": "function f(a) {\n  $0g(a);$0\n}\n"})
    assert load(ACTION).applies(scene_of(plain), subject) == "this works for Python only"
