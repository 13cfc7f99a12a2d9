"""Diffs are the same under any configuration, and no configuration makes us run a command."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeassist.base.errors import RepositoryError
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree, StagedTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.git.conftest import Work

BEFORE = b"".join(b"line %d\n\n" % number for number in range(20))
AFTER = BEFORE.replace(b"line 5\n", b"LINE 5\n")
CONFIGURATION = {
    "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always",
    "color.diff": "always", "diff.renames": "false", "diff.context": "0", "diff.relative": "true",
    "diff.suppressBlankEmpty": "true", "diff.orderFile": "/no/such/file",
    "diff.algorithm": "patience", "core.quotePath": "true", "diff.srcPrefix": "x/",
    "diff.interHunkContext": "9", "diff.submodule": "log", "core.pager": "false",
    "diff.colorMoved": "zebra",
}  # fmt: skip


@pytest.fixture
def changed(work: "Work") -> Repository:
    """A repository with one file renamed and changed in the work tree, and another changed."""
    work.commit({"old": BEFORE, "é": BEFORE, "d/z": b"1\n"})
    work.write({"old": None, "new": AFTER, "é": AFTER})
    work.git("add", "-A")
    work.write({"untracked": b"1\n"})
    return Repository.discover(work.root)


def test_configuration_changes_nothing(
    changed: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = changed.diff_staged(), changed.diff_worktree("HEAD")
    assert [change.path for change in expected[1].files] == ["new", "é", "untracked"]
    for name, value in CONFIGURATION.items():
        changed.git.run("config", name, value)
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=0")
    repository = Repository.discover(changed.root / "d")
    assert (repository.diff_staged(), repository.diff_worktree("HEAD")) == expected


def test_no_command_of_the_repository_is_run(changed: Repository, tmp_path: Path) -> None:
    """Every key that makes git run something while it lists or compares, and hooks."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    hooks = changed.git_dir / "hooks"
    hooks.mkdir(exist_ok=True)
    os.symlink(trap, hooks / "post-index-change")
    (changed.git_dir / "info").mkdir(exist_ok=True)
    (changed.git_dir / "info/attributes").write_text("* diff=trap filter=trap\n")
    command = str(trap)
    for name in (
        "core.fsmonitor", "diff.external", "diff.trap.command", "diff.trap.textconv",
        "filter.trap.clean", "filter.trap.process", "filter.trap.smudge", "core.sshCommand",
        "core.pager", "pager.diff", "core.editor", "core.alternateRefsCommand",
    ):  # fmt: skip
        changed.git.run("config", name, command)
    changed.git.run("config", "filter.trap.required", "true")
    (changed.root / "é").write_bytes(AFTER + b"more\n")
    repository = Repository.discover(changed.root)
    head = repository.resolve("HEAD")
    assert len(repository.diff_worktree("HEAD").files) == 3
    repository.diff_staged()
    repository.diff_trees(repository.empty_tree, head)
    repository.list_files()
    with RevisionTree(repository, head) as tree:
        tree.read("é")
    assert not (tmp_path / "sprung").exists()


def test_submodule_is_not_asked(make_work: "Callable[..., Work]", tmp_path: Path) -> None:
    """Git would run `git status` in it, under the submodule's own configuration."""
    inner, outer = make_work("inner"), make_work("outer")
    inner.commit({"y": b"1\n"})
    outer.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", str(inner.root), "sub")
    outer.commit({})
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    (outer.root / "sub/y").write_bytes(b"2\n")
    config = outer.root / ".git/modules/sub/config"
    config.write_text(config.read_text() + f"[core]\n\tfsmonitor = {trap}\n")
    Repository.discover(outer.root).diff_worktree("HEAD")
    assert not (tmp_path / "sprung").exists()


def test_index_is_not_written(changed: Repository) -> None:
    index = changed.git_dir / "index"
    os.utime(changed.root / "d/z", (1, 1))  # makes git refresh its notes of the file
    before = index.stat().st_mtime_ns, index.read_bytes()
    changed.diff_worktree("HEAD")
    changed.list_files()
    assert (index.stat().st_mtime_ns, index.read_bytes()) == before


def test_partial_clone_fetches_nothing(work: "Work", tmp_path: Path) -> None:
    work.commit({"x": b"1\n"})
    work.commit({"x": b"2\n"})
    work.git("config", "uploadpack.allowFilter", "true")
    work.git("clone", "-q", "--filter=blob:none", work.root.as_uri(), "../partial")
    repository = Repository.discover(tmp_path / "partial")
    head = repository.resolve("HEAD~")
    with pytest.raises(RepositoryError, match="partial clone"):
        repository.diff_trees("HEAD~", "HEAD")
    with RevisionTree(repository, head) as tree, pytest.raises(RepositoryError, match="partial"):
        list(tree.entries())
    # What the clone does have can be read.
    with StagedTree(repository) as staged:
        assert [entry.path for entry in staged.entries()] == ["x"]
        assert staged.read("x") == b"2\n"
