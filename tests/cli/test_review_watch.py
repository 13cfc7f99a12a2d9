"""Watching: which options make no sense with it, what is shown of the next report, and when not."""

import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command import LIBRARY, LIBRARY_WITHOUT, Place

import codeassist.engine.engine
from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import RepositoryError, UsageError
from codeassist.base.files import Skipped
from codeassist.base.findings import Coverage, Finding, Location, Report, Severity
from codeassist.base.text import Span
from codeassist.cli.review_request import Given, to_request
from codeassist.cli.review_screen import Screen, names
from codeassist.cli.review_watch import check_watchable, watch
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, Source, silent
from codeassist.render import RenderOptions
from codeassist.settings import load

NOTHING = Given(
    revisions="", staged=False, worktree=False, watch=True, diff=None, github=False, gitlab=False,
    repo=".", select=(), ignore=(), fail_on=None, format="text", output=None, explain=False,
    color=None, with_model=False, facts=False, model="", show_prompt=False, no_keep=False,
    about=None, since="", baseline=None,
)  # fmt: skip


def given(**some: object) -> Given:
    return {**NOTHING, **some}  # type: ignore[typeddict-item]


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)


@pytest.mark.parametrize(
    ("some", "name", "remedy"),
    [
        ({"staged": True}, "--staged", "leave --watch or --staged out"),
        ({"diff": "-"}, "--diff", "--diff out"),
        ({"github": True}, "--github", "--github out"),
        ({"gitlab": True}, "--gitlab", "--gitlab out"),
        ({"since": "HEAD~1"}, "--since", "--since out"),
        ({"format": "json"}, "--format json", "--format json out"),
        ({"output": "x"}, "--output", "--output out"),
        ({"fail_on": "error"}, "--fail-on", "--fail-on out"),
        ({"with_model": True}, "--with-model", "review --worktree --with-model"),
        ({"model": "x"}, "--model", "review --worktree --with-model"),
        ({"show_prompt": True}, "--show-prompt", "review --worktree --with-model"),
        ({"about": "x"}, "--about", "review --worktree --with-model"),
    ],
)
@pytest.mark.usefixtures("at_a_terminal")
def test_what_watching_excludes(some: dict[str, object], name: str, remedy: str) -> None:
    with pytest.raises(UsageError, match=f"--watch and {name} exclude each other") as caught:
        check_watchable(given(**some))
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    "some",
    [
        {},
        {"facts": True},
        {"select": ("CA1",), "ignore": ("CA101",), "explain": True, "color": False},
        {"baseline": "b.json"},
    ],
)
@pytest.mark.usefixtures("at_a_terminal")
def test_what_goes_with_watching(some: dict[str, object]) -> None:
    check_watchable(given(**some))


def test_without_a_terminal_there_is_no_watching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    with pytest.raises(UsageError, match="standard output is none"):
        check_watchable(given())


@pytest.mark.parametrize(
    ("some", "request_"),
    [
        ({}, ReviewRequest(Source.WORKTREE)),
        ({"worktree": True}, ReviewRequest(Source.WORKTREE)),
        ({"revisions": "main"}, ReviewRequest(Source.WORKTREE, "main")),
    ],
)
def test_the_working_tree_is_what_is_watched(
    some: dict[str, object], request_: ReviewRequest
) -> None:
    assert to_request(given(**some)) == request_


# What is shown


def found(subject: str, line: int = 1, message: str = "") -> Finding:
    """A finding; its subject makes its fingerprint."""
    where = Location("a.py", Span(line - 1, 0, line - 1, 1))
    text = message or f"`{subject}` is gone"
    return Finding("CA101", "removed", Severity.ERROR, text, where, subject=subject)


def report(*findings: Finding, **more: Any) -> Report:
    covered = Coverage(reviewed=("a.py",))
    return Report("HEAD", "working tree", "/r", findings, more.pop("coverage", covered), (), **more)


def shown(*reports: Report) -> list[str]:
    """What each report is shown as after those before it, "" for nothing."""
    written: list[str] = []
    screen = Screen(lambda report: RenderOptions(), written.append, lambda: "12:00:00")
    texts = []
    for each in reports:
        screen.show(each, ("a.py",))
        texts.append("".join(written))
        written.clear()
    return texts


def test_the_first_report_is_shown_whole() -> None:
    (text,) = shown(report(found("x"), found("y", 3)))
    assert "a.py:1:1: error CA101 removed: `x` is gone\n" in text
    assert "a.py:3:1: error CA101 removed: `y` is gone\n" in text
    assert "2 errors in 1 file; 1 file reviewed" in text
    assert "new" not in text


