"""What is read of pipelines: GitHub's event file, GitLab's variables."""

import json
from pathlib import Path
from typing import Any

import pytest

from codeassist.base.errors import UsageError
from codeassist.settings.pipeline import Change, github, gitlab

REQUEST: dict[str, Any] = {
    "title": "Faster",
    "body": "Because.",
    "base": {"sha": "b" * 40, "repo": {"full_name": "us/it"}},
    "head": {"sha": "a" * 40, "repo": {"full_name": "us/it"}},
}


def check_github(tmp_path: Path, event: object, name: str = "pull_request") -> Change:
    """The change of an event's file."""
    path = tmp_path / "event.json"
    path.write_text(event if isinstance(event, str) else json.dumps(event))
    return github({"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path)})


def test_a_pull_request(tmp_path: Path) -> None:
    change = check_github(tmp_path, {"pull_request": REQUEST})
    assert change.revisions == f"{'b' * 40}...{'a' * 40}"
    assert (change.title, change.description, change.is_fork) == ("Faster", "Because.", False)


@pytest.mark.parametrize("repo", [{"full_name": "them/it"}, None])
def test_a_fork(tmp_path: Path, repo: object) -> None:
    """A fork that was deleted meanwhile has no repository: it is as little ours."""
    request = REQUEST | {"head": {"sha": "a" * 40, "repo": repo}}
    assert check_github(tmp_path, {"pull_request": request}).is_fork


def test_no_description_is_none(tmp_path: Path) -> None:
    assert check_github(tmp_path, {"pull_request": REQUEST | {"body": None}}).description == ""


def test_pull_request_target_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="with your secrets"):
        check_github(tmp_path, {"pull_request": REQUEST}, "pull_request_target")


@pytest.mark.parametrize("event", [{"push": {}}, [], "{", {"pull_request": {"base": {}}}])
def test_other_events(tmp_path: Path, event: object) -> None:
    with pytest.raises(UsageError) as raised:
        check_github(tmp_path, event)
    assert "BASE...HEAD" in raised.value.remedy


def test_outside_of_github() -> None:
    with pytest.raises(UsageError, match="GITHUB_EVENT_PATH is not set"):
        github({})


GITLAB = {
    "CI_MERGE_REQUEST_DIFF_BASE_SHA": "base",
    "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "",
    "CI_COMMIT_SHA": "head",
    "CI_MERGE_REQUEST_TITLE": "Faster",
    "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "7",
    "CI_MERGE_REQUEST_PROJECT_ID": "7",
}


def test_a_merge_request() -> None:
    change = gitlab(GITLAB)
    assert change.revisions == "base...head"
    assert not change.is_fork


def test_the_merged_result_is_not_what_is_reviewed() -> None:
    merged = GITLAB | {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "theirs"}
    assert gitlab(merged).head == "theirs"


def test_a_merge_request_of_a_fork() -> None:
    assert gitlab(GITLAB | {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "8"}).is_fork


def test_outside_of_a_merge_request() -> None:
    with pytest.raises(UsageError, match="CI_MERGE_REQUEST_DIFF_BASE_SHA is not set"):
        gitlab({})
