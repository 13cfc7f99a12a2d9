"""Tests of what a text is about: paths, dotted names, code in backticks, prose, and nothing."""

import time
from collections.abc import Sequence

import pytest
from packing import Files, symbol, view_of

from codeassist.base.symbols import TOP
from codeassist.context import mentions
from codeassist.context.evidence import same_path
from codeassist.context.locate import locate_text
from codeassist.context.mentions import mentions_of, variants_of

SHOP: Files = {
    "src/shop/__init__.py": "from shop.render import Formatter\n",
    "src/shop/cart.py": (
        "class Cart:\n"
        '    """What a customer has chosen."""\n\n'
        "    def total(self):\n"
        "        return sum(item.price for item in self.items)\n\n"
        "    def apply_discount(self, percent):\n"
        "        if percent > 100:\n"
        "            raise ValueError('a discount cannot be over one hundred percent')\n"
    ),
    "src/shop/render.py": (
        "class Formatter:\n"
        "    def render(self, value):\n"
        "        return str(value)\n\n\n"
        "class Table:\n"
        "    def render(self, rows):\n"
        "        return rows\n"
    ),
    "src/shop/archive.py": (
        "def unpack(tarball):\n"
        "    # Symlinks in a tarball may lead out of the folder.\n"
        "    for member in tarball:\n"
        "        member.extract()\n\n\n"
        "def cached_digest(path):\n"
        "    return path\n"
    ),
    "src/shop/mailer.py": "def send(address):\n    return address\n",
    "tests/test_cart.py": (
        "from shop.cart import Cart\n\n\n"
        "def test_total():\n"
        "    assert Cart().total() == 0\n\n\n"
        "def test_apply_discount():\n"
        "    Cart().apply_discount(10)\n"
    ),
    "src/图书/目录.py": "def 查找书籍(书名):\n    return 书名\n",
}


