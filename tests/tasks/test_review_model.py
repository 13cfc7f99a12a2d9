"""The task `review` with a scripted model: what is asked, what is reported, merged and dropped."""

import json
from typing import Any

import pytest
from model_reviews import MODEL, PACKED, Done, cited, claim, model_review, standing, verdict

from codeassist.base.findings import Severity
from codeassist.base.model_errors import RefusedError, TruncatedError
from codeassist.tasks.review import Guideline
from codeassist.tasks.review.categories import CATEGORIES, USUAL
from codeassist.tasks.review.claims import claims_schema
from codeassist.tasks.review.verdicts import verdicts_schema
from codeassist.tasks.task import Ask, ModelTraits

SUM = """\
def total(items):
    result = 0
    for item in items:
        result += item
    return result


def mean(items):
    return total(items) / len(items)
"""
BROKEN = SUM.replace("result = 0", "result = 1").replace("len(items)", "(len(items) - 1)")
OTHERS = {
    "lib/use.py": "from lib.sums import total\n\nprint(total([1, 2]))\n",
    "tests/test_sums.py": (
        "from lib.sums import total\n\n\ndef test_total():\n    assert total([]) == 0\n"
    ),
}
BEFORE = OTHERS | {"lib/sums.py": SUM}
AFTER = OTHERS | {"lib/sums.py": BROKEN}
QUOTE = "    result = 1"
SECOND = "    return total(items) / (len(items) - 1)"
FIX = [
    {
        "kind": "replace",
        "path": "lib/sums.py",
        "search": "    result = 1",
        "symbol": None,
        "text": "    result = 0",
    }
]


def check(*claims: dict[str, Any], **more: Any) -> Done:
    """A review of BROKEN in which the model states some findings and refutes none."""
    return model_review(BEFORE, AFTER, standing(*claims), **more)


def test_a_finding_says_what_breaks_for_whom_where_and_how_sure() -> None:
    evidence = [cited("tests/test_sums.py", "assert total([]) == 0", says="zero is expected")]
    found = check(
        claim(
            "lib/sums.py",
            QUOTE,
            2,
            title="The sum begins at one.",
            what_breaks="total([]) is 1 instead of 0.",
            who="mean and lib/use.py",
            evidence=evidence,
        )
    ).only
    finding = found.finding
    assert finding.code == "CH201"
    assert finding.name == "correctness"
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "The sum begins at one: total([]) is 1 instead of 0. It hits mean and lib/use.py. "
        "(80 % sure)"
    )
    span = finding.location.span
    assert (finding.location.path, span.start_line, span.start_column) == ("lib/sums.py", 1, 4)
    assert finding.symbol == "total"
    (shown,) = finding.evidence
    assert (shown.message, shown.location.path) == ("zero is expected", "tests/test_sums.py")
    assert found.confidence == 80


def test_what_the_model_is_shown() -> None:
    done = model_review(BEFORE, AFTER, standing(), told="Make it faster.")
    (text,) = done.asked()
    for part in (
        "lib/sums.py (modified, +2 -2)",
        "Make it faster.",
        PACKED,
        "\t-\t    result = 0\n2\t+\t    result = 1",
        "lib/use.py:3 print(total([1, 2]))",
        "tests/test_sums.py test_total",
    ):
        assert part in text
    # What is the same for all requests of a review comes first.
    assert text.index("Make it faster.") < text.index(PACKED) < text.index("result = 1")
    ((focus, also),) = done.packs
    assert (focus.path, focus.start_line) == ("lib/sums.py", 0)
    assert "lib/use.py:3-3" in also  # what uses the change is shown before all other context


def test_the_facts_are_told_and_not_repeated() -> None:
    before = {"lib.py": "def kept():\n    pass\n\n\ndef gone():\n    pass\n"}
    before |= {"app.py": "from lib import gone, kept\n\ngone()\nkept()\nx = 1\n"}
    after = before | {"lib.py": "def kept():\n    pass\n"}
    after |= {"app.py": before["app.py"].replace("x = 1", "x = 2")}
    same = claim("app.py", "from lib import gone, kept", 1, title="`gone` does not exist any more")
    done = model_review(before, after, standing(same, claim("app.py", "x = 2", 5)))
    assert {fact.code for fact in done.facts} == {"CA101"}
    assert "app.py:1 CA101" in done.asked()[0]
    assert done.places == [("app.py", 5, False)]
    assert done.reasons["`gone` does not exist any more"].startswith("CA101 says it already")


