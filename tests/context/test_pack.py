"""Tests of packs: the budget, the focus, the account of pieces. Rankings are written by hand."""

import random
import re
from itertools import pairwise

import pytest
from packing import focus_on, pack_of, ranking, view_of

from codeassist.base.errors import UsageError
from codeassist.context.pack import MAP_SHARE, Packer
from codeassist.context.pieces import Focus, Pack, Shown
from codeassist.context.tokens import Counter

LONG = "".join(f"    value_{n} = compute({n}, 'some words')\n" for n in range(200))
SHOP = {
    "shop/cart.py": (
        '"""The cart."""\n\nfrom shop.money import rounded\n\n\n'
        "class Cart:\n"
        '    """What is bought."""\n\n'
        "    def __init__(self):\n        self.items = []\n\n"
        "    # The sum of all.\n"
        "    def total(self):\n        return rounded(sum(self.items))\n\n"
        "    def add(self, item):\n        self.items.append(item)\n"
    ),
    "shop/money.py": "def rounded(amount):\n    return round(amount, 2)\n",
    "shop/long.py": f"def long(a):\n{LONG}    return a\n\n\ndef short():\n    return 1\n",
    "tests/test_cart.py": (
        "from shop.cart import Cart\n\n\ndef test_total():\n    assert Cart().total() == 0\n"
    ),
}


def piece(done: Pack, path: str, symbol: str) -> tuple[int, int, Shown]:
    (found,) = [each for each in done.pieces if (each.path, each.symbol) == (path, symbol)]
    return found.start_line, found.end_line, found.shown


def test_the_focus_is_whole_last_and_first_in_value() -> None:
    view = view_of(SHOP)
    done = pack_of(view, focus_on(view, "shop/cart.py", "Cart.total"), ranking(view, {"shop": 1}))
    # With its comment, under its class.
    assert piece(done, "shop/cart.py", "Cart.total")[1:] == (14, Shown.FULL)
    shown = done.text[done.text.index("# Focus: shop/cart.py:13-14 Cart.total") :]
    assert "\n6\tclass Cart:\n" in shown
    assert "\n12\t    # The sum of all.\n\t    def total(self):\n\t        return rounded(" in shown
    assert done.pieces[-1].path == "shop/cart.py"
    assert [reason.signal for reason in done.pieces[-1].reasons] == ["focus"]


def test_pieces_are_what_is_ranked_with_reasons_and_lines() -> None:
    view = view_of(SHOP)
    ranked = ranking(view, {"shop/money.py": 1.0, "tests/test_cart.py": 0.5})
    done = pack_of(view, focus_on(view, "shop/cart.py", "Cart.total"), ranked, request="Fix it")
    assert piece(done, "shop/money.py", "rounded") == (1, 2, Shown.FULL)
    assert piece(done, "tests/test_cart.py", "test_total") == (4, 5, Shown.FULL)
    money = next(each for each in done.pieces if each.path == "shop/money.py")
    assert [reason.text for reason in money.reasons] == ["scored 1.0"]
    assert money.tokens == Counter().count(
        "\tdef rounded(amount):\n\t    return round(amount, 2)\n"
    )
    assert done.text.endswith("# Task\nFix it\n")
    assert done.left_out == ()


def test_paths_are_in_order_and_each_file_is_opened_once() -> None:
    view = view_of(SHOP)
    ranked = ranking(view, dict.fromkeys(SHOP, 1.0))
    done = pack_of(view, focus_on(view, "shop/cart.py", "Cart.add"), ranked)
    headings = [line for line in done.text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## shop/long.py", "## shop/money.py", "## tests/test_cart.py", "## shop/cart.py"
    ]  # fmt: skip


def test_adjacent_pieces_of_a_file_are_one_run() -> None:
    view = view_of(SHOP)
    ranked = ranking(view, {"shop/cart.py": 1.0})
    done = pack_of(view, focus_on(view, "shop/cart.py", "Cart.total"), ranked)
    numbered = [line for line in done.text.splitlines() if re.match(r"\d", line)]
    assert numbered == ['1\t"""The cart."""']  # the whole file is one run
    lines = [(each.start_line, each.end_line) for each in done.pieces]
    assert all(before[1] < after[0] for before, after in pairwise(lines))


@pytest.mark.parametrize("how", ["markdown", "xml"])
def test_never_one_token_over_and_never_much_unused(how: str) -> None:
    rng = random.Random(5)
    words = ["alpha", "beta_gamma", "订单", "'👩‍💻'", "x", "{}", "//", "/*", "self", "0x1F", '"""']

    def body() -> str:
        return "".join(
            "    "
            + " + ".join(rng.choices(words[:1] + words[4:5], k=3))
            + f"  # {rng.choice(words)}\n"
            + "\n" * rng.randint(0, 3)
            for _ in range(rng.randint(1, 30))
        )

    files = {
        f"p{n % 4}/m{n}.py": "".join(f"def f{n}_{k}(x, alpha):\n{body()}\n\n" for k in range(6))
        for n in range(30)
    }
    view, packer = view_of(files), Packer(Counter())
    ranked = [
        type(each)(each.unit, rng.random() ** 3)
        for each in ranking(view, dict.fromkeys(files, 1.0))
    ]
    ranked.sort(key=lambda each: -each.score)
    focus = focus_on(view, "p0/m0.py", "f0_0")
    total = pack_of(view, focus, ranked, 1_000_000, how, packer=packer).tokens
    for budget in [*range(900, 1_300, 37), *(rng.randint(1_300, total) for _ in range(25))]:
        done = pack_of(view, focus, ranked, budget, how, "Do it.", packer)
        assert done.tokens >= 0.97 * budget - 20, budget


