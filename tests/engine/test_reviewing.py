"""What the engine does around a review with a model: rules of the base, coverage, secrets."""

from pathlib import Path

import pytest
from command import Place
from model_reviews import claim, model_review, standing
from trees import DictTree

from codeassist.base.cancellation import CancellationToken
from codeassist.base.files import Skipped
from codeassist.base.findings import Coverage, Report
from codeassist.base.model_errors import NoModelError, QuotaError
from codeassist.engine.engine import Engine
from codeassist.engine.guidelines import guidelines
from codeassist.engine.requests import Outcome, ReviewRequest, Use, silent
from codeassist.engine.reviewing import Reviewed, _joined
from codeassist.settings.schema import CacheConfig, IndexConfig, Settings
from codeassist.tasks.review.guidelines import about
from codeassist.tasks.review.report import ReviewReport

PASSWORD = "".join(("correct", "Horse", "9battery", "Staple"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path).with_finding()


def review(place: Place, request: ReviewRequest) -> Report:
    settings = Settings(index=IndexConfig(workers=1), cache=CacheConfig(str(place.cache)))
    with Engine.open(str(place.root), settings) as engine:
        return engine.review(request, silent, CancellationToken())


# Who is asked


def test_callers_that_do_not_say_get_the_facts_alone(place: Place) -> None:
    report = review(place, ReviewRequest(revisions="main...HEAD"))
    assert type(report) is Report
    assert report.coverage.complete


def test_where_a_model_is_wished_and_there_is_none_the_files_are_partly_reviewed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "CODEASSIST_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    report = review(place, ReviewRequest(revisions="main...HEAD", use=Use.AUTO))
    assert isinstance(report, Reviewed)
    assert [each.code for each in report.findings] == ["CA101"]
    assert report.coverage.partial == (Skipped("lib.py", "no model looked at it"),)
    assert report.coverage.reviewed == ()
    with pytest.raises(NoModelError):
        review(place, ReviewRequest(revisions="main...HEAD", use=Use.MODEL))


def test_a_repository_without_code_that_is_understood_is_not_clean(tmp_path: Path) -> None:
    place = Place(tmp_path).init().commit({"a.md": "text\n"})
    place.git("switch", "-q", "-c", "work")
    place.commit({"a.md": "other\n"})
    report = review(place, ReviewRequest(revisions="main...HEAD", use=Use.AUTO))
    assert not report.coverage.complete
    assert "no code here that is understood" in report.coverage.partial[0].reason


# The report


FILES = {"a.py": f'password = "{PASSWORD}"\nx = 1\n'}
AFTER = {"a.py": f'password = "{PASSWORD}"\nx = 2\n'}


def joined(task: ReviewReport, coverage: Coverage, **more: object) -> Reviewed:
    report = Report("main", "HEAD", "/repo", (), coverage, ())
    return _joined(report, Outcome(task, "/repo", **more))  # type: ignore[arg-type]


def test_what_no_model_saw_is_partly_reviewed() -> None:
    task = ReviewReport(unseen=(Skipped("a.py", "why"), Skipped("b.py", "not again")))
    covered = Coverage(("a.py", "c.py"), (Skipped("b.py", "lost"),))
    coverage = joined(task, covered).coverage
    assert coverage.reviewed == ("c.py",)
    assert coverage.partial == (Skipped("b.py", "lost"), Skipped("a.py", "why"))
    assert not coverage.complete


def test_a_model_that_did_not_answer_leaves_the_review_incomplete() -> None:
    report = joined(ReviewReport(), Coverage(("a.py",)), failures=(QuotaError("no quota", ""),))
    assert report.coverage.failures == ("the model did not answer: no quota",)
    assert not report.coverage.complete


def test_no_secret_that_was_sent_comes_back() -> None:
    fix = [{"kind": "replace", "path": "a.py", "search": "x = 2", "symbol": None, "text": "x = 1"}]
    told = f"the password is {PASSWORD}"
    words = dict.fromkeys(("title", "what_breaks", "who"), told)
    done = model_review(FILES, AFTER, standing(claim("a.py", "x = 2", fix=fix, **words)))
    assert PASSWORD in done.only.finding.message  # the task knows nothing of secrets
    assert done.only.fix is not None
    report = joined(done.report, Coverage(("a.py",)))
    (found,) = report.hypotheses
    assert found.fix is None  # the file has a secret, and a diff would show its lines
    assert PASSWORD not in repr(report.findings)
    assert "password is …" in found.finding.message


def test_a_fix_of_a_file_without_secrets_stays() -> None:
    fix = [{"kind": "replace", "path": "b.py", "search": "x = 2", "symbol": None, "text": "x = 1"}]
    before, after = FILES | {"b.py": "x = 1\n"}, AFTER | {"b.py": "x = 2\n"}
    done = model_review(before, after, standing(claim("b.py", "x = 2", fix=fix)))
    (found,) = joined(done.report, Coverage(("a.py", "b.py"))).hypotheses
    assert found.fix is not None


# Rules


def test_rules_are_read_in_the_order_of_how_particular_they_are() -> None:
    base = DictTree(
        "base",
        {
            "AGENTS.md": "all",
            "src/AGENTS.md": "src",
            "src/[a]/AGENTS.md": "deep",
            "web/AGENTS.md": "web",
            "CONTRIBUTING.md": b"\xef\xbb\xbfhow",
            ".github/copilot-instructions.md": "copilot",
            "empty/AGENTS.md": "\n",
        },
    )
    changed = ["src/[a]/x.py", "empty/y.py"]
    found = guidelines(base, ("src/**, lib/**: Be exact.", "*: Be kind."), changed)
    assert [(each.source, each.text, each.patterns) for each in found] == [
        ("the settings", "Be exact.", ("src/**", "lib/**")),
        ("the settings", "Be kind.", ()),
        ("src/[a]/AGENTS.md", "deep", ("/src/\\[a\\]/**",)),
        ("src/AGENTS.md", "src", ("/src/**",)),
        ("AGENTS.md", "all", ()),
        (".github/copilot-instructions.md", "copilot", ()),
        ("CONTRIBUTING.md", "how", ()),
    ]
    sources = [each.text for each in about(found, ["src/[a]/x.py"])]
    assert sources == ["Be exact.", "Be kind.", "deep", "src", "all", "copilot", "how"]
    assert "deep" not in [each.text for each in about(found, ["src/a/x.py"])]


def test_a_rules_file_that_is_huge_is_cut() -> None:
    (found,) = guidelines(DictTree("base", {"AGENTS.md": "x" * 1_000_000}), (), [])
    assert len(found.text) == 64 << 10


def test_code_with_a_nul_is_never_clean(tmp_path: Path) -> None:
    """Git calls such a file binary, and no check sees what it takes away."""
    place = Place(tmp_path).init().commit({"lib.py": "def gone():\n    return 1\n"})
    place.git("switch", "-qc", "change")
    place.commit({"lib.py": b"x = '\0'\n", "logo.png": b"\x89PNG\0"})
    done = place.run("review", "main...HEAD", "--format", "json")
    assert done.code == 3
    coverage = done.json["coverage"]
    assert [each["path"] for each in coverage["partial"]] == ["lib.py"]
    assert [each["path"] for each in coverage["skipped"]] == ["logo.png"]
