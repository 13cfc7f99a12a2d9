"""Anchors: where in a diff a quote stands. On generated diffs: never a wrong line, never lost.

The rules are the issue's: exact, then tolerant of white space, inside of the hunks, added lines
preferred, several places told apart by the number that was given, otherwise no line at all.
"""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_reviews import Done, cited, claim, diff_of, model_review, standing

from codeassist.base.changes import DiffLine, FileChange, LineKind
from codeassist.base.findings import Location, Severity, whole_file
from codeassist.tasks.review.anchors import AmbiguousError, Anchor, UnplacedError, anchor

BEFORE = """\
def first(items):
    if not items:
        return None
    return items[0]


def last(items):
    if not items:
        return None
    return items[-1]


def size(items):
    return len(items)
"""
AFTER = """\
def first(items):
    if not items:
        return None
    return items[1]


def last(items):
    if items is None:
        return None
    return items[-1]


def size(items):
    return len(items)
"""


def change_of(before: str, after: str) -> FileChange:
    """The change of one file."""
    (change,) = diff_of({"a.py": before}, {"a.py": after}).files
    return change


def place(quote: str, number: int = 0, before: str = BEFORE, after: str = AFTER) -> Anchor:
    return anchor(change_of(before, after), quote, number)


@pytest.mark.parametrize(
    ("quote", "number", "expected"),
    [
        ("    return items[1]", 4, Anchor(4, 4, adds=True)),
        ("    return items[1]", 0, Anchor(4, 4, adds=True)),  # without a number
        ("    return items[1]", 29, Anchor(4, 4, adds=True)),  # with a wrong one
        ("return items[1]", 0, Anchor(4, 4, adds=True)),  # without its indentation
        ("  return   items[1]", 0, Anchor(4, 4, adds=True)),  # with other blanks
        ("items[1]", 0, Anchor(4, 4, adds=True)),  # a part of it
        ("    if items is None:\n        return None", 0, Anchor(8, 9, adds=True)),
        ("8\t+\t    if items is None:\n9\t\t        return None", 0, Anchor(8, 9, adds=True)),
        ("+    return items[1]", 0, Anchor(4, 4, adds=True)),
        ("```python\n    return items[1]\n```", 0, Anchor(4, 4, adds=True)),
        ("    return items[1]\r\n", 0, Anchor(4, 4, adds=True)),
        # A removed line is at its place in the base, and says so.
        ("    return items[0]", 0, Anchor(4, 4, old=True)),
        ("-    return items[0]", 0, Anchor(4, 4, old=True)),
        ("\t-\t    return items[0]", 0, Anchor(4, 4, old=True)),
        # Lines that followed each other before, though something new is between them now.
        ("def last(items):\n    if not items:\n        return None", 0, Anchor(7, 9, old=True)),
        # Two kept lines are told apart by the number.
        ("        return None", 3, Anchor(3, 3)),
        ("        return None", 9, Anchor(9, 9)),
        ("        return None", 10, Anchor(9, 9)),  # off by one
    ],
)
def test_where_a_quote_stands(quote: str, number: int, expected: Anchor) -> None:
    assert place(quote, number) == expected


