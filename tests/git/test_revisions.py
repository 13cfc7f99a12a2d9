"""Revisions that resolve, and the words for those that do not."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeassist.base.errors import CodeassistError, RepositoryError, UsageError
from codeassist.git.repository import Repository

if TYPE_CHECKING:
    from tests.git.conftest import Work


def check_error(
    kind: type[CodeassistError], function: Callable[[], object], message: str, remedy: str
) -> None:
    with pytest.raises(kind) as caught:
        function()
    assert type(caught.value) is kind
    assert message in caught.value.message
    assert remedy in caught.value.remedy


@pytest.fixture
def history(work: "Work") -> list[str]:
    """Three commits on main, the first one tagged, and a branch from the second."""
    commits = [work.commit({"x": b"%d\n" % number}) for number in range(3)]
    work.git("tag", "-a", "-m", "one", "v1.0", commits[0])
    work.git("checkout", "-q", "-b", "feature/login", commits[1])
    commits.append(work.commit({"y": b"1\n"}))
    return commits


def test_names_of_commits(work: "Work", history: list[str]) -> None:
    repository = Repository.discover(work.root)
    for revision in ("v1.0", "main~2", history[0], history[0][:8], "HEAD^^"):
        assert repository.resolve(revision) == history[0]


@pytest.mark.parametrize(
    ("revision", "message", "remedy"),
    [
        ("mian", "no revision `mian`", "did you mean `main`?"),
        ("feature/logn", "no revision", "`feature/login`"),
        ("v1.1", "no revision", "`v1.0`"),
        ("zzz", "no revision `zzz`", "git branch -a"),
        ("main~9", "no revision `main~9`", ""),
        ("0123456789", "no revision", ""),
        ("HEAD:x", "is not a commit", "branch"),
        ("main..HEAD", "is a range", "one by one"),
        ("--output=/tmp/x", "is not a revision", "branch"),
        ("", "is not a revision", "branch"),
    ],
)
@pytest.mark.usefixtures("history")
def test_what_is_no_commit(work: "Work", revision: str, message: str, remedy: str) -> None:
    repository = Repository.discover(work.root)
    check_error(UsageError, lambda: repository.resolve(revision), message, remedy)


def test_merge_base(work: "Work", history: list[str]) -> None:
    assert Repository.discover(work.root).merge_base("main", "HEAD") == history[1]


def test_unrelated_histories(work: "Work", history: list[str]) -> None:
    work.git("checkout", "-q", "--orphan", "other")
    work.commit({"z": b"1\n"})
    repository = Repository.discover(work.root)
    check_error(
        RepositoryError,
        lambda: repository.merge_base("main", "other"),
        "no common ancestor",
        "shares",
    )


@pytest.fixture
def shallow(work: "Work", history: list[str], tmp_path: Path) -> Repository:
    """A clone with one commit of each branch."""
    options = ("--depth=1", "--no-single-branch")
    work.git("clone", "-q", *options, work.root.as_uri(), "../shallow")
    return Repository.discover(tmp_path / "shallow")


def test_shallow_clone_is_known(shallow: Repository, work: "Work") -> None:
    assert shallow.is_shallow
    assert not Repository.discover(work.root).is_shallow


def test_shallow_clone_lacks_history(shallow: Repository, history: list[str]) -> None:
    for revision in ("HEAD~1", history[1], "release"):
        check_error(
            RepositoryError,
            lambda revision=revision: shallow.resolve(revision),  # type: ignore[misc]
            f"shallow clone does not have `{revision}`",
            "git fetch --unshallow",
        )


def test_typing_error_in_a_shallow_clone(shallow: Repository) -> None:
    check_error(UsageError, lambda: shallow.resolve("origin/mian"), "no revision", "`origin/main`")


def test_shallow_clone_has_no_merge_base(shallow: Repository) -> None:
    check_error(
        RepositoryError,
        lambda: shallow.merge_base("origin/main", "origin/feature/login"),
        "does not reach back",
        "git fetch --unshallow",
    )


def test_default_base_prefers_the_head_of_origin(shallow: Repository, work: "Work") -> None:
    # A clone takes the current branch of what it is cloned from as origin/HEAD.
    assert shallow.default_base() == "origin/feature/login"
    assert Repository.discover(work.root).default_base() == "main"


def test_default_base_without_origin_head(shallow: Repository) -> None:
    shallow.git.run("remote", "set-head", "origin", "--delete")
    assert shallow.default_base() == "origin/main"


def test_no_default_base(work: "Work") -> None:
    work.commit({"x": b"1\n"})
    work.git("branch", "-q", "-m", "odd")
    repository = Repository.discover(work.root)
    check_error(RepositoryError, repository.default_base, "no branch", "name the revision")
