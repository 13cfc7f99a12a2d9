"""The list of refactorings: what is offered, honestly, and how little is looked at for it.

An editor asks for the list at every move of the cursor. How long it takes is measured elsewhere;
here is what makes it short: a file is parsed once, and nothing goes through the whole of it.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

import pytest
from refactoring import check_not, marked, scene_of

from codeassist.base.symbols import TOP
from codeassist.context.pieces import Focus
from codeassist.tasks.refactor import ACTIONS, listed, load
from codeassist.tasks.refactor.latest import FILES_KEPT, Latest
from codeassist.tasks.refactor.python import parsed as parsing
from codeassist.tasks.refactor.syntactic import code as coding
from codeassist.tasks.task import Reach, Scene, Subject

CODE = """\
import os


def total(items, limit):
    result = []
    for item in items:
        if item.active and item.price > limit:
            result.append((item.name, helper(item.price, limit)))
        else:
            print(item)
    first = result[0]
    return first, f"{os.sep} {limit}"


def helper(price, limit):
    value = price * limit
    return value


class Shop:
    def open(self):
        door = self._door(1)
        return door

    def _door(self, number):
        return number + 1
"""


def reasons(scene: Scene, subject: Subject) -> dict[str, str | None]:
    return {action.name: reason for action, reason in listed(scene, subject)}


def at(path: str, start: int, end: int) -> Subject:
    return Subject(path, Reach.PLACE, Focus(path, 0, 0, TOP), (path,), start, end)


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed, one after the other."""
    seen: list[str] = []

    def tree_of(text: str) -> ast.Module:
        seen.append(text)
        return original(text)

    def parse(language: str, data: bytes) -> object:
        seen.append(data.decode())
        return original_parse(language, data)

    original, original_parse = parsing.tree_of, coding.parse
    monkeypatch.setattr(parsing, "tree_of", tree_of)
    monkeypatch.setattr(coding, "parse", parse)
    return seen


@pytest.mark.parametrize(
    ("path", "text"),
    [("m.py", CODE), ("m.py", "def f(:\n    pass\n"), ("m.js", "function f(a) { return a; }\n")],
)
def test_a_file_is_parsed_once_whatever_is_asked(path: str, text: str, parses: list[str]) -> None:
    scene = scene_of({path: text, "other.py": ""})
    for start in (0, 5, 9):
        reasons(scene, at(path, start, start))
    # Another state of the repository, in which the file is the same.
    other = replace(scene, view=scene.view.overlaid({"other.py": b"x = 1\n"}))
    reasons(other, at(path, 4, 12))
    assert parses == [text]


def test_another_content_is_parsed_and_the_old_one_forgotten(parses: list[str]) -> None:
    scene = scene_of({"m.py": "x = 1\n"})
    edited = replace(scene, view=scene.view.overlaid({"m.py": b"y = 1\n"}))
    for each in (scene, edited, edited, scene):
        reasons(each, at("m.py", 0, 0))
    assert parses == ["x = 1\n", "y = 1\n", "x = 1\n"]


def test_only_the_last_files_are_kept() -> None:
    made: list[str] = []
    kept: Latest[str] = Latest()
    names = [f"{number}.py" for number in range(FILES_KEPT + 1)]
    for name in (*names, names[-1], names[0]):
        kept.get(name, b"", lambda name=name: made.append(name) or name)
    assert made == [*names, names[0]]


def carets(text: str) -> Iterator[Subject]:
    for start in range(len(text)):
        yield at("m.py", start, start)
        yield at("m.py", start, min(len(text), start + 40))


def test_nothing_goes_through_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    scene, walk = scene_of({"m.py": CODE}), ast.walk

    def guarded(node: ast.AST) -> Iterator[ast.AST]:
        assert not isinstance(node, ast.Module | ast.ClassDef), "the whole file was looked at"
        return walk(node)

    monkeypatch.setattr(ast, "walk", guarded)
    offered: set[str] = set()
    for subject in carets(CODE):
        offered |= {name for name, reason in reasons(scene, subject).items() if reason is None}
    tree = ast.parse(CODE)
    for node in walk(tree):
        if isinstance(node, ast.expr | ast.stmt):
            starts = [0, *(i + 1 for i, char in enumerate(CODE) if char == "\n")]
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            found = reasons(scene, at("m.py", start, end))
            offered |= {name for name, reason in found.items() if reason is None}
    assert offered == set(ACTIONS) - {"suggest", "instruct"}


def applies(action: str, files: dict[str, str] | str) -> str | None:
    plain, subject = marked(files)
    return load(action).applies(scene_of(plain), subject)


def test_ruffs_fixes_are_not_offered_where_the_syntax_is_wrong() -> None:
    assert applies("fix", "x = f'a'$0\n") is None
    assert applies("fix", "x = f'a'$0\ndef f(:\n    pass\n") == (
        "ruff fixes nothing in a file with a syntax error"
    )


def test_ruffs_fixes_are_offered_for_syntax_that_this_python_may_not_know() -> None:
    # PEP 695, Python 3.12.
    assert applies("fix", "type A = int\nx = f'a'$0\n") is None


# The check of duplicates (CA202) compares bodies of 100 bytes and more; this one has 99.
SMALL = f"    return {'x' * 92}\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def $0f():\n" + SMALL, "the function is too small to be worth it"),
        ("def $0f():\n    x()\n" + SMALL, None),
        # The check measures blocks, and comments at their end are part of them.
        ("def $0f():\n" + SMALL + "    # why\n", None),
        ("class A:\n    def $0__init__(self):\n" + "        call(self.first, self.second)\n" * 9,
         "the function is too small to be worth it"),
        ("x = 1$0\n", "there is no function here"),
        ("def $0f():\n    yield\n" + SMALL, "a generator would be run in another way"),
    ],
)  # fmt: skip
def test_repeating_functions_are_looked_for_where_the_check_does(
    code: str, reason: str | None
) -> None:
    assert applies("call-duplicate", code) == reason
    check_not("call-duplicate", code, reason or "no other function of the repository")


def test_whole_lines_may_end_where_the_next_one_begins() -> None:
    for action in ("rename", "inline"):
        one = "def g():\n    $0value = 1$0\n    return value\n"
        several = "x = 1\n$0def f():\n    return x\n$0y = f()\n"
        assert applies("rename", several) is None
        assert applies("inline", several) is None
        assert applies(action, one) is None


def test_the_name_of_an_async_function_is_where_it_is_written() -> None:
    assert applies("inline", "async def $0e():\n    pass\ne()\n") == "`e` is async"
