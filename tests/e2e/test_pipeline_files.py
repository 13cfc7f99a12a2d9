"""The files by which pipelines run codeassist: their scripts are run as the pipelines would."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import APPLICATION, LIBRARY, LIBRARY_WITHOUT, Place

ROOT = Path(__file__).parents[2]


def loaded(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def step(name: str) -> Mapping[str, Any]:
    """A step of the action, by its name."""
    (found,) = [each for each in loaded("action.yml")["runs"]["steps"] if each.get("name") == name]
    return found  # type: ignore[no-any-return]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A pull request's job, after codeassist was installed: one function too few."""
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    place.git("switch", "-qc", "change")
    place.commit({"lib.py": LIBRARY_WITHOUT})
    base, head = (place.git("rev-parse", name).strip() for name in ("main", "change"))
    sides = {
        name: {"sha": sha, "repo": {"full_name": "us/it"}}
        for name, sha in (("base", base), ("head", head))
    }
    (tmp_path / "event.json").write_text(json.dumps({"pull_request": sides}))
    commands = tmp_path / "runner" / "codeassist" / "bin"
    commands.mkdir(parents=True)
    script = f'#!/bin/sh\nexec "{sys.executable}" -m codeassist "$@"\n'
    (commands / "codeassist").write_text(script)
    (commands / "codeassist").chmod(0o755)
    place.environment |= {
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path / "runner"),
    }
    return place


def review(place: Place, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's review with some inputs, all others as by default."""
    given = {name: str(each["default"]) for name, each in loaded("action.yml")["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    environment = dict(place.environment)
    for name, value in step("Review")["env"].items():
        if value.startswith("${{ inputs."):
            environment[name] = given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step("Review")["run"]],
        cwd=place.root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_action_reports_in_all_formats(place: Place, tmp_path: Path) -> None:
    done = review(place)
    assert done.returncode == 0, done.stderr
    assert "CA101" in (tmp_path / "summary.md").read_text()
    assert (tmp_path / "output").read_text() == "exit-code=0\n"
    sarif = json.loads((tmp_path / "runner/codeassist-report.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "CA101"
    rdjson = json.loads((tmp_path / "runner/codeassist-report.rdjson").read_text())
    assert rdjson["diagnostics"][0]["location"]["path"] == "app.py"


def test_the_action_fails_where_it_is_told_to(place: Place, tmp_path: Path) -> None:
    done = review(place, fail_on="error")
    assert done.returncode == 0, done.stderr  # reports first, then the job fails
    assert (tmp_path / "output").read_text() == "exit-code=1\n"
    last = subprocess.run(
        ["bash", "-c", step("Pass or fail")["run"]], env={"CODE": "1"}, check=False
    )
    assert last.returncode == 1


def test_the_action_takes_further_arguments(place: Place, tmp_path: Path) -> None:
    done = review(place, arguments="--ignore CA101", fail_on="info")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text() == "exit-code=0\n"


def test_the_action_stops_where_nothing_could_be_reviewed(place: Place) -> None:
    done = review(place, arguments="--ignore NO1")
    assert done.returncode == 2
    assert "there is no check NO1" in done.stderr


def test_the_actions_expressions_are_in_no_script() -> None:
    """An expression in a script would let a pull request's title run as code."""
    for each in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in each.get("run", "")


def test_the_hook_reviews_what_is_staged(place: Place) -> None:
    (hook,) = loaded(".pre-commit-hooks.yaml")
    place.git("switch", "-q", "main")
    place.write({"lib.py": LIBRARY_WITHOUT})
    place.git("add", "-A")
    program, *arguments = hook["entry"].split()
    assert program == "codeassist"
    done = place.run(*arguments)
    assert done.code == 1
    assert "CA101" in done.out


def test_gitlabs_script_writes_its_report(place: Place) -> None:
    job = loaded("pipelines/gitlab.yml")["codeassist"]
    place.environment |= {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": place.git("rev-parse", "main").strip(),
        "CI_COMMIT_SHA": place.git("rev-parse", "change").strip(),
        "PATH": f"{place.root.parent / 'runner/codeassist/bin'}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "-ec", "\n".join(job["script"])],
        cwd=place.root, env=place.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    name = job["artifacts"]["reports"]["codequality"]
    assert json.loads((place.root / name).read_text())[0]["check_name"] == "CA101"
