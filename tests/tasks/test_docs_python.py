"""Python's docstrings from facts alone: what is said, where it is put, and what is left alone."""

import pytest
from documenting import document, written

from codeassist.tasks.docs.options import DocsOptions


def check(before: str, after: str, style: str = "auto", path: str = "a.py") -> None:
    """The marked definition, or the whole file, is documented so."""
    assert written(document({path: before}, options=DocsOptions(style=style))) == after


def check_same(before: str, path: str = "a.py") -> None:
    """Nothing is written."""
    assert document({path: before}).edits == ()


def test_google() -> None:
    check(
        """def parse_header(text: str, limit: int = 3, *args, strict=False, **options) -> list[str]:
    if not text:
        raise ValueError("empty")
    return text.split(limit)
""",
        '''def parse_header(text: str, limit: int = 3, *args, strict=False, **options) -> list[str]:
    """Parse the header.

    Args:
        text:
        limit: Defaults to ``3``.
        *args:
        strict (bool, optional): Defaults to ``False``.
        **options:

    Returns:
        ``text.split(limit)``.

    Raises:
        ValueError: If ``not text``.
    """
    if not text:
        raise ValueError("empty")
    return text.split(limit)
''',
    )


def test_numpy() -> None:
    check(
        """def parse_header(text: str, limit=3) -> list[str]:
    if not text:
        raise ValueError("empty")
    found = text.split(limit)
    return found
""",
        '''def parse_header(text: str, limit=3) -> list[str]:
    """Parse the header.

    Parameters
    ----------
    text : str
    limit : int, default 3

    Returns
    -------
    list[str]

    Raises
    ------
    ValueError
        If ``not text``.
    """
    if not text:
        raise ValueError("empty")
    found = text.split(limit)
    return found
''',
        "numpy",
    )


def test_sphinx() -> None:
    check(
        """def parse_header(text: str, *names) -> list[str]:
    if not text:
        raise ValueError("empty")
    yield 1
""",
        '''def parse_header(text: str, *names) -> list[str]:
    """Parse the header.

    :param text:
    :param \\*names:
    :yields: The result.
    :raises ValueError: If ``not text``.
    """
    if not text:
        raise ValueError("empty")
    yield 1
'''.replace('"""Parse', 'r"""Parse'),
        "sphinx",
    )


def test_no_entries_is_one_line() -> None:
    check("def reset():\n    pass\n", 'def reset():\n    """Reset."""\n    pass\n')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def reset(): pass\n", 'def reset():\n    """Reset."""\n    pass\n'),
        ("class Reader: pass\n", 'class Reader:\n    """A reader."""\n    pass\n'),
        (
            "def reset(): a = 1; b = 2  # two\n",
            'def reset():\n    """Reset."""\n    a = 1; b = 2  # two\n',
        ),
        (
            "if True:\n\tdef reset(): pass\n",
            'if True:\n\tdef reset():\n\t    """Reset."""\n\t    pass\n'.replace("\t    ", "\t\t"),
        ),
    ],
)
def test_a_body_on_the_header_s_line_moves_below(before: str, after: str) -> None:
    check(before, after)


def test_a_comment_after_the_header_stays_there() -> None:
    check(
        "def reset():  # noqa\n    # why\n    pass\n",
        'def reset():  # noqa\n    """Reset."""\n    # why\n    pass\n',
    )


def test_a_header_on_many_lines() -> None:
    check(
        "@wraps\nasync def reset(\n    a,\n) -> None:\n    pass\n",
        "@wraps\nasync def reset(\n    a,\n) -> None:\n"
        '    """Reset.\n\n    Args:\n        a:\n    """\n    pass\n',
    )


def test_a_class_has_its_constructor_s_parameters_and_a_blank_line_after() -> None:
    check(
        "class Reader(Base):\n    def __init__(self, path, mode='r'):\n        self.path = path\n",
        '''class Reader(Base):
    """A reader.

    Args:
        path:
        mode (str, optional): Defaults to ``'r'``.
    """

    def __init__(self, path, mode='r'):
        self.path = path
''',
    )


def test_constructors_are_documented_where_the_file_does_so() -> None:
    check(
        '''class Writer:
    """A writer."""

    def __init__(self, path):
        """Open it.

        Args:
            path: Where.
        """


class Reader:
    """A reader."""

    def __init__(self, path):
        self.path = path
''',
        '''class Writer:
    """A writer."""

    def __init__(self, path):
        """Open it.

        Args:
            path: Where.
        """


class Reader:
    """A reader."""

    def __init__(self, path):
        """Initialize the reader.

        Args:
            path:
        """
        self.path = path
''',
    )


def test_the_fields_of_a_dataclass_are_attributes() -> None:
    check(
        "@dataclass\nclass Config:\n    name: str\n    count: int = 3\n    _hidden: int = 1\n",
        '''@dataclass
class Config:
    """A config.

    Attributes:
        name:
        count: Defaults to ``3``.
    """

    name: str
    count: int = 3
    _hidden: int = 1
''',
    )


def test_a_property_is_what_it_is_named_and_has_no_sections() -> None:
    check(
        "class A:\n    '''It.'''\n    @property\n"
        "    def is_open(self) -> bool: return self._open\n",
        "class A:\n    '''It.'''\n    @property\n    def is_open(self) -> bool:\n"
        "        '''Whether it is open.'''\n        return self._open\n",
    )


def test_a_predicate_is_one_only_where_its_result_is_surely_true_or_false() -> None:
    check(
        "def is_valid(x):\n    return x == 1\n",
        'def is_valid(x):\n    """Return whether it is valid.\n\n    Args:\n        x:\n\n'
        '    Returns:\n        bool: ``x == 1``.\n    """\n    return x == 1\n',
    )
    check(
        "def is_valid(x):\n    y = f(x)\n    return y\n",
        'def is_valid(x):\n    """The is valid.\n\n    Args:\n        x:\n\n'
        '    Returns:\n        The result.\n    """\n    y = f(x)\n    return y\n',
    )


