"""Overlays replace, add and take away files, and nothing else."""

from collections.abc import Iterator

import pytest

from codeassist.base.files import MAX_FILE_BYTES, Entry, Skipped
from codeassist.vfs.overlay import OverlayTree


class Base:
    """A tree of two files, and one that was skipped."""

    label = "base"

    def entries(self) -> Iterator[Entry]:
        return iter([Entry("a", 1, "key-a"), Entry("b", 1, "key-b")])

    def read(self, path: str) -> bytes:
        return {"a": b"1", "b": b"2", "big": b"3"}[path]

    def skipped(self) -> tuple[Skipped, ...]:
        return (Skipped("big", "larger than 1 MiB"),)


def overlay(replaced: dict[str, bytes | None]) -> OverlayTree:
    return OverlayTree(Base(), "open buffers", replaced)


def paths(tree: OverlayTree) -> list[str]:
    return [entry.path for entry in tree.entries()]


def test_nothing_replaced() -> None:
    tree = overlay({})
    assert list(tree.entries()) == list(Base().entries())
    assert tree.skipped() == Base().skipped()
    assert tree.label == "open buffers"


def test_replaced_file_has_a_stamp_of_its_content_and_no_key() -> None:
    tree = overlay({"b": b"new"})
    kept, replaced = tree.entries()
    assert kept == Entry("a", 1, "key-a")
    assert (replaced.path, replaced.size, replaced.key) == ("b", 3, None)
    assert replaced.stamp == [*overlay({"b": b"new"}).entries()][1].stamp
    assert replaced.stamp != [*overlay({"b": b"old"}).entries()][1].stamp
    assert (tree.read("a"), tree.read("b")) == (b"1", b"new")


def test_added_and_deleted_files() -> None:
    tree = overlay({"z": b"", "a": None, "c": b"x", "never": None})
    assert paths(tree) == ["b", "c", "z"]
    for path in ("a", "never"):
        with pytest.raises(FileNotFoundError, match="open buffers"):
            tree.read(path)


def test_replacement_of_a_skipped_file_brings_it_back() -> None:
    tree = overlay({"big": b"small"})
    assert paths(tree) == ["a", "b", "big"]
    assert tree.skipped() == ()


def test_replacement_that_is_too_large_is_skipped() -> None:
    tree = overlay({"a": b"a" * (MAX_FILE_BYTES + 1)})
    assert paths(tree) == ["b"]
    assert {item.path: item.reason for item in tree.skipped()} == {
        "big": "larger than 1 MiB",
        "a": "larger than 1 MiB",
    }


def test_overlay_on_an_overlay() -> None:
    tree = OverlayTree(overlay({"a": None, "c": b"1"}), "top", {"a": b"back"})
    assert paths(tree) == ["b", "c", "a"]
    assert tree.read("a") == b"back"