def test_what_is_new_and_what_is_gone_is_marked() -> None:
    _, text = shown(report(found("x"), found("y", 3)), report(found("y", 3), found("z", 5)))
    assert text.startswith("\n-- 12:00:00 a.py: 1 new, 1 gone, 1 as before\n")
    assert text.count("  new: not there before this change\n") == 1
    assert text.index("`z` is gone") < text.index("  new: ")
    assert "gone: a.py:1 CA101 `x` is gone\n" in text
    assert "error CA101 removed: `y` is gone" in text  # with the place where it is now
    # What was new is so once.
    *_, last = shown(report(), report(found("x")), report(found("x"), found("y", 3)))
    assert last.count("  new: ") == 1


@pytest.mark.parametrize(
    "same",
    [
        report(found("x")),
        report(found("x"), seconds=9.0, indexed_files=7),
        report(found("x"), commentable={"a.py": frozenset({1})}),
        report(found("x"), coverage=Coverage(reviewed=("b.py",))),
    ],
)
def test_it_is_quiet_when_there_is_nothing_else_to_say(same: Report) -> None:
    assert shown(report(found("x")), same)[1] == ""


def test_a_finding_that_moved_is_shown_at_its_new_place() -> None:
    _, text = shown(report(found("x")), report(found("x", 7)))
    assert "0 new, 0 gone, 1 as before" in text
    assert "a.py:7:1: error" in text


def test_other_coverage_is_told_without_the_findings() -> None:
    part = Coverage(reviewed=("a.py",), partial=(Skipped("b.py", "cannot be read"),))
    _, text = shown(report(found("x")), report(found("x"), coverage=part))
    assert "cannot be read" in text
    assert "removed" not in text


def test_a_hostile_file_name_is_harmless() -> None:
    written: list[str] = []
    screen = Screen(lambda report: RenderOptions(), written.append, lambda: "12:00:00")
    screen.show(report(), ())
    screen.show(report(found("x")), ("a\x1b[2J\n::error::x.py",))
    text = "".join(written)
    assert "\x1b" not in text
    assert not any(line.startswith("::") for line in text.splitlines())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (("b.py", "a.py"), "a.py, b.py"),
        ((".git/HEAD", ".git/index"), "git"),
        (tuple("abcdef"), "a, b, c and 3 more"),
        ((), "what changed meanwhile"),
    ],
)
def test_changed_files_in_a_few_words(changed: Collection[str], expected: str) -> None:
    assert names(changed) == expected


# The loop


def test_what_goes_wrong_later_is_told_once_and_the_next_change_may_mend_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers: Iterator[Report | Exception] = iter(
        [report(), *[RepositoryError("the index is locked", "wait")] * 2, report(found("x"))]
    )

    def reviewed() -> Report:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    written: list[str] = []
    watch(reviewed, [("a.py",)] * 3, Screen(lambda report: RenderOptions(), written.append))
    assert capsys.readouterr().err.count("error: the index is locked\nhelp: wait\n") == 1
    assert "1 new" in "".join(written)


def test_what_goes_wrong_at_first_ends_it() -> None:
    def reviewed() -> Report:
        raise UsageError("there is no check CA9", "…")

    with pytest.raises(UsageError):
        watch(reviewed, [()], Screen(lambda report: RenderOptions(), lambda text: None))


def test_a_warm_engine_parses_only_what_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": "import lib\n"})
    parsed: list[int] = []
    build = codeassist.engine.engine.build

    def spied(*arguments: Any) -> Any:
        built = build(*arguments)
        parsed.append(built.parsed)
        return built

    monkeypatch.setattr(codeassist.engine.engine, "build", spied)
    monkeypatch.setenv("CODEASSIST_CONFIG", os.devnull)
    monkeypatch.setenv("CODEASSIST_CACHE_DIR", str(place.cache))
    with Engine.open(str(place.root), load()) as engine:
        for text in (LIBRARY, LIBRARY_WITHOUT):
            place.write({"lib.py": text})
            engine.review(ReviewRequest(Source.WORKTREE), silent, CancellationToken())
    # Two views each: the base and the disk. All files have been parsed after the first.
    assert parsed == [2, 0, 0, 1]


def test_reports_are_compared_by_fingerprints_that_stay() -> None:
    """A message may say something else of the same problem: then it is shown, and is not new."""
    _, text = shown(report(found("x")), report(found("x", message="`x` is gone, used twice")))
    assert "0 new, 0 gone, 1 as before" in text
    assert "used twice" in text
    assert shown(report(found("x")), replace(report(found("x")), notes=("n",)))[1].count("n") > 0
