"""Rename: everything that means the definition, nothing else, and what cannot be told is said."""

# ruff: noqa: E501 (a table is read by its rows: a fixture and what becomes of it)

import pytest
from refactoring import answered, applied, check, check_not, done, marked, scene_of

from codeassist.context.pieces import Focus
from codeassist.tasks.refactor import RefactorOptions, load
from codeassist.tasks.task import Reach, Subject, TaskReport

ACTION = "rename"


def problems(report: TaskReport) -> list[str]:
    return [problem for edit in report.edits for problem in edit.problems]


def test_a_function_across_files_with_aliases_exports_and_re_exports() -> None:
    check(
        ACTION,
        {
            "pkg/__init__.py": "from .core import load as read, load\n__all__ = ['load', 'read']\n",
            "pkg/core.py": "# load is told of here, too\ndef $0load(path):\n    '''load a file'''\n    return path\n",
            "app.py": "import pkg.core\nfrom pkg import load, read\nload(1)\nread(2)\npkg.core.load(3)\n",
            "other.py": "def load():\n    return 'load it'\nload()\n",
        },
        {
            "pkg/__init__.py": "from .core import fetch as read, fetch\n__all__ = ['fetch', 'read']\n",
            "pkg/core.py": "# load is told of here, too\ndef fetch(path):\n    '''load a file'''\n    return path\n",
            "app.py": "import pkg.core\nfrom pkg import fetch, read\nfetch(1)\nread(2)\npkg.core.fetch(3)\n",
        },
        name="fetch",
        path="pkg/core.py",
    )


def test_whole_lines_mean_the_definition_in_the_first() -> None:
    check(
        ACTION,
        "x = 1\n$0def f(): pass\n$0",
        "x = 1\ndef g(): pass\n",
        name="g",
    )


def test_a_definition_as_the_subject_means_its_name() -> None:
    files = {"m.py": b"@staticmethod\ndef f(): pass\nf()\n"}
    at = scene_of(files)
    focus = Focus("m.py", 0, 1, 0)
    subject = Subject("f", Reach.SYMBOL, focus, ("m.py",), 0, 27)
    report = answered(load(ACTION).run(at, subject, RefactorOptions(ACTION, "g")), [])
    assert applied(files, report)["m.py"] == b"@staticmethod\ndef g(): pass\ng()\n"


def test_a_parameter_with_the_arguments_by_name() -> None:
    check(
        ACTION,
        {
            "m.py": "def f($0size, *, deep=False):\n    return size\nf(size=1)\nsize = 2\nf(size)\n",
            "n.py": "from m import f\nf(deep=True, size=3)\ndef g(size): return size\ng(size=1)\n",
        },
        {
            "m.py": "def f(width, *, deep=False):\n    return width\nf(width=1)\nsize = 2\nf(size)\n",
            "n.py": "from m import f\nf(deep=True, width=3)\ndef g(size): return size\ng(size=1)\n",
        },
        name="width",
    )


def test_an_argument_for_a_class_under_another_name_is_told() -> None:
    report, _ = done(
        ACTION,
        {
            "m.py": "class Signer:\n    def __init__(self, $0salt):\n        self.s = salt\n",
            "n.py": "import lib\ndef go(kind):\n    lib.hash(salt=1)\n    kind(salt=2)\n    kind(**{'salt': 3})\n",
        },
        "pepper",
    )
    assert problems(report) == [
        "n.py:4: an argument `salt` may be for this parameter",
        "n.py:5: a key `salt` may become an argument",
    ]


def test_a_parameter_of_an_overriding_method_is_told() -> None:
    report, _ = done(
        ACTION,
        "class A:\n    def run(self, $0size): pass\nclass B(A):\n    def run(self, size): pass\n",
        "width",
    )
    assert problems(report) == ["`B.run` in m.py has a parameter `size`, too"]


def test_a_method_in_the_hierarchy_and_on_objects_whose_class_is_known() -> None:
    check(
        ACTION,
        {
            "m.py": "class A:\n    def $0run(self):\n        return 1\n\n\nclass B(A):\n    def run(self):\n        return super().run()\n",
            "n.py": "from m import B\n\n\ndef go():\n    b = B()\n    return b.run()\n",
        },
        {
            "m.py": "class A:\n    def walk(self):\n        return 1\n\n\nclass B(A):\n    def walk(self):\n        return super().walk()\n",
            "n.py": "from m import B\n\n\ndef go():\n    b = B()\n    return b.walk()\n",
        },
        name="walk",
    )


