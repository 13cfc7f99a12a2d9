"""What every format has in common."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import codeassist.render.formats
from codeassist.base.errors import UsageError
from codeassist.base.files import Skipped
from codeassist.base.findings import Coverage, Evidence, Report
from codeassist.render import FORMATS, Colour, RenderOptions, render

Make = Callable[..., Any]  # the factories of conftest.py

EVERYTHING = RenderOptions(colour=Colour.ALWAYS, repository_url="https://code.example/o/r")
HOSTILE = "\x1b[2J\u202e\udcff\n::error::`|</details>@everyone \u200b"


def test_the_table_lists_the_files_of_the_folder() -> None:
    folder = Path(codeassist.render.formats.__path__[0])
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert set(FORMATS) == files
    assert all(f".{name}:" in target for name, target in FORMATS.items())


def test_an_unknown_format_is_a_usage_error(report: Make) -> None:
    with pytest.raises(UsageError, match="unknown output format: xml") as caught:
        render("xml", report())
    assert "sarif" in caught.value.remedy


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_the_same_every_time_and_ends_with_a_line_feed(
    name: str, realistic: Report
) -> None:
    text = render(name, realistic, EVERYTHING)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert render(name, realistic, EVERYTHING) == text


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_can_be_rendered(name: str) -> None:
    assert render(name, Report("", "", "", (), Coverage(), ())).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_text_everywhere_is_harmless_bytes(
    name: str, finding: Make, report: Make, locate: Make
) -> None:
    where = locate("x", (f"x {HOSTILE}",), path=HOSTILE)
    bad = finding(
        HOSTILE,
        location=where,
        evidence=(Evidence(HOSTILE, where), Evidence(HOSTILE, replace(where, old=True))),
        **dict.fromkeys(("code", "name", "remedy", "symbol", "subject", "url"), HOSTILE),
    )
    whole = report(
        bad,
        base=HOSTILE,
        head=HOSTILE,
        coverage=Coverage(
            (HOSTILE,), (Skipped(HOSTILE, HOSTILE),), (Skipped(HOSTILE, HOSTILE),), (HOSTILE,)
        ),
        notes=(HOSTILE,),
    )
    text = render(name, whole, RenderOptions(repository_url="javascript:alert(1)"))
    text.encode("utf-8")
    for character in ("\x1b", "\u202e", "\u200b", "\r"):
        assert character not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "javascript:" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_thousand_findings_are_rendered(name: str, realistic: Report) -> None:
    first, second = realistic.findings
    many = replace(realistic, findings=(first, second) * 500)
    assert render(name, many, EVERYTHING)
