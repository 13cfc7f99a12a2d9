"""Trees of revisions and of the staging area, read through one process."""

import os
import threading
from typing import TYPE_CHECKING

import pytest

from codeassist.base.files import MAX_FILE_BYTES, Tree
from codeassist.git.repository import Repository
from codeassist.git.trees import RevisionTree, StagedTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.git.conftest import Work

FILES = {"a.py": b"1\n", "d/é x.py": b"\r\n\xe9", "empty": b"", "no-newline": b"x"}


def contents(tree: Tree) -> dict[str, bytes]:
    return {entry.path: tree.read(entry.path) for entry in tree.entries()}


def reasons(tree: Tree) -> dict[str, str]:
    return {item.path: item.reason for item in tree.skipped()}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_revision_tree(make_work: "Callable[..., Work]", object_format: str) -> None:
    work = make_work("work", f"--object-format={object_format}")
    sha = work.commit(FILES)
    work.commit({"a.py": b"later\n"})
    with RevisionTree(Repository.discover(work.root), sha) as tree:
        assert contents(tree) == FILES
        for entry in tree.entries():
            assert entry.size == len(FILES[entry.path])
            blob = work.git("rev-parse", f"{sha}:{entry.path}").decode().strip()
            assert (entry.key, entry.stamp) == (blob, None)
        assert tree.label == sha[:10]
        assert reasons(tree) == {}


def test_whole_tree_from_a_folder_inside(work: "Work") -> None:
    sha = work.commit(FILES)
    with RevisionTree(Repository.discover(work.root / "d"), sha, "base") as tree:
        assert contents(tree) == FILES
        assert tree.label == "base"


def test_what_is_no_regular_file_is_skipped(work: "Work") -> None:
    os.symlink("a.py", work.root / "link")
    os.symlink("link-loop", work.root / "link-loop")
    work.git("update-index", "--add", "--cacheinfo", "160000," + "1" * 40 + ",sub")
    work.write(
        {"a.py": b"1\n", "large": b"a" * (MAX_FILE_BYTES + 1), "limit": b"a" * MAX_FILE_BYTES}
    )
    work.git("add", "a.py", "large", "limit", "link", "link-loop")
    repository = Repository.discover(work.root)
    with StagedTree(repository) as staged:
        work.git("commit", "-q", "-m", "message")
        with RevisionTree(repository, repository.resolve("HEAD")) as tree:
            for one in (staged, tree):
                assert [entry.path for entry in one.entries()] == ["a.py", "limit"]
                assert reasons(one) == {
                    "large": "larger than 1 MiB", "link": "symbolic link",
                    "link-loop": "symbolic link", "sub": "submodule",
                }  # fmt: skip
                assert len(one.read("large")) == MAX_FILE_BYTES + 1
                for path in ("link", "sub", "gone", "../a.py"):
                    with pytest.raises(OSError, match="is not in"):
                        one.read(path)


def test_staged_tree_is_not_the_work_tree(work: "Work") -> None:
    work.commit({"a": b"1\n", "b": b"1\n"})
    work.write({"a": b"2\n", "new": b"1\n"})
    work.git("add", "-A")
    work.git("rm", "-q", "--cached", "b")
    work.write({"a": b"3\n", "new": None})
    with StagedTree(Repository.discover(work.root)) as tree:
        assert contents(tree) == {"a": b"2\n", "new": b"1\n"}
        assert tree.label == "staged"


def test_intent_to_add_is_an_empty_file(work: "Work") -> None:
    work.write({"a": b"1\n"})
    work.git("add", "--intent-to-add", "a")
    with StagedTree(Repository.discover(work.root)) as tree:
        assert contents(tree) == {"a": b""}


def test_unmerged_files_are_skipped(work: "Work") -> None:
    work.commit({"x": b"1\n", "y": b"1\n"})
    work.git("checkout", "-q", "-b", "topic")
    work.commit({"x": b"2\n"})
    work.git("checkout", "-q", "main")
    work.commit({"x": b"3\n"})
    with pytest.raises(AssertionError):
        work.git("merge", "-q", "topic")
    with StagedTree(Repository.discover(work.root)) as tree:
        assert contents(tree) == {"y": b"1\n"}
        assert reasons(tree) == {"x": "unresolved merge conflict"}


def test_empty_staging_area(work: "Work") -> None:
    with StagedTree(Repository.discover(work.root)) as tree:
        assert contents(tree) == {}


def test_threads_share_one_process(work: "Work") -> None:
    files = {f"f{number}": b"%d\n" % number * (1 + number * 97) for number in range(40)}
    sha = work.commit(files)
    wrong: list[str] = []

    with RevisionTree(Repository.discover(work.root), sha) as tree:

        def read_all() -> None:
            wrong.extend(path for path in files if tree.read(path) != files[path])

        threads = [threading.Thread(target=read_all) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_reading_goes_on_after_the_process_died(work: "Work") -> None:
    sha = work.commit({"a": b"1\n"})
    with RevisionTree(Repository.discover(work.root), sha) as tree:
        assert tree.read("a") == b"1\n"
        process = tree._reader._process
        assert process is not None
        process.kill()
        process.proc.wait()  # type: ignore[union-attr]
        with pytest.raises(OSError):  # noqa: PT011 - the words are the system's
            tree.read("a")
        assert tree.read("a") == b"1\n"


def test_closed_tree_is_not_read(work: "Work") -> None:
    sha = work.commit({"a": b"1\n"})
    tree = RevisionTree(Repository.discover(work.root), sha)
    tree.close()
    tree.close()
    with pytest.raises(ValueError, match="closed"):
        tree.read("a")
