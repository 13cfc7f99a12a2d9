"""Watching files for real: what is a change, and what is not."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import Place
from watchfiles import Change

from codeassist.base.cancellation import CancellationToken
from codeassist.base.errors import UsageError
from codeassist.cli.watching import Batch, Relevant, Watcher
from codeassist.engine.engine import Engine
from codeassist.engine.requests import ReviewRequest, Source, silent
from codeassist.settings import load


@pytest.mark.parametrize(
    ("path", "is_relevant"),
    [
        ("a.py", True),
        ("src/deep/a.py", True),
        (".gitignore", True),
        ("codeassist.toml", True),
        (".git/HEAD", True),
        (".git/index", True),
        (".git/index.lock", False),
        (".git/objects/ab/cd", False),
        (".git/logs/HEAD", False),
        ("node_modules/x/a.js", False),
        ("src/__pycache__/a.pyc", False),
        (".venv/lib/a.py", False),
        ("a.py~", False),
        (".a.py.swp", False),
        ("cache/index.sqlite", False),
        ("cachet.py", True),
    ],
)
def test_which_files_matter(tmp_path: Path, path: str, is_relevant: bool) -> None:
    root = tmp_path / "node_modules" / "repo"  # what is above the root does not count
    root.mkdir(parents=True)
    relevant = Relevant(str(root), str(root / "cache"))
    assert relevant(Change.modified, str(root / path)) is is_relevant


@contextmanager
def watching(root: Path) -> Iterator[Iterator[Batch]]:
    watcher = Watcher(str(root), str(root / "cache"))
    try:
        yield watcher.batches()
    finally:
        watcher.close()


def test_changes_come_in_batches_with_paths_from_the_root(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "node_modules").mkdir()
    with watching(tmp_path) as batches:
        assert next(batches) == frozenset()  # watching has begun
        for name in ("src/a.py", "src/b.py", "node_modules/c.js"):
            (tmp_path / name).write_text("x")
        assert next(batches) == {"src/a.py", "src/b.py"}
        os.unlink(tmp_path / "src/a.py")
        assert next(batches) == {"src/a.py"}


def test_what_changes_while_nobody_asks_is_one_batch(tmp_path: Path) -> None:
    with watching(tmp_path) as batches:
        next(batches)
        (tmp_path / "a.py").write_text("x")
        assert next(batches) == {"a.py"}
        seen: set[str] = set()
        for name in ("b.py", "c.py"):
            (tmp_path / name).write_text("x")
        while seen != {"b.py", "c.py"}:
            seen |= next(batches)


def test_looking_is_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git writes when a review asks it must not wake the watcher, or it would never rest."""
    place = Place(tmp_path).init().commit({"lib.py": "x = 1\n"})
    monkeypatch.setenv("CODEASSIST_CONFIG", os.devnull)
    monkeypatch.setenv("CODEASSIST_CACHE_DIR", str(place.root / "cache"))
    place.write({"lib.py": "x = 2\n"})
    with watching(place.root) as batches, Engine.open(str(place.root), load()) as engine:
        next(batches)
        engine.review(ReviewRequest(Source.WORKTREE), silent, CancellationToken())
        place.write({"last.py": "y = 1\n"})
        assert next(batches) == {"last.py"}


def test_a_commit_in_a_linked_work_tree_is_seen(tmp_path: Path) -> None:
    """Its git folder is in that of the first work tree, where all else is passed over."""
    place = Place(tmp_path / "first").init().commit({"lib.py": "x = 1\n"})
    linked = tmp_path / "linked"
    place.git("worktree", "add", "-q", str(linked), "-b", "side")
    (linked / "lib.py").write_text("x = 2\n")
    with Engine.open(str(linked), load()) as engine:
        watcher = Watcher(engine.root, str(tmp_path / "cache"), engine.git_folder)
    try:
        batches = watcher.batches()
        assert next(batches) == frozenset()
        place.write({"lib.py": "x = 3\n"}).git("commit", "-qam", "in the first work tree")
        place.git("commit", "-qam", "in the linked one", cwd=linked)
        (changed,) = next(batches)
        assert changed.endswith(".git/worktrees/linked/index")
    finally:
        watcher.close()


def test_a_folder_that_cannot_be_watched_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(*_: object, **__: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached")  # as the library says it

    monkeypatch.setattr("watchfiles.watch", watch)
    with (
        watching(tmp_path) as batches,
        pytest.raises(UsageError, match="cannot be watched: OS file watch limit") as caught,
    ):
        next(batches)
    assert "--worktree" in caught.value.remedy
