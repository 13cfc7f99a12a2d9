"""Suggested changes: whole lines that come to the same as the fix, or no suggestion at all."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.base.files import decode
from codeassist.base.findings import Evidence, Finding, Location, Severity, whole_file
from codeassist.base.text import LineIndex, Span
from codeassist.render import RenderOptions, render
from codeassist.render.suggestion import Suggestion, suggestion

Make = Callable[..., Any]  # the factories of conftest.py

CODE = b"def mean(items):\n    result = sum(items)\n    return result / 2\n\n\nx = 1\n"
EVERY = frozenset(range(1, 100))


def edited(
    old: str, new: str, path: str = "a.py", before: bytes = CODE, **more: Any
) -> WorkspaceEdit:
    """The edit that writes `new` in the place of `old`, which `before` has once."""
    assert before.count(old.encode()) == 1
    start = before.index(old.encode())
    end = start + len(old.encode())
    after = before[:start] + new.encode() + before[end:]
    return WorkspaceEdit(
        "Fix: it", (FileEdit(path, before, after, (TextEdit(start, end, new),)),), **more
    )


def at(line: int, fix: WorkspaceEdit | None, last: int | None = None) -> Finding:
    """A finding at some 1-based lines of a.py, with a fix."""
    where = Location("a.py", Span(line - 1, 0, (last or line) - 1, 1))
    return Finding("CH201", "data", Severity.WARNING, "m", where, fix=fix, confidence=70)


def check(fix: WorkspaceEdit, expected: Suggestion | None, inside: frozenset[int] = EVERY) -> None:
    assert suggestion(at(3, fix), inside) == expected


def test_a_part_of_a_line_is_suggested_as_the_whole_line() -> None:
    check(edited("/ 2", "/ len(items)"), Suggestion(3, 3, ("    return result / len(items)",)))


def test_a_line_that_is_put_in_comes_with_the_line_that_it_stands_at() -> None:
    new = "    if not items:\n        return 0\n"
    check(
        edited("    result", f"{new}    result"),
        Suggestion(2, 2, ("    if not items:", "        return 0", "    result = sum(items)")),
    )


def test_lines_that_go_leave_none() -> None:
    check(edited("    result = sum(items)\n", ""), Suggestion(2, 2, ()))
    # Without its ending, a line joins the next one.
    check(
        edited("(items):\n", "(items): "),
        Suggestion(1, 2, ("def mean(items):     result = sum(items)",)),
    )


def test_a_file_without_a_last_line_feed() -> None:
    check(edited("x = 1", "x = 2", before=b"y\nx = 1"), Suggestion(2, 2, ("x = 2",)))


def test_carriage_returns_are_the_file_s_affair() -> None:
    before = b"y\r\nx = 1\r\nz\r\n"
    check(edited("x = 1", "x = 2\r\nx = 3", before=before), Suggestion(2, 2, ("x = 2", "x = 3")))


@pytest.mark.parametrize(
    "fix",
    [
        None,
        edited("/ 2", "/ 3", problems=("it does not parse",)),
        edited("/ 2", "/ 3", path="b.py"),  # another file than the finding's
        WorkspaceEdit(
            "Fix", (*edited("/ 2", "/ 3").files, *edited("x = 1", "", path="b.py").files)
        ),
        WorkspaceEdit("Fix", (FileEdit("a.py", None, b"x\n", (TextEdit(0, 0, "x\n"),)),)),
        edited("/ 2", "/ 2  # \u202e"),  # what is applied with a click must be seen
        edited("/ 2", "/ 2  # \u200b"),
        edited("/ 2", "/ 2  # \x1b[2J"),
        edited("/ 2", "/ 2\n" * 60),  # nobody reads that in a comment
    ],
)
def test_what_is_no_suggestion(fix: WorkspaceEdit | None) -> None:
    assert suggestion(at(3, fix), EVERY) is None


def test_a_suggestion_lies_in_one_hunk() -> None:
    fix = edited("    result = sum(items)\n    return", "    total = sum(items)\n    return")
    assert suggestion(at(3, fix), frozenset({2, 3, 4})) is not None
    assert suggestion(at(3, fix), frozenset({3, 4})) is None
    # Line 4 is between two hunks, so nothing can stand at 3 to 5.
    assert suggestion(at(3, edited("/ 2\n\n\n", "/ 3\n")), frozenset({3, 5, 6})) is None


def test_a_fix_of_a_place_in_the_base_is_none() -> None:
    finding = at(3, edited("/ 2", "/ 3"))
    old = replace(finding, location=replace(finding.location, old=True))
    assert suggestion(old, EVERY) is None


# Generated edits

TEXTS = st.text(alphabet="ab\n é\t", max_size=12)


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.data())
def test_whoever_applies_the_lines_gets_the_fix(before: str, data: st.DataObject) -> None:
    characters = len(before)
    cuts = sorted(data.draw(st.lists(st.integers(0, characters), min_size=2, max_size=4)))
    edits: list[TextEdit] = []
    after, end = "", 0
    for start, stop in zip(cuts[::2], cuts[1::2], strict=False):
        text = data.draw(TEXTS)
        offsets = (len(before[:place].encode()) for place in (start, stop))
        edits.append(TextEdit(*offsets, text))
        after += before[end:start] + text
        end = stop
    after += before[end:]
    file = FileEdit("a.py", before.encode(), after.encode(), tuple(edits))
    line = data.draw(st.integers(1, LineIndex(before.encode()).line_count or 1))
    found = suggestion(at(line, WorkspaceEdit("Fix", (file,))), EVERY, (line,))
    assert found is not None
    assert found.first <= line <= found.last
    old = decode("a.py", before.encode()).data.decode().split("\n")
    new = [*old[: found.first - 1], *found.lines, *old[found.last :]]
    # Whether a file ends with a line feed is not for lines to say.
    assert "\n".join(new).rstrip("\n") == after.rstrip("\n")


# Where it is shown

INSIDE = {"a.py": frozenset({1, 2, 3, 4})}


def comment_of(report: Make, finding: Finding) -> dict[str, Any]:
    text = render("github", report(finding), RenderOptions(commentable=INSIDE))
    (comment,) = json.loads(text)["comments"]
    return comment  # type: ignore[no-any-return]


def test_github_s_comment_stands_at_the_lines_that_its_suggestion_replaces(report: Make) -> None:
    fix = edited("result = sum(items)\n    return result", "return sum(items)")
    comment = comment_of(report, at(3, fix))
    place = {key: comment[key] for key in ("path", "start_line", "line", "side", "start_side")}
    assert place == {
        "path": "a.py", "start_line": 2, "line": 3, "side": "RIGHT", "start_side": "RIGHT",
    }  # fmt: skip
    assert "\n```suggestion\n    return sum(items) / 2\n```\n" in comment["body"]
    # The fix is of line 3; the comment's own line 2 is in the suggestion as it was.
    comment = comment_of(report, at(2, edited("/ 2", "/ 3")))
    assert (comment["start_line"], comment["line"]) == (2, 3)
    assert "suggestion\n    result = sum(items)\n    return result / 3\n" in comment["body"]


def test_github_s_suggestion_cannot_end_its_fence(report: Make) -> None:
    comment = comment_of(report, at(3, edited("/ 2", "/ 2\n```\n@everyone ![x](https://evil)")))
    assert "\n````suggestion\n    return result / 2\n```\n@everyone" in comment["body"]
    assert "\n````\n\n<sub>" in comment["body"]


def test_github_s_comment_stays_at_its_line_where_the_fix_is_elsewhere(report: Make) -> None:
    comment = comment_of(report, at(3, edited("x = 1", "x = 2")))  # line 6 is not in the diff
    assert comment["line"] == 3
    assert "suggestion" not in comment["body"]
    assert "\n-x = 1\n+x = 2\n```" in comment["body"]  # to read


def test_markdown_shows_a_fix_as_a_diff(report: Make) -> None:
    text = render("markdown", report(at(3, edited("/ 2", "/ 2  # \u202e```\t::x"))))
    assert "\n````diff\ndiff --git a/a.py b/a.py\n" in text
    assert "\n+    return result / 2  # \\u202e```    ::x\n" in text
    assert text.index("````diff") < text.index("</details>")
    # A kept line of the repository is no command of a CI log.
    before = b"::error::x\ny = 1\n"
    text = render("markdown", report(at(2, edited("y = 1", "y = 2", before=before))))
    assert "\n \\x3a:error::x\n-y = 1\n" in text
    long = edited("/ 2", "/ 2\n" * 80)
    assert "```diff" not in render("markdown", report(at(3, long)))


def suggestions_of(report: Make, finding: Finding) -> list[dict[str, Any]]:
    text = render("rdjson", report(finding), RenderOptions(commentable=INSIDE))
    (diagnostic,) = json.loads(text)["diagnostics"]
    return diagnostic.get("suggestions", [])  # type: ignore[no-any-return]


def test_rdjson_has_lines_without_columns(report: Make) -> None:
    lines = {"start": {"line": 3}, "end": {"line": 3}}
    assert suggestions_of(report, at(3, edited("/ 2", "/ 3"))) == [
        {"range": lines, "text": "    return result / 3"}
    ]
    assert suggestions_of(report, at(2, edited("    result = sum(items)\n", ""))) == [
        {"range": {"start": {"line": 2}, "end": {"line": 2}}, "text": ""}
    ]


def test_rdjson_s_suggestions_begin_at_the_finding_s_line(report: Make) -> None:
    # For GitLab, reviewdog counts a suggestion's lines from the comment's line: any other
    # suggestion would replace lines that it is not about.
    fix = edited("result = sum", "total = sum")
    assert suggestions_of(report, at(3, fix)) == []
    ((found),) = suggestions_of(report, at(1, fix))
    assert found["range"] == {"start": {"line": 1}, "end": {"line": 2}}
    assert found["text"] == "def mean(items):\n    total = sum(items)"
    # reviewdog takes one empty line for none.
    assert suggestions_of(report, at(2, edited("    result = sum(items)\n", "\n"))) == []


def test_json_has_the_fix_and_how_sure_it_is(report: Make) -> None:
    (finding,) = json.loads(render("json", report(at(3, edited("/ 2", "/ é")))))["findings"]
    assert finding["confidence"] == 70
    (file,) = finding["fix"]["files"]
    assert (finding["fix"]["title"], finding["fix"]["verified"]) == ("Fix: it", True)
    assert (file["path"], file["created"]) == ("a.py", False)
    assert "-    return result / 2\n+    return result / é\n" in file["diff"]
    assert file["edits"] == [
        {"start": {"line": 3, "column": 19}, "end": {"line": 3, "column": 22}, "text": "/ é"}
    ]
    (fact,) = json.loads(render("json", report(replace(at(3, None), confidence=None))))["findings"]
    assert (fact["confidence"], fact["fix"]) == (None, None)


def test_sarif_has_the_fix_in_utf16_columns(report: Make) -> None:
    before = "s = '👍'; x = 1\n".encode()
    fix = edited("x = 1", "x = 2", before=before)
    (run,) = json.loads(render("sarif", report(at(1, fix))))["runs"]
    (changed,) = run["results"][0]["fixes"]
    (artifact,) = changed["artifactChanges"]
    assert artifact["artifactLocation"]["uri"] == "a.py"
    # The thumb is two units of UTF-16, and four bytes.
    assert artifact["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 16},
            "insertedContent": {"text": "x = 2"},
        }
    ]
    hidden = edited("x = 1", "x = 2\u202e", before=before)
    (run,) = json.loads(render("sarif", report(at(1, hidden))))["runs"]
    assert "fixes" not in run["results"][0]


# A file as a whole

WHOLE = Finding("CH201", "data", Severity.WARNING, "it is never closed", whole_file("src/a.py"))
IN_DIFF = RenderOptions(commentable={"src/a.py": EVERY}, repository_url="https://code.example/o/r")
COMMIT = "0" * 40


def whole(name: str, report: Make) -> str:
    return render(name, report(WHOLE, head=COMMIT), IN_DIFF)


def test_a_file_as_a_whole_has_no_line_in_any_format_that_can_do_without(report: Make) -> None:
    assert whole("text", report).startswith("src/a.py: warning CH201 data: it is never closed\n")
    (finding,) = json.loads(whole("json", report))["findings"]
    where = {"path": "src/a.py", "side": "new", "start": None, "end": None, "excerpt": None}
    assert finding["location"] == where
    (result,) = json.loads(whole("sarif", report))["runs"][0]["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "src/a.py", "uriBaseId": "%SRCROOT%"}}}
    ]
    (diagnostic,) = json.loads(whole("rdjson", report))["diagnostics"]
    assert diagnostic["location"] == {"path": "src/a.py"}
    address = f"https://code.example/o/r/blob/{COMMIT}/src/a.py)"
    assert f"| [`src/a.py`]({address} |" in whole("markdown", report)


def test_gitlab_demands_a_line(report: Make) -> None:
    (issue,) = json.loads(whole("gitlab", report))
    assert issue["location"] == {"path": "src/a.py", "lines": {"begin": 1}}


def test_github_s_review_has_it_in_its_text(report: Make) -> None:
    review = json.loads(whole("github", report))
    assert review["comments"] == []  # none of a review's comments can be of a file
    assert "**warning** [`src/a.py`](" in review["body"]


def test_evidence_may_be_a_file_as_a_whole(report: Make, finding: Make) -> None:
    shown = finding(evidence=(Evidence("see there", whole_file("b.py")),))
    assert "because: see there (b.py, now)" in render("text", report(shown))
    (result,) = json.loads(render("sarif", report(shown)))["runs"][0]["results"]
    assert "region" not in result["relatedLocations"][0]["physicalLocation"]
    assert result["message"]["text"].endswith("Because: see there ([b.py](0))")


def test_several_findings_of_one_file_have_fingerprints_of_their_own(report: Make) -> None:
    text = render("gitlab", report(WHOLE, replace(WHOLE, message="and never opened")))
    assert len({issue["fingerprint"] for issue in json.loads(text)}) == 2
