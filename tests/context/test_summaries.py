"""Tests of summaries: symbol, file, folder, repository; their keys, and the map's limit."""

import pytest
from packing import symbol, view_of

from codeassist.context.source import Sources
from codeassist.context.summaries import Kept, Summaries
from codeassist.context.tokens import Counter
from codeassist.index.view import View

FILES = {
    "shop/__init__.py": '"""Sells things."""\n',
    "shop/cart.py": (
        "class Cart:\n"
        '    """What is bought."""\n\n'
        "    def add(\n        self,\n        item: str,\n    ) -> None:\n"
        '        """\n        Put one in.\n        """\n\n\n'
        "def check_out():\n    pass\n\n\n"
        "def _private():\n    pass\n"
    ),
    "shop/money.py": '# coding: utf-8\n\n"""Rounds amounts.\n\nMore.\n"""\n',
    "web/cart.ts": "/** Shows the cart. */\nexport function show(cart: Cart) { return cart; }\n",
    "vendor/lib.py": "def vendored():\n    pass\n",
}


def of(view: View, **written: str) -> Summaries:
    return Summaries(view, Sources(Counter()), written, Kept())


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("shop/cart.py", "Cart", "class Cart — What is bought."),
        ("shop/cart.py", "Cart.add", "def add( self, item: str, ) -> None — Put one in."),
        ("shop/cart.py", "check_out", "def check_out()"),
        ("web/cart.ts", "show", "function show(cart: Cart) — Shows the cart."),
    ],
)
def test_a_symbol_is_its_signature_and_first_words(path: str, name: str, expected: str) -> None:
    view = view_of(FILES)
    assert of(view).symbol(path, symbol(view, path, name)) == expected


def test_a_file_is_its_first_words_or_its_public_names() -> None:
    summaries = of(view_of(FILES))
    assert summaries.file("shop/money.py") == "Rounds amounts."
    assert summaries.file("shop/cart.py") == "Cart, check_out"


def test_a_folder_counts_and_says_what_its_package_says() -> None:
    summaries = of(view_of(FILES))
    assert summaries.folder("shop") == "3 python; Sells things."
    assert summaries.repository() == "3 python, 1 typescript"  # what is vendored is not ours


def test_the_map_of_a_small_repository() -> None:
    drawn = of(view_of(FILES)).overview(500, Counter())
    assert drawn.splitlines() == [
        "./ 3 python, 1 typescript",
        "shop/ 3 python; Sells things.",
        "shop/__init__.py: Sells things.",
        "shop/cart.py: Cart, check_out",
        "shop/money.py: Rounds amounts.",
        "web/ 1 typescript",
        "web/cart.ts: show",
    ]


@pytest.mark.parametrize("limit", [0, 5, 20, 60, 200, 1_000])
def test_a_map_keeps_its_limit(limit: int) -> None:
    files = {f"p{n % 7}/q{n % 3}/m{n}.py": f"def f{n}():\n    pass\n" for n in range(300)}
    drawn = of(view_of(files)).overview(limit, Counter())
    assert Counter().count(drawn) <= limit
    assert (drawn == "") == (limit < 5)  # the root's own line has five tokens


def test_a_model_s_text_takes_the_place_of_local_facts_until_the_content_changes() -> None:
    view = view_of(FILES)
    plain = of(view)
    file_key, folder_key = plain.key("shop/cart.py"), plain.key("shop")
    written = {file_key: "Carts, written by a model.", folder_key: "The shop's heart."}
    told = of(view, **written)
    assert told.file("shop/cart.py") == "Carts, written by a model."
    assert told.folder("shop") == "The shop's heart."
    assert "The shop's heart." in told.overview(500, Counter())
    changed = of(view_of(FILES | {"shop/cart.py": "def other():\n    pass\n"}), **written)
    assert changed.file("shop/cart.py") == "other"
    assert changed.folder("shop") == "3 python; Sells things."


def test_a_key_is_of_the_content_below_and_nothing_else() -> None:
    one, other = of(view_of(FILES)), of(view_of(FILES | {"web/more.ts": "let x = 1\n"}))
    assert one.key("shop") == other.key("shop")
    assert one.key("web") != other.key("web")
    assert one.key("") != other.key("")


def test_an_empty_repository_has_no_map() -> None:
    assert of(view_of({})).overview(100, Counter()) == ""