def test_without_a_model_nothing_is_asked_and_that_is_told() -> None:
    done = model_review(BEFORE, AFTER, model=None)
    assert done.batches == []
    assert [(each.path, each.reason) for each in done.report.unseen] == [
        ("lib/sums.py", "no model looked at it")
    ]


def test_nothing_found_needs_no_final_pass() -> None:
    done = check()
    assert len(done.batches) == 1
    assert done.report.hypotheses == ()
    assert done.report.unseen == ()


# Categories


def test_categories_that_are_switched_off_are_not_asked_for_and_not_reported() -> None:
    done = check(claim("lib/sums.py", QUOTE, category="security"), categories=("correctness",))
    system = done.batches[0][0].request.messages[0].text
    assert "- correctness: " in system
    assert "- security: " not in system
    schema = done.batches[0][0].request.schema
    assert schema is not None
    assert '"enum": ["correctness"]' in json.dumps(schema.schema)
    assert "review.categories" in done.reasons["It is wrong"]


def test_style_is_no_category() -> None:
    assert not any("style" in name for name in CATEGORIES)
    assert set(USUAL) < set(CATEGORIES)
    assert "Never report: style" in check().batches[0][0].request.messages[0].text


# What the answer must have


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"title": ""}, "does not say what breaks"),
        ({"what_breaks": "", "who": ""}, "does not say what breaks"),
        ({"evidence": [cited("lib/use.py", "print(total([9]))")]}, "evidence exists"),
    ],
)
def test_what_is_not_reported(more: dict[str, Any], reason: str) -> None:
    done = check(claim("lib/sums.py", QUOTE, **more))
    (dropped,) = done.report.dropped
    assert reason in dropped.reason
    assert done.report.hypotheses == ()


def test_what_is_less_sure_than_even_is_not_shown() -> None:
    done = model_review(
        BEFORE, AFTER, standing(claim("lib/sums.py", QUOTE, confidence=30), v1={"confidence": 40})
    )
    assert done.reasons == {"It is wrong": "less than 50 % sure"}


def test_invented_evidence_is_left_out_and_real_evidence_stays() -> None:
    evidence = [
        cited("lib/use.py", "print(total([3]))"),
        cited("lib/use.py", "print(total([1, 2]))"),
    ]
    found = check(claim("lib/sums.py", QUOTE, evidence=evidence)).only
    assert [each.location.span.start_line for each in found.finding.evidence] == [2]


def test_a_removed_line_is_evidence_of_the_base() -> None:
    evidence = [cited("lib/sums.py", "    result = 0", says="it began at zero")]
    (shown,) = check(claim("lib/sums.py", QUOTE, evidence=evidence)).only.finding.evidence
    assert shown.location.old
    assert shown.location.span.start_line == 1


def test_hypotheses_are_never_errors() -> None:
    found = check(claim("lib/sums.py", QUOTE, severity="error")).only
    assert found.finding.severity is Severity.WARNING
    found = check(claim("lib/sums.py", QUOTE, severity="info")).only
    assert found.finding.severity is Severity.INFO


def test_at_most_so_many_are_shown_the_surest_first() -> None:
    lines = "".join(f"value_{n} = {n}\n" for n in range(6))
    claims = [
        claim("a.py", f"value_{n} = {n}", confidence=60 + 5 * n, title=f"Fault {n}")
        for n in range(6)
    ]
    done = model_review({}, {"a.py": lines}, standing(*claims), shown=2)
    assert [each.finding.message.split(":")[0] for each in done.report.hypotheses] == [
        "Fault 5",
        "Fault 4",
    ]
    assert set(done.reasons.values()) == {"less sure than the 2 that are shown"}


# The final pass


def test_the_final_pass_refutes() -> None:
    done = model_review(BEFORE, AFTER, standing(claim("lib/sums.py", QUOTE), v1={"refuted": True}))
    assert done.report.hypotheses == ()
    assert done.reasons == {"It is wrong": "refuted at a second look: line 2 shows it"}


def test_what_the_final_pass_is_shown() -> None:
    evidence = [cited("tests/test_sums.py", "assert total([]) == 0", says="zero is expected")]
    done = check(claim("lib/sums.py", QUOTE, title="Begins at one", evidence=evidence))
    (text,) = done.asked("review.final")
    for part in (
        "At lib/sums.py:2: Begins at one",
        "\t-\t    result = 0\n2\t+\t    result = 1",
        "tests/test_sums.py:5 zero is expected",
        "file: tests/test_sums.py\n",
        "5\t    assert total([]) == 0",
        "lib/use.py:3 print(total([1, 2]))",
        "It hits: every caller",
    ):
        assert part in text
    assert "80" not in text  # not how sure the first answer was


