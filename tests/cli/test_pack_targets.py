"""Tests of what a user may name to `codeassist pack`, and of what each wrong name is answered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command import Place
from packing import store

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.base.symbols import TOP
from codeassist.engine.focus import Finder, Found
from codeassist.git.repository import Repository
from codeassist.index.build import build
from codeassist.index.config import IndexConfig
from codeassist.index.view import View
from codeassist.vfs.disk import DiskTree
from codeassist.vfs.ignore import IgnoringTree, load_rules

CART = (
    "import os\n"
    "\n"
    "\n"
    "class Cart:\n"
    "    def total(self):\n"
    "        first = 1\n"
    "\n"
    "        return first\n"
    "\n"
    "    def add(self):\n"
    "        pass\n"
    "\n"
    "\n"
    "def check_out():\n"
    "    pass\n"
)
FILES = {
    "shop/cart.py": CART,
    "shop/order.py": "class Order:\n    def total(self):\n        pass\n",
    "shop/gift.py": (
        "from shop.cart import Cart\n\n\nclass Gift(Cart):\n    pass\n\n\n"
        "class Note(Unknown):\n    pass\n"
    ),
    "shop/broken.py": "def broken(:\n    return 1\n",
    "shop/empty.py": "",
    "web/Cart.java": (
        "class Basket {\n  int sum(int a) { return a; }\n  int sum(long a) { return 1; }\n}\n"
    ),
    "notes.txt": "some words\nmore words\n",
    "logo.png": b"\x89PNG\r\n\x1a\n\0\0\0",
    "data.py": b"x = '\0'\n",
    "big.py": "x = 1\n" * 200_000,
    "cjk.py": "def 合计(价格):\n    return 价格\n",
    ".gitignore": "build/\n",
    ".codeassistignore": "secret.py\n",
    "secret.py": "x = 1\n",
    "build/made.py": "x = 1\n",
}
Find = Callable[..., Found]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A repository with one file of each kind."""
    made = Place(tmp_path_factory.mktemp("targets")).init()
    made.write(FILES)
    (made.root.parent / "outside.py").write_text("x = 1\n")
    (made.root / "link.py").symlink_to("shop/cart.py")
    return made


@pytest.fixture(scope="module")
def view(place: Place) -> View:
    tree = DiskTree(place.root, Repository.discover(place.root).list_files)
    listed = tuple(tree.entries())
    ignoring = IgnoringTree(tree, load_rules(tree, [entry.path for entry in listed]), listed)
    token = CancellationToken()
    config = IndexConfig(workers=1)
    return build(ignoring, store(), str(place.root), config, lambda *_: None, token).view


@pytest.fixture
def find(place: Place, view: View) -> Find:
    """Find a target, with file names relative to a folder of the repository."""

    def run(target: str, folder: str = "") -> Found:
        return Finder(view, str(place.root), str(place.root / folder)).find(target)

    return run


def name(view: View, found: Found) -> str:
    outline = view.outline(found.focus.path or "")
    symbol = found.focus.symbol
    return outline.qualified(symbol) if outline is not None and symbol != TOP else ""


@pytest.mark.parametrize(
    ("target", "folder", "expected"),
    [
        ("shop/cart.py", "", ("shop/cart.py", 0, 14, "")),
        ("cart.py", "shop", ("shop/cart.py", 0, 14, "")),
        ("shop/cart.py", "web", ("shop/cart.py", 0, 14, "")),  # from the root is understood too
        ("../shop/cart.py", "web", ("shop/cart.py", 0, 14, "")),
        ("link.py", "", ("shop/cart.py", 0, 14, "")),
        ("shop/cart.py:6", "", ("shop/cart.py", 5, 5, "Cart.total")),
        ("shop/cart.py:6-8", "", ("shop/cart.py", 5, 7, "Cart.total")),
        ("shop/cart.py:6-10", "", ("shop/cart.py", 5, 9, "Cart")),
        ("shop/cart.py:6-14", "", ("shop/cart.py", 5, 13, "")),
        ("shop/cart.py:1", "", ("shop/cart.py", 0, 0, "")),
        ("check_out", "", ("shop/cart.py", 13, 14, "check_out")),
        ("Cart.total", "", ("shop/cart.py", 4, 7, "Cart.total")),
        ("shop.cart.Cart.total", "", ("shop/cart.py", 4, 7, "Cart.total")),
        ("cart.Cart.total", "", ("shop/cart.py", 4, 7, "Cart.total")),
        ("Cart::total", "", ("shop/cart.py", 4, 7, "Cart.total")),
        ("Cart#total", "", ("shop/cart.py", 4, 7, "Cart.total")),
        ("合计", "", ("cjk.py", 0, 1, "合计")),
        ("cjk.py:2", "", ("cjk.py", 1, 1, "合计")),
    ],
)
def test_what_is_named_is_found(
    find: Find, view: View, target: str, folder: str, expected: tuple[str, int, int, str]
) -> None:
    found = find(target, folder)
    focus = found.focus
    assert (focus.path, focus.start_line, focus.end_line, name(view, found)) == expected
    assert found.notes == ()


