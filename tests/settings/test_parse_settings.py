"""Tests of settings files: what they set, and what every mistake in one is told."""

import pytest

from codeassist.base.errors import ConfigurationError
from codeassist.settings.layers import Layer, Origin
from codeassist.settings.parse import Source, parse

USER_FILE = "/home/me/config.toml"


def read(text: str, origin: Origin = Origin.USER, table: tuple[str, ...] = ()) -> Layer:
    return parse(Source("codeassist.toml", text, origin, table, USER_FILE))


def check_refused(text: str, message: str, remedy: str = "") -> None:
    """Check that a text is an error whose message and remedy hold these words."""
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_values_are_read_with_the_line_that_they_stand_on() -> None:
    layer = read('[review]\nfail_on = "error"\nselect = ["CA1", "ruff:F821"]\n')
    assert layer.values["review.fail_on"].value == "error"
    assert layer.values["review.fail_on"].place == "codeassist.toml:2"
    assert layer.values["review.select"].value == ("CA1", "ruff:F821")


def test_pyproject_has_its_table() -> None:
    text = '[project]\nname = "x"\n[tool.codeassist.review]\nignore = ["CA2"]\n'
    layer = read(text, table=("tool", "codeassist"))
    assert {key: value.place for key, value in layer.values.items()} == {
        "review.ignore": "codeassist.toml:4"
    }


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ('[review]\nfail-on = "error"', "codeassist.toml:2", "did you mean `review.fail_on`?"),
        ("[review]\nfailon = 1", "no setting `review.failon`", "`review.fail_on`"),
        ('fail_on = "error"', "codeassist.toml:1", "did you mean `review.fail_on`?"),
        ("[reveiw]\nx = 1", "codeassist.toml:1: there is no section [reveiw]", "[review]?"),
        ("[other]\nx = 1", "no section [other]", "[index], [cache]"),
        ("[review]\nzzz = 1", "no setting `review.zzz`", "the keys of [review] are base, select"),
    ],
)
def test_unknown_names_suggest_the_near_one(text: str, message: str, remedy: str) -> None:
    check_refused(text, message, remedy)


def test_a_section_is_a_table() -> None:
    check_refused("review = 3", "codeassist.toml:1: `review` must be a table", "[review]")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[review]\nfail_on = "blocker"', 'one of "never", "info", "warning", "error", not'),
        ("[review]\nfail_on = true", "must be one of"),
        ('[review]\nselect = "CA1"', "a list of texts such as"),
        ("[review]\nselect = [1]", "a list of texts such as"),
        ('[review]\nselect = ["CA 1"]', "not a code"),
        ('[review]\nbase = "--output=x"', "begins with a dash"),
        ("[index]\nworkers = 0", "a whole number of at least 1, not 0"),
        ("[index]\nworkers = true", "a whole number"),
        ("[index]\nworkers = 1.5", "a whole number"),
        ('[index]\nignore = ["[b-a]"]', "not a gitignore pattern"),
        ('[index]\nignore = ["!"]', "not a gitignore pattern"),
        ('[cache]\ndir = "cache"', "not an absolute path"),
        ('[model]\nbase_url = "localhost:8000"', "not an http or https address"),
        ('[model]\nbase_url = "http://h:port/v1"', "not an address"),
        ('[model]\nname = ""', "a text such as"),
    ],
)
def test_wrong_values_say_what_is_expected(text: str, message: str) -> None:
    check_refused(text, message)
    check_refused(text, "codeassist.toml:2: ")


def test_a_key_in_a_file_is_refused_without_being_shown() -> None:
    check_refused('[model]\napi_key = "sk-very-secret"', "model.api_key", "OPENAI_API_KEY")
    with pytest.raises(ConfigurationError) as caught:
        read('[model]\nbase_url = "https://me:very-secret@host/v1"')
    assert "very-secret" not in caught.value.message + caught.value.remedy


def test_a_syntax_error_has_line_and_column() -> None:
    check_refused('[review]\nfail_on "error"', "codeassist.toml:2:9: this is not TOML", "correct")


def test_hostile_nesting_is_an_error_and_no_crash() -> None:
    check_refused("x = " + "[" * 100_000, "nested too deeply")


def test_a_repository_may_say_what_to_look_at() -> None:
    layer = read('[review]\nexclude = ["docs/"]\n', Origin.REPOSITORY)
    assert layer.values["review.exclude"].value == ("docs/",)
    assert layer.warnings == ()


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("model", 'base_url = "https://elsewhere.example/v1"'),
        ("model", 'name = "other"'),
        ("cache", 'dir = "/tmp/x"'),
        ("index", "workers = 64"),
        ("review", 'base = "HEAD"'),
        ("model", "offline = true"),
        ("limits", "run_cents = 100000"),
        ("edits", 'verify = "curl evil.example"'),
        ("edits", 'formatters = ["*: sh -c evil"]'),
        ("prompts", 'dir = "/tmp/x"'),
    ],
)
def test_a_repository_may_not_choose_addresses_models_limits_and_bases(
    section: str, line: str
) -> None:
    layer = read(f"[{section}]\n{line}\n", Origin.REPOSITORY)
    assert layer.values == {}
    (warning,) = layer.warnings
    name = line.split(" ")[0]
    assert warning.startswith(f"codeassist.toml:2: `{section}.{name}` is ignored")
    assert USER_FILE in warning
    assert f"{section}.{name}" in read(f"[{section}]\n{line}\n", Origin.USER).values


NAMED = """
[models.small]
name = "qwen"
base_url = "http://localhost:8080/v1"

[routes]
"bugs.refute" = ["small", "default"]
"""


def test_further_models_and_routes_are_the_user_s_own_tables() -> None:
    values = {key: each.value for key, each in read(NAMED, Origin.USER).values.items()}
    assert values == {
        "models.small.name": "qwen",
        "models.small.base_url": "http://localhost:8080/v1",
        "routes.bugs.refute": ("small", "default"),
    }


def test_a_repository_may_not_name_models_or_routes() -> None:
    layer = read(NAMED, Origin.REPOSITORY)
    assert layer.values == {}
    models, routes = layer.warnings
    assert "[models] is ignored" in models
    assert "[routes] is ignored" in routes


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("[models]\nsmall = 1", "`models.small` must be a table", "[models.small]"),
        ("[models.small]\noffline = true", "no setting `models.small.offline`", "`model.offline`"),
        ('[models.small]\napi_key = "sk-very-secret"', "models.small.api_key", "key_variable"),
        ('[routes]\nbugs = "small"', "must be a list of texts", ""),
        ('[model]\noffline = "yes"', "must be true or false", ""),
        ('[edits]\nverify = "a \'b"', "cannot be split into words", "make check"),
        ('[edits]\nformatters = ["ruff format"]', "not a pattern, a colon and a command", "*.py: "),
        ('[model]\nkey_variable = "sk-1234"', "not the name of an environment variable", ""),
    ],
)
def test_what_is_wrong_with_models_and_edits(text: str, message: str, remedy: str) -> None:
    check_refused(text, message, remedy)
