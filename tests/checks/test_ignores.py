"""CA501 and the ignore comments: what they silence, and which of them are wrong."""

import pytest
from checking import review_of

from codeassist.checks import debugger_left, ignores
from codeassist.checks.ignores import Applied


def apply(path: str, text: str, before: str = "", ran: list[str] | None = None) -> Applied:
    """What is left of the debugger findings in a file that becomes `text`."""
    review = review_of({path: before} if before else {}, {path: text})
    return ignores.apply_ignores(review, debugger_left.run(review), ran)


def check(path: str, text: str) -> tuple[int, int, int]:
    """(kept, silenced, comments that are wrong)."""
    kept, suppressed, unused = apply(path, text)
    return len(kept), suppressed, len(unused)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "breakpoint()  # codeassist: ignore[CA302] on purpose\n"),
        ("a.py", "breakpoint()  # codeassist: ignore\n"),
        ("a.py", "breakpoint()  # codeassist:ignore[CA101, CA302]\n"),
        ("a.py", "breakpoint()  # codeassist: ignore[CA3]\n"),
        ("a.py", "breakpoint()  # noqa: T100  # codeassist: ignore[CA302]\n"),
        ("a.py", "# codeassist: ignore[CA302]\nbreakpoint()\n"),
        ("a.py", "# codeassist: ignore[CA302]\n# codeassist: ignore[CA401]\nbreakpoint()\n"),
        ("a.py", '"""Text."""\n# codeassist: ignore-file[CA302]\n\n\nbreakpoint()\n'),
        ("a.py", "# codeassist: ignore-file\nbreakpoint()\n"),
        ("a.js", "debugger; // codeassist: ignore[CA302]\n"),
        ("a.js", "/* codeassist: ignore[CA302] */\ndebugger;\n"),
        ("a.js", "debugger; /* codeassist: ignore[CA302] reason */\n"),
        ("a.lua", "-- codeassist: ignore[CA302]\ndebug.debug()\n"),
        ("a.rb", "binding.pry # codeassist: ignore[CA302]\n"),
        ("a.php", "<?php\n# codeassist: ignore[CA302]\nxdebug_break();\n"),
        ("a.rs", "fn f() {\n    // codeassist: ignore[CA302]\n    dbg!(1);\n}\n"),
    ],
)
def test_silenced(path: str, text: str) -> None:
    kept, suppressed, _ = check(path, text)
    assert (kept, suppressed) == (0, 1)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "breakpoint()  # codeassist: ignore[CA101]\n"),
        ("a.py", "breakpoint()  # codeassist: ignored for now\n"),
        ("a.py", "x = '# codeassist: ignore[CA302]'\nbreakpoint()\n"),
        ("a.py", "breakpoint(); x = 'codeassist: ignore[CA302]'\n"),
        ("a.py", "x = 1  # codeassist: ignore[CA302]\nbreakpoint()\n"),
        ("a.py", "# codeassist: ignore[CA302]\n\nbreakpoint()\n"),
        ("a.py", "breakpoint()  # codeassist: ignore[CA]\n"),
        ("a.py", "x = 1\n" * 20 + "# codeassist: ignore-file[CA302]\nbreakpoint()\n"),
        ("a.js", "/* codeassist: ignore[CA302] */ f();\ndebugger;\n"),
    ],
)
def test_not_silenced(path: str, text: str) -> None:
    kept, suppressed, _ = check(path, text)
    assert (kept, suppressed) == (1, 0)


def test_an_unused_comment_on_an_added_line() -> None:
    (finding,) = apply("a.py", "x = 1  # codeassist: ignore[CA302]\n").unused
    assert finding.code == "CA501"
    assert "`CA302`" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "breakpoint()  # codeassist: ignore[CA302]\n",  # used
        "# codeassist: ignore-file[CA302]\nx = 1\n",  # need not fire every time
        "x = '# codeassist: ignore[CA302]'\n",  # no comment
    ],
)
def test_comments_that_are_right(text: str) -> None:
    assert apply("a.py", text).unused == []


def test_a_comment_on_an_old_line_is_not_judged() -> None:
    old = "breakpoint()  # codeassist: ignore[CA302]\n"
    assert apply("a.py", old + "x = 1\n", before=old).unused == []


def test_a_comment_for_a_check_that_did_not_run_is_not_judged() -> None:
    text = "x = 1  # codeassist: ignore[CA401]\n"
    assert apply("a.py", text, ran=["CA302"]).unused == []
    assert len(apply("a.py", text, ran=["CA302", "CA401"]).unused) == 1


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("CA3O2", "Did you mean `CA302`?"),
        ("debugger-left", "Did you mean `CA302`?"),
        ("E501", ""),
    ],
)
def test_an_unknown_code(code: str, remedy: str) -> None:
    (finding,) = apply("a.py", f"x = 1  # codeassist: ignore[{code}]\n").unused
    assert finding.message == f"`{code}` is not the code of a check"
    assert finding.remedy == remedy


def test_files_of_no_known_language() -> None:
    review = review_of(
        {}, {"a.yaml": "a: 1 # codeassist: ignore[CA304]\nb: 'codeassist: ignore'\n"}
    )
    assert [each.line for each in ignores.ignores_in(review.head, "a.yaml")] == [0]