@pytest.mark.parametrize(
    ("quote", "number", "reason"),
    [
        ("        return None", 0, "several lines of the diff (3, 9)"),
        ("        return None", 6, "several lines"),  # as far from both
        ("        return None", 400, "several lines"),
        ("    return items[2]", 4, "does not stand in the diff"),
        ("def size(items):\n    return 0", 13, "does not stand in the diff"),
        ("items[1", 4, None),
        ("tems[1]", 4, "does not stand in the diff"),  # inside of a word
        ("", 4, "no word"),
        (" ]:)\n", 4, "no word"),
        ("x\n" * 50, 4, "too long"),
    ],
)
def test_what_leads_to_no_line(quote: str, number: int, reason: str | None) -> None:
    if reason is None:
        assert place(quote, number).first == 4
        return
    with pytest.raises(UnplacedError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        place(quote, number)


def test_added_lines_go_before_kept_ones_and_kept_before_removed_ones() -> None:
    before, after = "a = 1\nlog(a)\nb = 2\n", "a = 1\nlog(a)\nb = 2\nlog(a)\n"
    assert place("log(a)", 0, before, after) == Anchor(4, 4, adds=True)
    assert place("log(a)", 2, before, after) == Anchor(2, 2)  # but the number is believed
    before, after = "a = 1\nlog(a)\nb = 2\nlog(a)\n", "a = 1\nlog(a)\nb = 2\n"
    assert place("log(a)", 0, before, after) == Anchor(2, 2)


def test_lines_outside_of_the_hunks_are_no_lines_of_the_diff() -> None:
    filler = "".join(f"x{n} = {n}\n" for n in range(30))
    with pytest.raises(UnplacedError):
        place("x25 = 25", 27, f"a = 1\n{filler}", f"a = 2\n{filler}")


# Generated diffs: few different lines, so that the same ones stand at many places.

LINES = st.sampled_from(
    [
        "    return None",
        "\treturn None",
        "    x = 1",
        "x = 1",
        "",
        "    }",
        "  x  =  1",
        "y = x + 1",
    ]
)
FILES = st.lists(LINES, max_size=30)
# What models put around a line that they quote.
STYLES = ("{text}", "{number}\t+\t{text}", "+{text}", "```\n{text}\n```")


def text_of(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def rows_of(change: FileChange, old: bool) -> list[list[DiffLine]]:
    """The lines of each hunk on one side."""
    hidden = LineKind.ADDED if old else LineKind.REMOVED
    return [[line for line in hunk.lines if line.kind is not hidden] for hunk in change.hunks]


def texts_at(change: FileChange, found: Anchor) -> list[str]:
    """The texts of an anchor's lines; one that is in no hunk, or in two, gives none."""
    for rows in rows_of(change, found.old):
        numbers = [row.old if found.old else row.new for row in rows]
        if found.first in numbers and found.last in numbers:
            return [rows[numbers.index(n)].text for n in range(found.first, found.last + 1)]
    return []


def words(lines: Sequence[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


@settings(max_examples=400, deadline=None)
@given(FILES, FILES, st.data())
def test_a_quote_is_never_put_on_lines_that_it_does_not_stand_on(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    diff = diff_of({"a.py": text_of(before)}, {"a.py": text_of(after)})
    quote = data.draw(
        st.one_of(
            st.lists(LINES, min_size=1, max_size=4).map("\n".join),
            st.sampled_from(["return", "x", "1", "None", "x = 2", "return None\nx"]),
        )
    )
    number = data.draw(st.integers(-1, 40))
    for change in diff.files:
        try:
            found = anchor(change, quote, number)
        except UnplacedError:
            continue
        texts = texts_at(change, found)
        assert texts, "the place is not in one hunk"
        # The quote is what stands there, but for blanks, or a part of it.
        assert " ".join(words(quote.split("\n"))) in " ".join(words(texts))


@settings(max_examples=400, deadline=None)
@given(FILES, FILES, st.data())
def test_a_changed_line_with_its_number_is_always_found_at_that_line(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    for change in diff_of({"a.py": text_of(before)}, {"a.py": text_of(after)}).files:
        rows = [row for hunk in rows_of(change, old=False) for row in hunk]
        candidates = [row for row in rows if any(c.isalnum() for c in row.text)]
        if not candidates:
            continue
        row = data.draw(st.sampled_from(candidates))
        assert row.new is not None
        style = data.draw(
            st.sampled_from(["{text}", "{number}\t+\t{text}", "+{text}", "```\n{text}\n```"])
        )
        found = anchor(change, style.format(text=row.text, number=row.new), row.new)
        assert (found.first, found.last, found.old) == (row.new, row.new, False)


@settings(max_examples=200, deadline=None)
@given(FILES, FILES, st.data())
def test_what_is_ambiguous_really_stands_at_several_places(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    quote = data.draw(LINES)
    for change in diff_of({"a.py": text_of(before)}, {"a.py": text_of(after)}).files:
        try:
            anchor(change, quote, 0)
        except AmbiguousError:
            rows = [row for old in (False, True) for hunk in rows_of(change, old) for row in hunk]
            assert sum(words([row.text]) == words([quote]) for row in rows) > 1
        except UnplacedError:
            continue


# A whole review: each claim ends as a finding, as a note, or as dropped with a reason.


def review(*claims: dict[str, object], **verdicts: dict[str, object]) -> Done:
    """A review of AFTER; the verdicts are those of `standing`."""
    return model_review(
        {"a.py": BEFORE, "b.py": "x = 1\n"},
        {"a.py": AFTER, "b.py": "x = 1\n"},
        standing(*claims, **verdicts),
    )


def test_a_finding_outside_of_the_diff_goes_to_its_evidence_in_the_diff() -> None:
    done = review(claim("b.py", "x = 1", evidence=[cited("a.py", "return items[1]")]))
    assert done.places == [("a.py", 4, False)]
    assert [each.location.path for each in done.only.finding.evidence] == ["b.py"]


def test_a_finding_outside_of_the_diff_stays_where_it_quotes() -> None:
    done = review(claim("b.py", "x = 1", confidence=95))
    assert done.places == [("b.py", 1, False)]
    assert done.only.confidence == (60 + 80) // 2  # never surer than this at first


def test_a_removed_line_is_in_the_base() -> None:
    done = review(claim("a.py", "    return items[0]"))
    assert done.places == [("a.py", 4, True)]


def test_a_quote_that_stands_at_several_lines_is_of_the_file_as_a_whole() -> None:
    done = review(claim("a.py", "        return None", title="Nothing is returned", confidence=90))
    finding = done.only.finding
    assert finding.location == whole_file("a.py")
    assert finding.severity is Severity.WARNING
    assert done.only.confidence == (60 + 80) // 2  # never surer than this at first
    assert "This is of no one line: what is quoted stands at several lines" in finding.message
    assert done.report.notes == ()


def test_a_quote_that_does_not_exist_is_a_remark_on_the_file_if_a_second_look_believes_it() -> None:
    done = review(claim("a.py", "return items[7]", title="Off by one", confidence=100))
    finding = done.only.finding
    assert finding.location == whole_file("a.py")
    assert finding.severity is Severity.INFO  # whatever the model says
    assert done.only.confidence == (49 + 80) // 2
    assert "what is quoted does not stand in the diff of a.py" in finding.message
    (asked,) = done.asked("review.final")
    assert "At a.py: Off by one." in asked
    assert "its quote leads to no line: what is quoted does not stand in the diff" in asked
    assert "4\t+\t    return items[1]" in asked  # the whole change is what it is tried on


@pytest.mark.parametrize("verdict", [{"confidence": 40}, {"id": 7}])
def test_without_that_it_is_told_in_the_summary(verdict: dict[str, object]) -> None:
    done = review(claim("a.py", "return items[7]", title="Off by one", confidence=100), v1=verdict)
    assert done.report.hypotheses == ()
    note = done.report.notes[-1]
    assert "a.py: Off by one" in note
    assert "does not stand in the diff" in note


def test_a_refuted_finding_of_a_file_is_dropped() -> None:
    done = review(claim("a.py", "return items[7]"), v1={"refuted": True})
    assert (done.report.hypotheses, done.report.notes) == ((), ())
    assert done.reasons["It is wrong"].startswith("refuted")


def test_a_file_that_is_gone_has_no_place_for_a_finding() -> None:
    before = {"a.py": "x = 1\n", "b.py": "y = 1\n"}
    said = claim("a.py", "z = 5", title="Still needed")
    done = model_review(before, {"b.py": "y = 2\n"}, standing(said))
    assert done.report.hypotheses == ()
    assert "a.py: Still needed" in done.report.notes[0]


def test_a_file_that_is_no_code_is_a_place_too() -> None:
    before = {"a.py": "x = 1\n", "deploy.yml": "replicas: 1\n"}
    said = claim("deploy.yml", "replicas: 9", title="Too many")
    done = model_review(before, before | {"deploy.yml": "replicas: 7\n"}, standing(said))
    assert done.only.finding.location == whole_file("deploy.yml")


def test_a_file_that_was_moved_only_is_a_place_too() -> None:
    after = {"b.py": BEFORE, "c.py": "y = 1\n"}
    done = model_review({"a.py": BEFORE}, after, standing(claim("b.py", "return items[9]")))
    assert done.only.finding.location == whole_file("b.py")


def test_two_findings_of_one_file_are_both_kept_and_the_line_wins_among_the_same() -> None:
    said = (claim("a.py", "return items[7]"), claim("a.py", "return items[8]"))
    assert len(review(*said).report.hypotheses) == 2
    said = (
        claim("a.py", "        return None", title="Of the file", confidence=60),
        claim("a.py", "return items[1]", title="Of the line", confidence=55),
    )
    done = review(*said, v2={"same_as": 1})
    assert done.places == [("a.py", 4, False)]
    assert done.only.finding.evidence == ()


def test_a_wrong_path_is_mended_by_the_quote() -> None:
    assert review(claim("src/x/a.py", "return items[1]")).places == [("a.py", 4, False)]
    assert review(claim("b/a.py:4", "return items[1]")).places == [("a.py", 4, False)]
    # One that is of no file that exists has no place at all.
    done = review(claim("src/x/a.py", "return items[9]"))
    assert "there is no file src/x/a.py" in done.report.notes[0]


PATHS = st.sampled_from(["a.py", "b.py", "c.py", "", "../a.py", "a.py:3"])
CLAIMS = st.lists(
    st.tuples(PATHS, st.one_of(LINES, st.just("zzz")), st.integers(0, 30), st.integers(0, 100)),
    max_size=6,
)


@settings(max_examples=100, deadline=None)
@given(FILES, FILES, CLAIMS)
def test_no_finding_is_lost(
    before: list[str], after: list[str], said: list[tuple[str, str, int, int]]
) -> None:
    claims = [
        claim(path, quote, line, confidence=confidence, title=f"Finding number {number}")
        for number, (path, quote, line, confidence) in enumerate(said)
    ]
    old, new = ({"a.py": text_of(lines), "b.py": "x = 1\n"} for lines in (before, after))
    done = model_review(old, new, standing(*claims))
    if not done.batches:
        return  # nothing was changed, so nothing was asked
    report = done.report
    told = [note for note in report.notes if "Finding number" in note]
    assert len(report.hypotheses) + len(told) + len(report.dropped) + _more(report.notes) == len(
        said
    )
    for each in report.hypotheses:
        quote = said[int(each.finding.message.split()[2].rstrip(":"))][1]
        check_place(done, each.finding.location, quote)


def check_place(done: Done, where: Location, quote: str) -> None:
    """A place is lines on which the quote stands, or else a changed file, and then no line."""
    if where.whole_file:
        assert where == whole_file(where.path)
        assert where.path in {change.new_path for change in done.review.diff.files}
        return
    view = done.review.base if where.old else done.review.head
    document = view.document(where.path)
    assert document is not None
    numbers = range(where.span.start_line, where.span.end_line + 1)
    shown = [document.lines.line(number) for number in numbers]
    assert " ".join(words([quote])) in " ".join(words(shown))


def _more(notes: Sequence[str]) -> int:
    """How many findings a note counts without naming them."""
    return sum(int(note.split()[0]) for note in notes if note.endswith("quote no line that exists"))
