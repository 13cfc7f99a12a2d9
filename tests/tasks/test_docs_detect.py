"""What is found out of a repository's documentation, and from where."""

from collections.abc import Mapping

import pytest
from packing import view_of

from codeassist.tasks.docs.detect import layout_for
from codeassist.tasks.docs.layout import Frame, Layout, Types
from codeassist.tasks.docs.samples import Samples

GOOGLE = 'def a(x):\n    """A.\n\n    Args:\n        x: X.\n    """\n'
NUMPY = 'def a(x):\n    """A.\n\n    Parameters\n    ----------\n    x : int\n        X.\n    """\n'
SPHINX = 'def a(x):\n    """A.\n\n    :param x: X.\n    """\n'
PROSE = 'def a(x):\n    """A."""\n'


def layout(
    files: Mapping[str, str], path: str = "p/m.py", style: str = "auto", setting: str = "auto"
) -> Layout:
    return layout_for(Samples(view_of(files)), path, style, setting)


@pytest.mark.parametrize(
    ("files", "style"),
    [
        ({"p/m.py": NUMPY, "p/n.py": GOOGLE + GOOGLE, "q/o.py": GOOGLE}, "numpy"),
        ({"p/m.py": PROSE, "p/n.py": SPHINX, "p/o.py": SPHINX, "q/p.py": GOOGLE * 9}, "sphinx"),
        ({"p/m.py": PROSE, "p/n.py": SPHINX, "q/p.py": NUMPY * 3}, "numpy"),
        ({"p/m.py": PROSE, "q/p.py": NUMPY}, "numpy"),
        ({"p/m.py": PROSE}, "google"),
        ({"p/m.py": GOOGLE + SPHINX.replace("def a", "def b")}, "google"),
    ],
    ids=["file", "folder", "one in a folder is no custom", "repository", "nothing", "a tie"],
)
def test_python_style(files: Mapping[str, str], style: str) -> None:
    assert layout(files).style == style


def test_what_is_asked_for_wins_and_the_setting_comes_last() -> None:
    assert layout({"p/m.py": NUMPY}, style="sphinx").style == "sphinx"
    assert layout({"p/m.py": NUMPY}, setting="sphinx").style == "numpy"
    assert layout({"p/m.py": PROSE}, setting="sphinx").style == "sphinx"


@pytest.mark.parametrize(
    ("doc", "trait", "value"),
    [
        ("'''A.'''", "quote", "'''"),
        ('"""\n    A.\n\n    More.\n    """', "second_line", True),
        ('"""A.\n\n    More.\n    """', "second_line", False),
        ('"""A"""', "full_stop", False),
        ('"""Returns it."""', "mood", "third"),
        ('"""Return it."""', "mood", "imperative"),
        ('"""A `x`."""', "code", "`"),
        ('"""A ``x``."""', "code", "``"),
    ],
)
def test_python_traits(doc: str, trait: str, value: object) -> None:
    assert getattr(layout({"p/m.py": f"def a():\n    {doc}\n"}), trait) == value


def test_types_are_repeated_where_the_repository_repeats_them() -> None:
    typed = 'def a(x: int):\n    """A.\n\n    Args:\n        x (int): X.\n    """\n'
    assert layout({"p/m.py": typed}).types is Types.ALWAYS
    assert layout({"p/m.py": typed.replace(" (int)", "")}).types is Types.UNDECLARED
    assert layout({"p/m.py": GOOGLE}).types is Types.NEVER


@pytest.mark.parametrize(
    ("files", "width"),
    [
        ({"pyproject.toml": "[tool.ruff]\nline-length = 79\n"}, 79),
        ({"p/ruff.toml": "line-length = 110\n", "pyproject.toml": "line-length = 79\n"}, 110),
        ({"setup.cfg": "[flake8]\nmax-line-length = 100\n"}, 100),
        ({".editorconfig": "[*]\nmax_line_length = 90\n[*.js]\nmax_line_length = 60\n"}, 90),
        ({"pyproject.toml": "[tool.ruff]\nline-length = 9\n"}, 88),
        ({"pyproject.toml": "\x00\n"}, 88),
        ({}, 88),
    ],
)
def test_line_length(files: Mapping[str, str], width: int) -> None:
    assert layout({"p/m.py": PROSE, **files}).width == width


def test_line_length_of_what_is_there() -> None:
    line = "    " + "x" * 92 + "\n"
    doc = f'def a():\n    """A.\n\n{line * 30}    """\n'
    assert layout({"p/m.py": doc}).width == 96


@pytest.mark.parametrize(
    ("path", "source", "trait", "value"),
    [
        ("a.hpp", "/// \\param x X\nint f(int x);\n", "frame", Frame.SLASHES),
        ("a.hpp", "/// \\param x X\nint f(int x);\n", "mark", "\\"),
        ("a.h", "/*! @brief F. */\nint f(int x);\n", "frame", Frame.BANG),
        ("a.h", "/*! @brief F. */\nint f(int x);\n", "brief", "@brief"),
        ("a.ts", "/**\n * F.\n * @param x X\n */\nfunction f(x: number) {}\n", "dash", " "),
        ("a.ts", "/**\n * F.\n * @param x - X\n */\nfunction f(x: number) {}\n", "dash", " - "),
        ("a.ts", "/**\n * F.\n * @return X\n */\nfunction f() {}\n", "return_tag", "return"),
        ("a.js", "/**\n * F.\n *\n * @param {X} x\n */\nfunction f(x) {}\n", "gap", True),
        (
            "A.java",
            "class A {\n  /**\n   * F.\n   * @return X\n   */\n  int f() {}\n}\n",
            "gap",
            False,
        ),
        ("a.js", "/**\n * F.\n */\nfunction f(x) {}\n", "one_line", False),
        ("a.cs", "/// <summary>A.</summary>\nclass A {}\n", "second_line", False),
        ("a.scala", "/** A.\n  *\n  * B.\n  */\ndef f = 1\n", "gutter", 2),
        ("a.lua", "---@param x X\nfunction f(x) end\n", "frame", Frame.LUALS),
        ("a.rs", "/// # Errors\n///\n/// E.\nfn f() {}\n", "parts", ("raises",)),
        ("a.swift", "/// - Parameter x: X\nfunc f(x: Int) {}\n", "nested_list", False),
    ],
)
def test_other_traits(path: str, source: str, trait: str, value: object) -> None:
    assert getattr(layout({path: source}, path), trait) == value


@pytest.mark.parametrize(
    ("source", "unit"),
    [
        ("class A:\n  def f(): pass\n", "  "),
        ("class A:\n\tdef f(): pass\n", "\t"),
        ("x = 1\n", "    "),
        ("class A:\n    def f():\n        pass\n", "    "),
    ],
)
def test_a_step_of_indentation(source: str, unit: str) -> None:
    assert layout({"p/m.py": source}).unit == unit
