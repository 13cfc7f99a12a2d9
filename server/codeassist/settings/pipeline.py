"""What a pipeline says of the change that it runs for: GitHub Actions' event, GitLab's variables.

Title and description are anybody's words: data for a prompt, never more. Reads the event's file and
a mapping of variables; `load.pipeline` gives it the environment.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeassist.base.errors import UsageError

MAX_EVENT_BYTES = 4 << 20  # GitHub's events are below 1 MB
_NOT_GITHUB = "this is for a pull request in GitHub Actions; elsewhere name BASE...HEAD"
_NOT_GITLAB = "this is for a merge request's pipeline in GitLab; elsewhere name BASE...HEAD"


@dataclass(frozen=True, slots=True)
class Change:
    """A pull or merge request. `head` is "" where only what is checked out is known.

    `is_fork` says that it comes from another repository: then no key is to be trusted to it.
    """

    base: str
    head: str
    title: str = ""
    description: str = ""
    is_fork: bool = False

    @property
    def revisions(self) -> str:
        """The range to review."""
        return f"{self.base}...{self.head or 'HEAD'}"


def github(environ: Mapping[str, str]) -> Change:
    """The pull request of a GitHub event. Raises UsageError where there is none.

    `pull_request_target` is refused: it runs with the base's secrets, and whoever checks out the
    request's code there hands them over.
    """
    name, path = environ.get("GITHUB_EVENT_NAME", ""), environ.get("GITHUB_EVENT_PATH", "")
    if name == "pull_request_target":
        raise UsageError(
            "pull_request_target runs a stranger's change with your secrets",
            "use the event pull_request, or review the change as data: --diff FILE",
        )
    if not path:
        raise UsageError("GITHUB_EVENT_PATH is not set", _NOT_GITHUB)
    event = _event(path)
    request = event.get("pull_request")
    if not isinstance(request, dict):
        raise UsageError(f"the event {name or 'here'} is of no pull request", _NOT_GITHUB)
    base, head = (_inner(request, side) for side in ("base", "head"))
    if not base.get("sha"):
        raise UsageError("the event names no base", _NOT_GITHUB)
    theirs, ours = (_inner(side, "repo").get("full_name") for side in (head, base))
    return Change(
        base=str(base["sha"]),
        head=str(head.get("sha") or ""),
        title=str(request.get("title") or ""),
        description=str(request.get("body") or ""),
        is_fork=theirs != ours,
    )


def gitlab(environ: Mapping[str, str]) -> Change:
    """The merge request of a GitLab pipeline. Raises UsageError where there is none."""
    base = environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    if not base:
        raise UsageError("CI_MERGE_REQUEST_DIFF_BASE_SHA is not set", _NOT_GITLAB)
    theirs = environ.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "")
    return Change(
        base=base,
        # In a pipeline of the merged result CI_COMMIT_SHA is a commit that nobody wrote.
        head=environ.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "")
        or environ.get("CI_COMMIT_SHA", ""),
        title=environ.get("CI_MERGE_REQUEST_TITLE", ""),
        description=environ.get("CI_MERGE_REQUEST_DESCRIPTION", ""),
        is_fork=theirs != environ.get("CI_MERGE_REQUEST_PROJECT_ID", ""),
    )


def _event(path: str) -> Mapping[str, Any]:
    try:
        with open(path, "rb") as file:
            event = json.loads(file.read(MAX_EVENT_BYTES))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", _NOT_GITHUB) from error
    except ValueError as error:
        raise UsageError(f"{path} is no event of GitHub: it is not JSON", _NOT_GITHUB) from error
    return event if isinstance(event, dict) else {}


def _inner(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}