def test_backslashes_make_it_raw_and_quotes_cannot_end_it() -> None:
    check(
        "def split(pattern=r'\\d'):\n    pass\n",
        'def split(pattern=r\'\\d\'):\n    r"""Split.\n\n    Args:\n'
        '        pattern (str, optional): Defaults to ``r\'\\d\'``.\n    """\n    pass\n',
    )
    check(
        'def split(mark=\'"""\'):\n    pass\n',
        'def split(mark=\'"""\'):\n    """Split.\n\n    Args:\n'
        "        mark (str, optional): Defaults to ``'''''``.\n    \"\"\"\n    pass\n",
    )


def test_raises_only_what_leaves_the_function() -> None:
    source = """def load(path):
    try:
        raise KeyError(path)
    except LookupError:
        pass
    try:
        check(path)
    except OSError as error:
        raise LoadError(path) from error
    def inner():
        raise RuntimeError
    if path:
        raise ValueError
    else:
        raise error
    for each in path:
        if each is None:
            raise TypeError("x")
"""
    after = written(document({"a.py": source}))
    assert after.split("Raises:\n")[1].split('"""')[0] == (
        "        LoadError: On ``OSError``.\n"
        "        ValueError:\n"
        "        TypeError: If ``each is None``.\n    "
    ).replace("ValueError:\n", "ValueError: If ``path``.\n")


def test_an_abstract_method_promises_no_exception() -> None:
    check(
        "def area(self):\n    raise NotImplementedError\n",
        'def area(self):\n    """Area."""\n    raise NotImplementedError\n',
    )


def test_crlf_tabs_and_wide_characters_stay() -> None:
    before = "x = '😀'\r\nclass Größe:\r\n\tdef gib_größe(self, größe):\r\n\t\treturn '日本'\r\n"
    after = written(document({"a.py": before.encode()}))
    assert after == (
        'x = \'😀\'\r\nclass Größe:\r\n\t"""A größe."""\r\n\r\n'
        "\tdef gib_größe(self, größe):\r\n"
        '\t\t"""The gib größe.\r\n\r\n\t\tArgs:\r\n\t\t    größe:\r\n\r\n'
        "\t\tReturns:\r\n\t\t    str: ``'日本'``.\r\n\t\t\"\"\"\r\n\t\treturn '日本'\r\n"
    ).replace("\t\t    ", "\t\t\t")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 1\n",
        'def reset():\n    """It."""\n',
        "def _hidden():\n    pass\n",
        "class _Hidden:\n    def shown(self): pass\n",
        "def test():\n    '''T.'''\n    def inner(): pass\n",
        "__all__ = ['other']\ndef reset(): pass\n",
        'class A:\n    """A."""\n    def __len__(self): return 1\n',
        'class A:\n    """A."""\n    @size.setter\n    def size(self, value): pass\n',
        "@overload\ndef f(x: int) -> int: ...\n",
        'class A:\n    """A."""\n    @override\n    def f(self): pass\n',
    ],
)
def test_nothing_to_document(source: str) -> None:
    check_same(source)


def test_a_broken_file_is_not_made_worse() -> None:
    report = document({"a.py": "def reset(:\n    pass\n\ndef load():\n    pass\n"})
    for edit in report.edits:
        assert not any("syntax" in problem for problem in edit.problems), edit.problems


def test_a_guessed_encoding_is_left_alone() -> None:
    report = document({"a.py": b"x = '\xe4'\ndef reset(): pass\n"})
    assert report.edits == ()
    assert report.notes != ()
