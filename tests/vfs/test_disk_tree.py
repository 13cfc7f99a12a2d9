"""The working tree: what is an entry, what is skipped and why, and what `read` refuses.

Tests run as the superuser too, for whom no file is unreadable: files that cannot be read are
played by ones that vanish, by pipes and by links.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from codeassist.base.files import MAX_FILE_BYTES
from codeassist.vfs.disk import DiskTree

Folder = Callable[[dict[str, bytes]], Path]
FILES = {"a.py": b"1\n", "d/é x": b"\r\n\xe9", "empty": b""}


def tree_of(root: Path, *paths: str) -> DiskTree:
    return DiskTree(root, lambda: list(paths))


def check_skipped(root: Path, path: str, reason: str) -> None:
    tree = tree_of(root, path)
    assert list(tree.entries()) == []
    (item,) = tree.skipped()
    assert (item.path, item.reason) == (path, reason)


def test_entries_and_contents(folder: Folder) -> None:
    tree = tree_of(folder(FILES), *FILES)
    assert {entry.path: tree.read(entry.path) for entry in tree.entries()} == FILES
    assert [(entry.size, entry.key) for entry in tree.entries()] == [
        (2, None),
        (3, None),
        (0, None),
    ]
    assert tree.skipped() == ()
    assert tree.label == "working tree"


def test_stamp_tells_a_change_of_equal_size_and_time(folder: Folder) -> None:
    root = folder(FILES)
    tree = tree_of(root, "a.py")
    (before,) = tree.entries()
    (same,) = tree.entries()
    assert same.stamp == before.stamp
    status = (root / "a.py").stat()
    (root / "new").write_bytes(b"2\n")
    os.replace(root / "new", root / "a.py")  # as editors save
    os.utime(root / "a.py", ns=(status.st_atime_ns, status.st_mtime_ns))
    (after,) = tree.entries()
    assert after.size == before.size
    assert after.stamp != before.stamp


def test_too_large(folder: Folder) -> None:
    root = folder({"limit": b"a" * MAX_FILE_BYTES, "large": b"a" * (MAX_FILE_BYTES + 1)})
    assert [entry.path for entry in tree_of(root, "limit").entries()] == ["limit"]
    check_skipped(root, "large", "larger than 1 MiB")


def test_deleted_meanwhile(folder: Folder) -> None:
    root = folder(FILES)
    check_skipped(root, "gone", "not on disk: deleted meanwhile, or not checked out")
    check_skipped(root, "a.py/below", "not on disk: deleted meanwhile, or not checked out")
    tree = tree_of(root, "a.py")
    entries = list(tree.entries())
    (root / "a.py").unlink()
    with pytest.raises(FileNotFoundError):
        tree.read(entries[0].path)


def test_folder_and_pipe_are_no_files(folder: Folder) -> None:
    root = folder(FILES)
    os.mkfifo(root / "pipe")
    check_skipped(root, "d", "folder of a submodule or another repository")
    check_skipped(root, "pipe", "not a regular file")
    for path in ("pipe", "d"):
        with pytest.raises(OSError):  # noqa: PT011 - a folder fails with the system's words
            tree_of(root).read(path)


def test_links(folder: Folder) -> None:
    root = folder(FILES)
    (root.parent / "secret").write_bytes(b"secret")
    (root.parent / "root-twin").mkdir()
    for name, target in {
        "in": "d/é x", "out": "../secret", "twin": "../root-twin", "nowhere": "gone",
        "loop": "loop", "up": "..", "dir": "d",
    }.items():  # fmt: skip
        os.symlink(target, root / name)
    check_skipped(root, "in", "symbolic link to d/é x")
    check_skipped(root, "dir", "symbolic link to d")
    for name in ("out", "twin", "up"):
        check_skipped(root, name, "symbolic link that leads out of the folder")
    for name in ("nowhere", "loop"):
        check_skipped(root, name, "symbolic link that leads nowhere")


def test_read_stays_inside(folder: Folder) -> None:
    root = folder(FILES)
    (root.parent / "secret").write_bytes(b"secret")
    os.symlink("d/é x", root / "in")
    os.symlink("../secret", root / "out")
    os.symlink("..", root / "up")
    tree = tree_of(root)
    assert tree.read("in") == FILES["d/é x"]
    for path in ("out", "up/secret", "../secret", "d/../../secret", str(root.parent / "secret")):
        with pytest.raises(PermissionError, match="leads out of the folder"):
            tree.read(path)


def test_root_may_be_a_link(folder: Folder) -> None:
    root = folder(FILES)
    os.symlink(root, root.parent / "alias")
    assert tree_of(root.parent / "alias").read("a.py") == b"1\n"


def test_names_that_are_not_utf8(folder: Folder) -> None:
    root = folder(FILES)
    with open(os.path.join(os.fsencode(root), b"caf\xe9"), "wb") as file:
        file.write(b"1\n")
    tree = tree_of(root, "caf\udce9")
    assert [entry.size for entry in tree.entries()] == [2]
    assert tree.read("caf\udce9") == b"1\n"


def test_name_that_no_file_can_have(folder: Folder) -> None:
    check_skipped(folder(FILES), "a\0b", "cannot be looked at: embedded null byte")
