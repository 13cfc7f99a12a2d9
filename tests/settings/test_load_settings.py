"""Tests of loading: which layer wins, where values come from, which files are read."""

import os
from pathlib import Path

import pytest

from codeassist.base.errors import ConfigurationError
from codeassist.settings import Settings, load, with_repository
from codeassist.settings.describe import rows
from codeassist.settings.layers import Origin
from codeassist.settings.load import surroundings

NO_USER_FILE = {"CODEASSIST_CONFIG": os.devnull}


def loaded(
    texts: dict[str, str] | None = None, environ: dict[str, str] | None = None, **flags: object
) -> Settings:
    """Settings from texts of the repository's files, an environment and review's flags."""
    return load(
        flags={f"review.{name}": value for name, value in flags.items()},
        environ=NO_USER_FILE | (environ or {}),
        repository_text=texts or {},
    )


def user_file(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return {"CODEASSIST_CONFIG": str(path)}


def test_later_layers_win_and_say_so(tmp_path: Path) -> None:
    repository = {"codeassist.toml": '[review]\nfail_on = "info"\n'}
    user = user_file(tmp_path, '[review]\nfail_on = "warning"\n')
    variable = {"CODEASSIST_REVIEW_FAIL_ON": "error"}

    def origin(settings: Settings) -> tuple[str, Origin, str]:
        row = next(row for row in rows(settings) if row.key == "review.fail_on")
        return str(row.value), row.origin, row.place

    assert origin(loaded()) == ("never", Origin.DEFAULT, "")
    assert origin(loaded(repository)) == ("info", Origin.REPOSITORY, "codeassist.toml:2")
    place = user["CODEASSIST_CONFIG"] + ":2"
    assert origin(loaded(repository, user)) == ("warning", Origin.USER, place)
    both = user | variable
    name = "CODEASSIST_REVIEW_FAIL_ON"
    assert origin(loaded(repository, both)) == ("error", Origin.ENVIRONMENT, name)
    assert origin(loaded(repository, both, fail_on="never")) == ("never", Origin.FLAG, "--fail-on")


def test_flags_that_are_not_given_set_nothing() -> None:
    settings = loaded({"codeassist.toml": '[review]\nselect = ["CA1"]\n'}, select=(), fail_on=None)
    assert settings.review.select == ("CA1",)


def test_the_repository_layer_can_be_read_from_another_state() -> None:
    head = loaded({"codeassist.toml": '[review]\nignore = ["CA"]\n'}, fail_on="error")
    base = with_repository(head, {"pyproject.toml": "[tool.codeassist.review]\nignore=['CA2']"})
    assert base.review.ignore == ("CA2",)
    assert base.review.fail_on == "error"
    assert with_repository(base, {}).review.ignore == ()


def test_errors_in_another_state_name_it() -> None:
    with pytest.raises(ConfigurationError, match=r"codeassist.toml \(main\):1"):
        with_repository(loaded(), {"codeassist.toml": "x = 1"}, "main")


def test_one_of_two_repository_files_wins_with_a_warning() -> None:
    texts = {
        "codeassist.toml": '[review]\nselect = ["CA1"]\n',
        "pyproject.toml": '[tool.codeassist.review]\nignore = ["CA2"]\n',
    }
    settings = loaded(texts)
    assert (settings.review.select, settings.review.ignore) == (("CA1",), ())
    assert "pyproject.toml is ignored" in settings.warnings[0]
    del texts["codeassist.toml"]
    assert loaded(texts).review.ignore == ("CA2",)
    assert loaded(texts).warnings == ()


def test_a_pyproject_that_does_not_speak_of_us_may_be_broken() -> None:
    assert loaded({"pyproject.toml": "not TOML"}) == loaded()
    with pytest.raises(ConfigurationError, match=r"pyproject.toml:2"):
        loaded({"pyproject.toml": "[tool.codeassist]\nx x"})


def test_files_on_disk_are_found_from_a_subfolder(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere", "utf-8")  # as in a worktree
    (tmp_path / "codeassist.toml").write_bytes(b'\xef\xbb\xbf[review]\r\nselect = ["CA3"]\r\n')
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "codeassist.toml").write_text("[nonsense]", "utf-8")
    assert load(str(tmp_path / "pkg"), environ=NO_USER_FILE).review.select == ("CA3",)
    assert load(None, environ=NO_USER_FILE).review.select == ()


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "codeassist.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load(str(tmp_path), environ=NO_USER_FILE)


def test_the_environment_speaks_every_type() -> None:
    settings = loaded(
        environ={
            "CODEASSIST_INDEX_WORKERS": "3",
            "CODEASSIST_REVIEW_SELECT": "CA1, CA2,",
            "CODEASSIST_CACHE_DIR": "relative",
            "CODEASSIST_REVIEW_BASE": "",
        }
    )
    assert settings.index.workers == 3
    assert settings.review.select == ("CA1", "CA2")
    assert settings.cache.dir == os.path.abspath("relative")
    assert settings.review.base is None


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"CODEASSIST_INDEX_WORKERS: .* not 'many'"):
        loaded(environ={"CODEASSIST_INDEX_WORKERS": "many"})


def test_an_unknown_variable_is_a_warning_without_its_value() -> None:
    settings = loaded(environ={"CODEASSIST_REVIEW_FAILON": "x-value", "CODEASSIST_API_KEY": "k"})
    (warning,) = settings.warnings
    assert "did you mean CODEASSIST_REVIEW_FAIL_ON?" in warning
    assert "x-value" not in warning


def test_the_named_user_file_has_to_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        load(environ={"CODEASSIST_CONFIG": str(tmp_path / "none.toml")})


def test_a_home_folder_is_written_with_a_tilde(tmp_path: Path) -> None:
    settings = loaded(environ=user_file(tmp_path, '[cache]\ndir = "~/c"\n'))
    assert settings.cache.dir == os.path.expanduser("~/c")


@pytest.mark.parametrize(
    ("environ", "no_color", "force_color", "debug"),
    [
        ({}, False, False, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "0", "CODEASSIST_DEBUG": "0"}, False, False, False),
        ({"NO_COLOR": "0"}, True, False, False),  # no-color.org: any text but the empty one
        ({"FORCE_COLOR": "1", "CODEASSIST_DEBUG": "1"}, False, True, True),
    ],
)
def test_surroundings(
    environ: dict[str, str], no_color: bool, force_color: bool, debug: bool
) -> None:
    seen = surroundings(environ)
    assert (seen.no_color, seen.force_color, seen.debug) == (no_color, force_color, debug)
