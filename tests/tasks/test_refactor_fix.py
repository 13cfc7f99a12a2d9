"""Ruff's safe fixes: those of the selection, by the repository's own configuration."""

from refactoring import check, check_not, done, marked, scene_of

from codeassist.tasks.refactor import load

ACTION = "fix"


def test_the_lines_that_are_selected_and_no_others() -> None:
    # F541, an f-string without placeholders, is on by default and its fix is safe.
    check(ACTION, "a = f'x'\n$0b = f'y'$0\nc = f'z'\n", "a = f'x'\nb = 'y'\nc = f'z'\n")


def test_the_repositorys_rules_count() -> None:
    files = {
        "pyproject.toml": "[tool.ruff.lint]\nselect = ['UP']\n",
        "m.py": "$0import os\nx = set([1])\nclass A(object):\n    pass\n$0",
    }
    check(ACTION, files, {"m.py": "import os\nx = set([1])\nclass A:\n    pass\n"})


def test_fixes_that_uncover_others_are_made_in_turn() -> None:
    files = {"ruff.toml": "lint.select = ['F401']\n", "m.py": "$0import os, sys, re\n$0x = 1\n"}
    check(ACTION, files, {"m.py": "x = 1\n"})


def test_characters_and_line_ends_before_it_stay() -> None:
    _, files = done(ACTION, {"m.py": "$0é = '😀'; b = f'ü'\r\n$0".encode()})
    assert files["m.py"] == "é = '😀'; b = 'ü'\r\n".encode()


def test_an_unsafe_fix_is_not_made_even_if_the_repository_asks_for_it() -> None:
    # F841's fix is unsafe: the value may have effects.
    files = {
        "ruff.toml": "unsafe-fixes = true\nfix = true\n",
        "m.py": "def f():\n    $0x = g()$0\n",
    }
    check_not(ACTION, files, "no safe fix here")


def test_a_broken_configuration_is_named() -> None:
    check_not(ACTION, {"ruff.toml": "select = [\n", "m.py": "$0a = f'x'$0\n"}, "ruff.toml")


def test_nothing_to_fix_and_other_languages() -> None:
    check_not(ACTION, "$0a = 1$0\n", "no safe fix here")
    plain, subject = marked({"m.js": "$0a$0"})
    assert load(ACTION).applies(scene_of(plain), subject) == "this works for Python only"
