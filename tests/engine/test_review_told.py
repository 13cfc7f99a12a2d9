"""What a report says of a model's finding for all formats: how sure, what repairs it, no secret."""

import json
from dataclasses import replace

import pytest
from model_reviews import Done, claim, model_review, standing

from codeassist.base.findings import Coverage, Report
from codeassist.engine.coverage import commentable
from codeassist.engine.requests import Outcome
from codeassist.engine.reviewing import Reviewed, _joined
from codeassist.render import FORMATS, RenderOptions, render

PASSWORD = "".join(("correct", "Horse", "9battery", "Staple"))
BEFORE = "def price(amount, rate):\n    return amount * rate\n"
AFTER = BEFORE.replace("*", "+")


def fix(text: str, search: str = "amount + rate", path: str = "lib.py") -> list[dict[str, object]]:
    return [{"kind": "replace", "path": path, "search": search, "symbol": None, "text": text}]


def review(
    title: str = "The price is a sum",
    *,
    text: str = "amount * rate",
    sent: str = "",
    before: str | bytes = BEFORE,
    after: str | bytes = AFTER,
) -> tuple[Done, Reviewed]:
    """The report of a finding with a fix; `sent` are further words that the model was sent."""
    said = claim("lib.py", "    return amount + rate", title=title, fix=fix(text))
    done = model_review({"lib.py": before}, {"lib.py": after}, standing(said))
    made = replace(done.report, sent=(*done.report.sent, sent))
    report = Report("main", "HEAD", "/r", (), Coverage(reviewed=("lib.py",)), ())
    report = replace(report, commentable=commentable(done.review.diff))
    return done, _joined(report, Outcome(made, "/r"))


def test_a_finding_of_a_model_says_how_sure_it_is_and_what_repairs_it() -> None:
    _, report = review()
    (finding,) = report.findings
    assert finding.confidence == 80
    assert finding.fix is not None
    assert finding.fix.files[0].after == BEFORE.encode()
    assert report.hypotheses[0].finding is finding


def test_it_is_a_suggestion_in_the_formats_that_have_them() -> None:
    _, report = review()
    options = RenderOptions(commentable=report.commentable)
    (found,) = json.loads(render("json", report, options))["findings"]
    assert found["confidence"] == 80
    assert (
        "-    return amount + rate\n+    return amount * rate\n" in found["fix"]["files"][0]["diff"]
    )
    (diagnostic,) = json.loads(render("rdjson", report, options))["diagnostics"]
    assert diagnostic["suggestions"] == [
        {"range": {"start": {"line": 2}, "end": {"line": 2}}, "text": "    return amount * rate"}
    ]
    (comment,) = json.loads(render("github", report, options))["comments"]
    assert "```suggestion\n    return amount * rate\n```" in comment["body"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("title", "text"),
    [
        (f"The price with {PASSWORD} is a sum", "amount * rate"),
        ("The price is a sum", f"amount * rate  # {PASSWORD}"),
    ],
)
def test_no_secret_that_was_sent_comes_back_in_a_fix(name: str, title: str, text: str) -> None:
    _, report = review(title, text=text, sent=f'password = "{PASSWORD}"')
    assert [each.confidence for each in report.findings] == [80]
    assert PASSWORD not in render(name, report, RenderOptions(commentable=report.commentable))
    for each in report.hypotheses:
        assert each.fix is None or PASSWORD not in each.fix.title


def test_nor_one_of_a_file_in_utf_16() -> None:
    secret = f'password = "{PASSWORD}"\n'
    before, after = ((secret + text).encode("utf-16") for text in (BEFORE, AFTER))
    done, report = review(sent=secret, before=before, after=after)
    assert done.only.fix is not None  # it is there to be taken out
    assert report.findings[0].fix is None