@pytest.mark.parametrize(
    ("target", "lines", "note"),
    [
        ("shop/cart.py:2", (3, 3), "there is only blank space there; the focus is line 4"),
        ("shop/cart.py:2-3", (3, 3), "there is only blank space there; the focus is line 4"),
        ("shop/cart.py:14-99", (13, 14), "shop/cart.py ends at line 15"),
        ("shop/broken.py:2", (1, 1), "has syntax errors"),
        ("shop/empty.py", (0, 0), "is empty"),
        ("shop/empty.py:1", (0, 0), "is empty"),
        ("notes.txt:2", (1, 1), "is not in a language of the index"),
        ("Basket.sum", (1, 1), "defined more than once in its file; also web/Cart.java:3"),
        ("Gift.total", (4, 7), "Gift.total is inherited: shop/cart.py:5 Cart.total"),
        ("shop.gift.Gift.total", (4, 7), "is inherited: shop/cart.py:5 Cart.total"),
    ],
)
def test_what_is_odd_works_and_is_said(
    find: Find, target: str, lines: tuple[int, int], note: str
) -> None:
    found = find(target)
    assert (found.focus.start_line, found.focus.end_line) == lines
    assert len(found.notes) == 1
    assert note in found.notes[0]


def test_a_blank_line_in_a_function_is_the_function_s(find: Find, view: View) -> None:
    found = find("shop/cart.py:7")
    assert name(view, found) == "Cart.total"


@pytest.mark.parametrize(
    ("target", "message", "remedy"),
    [
        ("../outside.py", "outside of", "--repo"),
        ("/etc/passwd", "outside of", "--repo"),
        ("build/made.py", "is ignored", "check-ignore"),
        ("secret.py", "is ignored", "check-ignore"),
        ("logo.png", "is binary", "text"),
        ("data.py", "binary", "another"),
        ("big.py", "larger than 1 MiB", "another"),
        ("shop", "is a folder", "in it"),
        ("lib/missing.rb", "there is no file lib/missing.rb", "name a file"),
        ("web/order.py", "there is no file web/order.py", "did you mean shop/order.py?"),
        ("missing:3", "there is no file missing", "name a file"),
        ("shop/cart.py:16", "has no line 16: its last one is 15", "shop/cart.py:15"),
        ("shop/cart.py:0", "counted from 1", "shop/cart.py:1"),
        ("shop/cart.py:9-3", "ends before it begins", "shop/cart.py:3-9"),
        ("check_oot", "nothing is called check_oot", "did you mean check_out?"),
        ("total", "2 definitions are called total: shop/cart.py:5 Cart.total", "qualified"),
        ("Nothing.like.this", "nothing is called", ""),
        ("Gift.missing", "nothing is called Gift.missing", ""),
        ("Note.total", "nothing is called Note.total", "did you mean total"),  # of who knows what
        ("check_out.total", "nothing is called check_out.total", "did you mean total"),
        ("::", "no name in it", "definition"),
    ],
)
def test_what_cannot_be_a_focus_is_an_error_with_a_remedy(
    find: Find, target: str, message: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as raised:
        find(target)
    assert message in raised.value.message
    assert remedy in raised.value.remedy


def test_a_file_in_no_repository_is_packed_for_too(tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text("def alone():\n    pass\n")
    tree = DiskTree(tmp_path, lambda: ["alone.py"], "folder")
    config, token = IndexConfig(workers=1), CancellationToken()
    view = build(tree, store(), str(tmp_path), config, lambda *_: None, token).view
    found = Finder(view, str(tmp_path), str(tmp_path)).find("alone.py:1")
    assert (found.focus.path, name(view, found)) == ("alone.py", "alone")
