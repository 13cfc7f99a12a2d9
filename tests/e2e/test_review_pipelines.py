"""`codeassist review` as pipelines run it: the change is what the event or the variables say."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import APPLICATION, EXPECTED, LIBRARY, LIBRARY_WITHOUT, Place
from model_place import KEY
from scripted_openai import ScriptedServer


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A repository whose branch removes a function that is still imported."""
    place = Place(tmp_path).init().commit({"lib.py": LIBRARY, "app.py": APPLICATION})
    place.git("switch", "-qc", "change")
    return place.commit({"lib.py": LIBRARY_WITHOUT})


def github(place: Place, **changes: Any) -> None:
    """The environment of a pull request's job."""
    base, head = (place.git("rev-parse", name).strip() for name in ("main", "change"))
    request: dict[str, Any] = {
        "title": "Less",
        "body": None,
        "base": {"sha": base, "repo": {"full_name": "us/it"}},
        "head": {"sha": head, "repo": {"full_name": "us/it"}},
    } | changes
    event = place.root.parent / "event.json"
    event.write_text(json.dumps({"pull_request": request}))
    place.environment |= {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(event)}


def test_github(place: Place) -> None:
    github(place)
    place.git("switch", "-q", "--detach", "change")  # as actions/checkout leaves it
    assert place.run("review", "--github", "--format", "json").findings == EXPECTED


def test_gitlab(place: Place) -> None:
    place.environment |= {
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": place.git("rev-parse", "main").strip(),
        "CI_COMMIT_SHA": place.git("rev-parse", "change").strip(),
    }
    assert place.run("review", "--gitlab", "--format", "json").findings == EXPECTED


def test_a_fork_is_never_shown_to_a_model(place: Place) -> None:
    with ScriptedServer() as server:
        place.environment |= {
            "CODEASSIST_MODEL_BASE_URL": server.url,
            "CODEASSIST_API_KEY": KEY,
            "NO_PROXY": "127.0.0.1",
        }
        github(place, head={"sha": place.git("rev-parse", "change").strip(), "repo": None})
        done = place.run("review", "--github", "--with-model", "--format", "json")
        assert done.findings == EXPECTED
        assert "from a fork" in done.err
        assert server.requests() == []


def test_pull_request_target_is_refused(place: Place) -> None:
    github(place)
    place.environment["GITHUB_EVENT_NAME"] = "pull_request_target"
    done = place.run("review", "--github")
    assert done.code == 2
    assert "with your secrets" in done.err


def test_the_range_is_the_pipelines(place: Place) -> None:
    github(place)
    done = place.run("review", "main...change", "--github")
    assert done.code == 2
    assert "exclude each other" in done.err
