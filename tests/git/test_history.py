"""Tests of the list of past changes, on real repositories made by real git."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from codeassist.git.history import LARGEST_COMMIT, history
from codeassist.git.repository import Repository

if TYPE_CHECKING:
    from tests.git.conftest import Work


def check(work: "Work", *expected: set[str], revision: str = "HEAD", limit: int = 100) -> None:
    """The paths of each commit, newest first."""
    found = history(Repository.discover(work.root), revision, limit)
    assert [set(paths) for paths in found] == list(expected)
    assert all(len(set(paths)) == len(paths) for paths in found)


def test_the_paths_of_each_commit_newest_first(work: "Work") -> None:
    work.commit({"a.py": b"1\n", "d/b.py": b"1\n"})
    work.commit({"d/b.py": b"2\n"})
    work.commit({"a.py": None})
    check(work, {"a.py"}, {"d/b.py"}, {"a.py", "d/b.py"})
    check(work, {"a.py"}, {"d/b.py"}, limit=2)
    check(work, {"d/b.py"}, {"a.py", "d/b.py"}, revision="HEAD~1")


def test_one_commit(work: "Work") -> None:
    work.commit({"a.py": b"1\n"})
    check(work, {"a.py"})


def test_before_the_first_commit_there_is_none(work: "Work") -> None:
    check(work)
    work.write({"a.py": b"1\n"})
    work.git("add", "-A")
    check(work)


def test_a_revision_that_git_does_not_know_has_none(work: "Work") -> None:
    work.commit({"a.py": b"1\n"})
    check(work, revision="nowhere")


def test_a_move_names_both_paths(work: "Work") -> None:
    work.git("config", "diff.renames", "copies")
    work.commit({"old/a.py": b"1\n2\n3\n"})
    work.commit({"old/a.py": None, "new/a.py": b"1\n2\n3\n"})
    check(work, {"old/a.py", "new/a.py"}, {"old/a.py"})


def test_merges_are_left_out_and_what_they_merge_is_not(work: "Work") -> None:
    work.commit({"a.py": b"1\n", "b.py": b"1\n"})
    work.git("switch", "-q", "-c", "side")
    work.commit({"b.py": b"2\n"})
    work.git("switch", "-q", "main")
    work.commit({"a.py": b"2\n"})
    work.git("merge", "-q", "--no-ff", "-m", "merge", "side")
    # The two branches are of the same second: git may list them in either order.
    found = history(Repository.discover(work.root))
    assert sorted(map(sorted, found)) == [["a.py"], ["a.py", "b.py"], ["b.py"]]


def test_a_commit_without_files_is_left_out(work: "Work") -> None:
    work.commit({"a.py": b"1\n"})
    work.commit({})
    check(work, {"a.py"})


def test_a_commit_of_very_many_files_is_left_out(work: "Work") -> None:
    most = {f"f{number}.py": b"1\n" for number in range(LARGEST_COMMIT)}
    work.commit({**most, "more.py": b"1\n"})
    check(work)
    work.commit(dict.fromkeys(most, b"2\n"))
    check(work, set(most))


def test_paths_are_what_they_are_on_disk(work: "Work") -> None:
    paths = {"价格/合计.py", "a b.py", "tab\there.py", 'quote".py', "\U0001f389.py", "\udcff.py"}
    work.git("config", "core.quotePath", "true")
    for path in paths:
        full = work.root / path
        full.parent.mkdir(exist_ok=True)
        full.write_bytes(b"1\n")
    work.git("add", "-A")
    work.git("commit", "-q", "-m", "message")
    check(work, paths)


@pytest.mark.parametrize(
    "setting",
    [
        ("log.showSignature", "true"), ("format.pretty", "fuller"), ("log.decorate", "full"),
        ("color.ui", "always"), ("log.diffMerges", "first-parent"), ("diff.noprefix", "true"),
    ],
    ids=lambda setting: setting[0],
)  # fmt: skip
def test_a_repositorys_settings_change_nothing(work: "Work", setting: tuple[str, str]) -> None:
    work.commit({"a.py": b"1\n"})
    work.commit({"b.py": b"1\n"})
    work.git("config", *setting)
    check(work, {"b.py"}, {"a.py"})


def test_a_note_is_no_path(work: "Work") -> None:
    work.commit({"a.py": b"1\n"})
    work.git("notes", "add", "-m", "a note")
    check(work, {"a.py"})


def test_a_shallow_clone_has_the_commits_that_it_has(
    work: "Work", make_work: Callable[..., "Work"]
) -> None:
    work.commit({"a.py": b"1\n"})
    work.commit({"b.py": b"1\n"})
    work.commit({"a.py": b"2\n"})
    clone = make_work("clone")
    clone.git("fetch", "-q", "--depth", "2", work.root.as_uri(), "main")
    clone.git("reset", "-q", "--hard", "FETCH_HEAD")
    found = history(Repository.discover(clone.root))
    assert found[0] == ("a.py",)
    assert len(found) <= 2


def test_the_folder_that_git_is_asked_from_does_not_matter(work: "Work") -> None:
    work.commit({"d/e/a.py": b"1\n", "b.py": b"1\n"})
    inside = Repository.discover(work.root / "d" / "e")
    assert [set(paths) for paths in history(inside)] == [{"d/e/a.py", "b.py"}]
