"""Tests of the ranking as a whole: its order, its reasons, its words, and odd repositories."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from packing import Files, focus_on, store, view_of
from trees import DictTree

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.context.gather import LEAST_CANDIDATES, MOST_CANDIDATES, breadth_for
from codeassist.context.pieces import Focus, History, Ranked, Ranking
from codeassist.context.rank import LEAST_SHARE, REASONS, UNITS_A_FILE, rank
from codeassist.context.signals import signals
from codeassist.context.weights import DEFAULT, Weights
from codeassist.context.words import MAX_WORDS
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.view import View

SHOP = {
    "shop/cart.py": (
        "from shop.money import rounded\n\n\n"
        "class Cart:\n"
        "    def total(self):\n        return rounded(sum(self.items))\n\n"
        "    def add(self, item):\n        self.items.append(item)\n"
    ),
    "shop/money.py": "def rounded(amount):\n    return round(amount, 2)\n",
    "shop/order.py": (
        "from shop.cart import Cart\n\n\ndef check_out(cart: Cart):\n    return cart.total()\n"
    ),
    "shop/colours.py": "RED = '#f00'\nBLUE = '#00f'\n",
    "tests/test_cart.py": (
        "from shop.cart import Cart\n\n\ndef test_total():\n    assert Cart().total() == 0\n"
    ),
    "docs/conf.py": "project = 'shop'\n",
    "web/cart.ts": "export function total(items: number[]) {\n  return rounded(items);\n}\n",
}
PAST = History((("shop/cart.py", "shop/order.py"), ("shop/colours.py",), tuple(SHOP)))
TESTS = Path(__file__).parents[1]


def rank_of(
    view: View,
    focus: Focus,
    history: History = PAST,
    token: CancellationToken | None = None,
    weights: Weights = DEFAULT,
    breadth: int = LEAST_CANDIDATES,
) -> Ranking:
    """A ranking, with what must hold of every one."""
    found = rank(view, focus, history, token or CancellationToken(), weights, breadth)
    check(view, found)
    assert sum(not is_own(each) for each in found.units) <= UNITS_A_FILE * breadth
    return found


def check(view: View, found: Ranking) -> None:
    """No unit twice, the focus first, the best other at 1 and none above, reasons as sentences."""
    units = [each.unit for each in found.units]
    assert len(set(units)) == len(units)
    assert all(unit.path in view for unit in units)
    own = [is_own(each) for each in found.units]
    assert own == sorted(own, reverse=True)
    scores = [each.score for each in found.units]
    assert all(0 <= after <= before <= 1 for before, after in pairwise(scores))
    assert all(score == 1 for score in scores[: sum(own) + 1])
    known = {name for name, signal in signals() if signal.WORDS}
    for each in found.units:
        reasons = list(each.reasons)
        shares = [reason.share for reason in reasons]
        assert shares == sorted(shares, reverse=True)
        assert all(LEAST_SHARE <= share <= 1 for share in shares)
        assert sum(shares) <= 1 + 1e-9
        assert len(reasons) <= REASONS
        assert all(reason.text for reason in reasons)
        assert is_own(each) or {reason.signal for reason in reasons} <= known
    assert len(found.words) <= MAX_WORDS


def is_own(each: Ranked) -> bool:
    return [reason.signal for reason in each.reasons] == ["focus"]


def places(found: Ranking) -> list[str]:
    return [each.unit.path for each in found.units]


def seen(found: Ranking) -> object:
    """All that a ranking says, as plain data."""
    return [
        (u.unit, u.score, [(r.signal, r.share, r.text) for r in u.reasons]) for u in found.units
    ], found.words


def test_the_units_in_focus_come_first_in_order() -> None:
    view = view_of(SHOP)
    outline = view.outline("shop/cart.py")
    assert outline is not None
    found = rank_of(view, Focus("shop/cart.py", 4, 8))
    own = [outline.qualified(each.unit.symbol) for each in found.units if is_own(each)]
    assert own == ["Cart.total", "Cart.add"]
    assert {each.unit.path for each in found.units[:2]} == {"shop/cart.py"}


def test_what_matters_for_a_method_is_before_what_does_not() -> None:
    view = view_of(SHOP)
    order = places(rank_of(view, focus_on(view, "shop/cart.py", "Cart.total")))
    # What it uses and who uses it, before constants, documentation and tests.
    used = [order.index(path) for path in ("shop/money.py", "shop/order.py")]
    rest = [order.index(p) for p in ("shop/colours.py", "docs/conf.py", "tests/test_cart.py")]
    assert max(used) < min(rest)
    assert set(order) == set(SHOP)  # a small repository is ranked whole


def test_the_reasons_are_sentences_of_what_is_so() -> None:
    view = view_of(SHOP)
    found = rank_of(view, focus_on(view, "shop/cart.py", "Cart.total"))
    reasons = {each.unit.path: {r.signal: r.text for r in each.reasons} for each in found.units}
    assert "is tied to the focus through what they use" in reasons["shop/money.py"].values()
    assert "tests" not in reasons["tests/test_cart.py"]  # what speaks against it is no reason
    imported = rank_of(view, Focus("shop/cart.py", 0, 8), weights={"imports": DEFAULT["imports"]})
    texts = {each.unit.path: [r.text for r in each.reasons] for each in imported.units}
    assert texts["shop/money.py"] == ["is imported by the file in focus"]
    assert texts["shop/order.py"] == []


def test_reasons_may_be_asked_for_twice() -> None:
    view = view_of(SHOP)
    best = rank_of(view, focus_on(view, "shop/cart.py", "Cart.total")).units[1]
    assert list(best.reasons) == list(best.reasons) != []


def test_twice_the_same_also_on_a_store_that_has_served_others() -> None:
    view, focus = view_of(SHOP), Focus("shop/cart.py", 5, 5, text="round down")
    first = seen(rank_of(view, focus))
    assert seen(rank_of(view, focus)) == first
    other = view_of({"a.py": "def rounded():\n    pass\n", "shop/cart.py": "total = 1\n"})
    rank_of(other, Focus("a.py", 0, 1), History())
    assert seen(rank_of(view_of(SHOP), focus)) == first


SCRIPT = """
import json, sys
from packing import view_of
from codeassist.base.cancellation import CancellationToken
from codeassist.context.pieces import Focus, History
from codeassist.context.rank import rank
files, commits = json.load(sys.stdin)
focus = Focus("shop/cart.py", 5, 5, text="round the total", open_paths=("web/cart.ts",))
history, token = History(tuple(map(tuple, commits))), CancellationToken()
for breadth in (100, 3):  # all files, and those that are chosen
    found = rank(view_of(files), focus, history, token, breadth=breadth)
    print([(u.unit, u.score, list(u.reasons)) for u in found.units], found.words)
