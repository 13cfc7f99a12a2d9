"""A function that repeats another one calls it, where the parameters map exactly."""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import check, check_not

ACTION = "call-duplicate"
BODY = """
    result = []
    for {0} in {1}:
        if {0}.active and {0}.price > {2}:
            result.append(({0}.name, {0}.price * {2}))
    result.sort(key=str)
    return result
"""


def body(*names: str) -> str:
    return BODY.format(*names)[1:]


def test_a_function_of_another_file_is_imported_and_called() -> None:
    check(
        ACTION,
        {
            "shop/prices.py": "def expensive(items, limit):\n" + body("item", "items", "limit"),
            "m.py": "import os\n\n\ndef $0dear(rows, least):\n    '''Doc.'''\n"
            + body("row", "rows", "least"),
        },
        {
            "m.py": "import os\nfrom shop.prices import expensive\n\n\ndef dear(rows, least):\n"
            "    '''Doc.'''\n    return expensive(rows, least)\n",
        },
    )


def test_a_method_of_the_same_class_is_called_on_the_object() -> None:
    first = "    def one(self, rows, n):\n" + body("row", "rows", "n").replace("    ", "        ")
    second = "    def two(self, xs, k):\n" + body("x", "xs", "k").replace("    ", "        ")
    # Only the first level of a body has four blanks; a class adds four to each.
    first = first.replace("                ", "            ")
    second = second.replace("                ", "            ")
    before = "class A:\n" + first.replace("def one", "def $0one") + "\n" + second
    report_after = (
        "class A:\n    def one(self, rows, n):\n        return self.two(rows, n)\n\n" + second
    )
    check(ACTION, before, report_after)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("def expensive(items, limit, more):\n" + body("item", "items", "limit"), "does exactly the same"),
        ("def expensive(items, limit):\n" + body("item", "items", "limit").replace("> limit", ">= limit"), "does exactly the same"),
        ("@cache\ndef expensive(items, limit):\n" + body("item", "items", "limit"), "decorator `cache`"),
        ("import m\ndef expensive(items, limit):\n" + body("item", "items", "limit"), "imports this file"),
        ("def _expensive(items, limit):\n" + body("item", "items", "limit"), "does exactly the same"),
    ],
)  # fmt: skip
def test_what_does_not_map_is_refused(other: str, reason: str) -> None:
    mine = "import os\n\n\ndef $0dear(rows, least):\n" + body("row", "rows", "least")
    check_not(ACTION, {"shop/prices.py": other, "m.py": mine}, reason)


def test_small_functions_and_generators_are_refused() -> None:
    check_not(ACTION, "def $0f(a):\n    return a\n", "too small")
    check_not(ACTION, "def $0f(a):\n    yield a\n", "generator")
