"""Tests of the checks on whole files: what each says of files as they are, and what it leaves."""

import pytest
from checking import view_of

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.base.findings import Finding
from codeassist.checks import CHECKS, load
from codeassist.checks.whole import whole_findings

Files = dict[str, str | bytes]
# Only a diff can tell these: what was removed, what a signature was, which comment was needed. Of
# overriding methods in code that works, 76 of Django's 2,049 and 9 of seaborn's 66 differ from
# their base on purpose.
NEEDS_A_DIFF = {"CA101", "CA102", "CA105", "CA501"}


def findings(files: Files, *paths: str) -> tuple[Finding, ...]:
    said = whole_findings(view_of(files), paths or tuple(files), CancellationToken())
    assert said.failures == ()
    return said.findings


def check(files: Files, *expected: str) -> None:
    """The findings as "CODE path:line"."""
    said = [
        f"{each.code} {each.location.path}:{each.location.span.start_line + 1}"
        for each in findings(files)
    ]
    assert sorted(said) == sorted(expected)


def test_which_checks_have_a_whole_form() -> None:
    assert {code for code in CHECKS if load(code).whole is None} == NEEDS_A_DIFF


def test_only_the_asked_files_are_checked() -> None:
    files: Files = {"a.py": "breakpoint()\n", "b.py": "breakpoint()\n"}
    assert [each.location.path for each in findings(files, "b.py", "no.py")] == ["b.py"]


def test_a_name_that_its_module_does_not_define() -> None:
    files: Files = {"a.py": "from b import gone, here\n", "b.py": "here = 1\n"}
    check(files, "CA103 a.py:1")


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": "from b import here\n", "b.py": "here = 1\n"},
        {"a.py": "from elsewhere import gone\n"},
        {
            "a.py": "try:\n    from b import gone\nexcept ImportError:\n    gone = None\n",
            "b.py": "",
        },
        # Tests import what is not there on purpose.
        {"tests/test_a.py": "from b import gone\n", "b.py": ""},
        # The library of that name is meant, not the folder of tests for it.
        {"docs/conf.py": "from sphinx import version_info\n", "tests/sphinx/__init__.py": ""},
        {"vendor/a.py": "from b import gone\n", "b.py": ""},
    ],
)
def test_imports_that_are_no_fault(files: Files) -> None:
    check(files)


def test_a_package_beside_the_file_or_below_src_is_meant() -> None:
    check(
        {"src/p/__init__.py": "", "src/p/a.py": "from p import gone\n"},
        "CA103 src/p/a.py:1",
    )
    check({"tool/a.py": "from b import gone\n", "tool/b.py": ""}, "CA103 tool/a.py:1")


def test_a_call_that_does_not_fit() -> None:
    check({"a.py": "def f(x):\n    return x\n\n\nf(1, 2)\nf(1)\n"}, "CA104 a.py:5")


@pytest.mark.parametrize(
    "files",
    [
        {"tests/test_a.py": "def f(x):\n    return x\n\n\nf(1, 2)\n"},
        # JavaScript fills in what is not passed.
        {"a.js": "function f(a, b) { return a }\nf(1)\n"},
        # A stub: those that take its place decide what they take.
        {
            "a.py": "class A:\n    def f(self):\n        raise NotImplementedError\n\n"
            "    def g(self):\n        return self.f(only=True)\n"
        },
        # `__new__` is static, and a function of a class body is plain while the body runs.
        {
            "a.py": "class M(type):\n    def __new__(mcs, name, bases, attrs):\n"
            "        return super().__new__(mcs, name, bases, attrs)\n\n\n"
            "class N(M):\n    def __new__(mcs, name, bases, attrs):\n"
            "        return super().__new__(mcs, name, bases, attrs)\n"
        },
        {"a.py": "class A:\n    def f(action):\n        return action\n\n    g = f(1)\n"},
    ],
)
def test_calls_that_are_no_fault(files: Files) -> None:
    check(files)


def test_documentation_that_names_no_parameter() -> None:
    text = 'def f(x):\n    """Do it.\n\n    Args:\n        y: what.\n    """\n    return x\n'
    check({"a.py": text}, "CA201 a.py:5")
    check({"tests/test_a.py": text})
    check({"a.py": text.replace("y: what", "x: what")})