"""


def test_the_order_of_hashes_does_not_matter() -> None:
    texts = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = os.pathsep.join(
            (str(TESTS.parent / "server"), str(TESTS / "fixtures"))
        )
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps([SHOP, PAST.commits]),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        texts.add(done.stdout)
    assert len(texts) == 1
    assert "shop/money.py" in texts.pop()


def test_of_two_alike_the_path_decides() -> None:
    files = {f"{letter}.py": "def same():\n    return 1\n" for letter in "dbca"}
    view = view_of({**files, "focus.py": "x = 1\n"})
    assert places(rank_of(view, Focus("focus.py"), History())) == [
        "focus.py", "a.py", "b.py", "c.py", "d.py"
    ]  # fmt: skip


def test_an_empty_history_is_enough() -> None:
    view = view_of(SHOP)
    found = rank_of(view, focus_on(view, "shop/cart.py", "Cart.total"), History())
    assert set(places(found)) == set(SHOP)
    signals_named = {reason.signal for each in found.units for reason in each.reasons}
    assert not signals_named & {"history", "history_share"}


def test_a_history_of_files_that_are_not_here_is_enough() -> None:
    view = view_of(SHOP)
    past = History((("gone/a.txt", "README"), (), ("shop/cart.py",)))
    focus = focus_on(view, "shop/cart.py", "Cart.total")
    assert places(rank_of(view, focus, past)) == places(rank_of(view, focus, History()))


def test_a_text_alone_finds_what_speaks_of_it() -> None:
    view = view_of(SHOP)
    found = rank_of(view, Focus(text="the amount is rounded twice"))
    assert places(found)[0] == "shop/money.py"
    assert not any(is_own(each) for each in found.units)


def test_a_text_of_no_known_word_ranks_without_reasons_of_words() -> None:
    found = rank_of(view_of(SHOP), Focus(text="unheard"), History())
    assert all(not list(each.reasons) or "docs" in each.unit.path for each in found.units)
    assert found.words == ()


def test_a_focus_in_a_file_that_is_not_indexed_goes_by_its_words_and_place() -> None:
    files = {**SHOP, "shop/notes.txt": "The amount is to be rounded.\n"}
    view = view_of(files)
    assert "shop/notes.txt" not in view
    found = rank_of(view, Focus("shop/notes.txt", 0, 0))
    assert places(found)[0] == "shop/money.py"
    assert not any(is_own(each) for each in found.units)


@pytest.mark.parametrize("focus", [Focus("nowhere.py", 3, 4), Focus("nowhere.py", text="rounded")])
def test_a_focus_in_no_file_is_its_text(focus: Focus) -> None:
    view = view_of(SHOP)
    assert seen(rank_of(view, focus)) == seen(rank_of(view, Focus(text=focus.text)))


@pytest.mark.parametrize("focus", [Focus(text="words"), Focus("a.py", 0, 0), Focus()])
def test_an_empty_repository(focus: Focus) -> None:
    assert rank_of(view_of({}), focus) == Ranking((), ())


@pytest.mark.parametrize("text", ["", "\n\n", "x"])
def test_a_focus_on_hardly_anything(text: str) -> None:
    view = view_of({**SHOP, "shop/new.py": text})
    found = rank_of(view, Focus("shop/new.py", 0, 0))
    assert set(places(found)) >= set(SHOP)
    assert [each.unit.path for each in found.units if is_own(each)] == ["shop/new.py"] * bool(
        text.strip()
    )


@pytest.mark.parametrize("lines", [(90, 90), (3, 2), (8, 400)])
def test_a_focus_beyond_the_file_is_no_error(lines: tuple[int, int]) -> None:
    found = rank_of(view_of(SHOP), Focus("shop/cart.py", *lines))
    assert is_own(found.units[0])


def test_blank_lines_in_focus_belong_to_what_is_above() -> None:
    first = "def e():\n    pass\n\n"
    view = view_of({"a.py": first + "def f():\n    pass\n\n\n\n\n\ndef g():\n    pass\n"})
    outline = view.outline("a.py")
    assert outline is not None
    (own,) = [e for e in rank_of(view, Focus("a.py", 8, 8)).units if is_own(e)]
    assert outline.symbols[own.unit.symbol].name == "f"


def view_without(files: Files, gone: str) -> View:
    """A view of a repository from which a file vanished once it was indexed.

    Its content must be used by no other test: what was read is kept by content.
    """
    have = dict(files)
    tree = DictTree("vanishing", files)
    built = build(
        tree, store(), "vanishing", IndexConfig(workers=1), lambda *_: None, CancellationToken()
    )
    del have[gone]
    built.view.tree = DictTree("vanished", have)
    return built.view


def test_a_file_that_vanished_since_it_was_indexed_has_no_units() -> None:
    files = {**SHOP, "shop/gone.py": "def vanishing_total(rounded):\n    return rounded\n"}
    view = view_without(files, "shop/gone.py")
    found = rank_of(view, Focus("shop/cart.py", 5, 5))
    assert set(places(found)) == set(SHOP)
    assert set(view.lost) == {"shop/gone.py"}


def test_a_focus_that_vanished_since_it_was_indexed() -> None:
    files = {**SHOP, "shop/gone.py": "def vanishing_focus(rounded):\n    return rounded + 1\n"}
    view = view_without(files, "shop/gone.py")
    found = rank_of(view, Focus("shop/gone.py", 0, 0, text="rounded amount"))
    assert places(found)[0] == "shop/money.py"


def test_a_ranking_can_be_cancelled() -> None:
    token = CancellationToken()
    token.cancel()
    with pytest.raises(Cancelled):
        rank_of(view_of(SHOP), Focus(text="total"), token=token)


def test_the_words_are_rare_names_of_the_focus_and_the_request() -> None:
    many = {f"m{n}.py": f"def common_name():\n    return {n}\n" for n in range(120)}
    text = "def focus_here():\n    x = common_name(special_name)\n"
    files = {**many, "a.py": text, "b.py": "other_rare = special_name\n", "c.py": "asked_for = 1\n"}
    view = view_of(files)
    words = rank_of(view, Focus("a.py", 1, 1, text="see asked_for, not_here and words")).words
    # Not common_name, which is in 121 of 123 units; not short names, not prose.
    assert set(words) == {"focus_here", "special_name", "asked_for"}
    assert words[-1] == "special_name"  # in two units, the others in one
    assert rank_of(view, Focus(text="common_name")).words == ()


# A repository of more files than are looked at: only then candidates are chosen.

BREADTH = 9


@pytest.fixture(scope="module")
def large() -> View:
    files = {
        f"far/p{n % 9}/m{n}.py": f"def unrelated_{n}():\n    return {n}\n"
        for n in range(BREADTH + 60)
    }
    # Nothing shares more words with the focus than these.
    line = "start(thing(voucher), app.main, lib.used, unrelated_3)\n"
    files |= {f"noise/n{n}.py": line for n in range(BREADTH)}
    files["app/main.py"] = (
        "from lib.used import thing\n\n\ndef start():\n    return thing(voucher)\n"
    )
    files["app/beside.py"] = "B = 1\n"
    files["lib/used.py"] = "T = 2\n\n\ndef thing(a):\n    return a\n"
    files["zz/user.py"] = "from app.main import start\n\nz = 1\n"
    files["zz/words.py"] = "W = pledge\n"
    files["zz/past.py"] = "P = 1\n"
    files["zz/open.py"] = "O = 1\n"
    return view_of(files)


def test_candidates_come_from_everything_that_can_tie_them(large: View) -> None:
    past = History((("app/main.py", "zz/past.py"),))
    focus = Focus("app/main.py", 4, 4, open_paths=("zz/open.py",))
    found = set(places(rank_of(large, focus, past, breadth=BREADTH)))
    assert found >= {
        "app/main.py", "app/beside.py", "lib/used.py", "zz/user.py", "zz/past.py", "zz/open.py",
        *(f"noise/n{n}.py" for n in range(BREADTH)),
    }  # fmt: skip
    assert not any(path.startswith("far/") for path in found)


def test_what_nothing_ties_is_no_candidate(large: View) -> None:
    found = rank_of(large, Focus(text="the pledge"), History(), breadth=BREADTH)
    assert set(places(found)) == {"zz/words.py"}
    assert places(rank_of(large, Focus(text="unheard"), History(), breadth=BREADTH)) == []


def test_more_files_are_looked_at_for_a_larger_breadth(large: View) -> None:
    focus = Focus("app/main.py", 4, 4)
    few = set(places(rank_of(large, focus, breadth=BREADTH)))
    all_of_them = set(places(rank_of(large, focus, breadth=len(large.paths))))
    assert few < all_of_them == set(large.paths)


def test_the_ranking_ends_where_nothing_would_be_shown() -> None:
    breadth = 3
    functions = "".join(f"def f{n}():\n    pass\n\n\n" for n in range(UNITS_A_FILE * breadth + 9))
    view = view_of({"a.py": "x = 1\n", "b.py": functions})
    found = rank_of(view, Focus("a.py", 0, 0), breadth=breadth)
    assert UNITS_A_FILE * breadth - 1 <= len(found.units) <= UNITS_A_FILE * breadth + 1


@pytest.mark.parametrize(
    ("budget", "files"),
    [(1, LEAST_CANDIDATES), (8_000, LEAST_CANDIDATES), (10_000_000, MOST_CANDIDATES)],
)
def test_the_breadth_has_bounds(budget: int, files: int) -> None:
    assert breadth_for(budget) == files
    assert breadth_for(budget) <= breadth_for(budget + 40_000)