def test_an_object_whose_class_is_not_known_keeps_the_name_and_is_told() -> None:
    report, files = done(
        ACTION,
        {
            "m.py": "class A:\n    def $0run(self):\n        return 1\n",
            "n.py": "def go(thing):\n    return thing.run()\n",
        },
        "walk",
    )
    assert b"thing.run()" in files["n.py"]
    assert problems(report) == ["n.py:2: `thing.run` may be meant"]


def test_a_string_that_names_it_is_told() -> None:
    report, files = done(
        ACTION,
        {
            "m.py": "def $0load():\n    pass\n",
            "test_m.py": "import m\ndef test(mock):\n    mock.patch('m.load')\n    m.load()\n    print('we load it')\n",
        },
        "fetch",
    )
    assert b"m.fetch()" in files["test_m.py"]
    assert problems(report) == ["test_m.py:3: a string names `load`"]


def test_a_doctest_is_told() -> None:
    code = "def $0load():\n    '''load it\n\n    >>> load()\n    '''\n"
    report, _ = done(ACTION, code, "fetch")
    assert problems(report) == ["m.py:2: a string names `load`"]


def test_a_decorator_that_may_use_the_name_is_told() -> None:
    report, _ = done(ACTION, "@app.command()\ndef $0load():\n    pass\n", "fetch")
    assert problems(report) == ["the decorator `app.command` may use the name `load`"]


def test_a_base_from_elsewhere_is_told() -> None:
    code = "from lib import Base\nclass A(Base):\n    def $0run(self):\n        pass\n"
    report, _ = done(ACTION, code, "walk")
    assert problems(report) == ["`A` has the base `Base`, which may know the name"]


def test_a_file_that_cannot_be_parsed_is_told() -> None:
    files = {"m.py": "def $0load():\n    pass\n", "n.py": "from m import load\nload(\n"}
    report, _ = done(ACTION, files, "fetch")
    assert any(each.startswith("n.py has the name, too: ") for each in problems(report))


def test_an_argument_of_a_function_that_is_not_known_keeps_its_name() -> None:
    check(
        ACTION,
        "def f(make):\n    $0line = 1\n    return make(line=line, a=line)\n",
        "def f(make):\n    row = 1\n    return make(line=row, a=row)\n",
        name="row",
    )
    report, files = done(
        ACTION, "def f(make, $0line):\n    return make(line=line) + f(make, line=line)\n", "row"
    )
    assert files["m.py"] == b"def f(make, row):\n    return make(line=row) + f(make, row=row)\n"
    assert problems(report) == ["m.py:2: an argument `line` may be for this parameter"]


def test_local_names_of_one_function_only() -> None:
    check(
        ACTION,
        "x = 1\ndef f(a):\n    $0x = a\n    def g():\n        return x\n    return [x for y in f'{x}']\ndef h():\n    return x\n",
        "x = 1\ndef f(a):\n    new = a\n    def g():\n        return new\n    return [new for y in f'{new}']\ndef h():\n    return x\n",
        name="new",
    )


def test_line_ends_marks_and_characters_before_it_stay() -> None:
    before = b"\xef\xbb\xbf\xc3\xa9 = '\xf0\x9f\x98\x80'; $0load = \xc3\xa9\r\nprint(load, '\xc3\xa9', load)\r\n"
    _, files = done(ACTION, {"m.py": before}, "fetch")
    assert files["m.py"] == before.replace(b"$0", b"").replace(b"load", b"fetch")


def test_it_reads_the_view_and_writes_nothing() -> None:
    files, subject = marked({"gone/m.py": "def $0load():\n    pass\n"})
    report = answered(
        load(ACTION).run(scene_of(files), subject, RefactorOptions(ACTION, "fetch")), []
    )
    assert applied(files, report)["gone/m.py"] == b"def fetch():\n    pass\n"


