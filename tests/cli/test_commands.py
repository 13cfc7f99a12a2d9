"""Tests of the real command in a real repository: output, files, exit codes. Few, since slow."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_index_says_what_it_did(codeassist: Run, tmp_path: Path) -> None:
    first = codeassist("index", "--stats")
    assert first.returncode == 0
    assert first.stderr == b""  # no bar without a terminal
    text = first.stdout.decode()
    assert "languages  python 2" in text
    assert text.splitlines()[-1].startswith("indexed 2 files (2 parsed, 0 known)")
    again = json.loads(codeassist("index", "--json").stdout)
    assert (again["files"], again["parsed"], again["reused"]) == (2, 0, 2)
    assert again["cache_path"].startswith(str(tmp_path / "cache"))


def test_index_of_a_path_that_does_not_exist(codeassist: Run) -> None:
    done = codeassist("index", "nowhere")
    assert done.returncode == 2
    assert b"error: nowhere does not exist" in done.stderr


def test_a_review_exits_by_what_it_is_asked_to_fail_on(codeassist: Run) -> None:
    done = codeassist("review", "main")
    assert done.returncode == 0, done.stderr
    assert b"app.py:1" in done.stdout  # the import of what is gone, in a file that the diff lacks
    assert codeassist("review", "main", "--fail-on", "error").returncode == 1
    variable = codeassist("review", "main", CODEASSIST_REVIEW_FAIL_ON="error")
    assert variable.returncode == 1


def test_a_review_without_arguments_says_what_it_compared(codeassist: Run) -> None:
    done = codeassist("review")
    assert done.returncode == 0
    assert done.stderr.startswith(b"note: compared with main")
    assert b"the default base" in done.stderr


def test_select_and_ignore_choose_codes(codeassist: Run) -> None:
    assert b"app.py:1" in codeassist("review", "main", "--select", "CA1").stdout
    assert b"app.py:1" not in codeassist("review", "main", "--ignore", "CA1").stdout
    unknown = codeassist("review", "main", "--select", "XX9")
    assert (unknown.returncode, unknown.stdout) == (2, b"")


def test_data_goes_to_a_file_and_a_summary_to_the_terminal(
    codeassist: Run, repository: Path
) -> None:
    done = codeassist("review", "main", "--format", "sarif", "--output", "r.sarif")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"written to r.sarif" in done.stderr
    assert json.loads((repository / "r.sarif").read_bytes())["version"] == "2.1.0"
    assert stat.S_IMODE((repository / "r.sarif").stat().st_mode) & 0o600 == 0o600


def test_data_is_utf8_in_every_locale(
    codeassist: Run, repository: Path, git: Callable[..., str]
) -> None:
    (repository / "é.py").write_text("from lib import gone\n", "utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "more")
    latin = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    report = codeassist("review", "main", "--format", "json", **latin)
    assert "é.py" in report.stdout.decode("utf-8")
    text = codeassist("review", "main", **latin)
    assert (text.returncode, text.stdout.isascii()) == (0, True)
    assert b"\\xe9.py" in text.stdout


def test_a_patch_comes_from_a_pipe(codeassist: Run, git: Callable[..., str]) -> None:
    patch = git("diff", "main", "work").encode()
    assert codeassist("review", "--diff", "-", "--fail-on", "error", stdin=patch).returncode == 1
    broken = codeassist("review", "--diff", "-", stdin=b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n")
    assert broken.returncode == 2


def test_a_change_cannot_switch_off_its_own_review(
    codeassist: Run, repository: Path, git: Callable[..., str]
) -> None:
    (repository / "codeassist.toml").write_text('[review]\nignore = ["CA"]\n')
    git("add", ".")
    git("commit", "-q", "-m", "no rules, please")
    done = codeassist("review", "main", "--fail-on", "error")
    assert (done.returncode, b"app.py:1" in done.stdout) == (1, True)


def test_the_repository_s_settings_are_the_base_s(
    codeassist: Run, repository: Path, git: Callable[..., str]
) -> None:
    git("switch", "-q", "main")
    (repository / "codeassist.toml").write_text('[review]\nfail_on = "error"\n')
    git("add", ".")
    git("commit", "-q", "-m", "our rules")
    git("switch", "-q", "work")
    git("rebase", "-q", "main")
    assert codeassist("review", "main").returncode == 1
    assert codeassist("review", "main", "--fail-on", "never").returncode == 0


def test_a_wrong_setting_is_an_error_with_its_place(codeassist: Run, repository: Path) -> None:
    (repository / "codeassist.toml").write_text('[review]\nfail-on = "error"\n')
    done = codeassist("config")
    assert done.returncode == 2
    assert done.stderr == (
        b"error: codeassist.toml:2: there is no setting `review.fail-on`\n"
        b"help: did you mean `review.fail_on`?\n"
    )


def test_config_says_where_values_come_from(codeassist: Run, repository: Path) -> None:
    (repository / "codeassist.toml").write_text(
        '[review]\nselect = ["CA1"]\n[model]\nbase_url = "https://elsewhere.example/v1"\n'
    )
    done = codeassist("config", "--json", CODEASSIST_INDEX_WORKERS="2")
    data = json.loads(done.stdout)
    assert data["settings"]["review.select"]["value"] == ["CA1"]
    assert data["settings"]["review.select"]["place"] == "codeassist.toml:2"
    assert data["settings"]["index.workers"]["place"] == "CODEASSIST_INDEX_WORKERS"
    assert data["settings"]["model.base_url"]["value"] is None
    assert "`model.base_url` is ignored" in data["warnings"][0]
    text = codeassist("config")
    assert b"CA1" in text.stdout
    assert text.stderr.startswith(b"warning: codeassist.toml:4")


def test_explain_lists_and_explains(codeassist: Run) -> None:
    listed = codeassist("explain")
    assert listed.returncode == 0
    code = listed.stdout.split()[0].decode()
    page = codeassist("explain", code.lower())
    assert page.stdout.startswith(f"# {code}".encode())
    assert b"\x1b" not in page.stdout
    assert b"\x1b[" in codeassist("explain", code, "--color").stdout
    assert codeassist("explain", "CA9999").returncode == 2


def test_doctor_finds_everything_here(codeassist: Run, repository: Path) -> None:
    done = codeassist("doctor", "--json")
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    broken = {name: each for name, each in found.items() if each["health"] == "broken"}
    assert (done.returncode, broken) == (0, {})
    assert str(repository) in found["repository"]["detail"]
    assert found["languages"]["detail"].startswith("Python 2")
    assert found["model"]["health"] == "missing"


def test_doctor_without_git_says_what_to_do(codeassist: Run) -> None:
    done = codeassist("doctor", PATH="")
    assert done.returncode == 3
    assert b"install git" in done.stdout


def test_doctor_works_with_broken_settings(codeassist: Run, repository: Path) -> None:
    (repository / "codeassist.toml").write_text("no TOML")
    done = codeassist("doctor")
    assert done.returncode == 3
    assert b"broken   settings" in done.stdout
    assert b"ok       python" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_a_reader_that_leaves_is_no_error(repository: Path, environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "codeassist", "config"],
        cwd=repository,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")
def test_a_full_disk_is_said(repository: Path, environment: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "codeassist", "config"],
            cwd=repository,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    message = b"error: cannot write to standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (2, message)


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, b"interrupted"), (signal.SIGTERM, 143, b"terminated")],
)
def test_signals_end_a_review_in_order(
    number: signal.Signals, code: int, word: bytes, repository: Path, environment: dict[str, str]
) -> None:
    pipe = repository / "patch"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "codeassist", "review", "--diff", str(pipe)],
        cwd=repository,
        env=environment,
        stderr=subprocess.PIPE,
    )
    with open(pipe, "wb"):  # opens as soon as the command waits for the patch
        process.send_signal(number)
        _, printed = process.communicate(timeout=20)
    assert (process.returncode, printed.strip()) == (code, word)