def test_findings_that_say_the_same_become_one_with_both_places() -> None:
    claims = (
        claim("lib/sums.py", QUOTE, title="Begins at one", confidence=70),
        claim("lib/sums.py", SECOND, title="The mean is wrong", confidence=90),
    )
    # They are heard the surest first: "Begins at one" is number 2.
    done = model_review(BEFORE, AFTER, standing(*claims, v2={"same_as": 1}))
    assert done.places == [("lib/sums.py", 9, False)]
    assert [each.location.span.start_line for each in done.only.finding.evidence] == [1]
    assert done.reasons["Begins at one"].startswith("another finding says the same")


@pytest.mark.parametrize("same", [1, 2, 7, -1, True, "1", None])
def test_a_finding_is_not_lost_to_itself_or_to_one_that_is_refuted(same: object) -> None:
    claims = (
        claim("lib/sums.py", QUOTE, title="Begins at one", confidence=90),
        claim("lib/sums.py", SECOND, title="The mean is wrong", confidence=70),
    )
    verdicts = {"v1": {"same_as": same, "refuted": same == 2}, "v2": {"same_as": 1}}
    done = model_review(BEFORE, AFTER, standing(*claims, **verdicts))
    shown = [each.finding.message.split(":")[0] for each in done.report.hypotheses]
    assert shown == (["The mean is wrong"] if same == 2 else ["Begins at one"])


def test_two_that_name_each_other_leave_one() -> None:
    claims = (
        claim("lib/sums.py", QUOTE, title="One", confidence=90),
        claim("lib/sums.py", SECOND, title="Two", confidence=70),
    )
    done = model_review(BEFORE, AFTER, standing(*claims, v1={"same_as": 2}, v2={"same_as": 1}))
    assert len(done.report.hypotheses) == 1


def test_one_line_and_one_category_is_one_finding() -> None:
    done = check(
        claim("lib/sums.py", QUOTE, title="One", confidence=60),
        claim("lib/sums.py", QUOTE, title="Two", confidence=90),
        claim("lib/sums.py", QUOTE, title="Three", category="data", confidence=70),
    )
    shown = [each.finding.message.split(":")[0] for each in done.report.hypotheses]
    assert shown == ["Two", "Three"]
    assert done.reasons["One"] == "another finding says the same of this line"


@pytest.mark.parametrize(
    ("said", "confidence"),
    [
        ({"verdicts": [verdict(1, confidence=60)]}, 70),  # the mean of 80 and 60
        # Wrong ids and no answer: nobody looked twice, so it is not surer than even.
        ({"verdicts": [verdict(7, refuted=True)]}, 50),
        ({"verdicts": [verdict(True, refuted=True)]}, 50),  # type: ignore[arg-type]
        ({"verdicts": "none"}, 50),
        (None, 50),
        (RefusedError("no"), 50),
        # A refutation without a reason is none.
        ({"verdicts": [verdict(1, why="\x00 ", refuted=True)]}, 80),
        ({"verdicts": [verdict(1, refuted="true")]}, 80),
    ],
)
def test_verdicts(said: object, confidence: int) -> None:
    first = {"findings": [claim("lib/sums.py", QUOTE)]}
    done = model_review(BEFORE, AFTER, [first, said])
    assert done.only.confidence == confidence
    note = "not looked at a second time: 1 finding of the model"
    assert (note in done.report.notes) is (confidence == 50)


# Fixes


def test_a_fix_that_verifies_is_suggested() -> None:
    found = check(claim("lib/sums.py", QUOTE, fix=FIX)).only
    assert found.fix is not None
    assert found.fix.is_verified
    assert found.fix.files[0].after.decode().count("result = 0") == 1
    assert found.finding.remedy == "write `result = 0` instead of `result = 1`"


@pytest.mark.parametrize(
    "change",
    [
        {"search": "    result = 5"},  # stands nowhere
        {"search": "result"},  # stands at several places
        {"text": "    result = ("},  # breaks the file
        {"path": "../x.py"},
        {"path": "/etc/passwd"},
    ],
)
def test_a_fix_that_does_not_verify_is_left_out_and_the_finding_stays(
    change: dict[str, str],
) -> None:
    found = check(claim("lib/sums.py", QUOTE, fix=[FIX[0] | change])).only
    assert (found.fix, found.finding.remedy) == (None, "")


