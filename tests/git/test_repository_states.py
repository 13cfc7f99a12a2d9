"""Where a repository is found, and what is known of it, in every state that git has."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeassist.base.changes import ChangeKind, Diff
from codeassist.base.errors import RepositoryError, UsageError
from codeassist.git.repository import Repository

if TYPE_CHECKING:
    from tests.git.conftest import Work

LINES = b"".join(b"line %d\n" % number for number in range(20))


def kinds(diff: Diff) -> dict[str, str]:
    return {change.path: change.kind.value for change in diff.files}


def check_error(kind: type[Exception], function: Callable[..., object], *words: str) -> None:
    with pytest.raises(kind) as caught:
        function()
    text = f"{caught.value.message} / {caught.value.remedy}"  # type: ignore[attr-defined]
    for word in words:
        assert word in text


def test_found_from_a_folder_and_a_file_inside(work: "Work") -> None:
    work.commit({"d/e/x": b"1\n"})
    for start in ("", "d/e", "d/e/x"):
        assert Repository.discover(work.root / start).root == work.root
    assert Repository.discover(work.root).git_dir == work.root / ".git"


def test_folder_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    check_error(
        RepositoryError,
        lambda: Repository.discover(tmp_path),
        "not in a git repository",
        "git init",
    )


def test_path_that_does_not_exist(tmp_path: Path) -> None:
    check_error(UsageError, lambda: Repository.discover(tmp_path / "gone"), "does not exist")


def test_inside_of_the_git_directory(work: "Work") -> None:
    check_error(
        RepositoryError, lambda: Repository.discover(work.root / ".git"), "git's own directory"
    )


def test_owner_that_git_does_not_trust(work: "Work", monkeypatch: pytest.MonkeyPatch) -> None:
    # Git's own switch for its tests, since the superuser may own files as anybody.
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    discover = lambda: Repository.discover(work.root)  # noqa: E731
    check_error(RepositoryError, discover, "another user", "safe.directory", str(work.root))


def test_linked_worktree_has_its_own_root(work: "Work", tmp_path: Path) -> None:
    work.commit({"x": b"1\n"})
    work.git("worktree", "add", "-q", "../linked", "-b", "topic")
    repository = Repository.discover(tmp_path / "linked")
    assert repository.root == tmp_path / "linked"
    assert repository.git_dir == work.root / ".git/worktrees/linked"
    assert repository.head_label() == "topic"
    (tmp_path / "linked/x").write_bytes(b"2\n")
    assert kinds(repository.diff_worktree("HEAD")) == {"x": "modified"}


@pytest.fixture
def with_submodule(make_work: "Callable[..., Work]") -> "Work":
    inner, outer = make_work("inner"), make_work("outer")
    inner.commit({"y": b"1\n"})
    outer.commit({"x": b"1\n"})
    outer.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", str(inner.root), "sub")
    outer.commit({})
    return outer


def test_submodule_has_its_own_root(with_submodule: "Work") -> None:
    root = with_submodule.root / "sub"
    assert Repository.discover(root / "y").root == root
    assert Repository.discover(root).git_dir == with_submodule.root / ".git/modules/sub"


def test_submodule_seen_from_outside(with_submodule: "Work") -> None:
    repository = Repository.discover(with_submodule.root)
    # The submodule is listed, as a folder that the disk tree then skips; its files are not.
    assert repository.list_files() == [".gitmodules", "sub", "x"]
    (with_submodule.root / "sub/y").write_bytes(b"dirty\n")
    assert repository.diff_worktree("HEAD").files == ()
    (change,) = repository.diff_trees("HEAD~", "HEAD").files[1:]
    assert (change.path, change.submodule) == ("sub", True)


def test_bare(work: "Work", tmp_path: Path) -> None:
    first = work.commit({"x": b"1\n"})
    second = work.commit({"x": b"2\n"})
    work.git("clone", "-q", "--bare", ".", "../bare.git")
    repository = Repository.discover(tmp_path / "bare.git")
    assert (repository.is_bare, repository.root) == (True, tmp_path / "bare.git")
    assert kinds(repository.diff_trees(first, second)) == {"x": "modified"}
    for function in (
        repository.diff_staged,
        repository.list_files,
        lambda: repository.diff_worktree("HEAD"),
    ):
        check_error(RepositoryError, function, "no work tree", "two revisions")


def test_detached(work: "Work") -> None:
    sha = work.commit({"x": b"1\n"})
    repository = Repository.discover(work.root)
    assert repository.head_label() == "main"
    work.git("checkout", "-q", "--detach")
    assert repository.head_label() == f"detached at {sha[:7]}"


def test_no_commits_yet(work: "Work") -> None:
    repository = Repository.discover(work.root)
    work.write({"x": b"1\n", "y": b"1\n"})
    work.git("add", "x")
    assert repository.head_label() == "main"
    assert kinds(repository.diff_staged()) == {"x": "added"}
    assert kinds(repository.diff_worktree(repository.empty_tree)) == {"x": "added", "y": "added"}
    for function in (repository.default_base, lambda: repository.resolve("HEAD")):
        check_error(RepositoryError, function, "no commits yet", "first commit")


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_object_formats(make_work: "Callable[..., Work]", object_format: str) -> None:
    work = make_work("work", f"--object-format={object_format}")
    sha = work.commit({"x": b"1\n"})
    repository = Repository.discover(work.root)
    assert repository.object_format == object_format
    assert repository.resolve("main") == sha
    assert kinds(repository.diff_trees(repository.empty_tree, "HEAD")) == {"x": "added"}


def test_staged_and_worktree_differ(work: "Work") -> None:
    work.commit({"a": b"1\n", "b": b"1\n", ".gitignore": b"ignored\n"})
    work.write({"a": b"2\n"})
    work.git("add", "a")
    work.write({"a": b"3\n", "b": None, "new": b"1\n2", "ignored": b"1\n", "empty": b""})
    repository = Repository.discover(work.root)
    (staged,) = repository.diff_staged().files
    assert [line.text for line in staged.hunks[0].lines] == ["1", "2"]
    diff = repository.diff_worktree("HEAD")
    assert kinds(diff) == {"a": "modified", "b": "deleted", "empty": "added", "new": "added"}
    assert [line.text for line in diff.files[0].hunks[0].lines] == ["1", "3"]
    assert repository.list_files() == ["empty", "new", ".gitignore", "a"]


def test_untracked_file_is_what_git_would_say_of_it(work: "Work") -> None:
    work.commit({"x": b"1\n"})
    work.write({"é \t": b"a\r\n\xe9\n\nend", "big": b"a\n" * (1 << 20), "bin": b"\0"})
    repository = Repository.discover(work.root)
    untracked = repository.diff_worktree("HEAD")
    work.git("add", "--intent-to-add", "-A")
    by_path = {change.path: change for change in untracked.files}
    tracked = {change.path: change for change in repository.diff_worktree("HEAD").files}
    assert by_path["é \t"] == tracked["é \t"]
    assert by_path["bin"].binary
    assert by_path["big"].too_large
    assert tracked["big"].too_large


def test_untracked_link_and_folder_are_no_changes(work: "Work") -> None:
    work.commit({"x": b"1\n"})
    os.symlink("/etc/passwd", work.root / "link")
    (work.root / "empty").mkdir()
    assert Repository.discover(work.root).diff_worktree("HEAD").files == ()


def test_untracked_file_that_cannot_be_read_is_told(
    work: "Work", monkeypatch: pytest.MonkeyPatch
) -> None:
    # The superuser can read everything, so the refusal is played.
    work.write({"x": b"1\n"})
    work.commit({})
    work.write({"y": b"1\n"})

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("codeassist.git.differences.open", refuse, raising=False)
    (change,) = Repository.discover(work.root).diff_worktree("HEAD").files
    assert change.path == "y"
    assert change.note == "untracked and cannot be read: Permission denied"


def test_index_of_a_hook(work: "Work", monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit <path>` runs its hook on an index of its own."""
    work.commit({"x": b"1\n"})
    work.write({"x": b"2\n"})
    monkeypatch.setenv("GIT_INDEX_FILE", str(work.root / ".git/next-index"))
    work.git("add", "-A")
    assert kinds(Repository.discover(work.root).diff_staged()) == {"x": "modified"}
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert kinds(Repository.discover(work.root).diff_staged()) == {}