def test_a_focus_larger_than_the_budget_gives_the_part_around_the_line() -> None:
    view = view_of(SHOP)
    path = "shop/long.py"
    outline = view.outline(path)
    assert outline is not None
    done = pack_of(view, Focus(path, 100, 100, 0), budget=600)
    assert any("more than the budget of 600 tokens holds" in note for note in done.notes)
    assert "def long(a):" in done.text  # the head of the function that the lines are in
    assert "value_99 = " in done.text
    assert "value_5 = " not in done.text
    assert [each.shown for each in done.pieces][-1] is Shown.ELIDED
    assert done.tokens > 500


def test_a_budget_that_holds_nothing_is_an_error() -> None:
    view = view_of(SHOP)
    with pytest.raises(UsageError, match="a budget of 20 tokens cannot hold one line"):
        pack_of(view, focus_on(view, "shop/money.py", "rounded"), budget=20)


def test_identical_code_is_shown_once_and_said_to_be_elsewhere() -> None:
    copied = "def convert(amount, rate):\n" + "".join(
        f"    a{n} = rate * amount\n" for n in range(9)
    )
    files = {
        "a.py": copied,
        "b/c.py": "import os\n\n\n" + copied,
        "focus.py": "def focus():\n    pass\n",
    }
    view = view_of(files)
    ranked = ranking(view, {"a.py": 1.0, "b/c.py": 0.9})
    done = pack_of(view, focus_on(view, "focus.py", "focus"), ranked)
    assert done.text.count("def convert(") == 1
    assert "\n1 (the same at b/c.py:4)\tdef convert(" in done.text
    assert "1 identical copies of what is shown are not shown again" in done.notes
    (shown,) = [each for each in done.pieces if each.symbol == "convert"]
    assert "the same at b/c.py:4" in [reason.text for reason in shown.reasons]


def test_what_does_not_fit_is_listed_best_first() -> None:
    files = {f"m{n}.py": f"def f{n}(a):\n{LONG}    return {n}\n" for n in range(4)}
    view = view_of(files)
    ranked = ranking(view, {"m1.py": 3.0, "m2.py": 2.0, "m3.py": 1.0})
    tiny = pack_of(view, Focus("m0.py", 0, 0), ranked, budget=150)
    assert [each.path for each in tiny.left_out][:1] == ["m1.py"]
    assert all(each.tokens > 0 for each in tiny.left_out)


def test_the_map_has_its_share_and_no_more() -> None:
    files = {f"pkg{n}/mod{k}.py": f"def f{k}():\n    pass\n" for n in range(30) for k in range(5)}
    view = view_of(files)
    for budget in (500, 2_000, 20_000):
        done = pack_of(view, focus_on(view, "pkg0/mod0.py", "f0"), budget=budget)
        assert done.sections["map"] <= MAP_SHARE * budget + 16  # and its own heading


def test_a_task_alone_is_packed_for_too() -> None:
    view = view_of(SHOP)
    done = pack_of(
        view, Focus(text="round the total"), ranking(view, {"shop/money.py": 1.0}), request="Go"
    )
    assert [each.path for each in done.pieces] == ["shop/money.py"]
    assert "Focus" not in done.text


def test_a_task_longer_than_the_budget_is_cut_and_said_so() -> None:
    view = view_of(SHOP)
    done = pack_of(
        view, focus_on(view, "shop/money.py", "rounded"), budget=300, request="word " * 900
    )
    assert "its beginning is shown" in " ".join(done.notes)
    assert "def rounded" in done.text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("broken.py", "def f(:\n    x = (1,\n\nclass A\n    def g(self): return 1\n"),
        ("empty.py", ""),
        ("blank.py", "\n\n\n"),
        ("cjk.py", "def 合计(价格):\n    # 表情 👩‍💻 🏳️‍🌈\n    return 价格 + '🎉'\n"),
        ("crlf.py", "def f():\r\n    return 1\r\n"),
        ("latin.py", b"# -*- coding: latin-1 -*-\ndef f():\n    return '\xe9'\n"),
        ("control.py", "def f():\n    return '\x1b[2J\x07'\n"),
        ("one_line.py", "x = 1"),
        ("readme.rst", "Words\n=====\n"),
    ],
)
def test_any_focus_that_is_text_is_packed(path: str, text: str | bytes) -> None:
    view = view_of({path: text, "other.py": "def other():\n    pass\n"})
    document = view.document(path)
    assert document is not None
    last = max(0, document.lines.line_count - 1)
    done = pack_of(view, Focus(path, 0, last), ranking(view, {"other.py": 1.0}))
    assert f"Focus: {path}:1" in done.text
    assert "def other" in done.text
    assert "\x1b" not in done.text
    assert "\r" not in done.text


def test_the_same_request_gives_the_same_bytes_and_a_second_packer_too() -> None:
    view = view_of(SHOP)
    ranked, focus = (
        ranking(view, dict.fromkeys(SHOP, 1.0)),
        focus_on(view, "shop/cart.py", "Cart.add"),
    )
    packer = Packer(Counter())
    texts = {pack_of(view, focus, ranked, 700, packer=packer).text for _ in range(2)}
    texts.add(pack_of(view_of(SHOP), focus, ranked, 700).text)
    assert len(texts) == 1