@pytest.mark.parametrize("fix", [[], "x", 7, {"a": 1}, [None], [[]]])
def test_a_fix_of_another_form(fix: object) -> None:
    assert check(claim("lib/sums.py", QUOTE, fix=fix)).only.fix is None


# Rules of the project, and what the author says


def test_rules_hold_where_their_paths_do() -> None:
    rules = (
        Guideline("the settings", "Sums begin at zero.", ("lib/**",)),
        Guideline("web/AGENTS.md", "No jQuery.", ("/web/**",)),
        Guideline("AGENTS.md", "Be exact."),
    )
    (text,) = check(guidelines=rules).asked()
    assert "From the settings (for lib/**):\nSums begin at zero." in text
    assert "From AGENTS.md:\nBe exact." in text
    assert "jQuery" not in text


def test_long_rules_are_cut_and_leave_room_for_others() -> None:
    rules = (
        Guideline("CONTRIBUTING.md", "word " * 20_000),
        Guideline("the settings", "Sums begin at zero."),
    )
    (text,) = check(guidelines=rules).asked()
    assert "[…]" in text
    assert "Sums begin at zero." in text
    assert text.count("word ") < 2_000


def test_what_the_author_says_is_cut() -> None:
    (text,) = check(told="word " * 20_000).asked()
    assert text.count("word ") < 2_500


# Answers of other forms, and failures


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "text",
        [],
        {},
        {"findings": None},
        {"findings": "none"},
        {"findings": [1, "x", None, []]},
        {"findings": [{}]},
        {"findings": [{"title": 5, "quote": [], "path": None, "line": "x", "evidence": 3}]},
        {"findings": [claim("lib/sums.py", QUOTE, title=None)]},
        {"findings": [claim("lib/sums.py", QUOTE, evidence=[1, {}, None])]},
        {"findings": [claim("lib/sums.py", QUOTE, confidence=float("nan"))]},
        {"findings": [claim("lib/sums.py", "\ud800")]},
        {"hypotheses": [claim("lib/sums.py", QUOTE)]},
    ],
)
def test_answers_that_are_none(answer: object) -> None:
    done = model_review(BEFORE, AFTER, lambda ask: answer)
    assert done.report.hypotheses == ()


def test_a_request_that_fails_is_told_and_the_others_go_on() -> None:
    long = "".join(f"value_{n} = compute({n}, 'some text that takes room')\n" for n in range(300))

    def answer(ask: Ask) -> object:
        if ask.request.task != "review":
            return {"verdicts": [verdict(1)]}
        if "file: b.py" in ask.request.messages[-1].text:
            return TruncatedError("the answer was cut off")
        return {"findings": [claim("a.py", "value_7 = compute(7")]}

    done = model_review({}, {"a.py": long, "b.py": long}, answer)
    assert done.places == [("a.py", 8, False)]
    assert [(each.path, each.reason) for each in done.report.unseen] == [
        ("b.py", "not seen by the model: the answer was cut off")
    ]


def test_a_small_model_gets_no_examples_and_fewer_findings() -> None:
    done = check(model=ModelTraits("local", 4_000))
    request = done.batches[0][0].request
    assert "Three examples" not in request.messages[0].text
    assert "3 findings at most" in request.messages[1].text
    assert request.max_output_tokens == 900
    done = check(model=MODEL)
    assert "Three examples" in done.batches[0][0].request.messages[0].text


def test_the_schemas_are_in_the_strict_subset() -> None:
    """Every property is required, nothing else is allowed, and every list has an end."""

    def walk(schema: object) -> None:
        if isinstance(schema, list):
            for each in schema:
                walk(each)
        if not isinstance(schema, dict):
            return
        if schema.get("type") == "object":
            assert set(schema["required"]) == set(schema["properties"])
            assert schema["additionalProperties"] is False
        if schema.get("type") == "array":
            assert schema["maxItems"] > 0
        for each in schema.values():
            walk(each)

    walk(claims_schema(6, USUAL))
    walk(verdicts_schema(3))


def test_the_worked_examples_are_answers_of_the_schema() -> None:
    import jsonschema

    system = check().batches[0][0].request.messages[0].text
    answers = [json.loads(line) for line in system.splitlines() if line.startswith('{"findings"')]
    assert [len(each["findings"]) for each in answers] == [1, 1, 0]
    for each in answers:
        jsonschema.validate(each, claims_schema(6, USUAL))
    final = check(claim("lib/sums.py", QUOTE)).batches[1][0].request.messages[0].text
    (example,) = [json.loads(x) for x in final.splitlines() if x.startswith('{"verdicts"')]
    jsonschema.validate(example, verdicts_schema(3))