def test_gitpython_is_imported_on_use_only() -> None:
    program = "import sys, codeassist.git.trees; print('git' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


def test_merge_conflict(work: "Work") -> None:
    work.commit({"x": b"1\n", "y": b"1\n"})
    work.git("checkout", "-q", "-b", "topic")
    work.commit({"x": b"2\n"})
    work.git("checkout", "-q", "main")
    work.commit({"x": b"3\n"})
    with pytest.raises(AssertionError):
        work.git("merge", "-q", "topic")
    repository = Repository.discover(work.root)
    (staged,) = repository.diff_staged().files
    assert (staged.path, staged.note) == ("x", "unresolved merge conflict")
    # The file on disk is what it is: it holds both sides, between markers.
    (change,) = repository.diff_worktree("HEAD").files
    assert len(change.added_lines()) == 4
    assert sorted(repository.list_files()) == ["x", "y"]


def test_renames_and_odd_names(work: "Work") -> None:
    base = work.commit({"old name": LINES, "é/x": b"1\n", "tab\there": b"1\n"})
    work.commit(
        {"old name": None, "new name": LINES.replace(b"line 5", b"LINE"), "é/x": b"2\n"}
        | {"tab\there": b"2\n", 'quo"te\\': b"", "new\nline": b"1\n"}
    )
    repository = Repository.discover(work.root)
    diff = repository.diff_trees(base, "HEAD")
    assert kinds(diff) == {
        "new name": "renamed", "é/x": "modified", "tab\there": "modified",
        'quo"te\\': "added", "new\nline": "added",
    }  # fmt: skip
    assert sorted(repository.list_files()) == sorted(kinds(diff))


def test_name_that_is_not_utf8(work: "Work") -> None:
    name = b"caf\xe9.py"
    with open(os.path.join(os.fsencode(work.root), name), "wb") as file:
        file.write(b"1\n")
    repository = Repository.discover(work.root)
    assert repository.list_files() == ["caf\udce9.py"]
    work.git("add", "-A")
    (change,) = repository.diff_staged().files
    assert change.path == "caf\udce9.py"
    assert change.kind is ChangeKind.ADDED