def test_functions_that_do_the_same() -> None:
    body = "".join(f"    {name} = g({name}, x, {n})\n" for n, name in enumerate("abcdeabc"))
    text = f"from h import g\n\n\ndef f(x, a, b, c, d, e):\n{body}    return f\n"
    other = text.replace("def f(", "def k(").replace("return f", "return k")
    # Both are there, so that only one of them is called a copy of the other.
    check({"a.py": text, "b.py": other}, "CA202 b.py:4")
    check({"a.py": text})


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.py", "x = 1\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", ["CA301 a.py:2", "CA401 a.py:2"]),
        ("a.py", "x = 1\n", []),
        ("a.py", "def f():\n    breakpoint()\n", ["CA302 a.py:2"]),
        ("a.py", "def f(args):\n    if args.pdb:\n        breakpoint()\n", []),
        ("a.test.js", "it.only('x', () => {})\n", ["CA303 a.test.js:1"]),
        ("a.test.js", "it('x', () => {})\n", []),
    ],
)
def test_what_was_left_in(path: str, text: str, expected: list[str]) -> None:
    check({path: text}, *expected)


def test_a_secret_is_found_and_not_shown() -> None:
    key = "AKIA" + "QX7ZJ2M4T6W9RB3L"  # of the form of a key; it never was one
    (finding,) = findings({"a.py": f'KEY = "{key}"\n'})
    assert finding.code == "CA304"
    assert key not in repr(finding)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("def f():\n    return gone\n", "F821"),
        ("def f(x):\n    assert (x, 'message')\n", "F631"),
        ("def f(x):\n    return x is 'a'\n", "F632"),
        ("def f(x):\n    try:\n        g(x)\n    finally:\n        return 1\n\n\ng = f\n", "B012"),
        ("def f(x):\n    return '%s %s' % (x,)\n", "F507"),
        ("def f(x):\n    return x == x\n", "PLR0124"),
        ("def f(x):\n    if x or True:\n        return 1\n", "SIM222"),
        (
            "from dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    x: list = []\n",
            "RUF008",
        ),
    ],
)
def test_bugs_that_ruff_proves(text: str, rule: str) -> None:
    (finding,) = findings({"a.py": text})
    assert (finding.code, finding.subject) == ("CA401", rule)


@pytest.mark.parametrize(
    "files",
    [
        # The usual ways to ask for NaN, to rename for an export, to raise in a handler's helper.
        {"a.py": "def f(x):\n    return x != x\n"},
        {"a.py": "import b\n\nb = b\n", "b.py": ""},
        {"a.py": "def handle():\n    raise\n"},
        {"a.py": "def f(x):\n    return x is 'a'  # noqa: F632\n"},
        {
            "pyproject.toml": "[tool.ruff.lint]\nignore = ['F632']\n",
            "a.py": "def f(x):\n    return x is 'a'\n",
        },
        {"tests/test_a.py": "def test(x):\n    assert x == x\n"},
    ],
)
def test_what_is_deliberate_in_python(files: Files) -> None:
    check(files)


def test_a_comment_silences_and_is_counted() -> None:
    text = "def f():\n    breakpoint()  # codeassist: ignore[CA302]\n"
    said = whole_findings(view_of({"a.py": text}), ["a.py"], CancellationToken())
    assert (said.findings, said.suppressed) == ((), 1)


def test_a_comment_for_a_check_that_needs_a_diff_is_not_called_unused() -> None:
    check({"a.py": "x = 1  # codeassist: ignore[CA201]\n"})


@pytest.mark.parametrize(
    "text", ["", "\ufeffx = 1\r\n", "x = '\udc80'".encode("utf-8", "surrogateescape"), "\t\n"]
)
def test_odd_files(text: str | bytes) -> None:
    check({"a.py": text, "notes.md": text})


def test_the_chosen_checks_alone() -> None:
    view = view_of({"a.py": "breakpoint()\nprint(gone)\n"})
    said = whole_findings(view, ["a.py"], CancellationToken(), {"CA302"})
    assert [each.code for each in said.findings] == ["CA302"]


def test_it_can_be_cancelled() -> None:
    token = CancellationToken()
    token.cancel()
    with pytest.raises(Cancelled):
        whole_findings(view_of({"a.py": "x = 1\n"}), ["a.py"], token)
