"""From what a model says to what a site shows, on generated changes: no finding lost or moved.

Files are changed, added, removed and renamed, with both kinds of line ends and without a last one;
quotes are whole lines of either state, with other blanks, with wrong numbers, or invented.
"""

import json
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from model_reviews import Done, claim, model_review, standing

from codeassist.base.findings import Coverage, Finding, Report
from codeassist.engine.coverage import commentable
from codeassist.engine.requests import Outcome
from codeassist.engine.reviewing import _joined
from codeassist.render import RenderOptions, render
from codeassist.tasks.review.questions import MOST_AN_ANSWER

NAMES = ("a.py", "b.py", "lib/c.py")
LINES = st.sampled_from(
    ["    return None", "\treturn None", "x = 1", "    x  =  1", "", "y = x + 1", "é = '👍'"]
)
FILE = st.tuples(
    st.lists(LINES, min_size=1, max_size=14), st.sampled_from(["\n", "\r\n"]), st.booleans()
).map(lambda parts: parts[1].join(parts[0]) + parts[1] * parts[2])
TREE = st.dictionaries(st.sampled_from(NAMES), FILE, max_size=3)
INVENTED = st.sampled_from(["return 7", "z = 1\nz = 2", "}", "x", "None\nreturn"])
SPACED = st.sampled_from([str, str.strip, lambda line: f"  {line}  ", lambda line: f"+{line}"])
SAID = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "b/a.py", "gone.py"]),
        st.one_of(INVENTED, st.tuples(LINES, SPACED).map(lambda pair: pair[1](pair[0]))),
        st.integers(-1, 20),
    ),
    max_size=8,
)


def words(text: str) -> str:
    return " ".join(text.split())


def reviewed(
    before: dict[str, str], after: dict[str, str], said: list[tuple[str, str, int]]
) -> tuple[Done, Report]:
    """A review in which a model says these, and stands by them; numbered by their titles."""
    claims = [
        claim(path, quote, line, title=f"Finding number {number} of the model", confidence=90)
        for number, (path, quote, line) in enumerate(said)
    ]
    done = model_review(before, after, standing(*claims))
    facts = Report("main", "HEAD", "/r", (), Coverage(reviewed=NAMES), ())
    facts = replace(facts, commentable=commentable(done.review.diff))
    return done, _joined(facts, Outcome(done.report, "/r", notes=done.report.notes))


def number_of(finding: Finding) -> int:
    found = re.match(r"Finding number (\d+) of", finding.message)
    assert found is not None
    return int(found[1])


def check_place(done: Done, finding: Finding, quote: str) -> None:
    """The lines of a finding have its quote; a finding without lines is of a changed file."""
    where = finding.location
    changed = {change.new_path for change in done.review.diff.files}
    if where.whole_file:
        assert where.path in changed
        return
    document = (done.review.base if where.old else done.review.head).document(where.path)
    assert document is not None
    last = max(where.span.start_line, where.span.end_line)
    shown = [document.lines.line(n) for n in range(where.span.start_line, last + 1)]
    assert words(quote.removeprefix("+")) in words(" ".join(shown))


@settings(max_examples=100, deadline=None)
@given(TREE, TREE, SAID)
def test_no_finding_is_lost_or_moved(
    before: dict[str, str], after: dict[str, str], said: list[tuple[str, str, int]]
) -> None:
    done, report = reviewed(before, after, said)
    if not done.batches:
        return  # there was nothing to ask of
    for each in report.findings:
        check_place(done, each, said[number_of(each)][1])
    told = [note for note in done.report.notes if "Finding number" in note]
    more = [note for note in done.report.notes if note.endswith("quote no line that exists")]
    unnamed = sum(int(note.split()[0]) for note in more)
    assert len(report.findings) + len(told) + unnamed + len(done.report.dropped) == len(said)


def test_more_than_was_asked_for_is_told() -> None:
    lines = "".join(f"value_{n} = {n}\n" for n in range(MOST_AN_ANSWER + 2))
    said = [("a.py", f"value_{n} = {n}", n + 1) for n in range(MOST_AN_ANSWER + 2)]
    done, report = reviewed({}, {"a.py": lines}, said)
    assert len(report.findings) == MOST_AN_ANSWER
    assert [each.reason for each in done.report.dropped] == [
        f"more than the {MOST_AN_ANSWER} that were asked for"
    ] * 2


@settings(max_examples=100, deadline=None)
@given(TREE, TREE, SAID)
def test_every_format_shows_each_finding_where_it_is(
    before: dict[str, str], after: dict[str, str], said: list[tuple[str, str, int]]
) -> None:
    _, report = reviewed(before, after, said)
    options = RenderOptions(commentable=report.commentable)
    by_number = {number_of(each): each for each in report.findings}
    assert len(by_number) == len(report.findings)
    check_github(json.loads(render("github", report, options)), by_number, report)
    for place in (rdjson_places(report), sarif_places(report), json_places(report)):
        assert place == {number: line_of(each) for number, each in by_number.items()}
    lines = [line for change in report.commentable.values() for line in change]
    assert bool(lines) or not json.loads(render("github", report, options))["comments"]


def line_of(finding: Finding) -> int | None:
    """The 1-based line of the new state, None where there is none."""
    where = finding.location
    return None if where.whole_file or where.old else where.span.start_line + 1


def numbered(text: str) -> int:
    found = re.search(r"Finding number (\d+) of", text)
    assert found is not None
    return int(found[1])


def check_github(review: dict[str, Any], findings: dict[int, Finding], report: Report) -> None:
    inline = {numbered(each["body"]): each for each in review["comments"]}
    outside = {int(n) for n in re.findall(r"Finding number (\d+) of the model: ", review["body"])}
    assert inline.keys() | outside >= findings.keys()
    for number, comment in inline.items():
        finding, inside = findings[number], report.commentable[comment["path"]]
        first = comment.get("start_line", comment["line"])
        assert finding.location.path == comment["path"]
        assert set(range(first, comment["line"] + 1)) <= inside
        span = finding.location.span
        assert span.start_line + 1 <= comment["line"] <= span.end_line + 1
        assert line_of(finding) is not None


def rdjson_places(report: Report) -> dict[int, int | None]:
    diagnostics = json.loads(render("rdjson", report))["diagnostics"]
    return {
        numbered(each["message"]): each["location"].get("range", {}).get("start", {}).get("line")
        for each in diagnostics
    }


def sarif_places(report: Report) -> dict[int, int | None]:
    (run,) = json.loads(render("sarif", report))["runs"]
    places = (
        (each["message"]["text"], each["locations"][0]["physicalLocation"])
        for each in run["results"]
    )
    return {numbered(text): at.get("region", {}).get("startLine") for text, at in places}


def json_places(report: Report) -> dict[int, int | None]:
    places = (
        (each["message"], each["location"])
        for each in json.loads(render("json", report))["findings"]
    )
    return {
        numbered(text): at["start"]["line"] if at["start"] and at["side"] == "new" else None
        for text, at in places
    }
