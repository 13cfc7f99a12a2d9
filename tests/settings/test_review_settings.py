"""The settings of reviews with a model: rules in both forms, categories, the limit of calls."""

from collections.abc import Mapping

import pytest

from codeassist.base.errors import ConfigurationError
from codeassist.settings import load
from codeassist.settings.schema import Settings
from codeassist.tasks.review.categories import CATEGORIES, USUAL
from codeassist.tasks.review.options import CALLS, ReviewOptions


def loaded(text: str, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of a repository with a codeassist.toml."""
    names = {"CODEASSIST_CONFIG": "/dev/null"} | dict(environ or {})
    return load(None, environ=names, repository_text={"codeassist.toml": text})


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            '[[review.rules]]\npaths = ["a/**", "b.py"]\nrule = "Be exact."\n',
            ("a/**, b.py: Be exact.",),
        ),
        ('[[review.rules]]\npaths = "a/**"\nrule = " Be exact. "\n', ("a/**: Be exact.",)),
        ('[[review.rules]]\nrule = "Be: exact."\n', ("*: Be: exact.",)),
        ('[review]\nrules = ["a/**: Be exact."]\n', ("a/**: Be exact.",)),
        ("", ()),
    ],
)
def test_rules(text: str, rules: tuple[str, ...]) -> None:
    assert loaded(text).review.rules == rules


@pytest.mark.parametrize(
    "text",
    [
        '[[review.rules]]\npaths = ["a"]\n',
        "[[review.rules]]\nrule = 3\n",
        '[[review.rules]]\npaths = [1]\nrule = "x"\n',
        '[[review.rules]]\npaths = []\nrule = "x"\n',
        '[[review.rules]]\nrule = "x"\nmore = 1\n',
        '[[review.rules]]\nrule = ""\n',
        '[review]\nrules = ["no colon"]\n',
        '[review]\nrules = [": no pattern"]\n',
        '[review]\nrules = "a: b"\n',
    ],
)
def test_what_is_no_rule(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"codeassist\.toml:"):
        loaded(text)


def test_a_repository_does_not_choose_how_much_is_asked() -> None:
    settings = loaded("[review]\ncalls = 500\n")
    assert settings.review.calls == Settings().review.calls
    assert "review.calls" in settings.warnings[0]


def test_defaults_agree_with_the_task_s() -> None:
    assert (
        Settings().review.categories
        == USUAL
        == ReviewOptions.__dataclass_fields__["categories"].default
    )
    assert Settings().review.calls == CALLS
    assert set(USUAL) <= set(CATEGORIES)


def test_categories_from_the_environment() -> None:
    settings = loaded("", {"CODEASSIST_REVIEW_CATEGORIES": "security, docs"})
    assert settings.review.categories == ("security", "docs")
