"""Text output: what a person reads in a terminal, a pipe or a CI log."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from codeassist.base.files import Skipped
from codeassist.base.findings import Coverage, Evidence, Report, Severity
from codeassist.render import (
    Colour,
    EvidenceDetail,
    Explanations,
    Hyperlinks,
    RenderOptions,
    render,
)

Make = Callable[..., Any]  # the factories of conftest.py

TERMINAL = RenderOptions(colour=Colour.ALWAYS, hyperlinks=Hyperlinks.ALWAYS)
_ANSI = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def bare(text: str) -> str:
    """The text as it looks: colours and links taken out."""
    return _ANSI.sub("", text)


def check_end(report: Report, *lines: str) -> None:
    """The report's text ends with these lines, in a pipe and in a wide terminal."""
    for options in (RenderOptions(), replace(TERMINAL, width=200)):
        written = bare(render("text", report, options)).splitlines()
        if options.colour is Colour.ALWAYS:
            lines = tuple(line.replace("`", "") for line in lines)
        assert written[-len(lines) :] == list(lines)


def test_a_pipe_gets_no_escape_and_only_ascii_of_our_own(realistic: Report) -> None:
    text = render("text", realistic)
    assert "\x1b" not in text
    assert text.replace("é", "").replace("東京", "").isascii()


def test_a_finding_is_announced_on_one_line_that_tools_can_read(realistic: Report) -> None:
    assert render("text", realistic).splitlines()[0] == (
        "billing/invoice.py:88:27: error CA101 removed-parameter: "
        "`charge()` lost its parameter `currency`; this call still passes it"
    )


def test_columns_count_characters(finding: Make, report: Make, locate: Make) -> None:
    # "東京 " is seven UTF-8 bytes, three characters: the fourth is column 4.
    where = locate("name", ("東京 name",))
    assert render("text", report(finding(location=where))).startswith("a.py:1:4: ")


def test_evidence_says_which_side_it_is_on(realistic: Report) -> None:
    text = render("text", realistic)
    assert "here (billing/gateway.py:12:20, before)\n  - 12 | def charge(amount, currency):" in text
    assert "it (billing/gateway.py:12:5, now)\n  > 12 | def charge(amount):" in text


def test_evidence_can_be_named_only(realistic: Report) -> None:
    text = render("text", realistic, RenderOptions(evidence=EvidenceDetail.NAMED))
    assert "here (billing/gateway.py:12:20, before)" in text
    assert "def charge" not in text


def test_the_explanation_is_appended_on_request(realistic: Report) -> None:
    assert "Calls that still pass" not in render("text", realistic)
    options = RenderOptions(explanations=Explanations.APPENDED)
    assert "    Calls that still pass" in render("text", realistic, options)


def test_files_with_the_worst_finding_come_first(finding: Make, report: Make, locate: Make) -> None:
    def at(path: str, needle: str, severity: Severity) -> object:
        return finding(location=locate(needle, ("a", "b", "c"), path=path), severity=severity)

    text = render(
        "text",
        report(
            at("a.py", "a", Severity.INFO),
            at("b.py", "a", Severity.WARNING),
            at("b.py", "c", Severity.ERROR),
            at("b.py", "b", Severity.ERROR),
        ),
    )
    places = re.findall(r"^(\S+:\d+):\d+: (\w+)", text, re.MULTILINE)
    assert places == [
        ("b.py:2", "error"),
        ("b.py:3", "error"),
        ("b.py:1", "warning"),
        ("a.py:1", "info"),
    ]


def test_colour_and_links_only_add_to_the_text(realistic: Report) -> None:
    text = render("text", realistic, TERMINAL)
    assert "\x1b[1;31merror\x1b[0m" in text
    assert "\x1b]8;;file:///repo/billing/invoice.py\x1b\\" in text
    assert 'charge(invoice.total, currency="EUR")' in bare(text)
    assert "\x1b" not in bare(text)


def test_a_place_in_the_base_is_not_a_link(realistic: Report) -> None:
    text = render("text", realistic, TERMINAL)
    assert text.count("file:///repo/billing/gateway.py") == 1  # of the two pieces of evidence


def test_links_need_the_option_and_an_absolute_root(realistic: Report) -> None:
    assert "]8;;" not in render("text", realistic, RenderOptions(colour=Colour.ALWAYS))
    assert "]8;;" not in render("text", realistic, RenderOptions(hyperlinks=Hyperlinks.ALWAYS))
    assert "]8;;" not in render("text", replace(realistic, root=""), TERMINAL)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_terminal_is_not_overrun(realistic: Report, width: int) -> None:
    text = bare(render("text", realistic, replace(TERMINAL, width=width)))
    prose = [line for line in text.splitlines() if "─" not in line and "http" not in line]
    assert max(cell_len(line) for line in prose) <= width
    assert not any(line != line.rstrip() for line in text.splitlines())


def test_the_end_says_what_was_covered_and_why_not(realistic: Report) -> None:
    pictures = ", ".join(f"img/{number:02}.png" for number in range(10))
    check_end(
        realistic,
        "1 error, 1 warning in 2 files; 12 files reviewed; 1 partly reviewed; 14 skipped; "
        "1 check failed; 3 findings suppressed",
        "  partly reviewed: the diff has lines of more than 10,000 characters (1 file): "
        "data/rates.jsonl",
        f"  skipped: binary file (13 files): {pictures} and 3 more",
        "  skipped: lock file (1 file): uv.lock",
        "  check failed: `CA107` failed on billing/tax.py: RecursionError",
        "  note: the history is shallow, so renames before it are not known",
        "412 files indexed in 1.3 s, comparing main with 0123456789ab",
    )


def test_a_clean_review_says_so_in_one_line(report: Make) -> None:
    check_end(
        report(),
        "No problems found; 1 file reviewed",
        "3 files indexed in 0.2 s, comparing main with feature",
    )


@pytest.mark.parametrize(
    ("coverage", "line"),
    [
        (Coverage(), "Nothing to review: there are no changes"),
        (Coverage(skipped=(Skipped("a.png", "binary file"),)), "Nothing was reviewed; 1 skipped"),
        (
            Coverage(("a.py",), partial=(Skipped("b.py", "too large"),)),
            "No problems found, but the review is incomplete; 1 file reviewed; 1 partly reviewed",
        ),
        (
            Coverage(("a.py",), failures=("`CA1` failed",)),
            "No problems found, but the review is incomplete; 1 file reviewed; 1 check failed",
        ),
    ],
)
def test_an_incomplete_review_is_never_clean(report: Make, coverage: Coverage, line: str) -> None:
    text = render("text", report(coverage=coverage))
    assert text.splitlines()[0] == line


@pytest.mark.parametrize("options", [RenderOptions(), TERMINAL])
@pytest.mark.parametrize(
    "name",
    ["::error file=x::gone", "##[error]gone", "a\n::error::b", "\x1b]0;title\x07", "a\u202eb"],
)
def test_names_cannot_command_a_terminal_or_a_runner(
    finding: Make, report: Make, locate: Make, name: str, options: RenderOptions
) -> None:
    where = locate("x", (f"x = {name!s}",), path=name)
    bad = finding(name, location=where, evidence=(Evidence(name, where),), remedy=name, name=name)
    text = render(
        "text",
        report(
            bad,
            coverage=Coverage(skipped=(Skipped(name, name),), failures=(name,)),
            notes=(name,),
        ),
        options,
    )
    assert "\u202e" not in text
    assert "\x1b" not in bare(text)
    assert "\x07" not in text
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