def check(
    text: str, path: str, name: str = "", because: str = "", files: Files = SHOP
) -> Sequence[str]:
    """The file comes first, and so does the definition if there is one; gives the reasons."""
    view = view_of(files)
    found, definitions = locate_text(view, text)
    assert found[0][0] == path, found[:3]
    assert found[0][1] == pytest.approx(1.0)
    scores = [score for _, score, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert len({path for path, _, _ in found}) == len(found) <= 50
    if name:
        assert definitions[0][:2] == (path, symbol(view, path, name)), definitions[:3]
        assert all(index != TOP for _, index, _, _ in definitions)
        reasons = [str(reason) for reason in definitions[0][3]]
        assert any(because in reason for reason in reasons), reasons
    return [str(reason) for reason in found[0][2]]


@pytest.mark.parametrize(
    "written", ["src/shop/mailer.py", "shop/mailer.py", "/home/me/src/shop/mailer.py", "mailer.py"]
)
def test_a_path_that_is_named_comes_first(written: str) -> None:
    reasons = check(f"Look into {written}, it is wrong.", "src/shop/mailer.py")
    assert any(reason.startswith("is named in the text: ") for reason in reasons)


@pytest.mark.parametrize("line", ["  341     cart = 1", "--> 343 cart = 1", "12  cart = 1"])
def test_numbered_source_of_a_stack_trace_says_nothing(line: str) -> None:
    assert "cart" not in mentions_of(f"Bug\n```\n{line}\n```").blocks
    assert mentions_of("404 page of the cart\n3 carts").prose == ("carts",)


def test_a_line_of_prose_may_look_at_a_path() -> None:
    assert mentions_of("Bug\nLook at src/shop/mailer.py").paths == {"src/shop/mailer.py"}


def test_only_the_own_name_of_a_path_is_a_word() -> None:
    said = mentions_of("Bug\nIt is in src/shop/mailer.py somewhere")
    assert said.prose == ("mailer", "somewhere")
    assert not said.code


def test_a_path_on_windows_is_the_same_path() -> None:
    check("Look into src\\shop\\mailer.py", "src/shop/mailer.py")


def test_the_path_of_a_stack_traces_frame_is_left_to_the_traces() -> None:
    assert not mentions_of('Broken\n  File "src/shop/mailer.py", line 2, in send').paths
    assert mentions_of("Broken\nin src/shop/mailer.py").paths == {"src/shop/mailer.py"}


@pytest.mark.parametrize(
    ("path", "written", "sure"),
    [
        ("a/b/c.py", "a/b/c.py", 1.0),
        ("a/b/c.py", "b/c.py", 1.0),
        ("a/b/c.py", "/x/a/b/c.py", 1.0),
        ("a/b/c.py", "other/b/c.py", 0.8),
        ("a/b/c.py", "c.py", 0.5),
        ("setup.py", "my/folder/setup.py", 0.5),
        ("a/b/c.py", "bc.py", 0.0),
        ("a/b/abc.py", "bc.py", 0.0),
        ("a/bb/c.py", "b/c.py", 0.0),
    ],
)
def test_how_sure_a_written_path_is(path: str, written: str, sure: float) -> None:
    assert same_path(path, written) == sure


def test_a_dotted_name_is_the_method_of_its_class() -> None:
    text = "shop.cart.Cart.total is slow for many things"
    check(text, "src/shop/cart.py", "Cart.total", "`Cart.total`")


def test_a_class_in_backticks_is_defined_in_the_first_file() -> None:
    reasons = check("`Formatter` shows nothing for an empty value", "src/shop/render.py")
    assert any("`Formatter`" in reason and "names" in reason for reason in reasons)


def test_prose_finds_the_function_by_rare_words() -> None:
    text = "Unsafe symlinks are followed when a tarball has them"
    reasons = check(text, "src/shop/archive.py", "unpack", "has the words")
    assert any("tarball" in reason for reason in reasons)


def test_a_message_is_found_by_its_phrases() -> None:
    text = "It says: ValueError: a discount cannot be over one hundred percent"
    check(text, "src/shop/cart.py", "Cart.apply_discount")


def test_other_forms_of_a_word_are_found() -> None:
    assert {"cache", "cached", "caches"} <= variants_of("caching")
    assert {"query"} <= variants_of("queries")
    check("Wrong digests, maybe caching is to blame", "src/shop/archive.py", "cached_digest")


def test_two_words_are_found_as_one_name() -> None:
    assert "apply_discount" in mentions_of("Apply discount twice").title_compounds
    check("Apply discount twice", "src/shop/cart.py", "Cart.apply_discount")


def test_the_program_comes_before_its_tests_and_its_tests_are_there() -> None:
    found, _ = locate_text(view_of(SHOP), "`apply_discount` takes 110 percent")
    paths = [path for path, _, _ in found]
    assert paths.index("src/shop/cart.py") < paths.index("tests/test_cart.py")


@pytest.mark.parametrize(
    "text",
    [
        "the and of it is when there",
        "",
        "?!? --- ###",
        "👩‍👩‍👧 🎉",
        "zyzzyva qwxyz",
        "https://example.org/cart/total",
        "<!-- cart total discount -->",
    ],
)
def test_where_nothing_fits_nothing_is_given(text: str) -> None:
    assert locate_text(view_of(SHOP), text) == ([], [])


def test_an_empty_repository_has_no_places() -> None:
    assert locate_text(view_of({}), "`Formatter` in src/shop/cart.py") == ([], [])


def test_identifiers_of_any_script_are_names() -> None:
    check("查找书籍 很慢 🐢", "src/图书/目录.py", "查找书籍")
    check("🎉 The `查找书籍` function is slow 👩‍👩‍👧", "src/图书/目录.py", "查找书籍")


def test_lists_of_packages_say_nothing() -> None:
    said = mentions_of("Wrong total\n\n```\ncart       1.0.3\nmailer == 2.0\n```\nThe end")
    assert "cart" not in {*said.prose, *said.blocks}
    assert mentions_of("Wrong total\ncart is 3 times too large").prose[0] == "cart"


def test_names_that_an_example_makes_itself_are_not_the_programs() -> None:
    said = mentions_of("Bug\n```python\ndef render_it(cart):\n    return Formatter(cart)\n```\n")
    assert "render_it" not in said.code
    assert "Formatter" in said.blocks


def test_a_long_log_is_read_at_its_two_ends() -> None:
    """Time is bounded by design: what is read of a text has a greatest length."""
    line = "2026-01-01 12:00:00 INFO worker.pool fetched item_number of mailer\n"
    log = "Discount is wrong\n" + line * 3_000 + "ValueError: apply_discount failed\n"
    assert len(log) > 200_000
    said = mentions_of(log)
    assert said.title[0] == "Discount"
    assert "apply_discount" in said.code
    read = mentions.HEAD_CHARACTERS + mentions.TAIL_CHARACTERS
    assert sum(map(len, (*said.title, *said.prose))) < read
    check(log, "src/shop/cart.py")


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a/", "a-", "`", "(", " ", "9 ", "```\n", "<!--", "\n"]
)
def test_no_text_takes_long(unit: str) -> None:
    """Patterns that try each split of a long run would take minutes here; this is generous."""
    started = time.process_time()
    mentions_of(unit * 200_000)
    assert time.process_time() - started < 2


def test_only_the_best_fifty_are_given() -> None:
    files = {f"pkg/m{n}.py": f"def f{n}():\n    return tarball\n" for n in range(120)}
    found, definitions = locate_text(view_of(files), "the tarball is lost")
    assert len(found) == len(definitions) == 50