@pytest.mark.parametrize(
    "more", [{}, {"tests/__init__.py": ""}, {"tests/__init__.py": "", "setup.py": "import pkg\n"}]
)
def test_tests_beside_a_src_folder(more: dict[str, str]) -> None:
    check(
        ACTION,
        {
            "src/pkg/__init__.py": "from .mod import load\n",
            "src/pkg/mod.py": "def $0load(path):\n    return path\n",
            "tests/test_mod.py": "import pkg\nfrom pkg import mod\nfrom pkg.mod import load\nload(1)\npkg.load(2)\nmod.load(3)\n",
            **more,
        },
        {
            "src/pkg/__init__.py": "from .mod import fetch\n",
            "src/pkg/mod.py": "def fetch(path):\n    return path\n",
            "tests/test_mod.py": "import pkg\nfrom pkg import mod\nfrom pkg.mod import fetch\nfetch(1)\npkg.fetch(2)\nmod.fetch(3)\n",
        },
        name="fetch",
        path="src/pkg/mod.py",
    )


def test_modules_of_one_name_in_several_folders_are_told_apart() -> None:
    # A script sees the folder that it is in before any other.
    check(
        ACTION,
        {
            "one/tool.py": "def load(): pass\n",
            "one/main.py": "from tool import load\nload()\n",
            "two/tool.py": "def $0load(): pass\n",
            "two/main.py": "from tool import load\nload()\n",
        },
        {
            "two/tool.py": "def fetch(): pass\n",
            "two/main.py": "from tool import fetch\nfetch()\n",
        },
        name="fetch",
        path="two/tool.py",
    )


def test_a_module_that_may_be_one_of_two_is_told() -> None:
    report, files = done(
        ACTION,
        {
            "a/pkg/__init__.py": "",
            "a/pkg/mod.py": "def $0load(): pass\n",
            "b/pkg/__init__.py": "",
            "b/pkg/mod.py": "def load(): pass\n",
            "c/main.py": "from pkg.mod import load\nload()\n",
        },
        "fetch",
    )
    assert files["c/main.py"] == b"from pkg.mod import load\nload()\n"
    assert problems(report) == ["c/main.py:2: `load` may be meant"]


def test_of_many_places_that_cannot_be_told_three_are_named() -> None:
    calls = "def go(thing):\n" + "    thing.run()\n" * 5
    report, _ = done(
        ACTION, {"m.py": "class A:\n    def $0run(self):\n        pass\n", "n.py": calls}, "walk"
    )
    assert problems(report) == [
        "n.py:2: `thing.run` may be meant",
        "n.py:3: `thing.run` may be meant",
        "n.py:4: `thing.run` may be meant",
        "and 2 more places",
    ]


def test_one_place_more_than_three_is_one_place() -> None:
    calls = "def go(thing):\n" + "    thing.run()\n" * 4
    report, _ = done(
        ACTION, {"m.py": "class A:\n    def $0run(self):\n        pass\n", "n.py": calls}, "walk"
    )
    assert problems(report)[3:] == ["and 1 more place"]


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [
        ("print($0len([]))\n", "size", "`len` is built in"),
        ("class A:\n    def $0__init__(self): pass\n", "start", "belongs to the language"),
        ("import $0os\nos.getcwd()\n", "system", "not"),
        ("from lib import $0name\nname()\n", "other", "not"),
        ("class A:\n    def f($0self): pass\n", "me", "everybody"),
        ("def $0f(): pass\n", "f", "is called `f` already"),
        ("def $0f(): pass\n", "class", "keyword"),
        ("def $0f(): pass\n", "a-b", "not a valid name"),
        ("def $0f(): pass\n", "len", "built in"),
        ("def $0f(): pass\n", "", "missing"),
        ("def $0f(): pass\ng = 1\n", "g", "`g` is already used in m.py (line 2)"),
        ("class A:\n    def $0f(self): pass\n    def g(self): pass\n", "g", "already a member"),
        ("x = '$0abc'\n", "d", "no name here"),
        ("def f(: $0x\n", "y", "cannot be parsed"),
    ],
)  # fmt: skip
def test_what_must_not_be_renamed_is_refused(code: str, name: str, reason: str) -> None:
    check_not(ACTION, code, reason, name)
