"""Tests of how errors end: their text and their exit code."""

import sys
from collections.abc import Callable

import click
import pytest

from codeassist.base.cancellation import Cancelled
from codeassist.base.errors import IncompleteError, UsageError
from codeassist.cli.app import run
from codeassist.cli.errors import Terminated, guarded
from codeassist.cli.streams import OutputClosed


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (
            UsageError("no such thing", "name another"),
            2,
            "error: no such thing\nhelp: name another",
        ),
        (UsageError("no such thing"), 2, "error: no such thing"),
        (IncompleteError("half of it"), 3, "error: half of it"),
        (click.UsageError("Bad option."), 2, "error: bad option"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (Cancelled(), 130, "interrupted"),
        (Terminated(), 143, "terminated"),
        (OutputClosed(), 141, ""),
        (BrokenPipeError(), 141, ""),
    ],
)
def test_each_error_has_its_text_and_code(
    error: BaseException, code: int, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert guarded(raising(error), lambda: False) == code
    printed = capsys.readouterr()
    assert printed.err.rstrip("\n") == text
    assert printed.out == ""


def test_a_bug_asks_to_be_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CODEASSIST_DEBUG", raising=False)
    assert guarded(raising(KeyError("x")), lambda: False) == 70
    printed = capsys.readouterr().err
    assert "codeassist broke: KeyError: 'x'" in printed
    assert "--debug" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("way", ["flag", "variable"])
def test_a_traceback_is_shown_on_request(
    way: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEASSIST_DEBUG", "1" if way == "variable" else "")
    assert guarded(raising(KeyError("x")), lambda: way == "flag") == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_message_cannot_command_a_terminal_or_a_ci_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    hostile = "\x1b[2J\n::warning::owned\u202e"
    guarded(raising(UsageError(hostile, hostile)), lambda: False)
    printed = capsys.readouterr().err
    assert "\x1b" not in printed
    assert "\n::" not in printed
    assert "\u202e" not in printed


def test_a_subcommand_that_does_not_exist_suggests_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reviw"]) == 2
    assert "did you mean 'review'?" in capsys.readouterr().err


def test_no_subcommand_is_not_a_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Usage: codeassist")


def test_version_and_help_are_successes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("codeassist ")
    assert run(["review", "-h"]) == 0


def test_output_streams_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert guarded(raising(UsageError("unseen")), lambda: False) == 2
    assert guarded(lambda: 0, lambda: False) == 0
