"""Tests of colour, and of numbers as people read them."""

import io

import pytest

from codeassist.base.words import counted
from codeassist.cli.streams import terminal
from codeassist.cli.words import duration, size


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "variables", "wish", "colour"),
    [
        (Tty(), {}, None, True),
        (io.StringIO(), {}, None, False),
        (None, {}, None, False),
        (Tty(), {"NO_COLOR": "1"}, None, False),
        (Tty(), {"NO_COLOR": "1"}, True, True),  # what is said last and most exactly wins
        (Tty(), {"TERM": "dumb"}, None, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, None, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, None, False),
        (Tty(), {}, False, False),
        (io.StringIO(), {}, True, True),
    ],
)
def test_colour(
    stream: io.StringIO | None,
    variables: dict[str, str],
    wish: bool | None,
    colour: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert terminal(stream, wish).colour is colour


def test_words() -> None:
    assert [counted(1, "file"), counted(1234, "file")] == ["1 file", "1,234 files"]
    assert [size(0), size(1023), size(1536), size(5 << 20), size(3 << 40)] == [
        "0 B",
        "1023 B",
        "1.5 KiB",
        "5.0 MiB",
        "3,072.0 GiB",
    ]
    assert [duration(0.04), duration(59), duration(125)] == ["0.0 s", "59.0 s", "2 min 5 s"]
