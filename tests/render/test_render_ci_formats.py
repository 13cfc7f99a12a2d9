"""rdjson, GitLab Code Quality, GitHub reviews, JSON and Markdown: the shapes that others read."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from codeassist.base.findings import Coverage, Evidence, Report, Severity
from codeassist.base.text import Span
from codeassist.render import RenderOptions, render
from codeassist.render.formats.github import INLINE_LIMIT

Make = Callable[..., Any]  # the factories of conftest.py


def loaded(name: str, report: Report, **options: object) -> dict[str, Any]:
    """A JSON object as its readers see it."""
    return json.loads(render(name, report, RenderOptions(**options)))


# rdjson


def test_rdjson_columns_are_utf8_bytes_and_ends_are_exclusive(
    report: Make, finding: Make, locate: Make
) -> None:
    # The example of reviewdog.proto: in 'a𐐀b' the column of b is 6.
    where = locate("b", ("a𐐀b",), first=4)
    (diagnostic,) = loaded("rdjson", report(finding(location=where)))["diagnostics"]
    assert diagnostic["location"] == {
        "path": "a.py",
        "range": {"start": {"line": 5, "column": 6}, "end": {"line": 5, "column": 7}},
    }


def test_rdjson_names_source_severity_and_code(realistic: Report) -> None:
    result = loaded("rdjson", realistic)
    first, second = result["diagnostics"]
    assert (result["source"], result["severity"]) == ({"name": "codeassist"}, "ERROR")
    assert first["code"] == {"value": "CA101", "url": "https://codeassist.example/rules/CA101"}
    assert (second["severity"], second["code"]) == ("WARNING", {"value": "CA204"})
    assert [related["location"]["path"] for related in first["related_locations"]] == [
        "billing/gateway.py"
    ]  # the piece of the base is left out
    assert "related_locations" not in second
    assert "suggestions" not in first


# GitLab


def issues_of(report: Report) -> list[dict[str, Any]]:
    return json.loads(render("gitlab", report))


def test_gitlab_has_the_fields_that_its_widget_needs(realistic: Report) -> None:
    first, second = issues_of(realistic)
    assert first == {
        "description": "`charge()` lost its parameter `currency`; this call still passes it",
        "check_name": "CA101",
        "fingerprint": first["fingerprint"],
        "severity": "major",
        "location": {"path": "billing/invoice.py", "lines": {"begin": 88}},
    }
    assert second["severity"] == "minor"


def test_gitlab_fingerprints_are_unique(report: Make, finding: Make) -> None:
    issues = issues_of(report(*[finding() for _ in range(20)]))
    assert len({issue["fingerprint"] for issue in issues}) == 20


def test_gitlab_paths_do_not_begin_with_a_dot(report: Make, finding: Make, locate: Make) -> None:
    (issue,) = issues_of(report(finding(location=locate("def", path="./x/a.py"))))
    assert issue["location"]["path"] == "x/a.py"


def test_gitlab_severities(report: Make, finding: Make) -> None:
    issues = [issues_of(report(finding(severity=severity)))[0] for severity in Severity]
    assert [issue["severity"] for issue in issues] == ["info", "minor", "major"]


def test_gitlab_without_findings_is_an_empty_array(report: Make) -> None:
    assert issues_of(report()) == []


# GitHub


def review_of(
    report: Report, commentable: dict[str, set[int]] | None = None, **options: object
) -> dict[str, Any]:
    lines = {path: frozenset(numbers) for path, numbers in (commentable or {}).items()}
    review = loaded("github", report, commentable=lines, **options)
    assert review["event"] == "COMMENT"
    return review


def test_github_comments_only_inside_the_diff(realistic: Report) -> None:
    review = review_of(realistic, {"billing/invoice.py": {86, 87, 88}, "shop/orders.py": {1}})
    (comment,) = review["comments"]
    body = comment.pop("body")
    assert comment == {"path": "billing/invoice.py", "line": 88, "side": "RIGHT"}
    assert body.startswith("**error**: `charge()` lost its parameter `currency`")
    assert review["commit_id"] == realistic.head
    assert "`shop/orders.py:6`" in review["body"]
    assert "billing/invoice.py:88" not in review["body"]


def test_github_loses_no_finding(realistic: Report) -> None:
    review = review_of(realistic)
    assert review["comments"] == []
    assert "`billing/invoice.py:88`" in review["body"]
    assert "`shop/orders.py:6`" in review["body"]


@pytest.mark.parametrize(
    ("span", "inside", "anchor"),
    [
        (Span(1, 0, 1, 4), {2}, {"line": 2}),
        (Span(1, 0, 3, 4), {2, 3, 4}, {"start_line": 2, "start_side": "RIGHT", "line": 4}),
        (Span(1, 0, 2, 0), {2, 3}, {"line": 2}),  # ends before line 3: start equals end
        (Span(1, 0, 3, 4), {3}, {"line": 3}),  # only part of it is in the diff
        (Span(1, 0, 3, 4), {2, 4}, {"line": 2}),  # two hunks: a range must not span them
        (Span(1, 0, 3, 4), {1, 5}, None),
    ],
)
def test_github_anchors(
    report: Make, finding: Make, span: Span, inside: set[int], anchor: dict[str, object] | None
) -> None:
    where = replace(finding().location, span=span)
    comments = review_of(report(finding(location=where)), {"a.py": inside})["comments"]
    expected = [] if anchor is None else [{"path": "a.py", "side": "RIGHT", **anchor}]
    assert [{key: comment[key] for key in comment if key != "body"} for comment in comments] == (
        expected
    )


def test_github_does_not_comment_on_lines_of_the_base(
    report: Make, finding: Make, locate: Make
) -> None:
    where = locate("def", old=True)
    review = review_of(report(finding(location=where)), {"a.py": {1}})
    assert review["comments"] == []
    assert "`a.py:1`" in review["body"]


def test_github_texts_stay_below_its_limit(report: Make, finding: Make, locate: Make) -> None:
    where = locate("def", path="x" * 4000)
    evidence = tuple(Evidence("e" * 9000, where) for _ in range(30))
    many = [finding("m" * 70_000, location=where, evidence=evidence) for _ in range(200)]
    review = review_of(report(*many), {where.path: {1}})
    assert len(review["comments"]) == INLINE_LIMIT
    texts = [review["body"], *(comment["body"] for comment in review["comments"])]
    assert max(map(len, texts)) < 65_536
    assert "more findings: too many to show here" in review["body"]


def test_github_marks_what_it_posts(realistic: Report) -> None:
    review = review_of(realistic, {"billing/invoice.py": {88}})
    assert review["body"].splitlines()[-1] == "<!-- codeassist:summary -->"
    assert review["comments"][0]["body"].splitlines()[-1].startswith("<!-- codeassist:fingerprint=")


def test_github_never_mentions_or_links_for_a_repository(
    report: Make, finding: Make, locate: Make
) -> None:
    where = locate("def", path="@everyone/#1.py")
    bad = finding("@everyone see https://evil.example <img src=x>", location=where)
    body = review_of(report(bad))["body"]
    children = MarkdownIt().parse(body)
    inline = [child for token in children for child in token.children or []]
    assert not [token for token in inline if token.type in ("link_open", "image")]
    prose = "".join(token.content for token in inline if token.type != "code_inline")
    assert "@everyone" not in prose


def test_github_links_places_where_the_commit_is_known(realistic: Report) -> None:
    address = f"https://code.example/o/r/blob/{realistic.head}/shop/orders.py#L6"
    assert address in review_of(realistic, repository_url="https://code.example/o/r/")["body"]
    branch = replace(realistic, head="feature")
    body = review_of(branch, repository_url="https://code.example/o/r")["body"]
    assert "code.example/o/r" not in body


# JSON


def test_json_holds_the_whole_report(realistic: Report) -> None:
    whole = loaded("json", realistic)
    first = whole["findings"][0]
    assert (whole["version"], whole["status"], whole["complete"]) == (1, "findings", False)
    assert first["location"]["start"] == {"line": 88, "column": 27}
    assert first["location"]["excerpt"]["first_line"] == 86
    assert [piece["location"]["side"] for piece in first["evidence"]] == ["old", "new"]
    assert whole["coverage"]["partial"] == [
        {
            "path": "data/rates.jsonl",
            "reason": "the diff has lines of more than 10,000 characters",
        }
    ]
    assert len(whole["coverage"]["skipped"]) == 14
    assert whole["suppressed"] == 3


def test_json_columns_are_utf8_bytes(report: Make, finding: Make, locate: Make) -> None:
    (first,) = loaded("json", report(finding(location=locate("b", ("a𐐀b",)))))["findings"]
    assert first["location"]["start"]["column"] == 6


@pytest.mark.parametrize(
    ("coverage", "status"),
    [
        (Coverage(("a.py",)), "clean"),
        (Coverage(), "nothing-reviewed"),
        (Coverage(("a.py",), failures=("x",)), "incomplete"),
    ],
)
def test_json_says_what_no_findings_mean(report: Make, coverage: Coverage, status: str) -> None:
    assert loaded("json", report(coverage=coverage))["status"] == status


# Markdown


def test_markdown_folds_the_evidence_and_ends_with_the_coverage(realistic: Report) -> None:
    text = render("markdown", realistic)
    assert text.startswith("## codeassist: 1 error, 1 warning in 2 files\n")
    assert text.count("<details>") == text.count("</details>") == 2
    assert text.index("**Covered:** 12 files reviewed") > text.rindex("</details>")


def test_markdown_of_a_hostile_repository_keeps_its_structure(
    report: Make, finding: Make, locate: Make
) -> None:
    code = "x = '</details> ``` `````` @everyone'"
    where = locate("x", (code,), path="a|b`</summary>.py")
    bad = finding("</summary></details> `a|b` **x**", location=where)
    text = render("markdown", report(bad))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    html = [token.content for token in tokens if token.type == "html_block"]
    assert [block.split("\n")[0] for block in html] == ["<details>", "</details>"]
    assert [token.type for token in tokens].count("td_open") == 4
    assert [token.type for token in tokens].count("fence") == 1


def test_severities_all_have_a_name_in_every_format(report: Make, finding: Make) -> None:
    levels = {
        "rdjson": lambda whole: whole["diagnostics"][0]["severity"],
        "sarif": lambda whole: whole["runs"][0]["results"][0]["level"],
        "json": lambda whole: whole["findings"][0]["severity"],
    }
    found = {
        name: [level(loaded(name, report(finding(severity=severity)))) for severity in Severity]
        for name, level in levels.items()
    }
    assert found == {
        "rdjson": ["INFO", "WARNING", "ERROR"],
        "sarif": ["note", "warning", "error"],
        "json": ["info", "warning", "error"],
    }
