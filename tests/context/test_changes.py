"""Tests of the history as an index: what changed together, through moves, by age and by size."""

import pytest
from packing import view_of

from codeassist.context.changes import Changes
from codeassist.context.pieces import History

Commits = tuple[tuple[str, ...], ...]


def changes_of(paths: tuple[str, ...], *commits: tuple[str, ...]) -> Changes:
    view = view_of(dict.fromkeys(paths, "x = 1\n"))
    return Changes(History(commits), view)


def check(path: str, *expected: str, paths: tuple[str, ...], commits: Commits) -> None:
    """The files that changed together with one, the most first; names break ties."""
    near = changes_of(paths, *commits).together(path)
    assert sorted(near, key=lambda other: (-near[other], other)) == list(expected)
    assert all(value > 0 for value in near.values())


def test_files_of_the_same_commits_changed_together() -> None:
    commits = (("a.py", "b.py"), ("a.py", "b.py"), ("a.py", "c.py"), ("d.py", "c.py"))
    paths = ("a.py", "b.py", "c.py", "d.py", "e.py")
    check("a.py", "b.py", "c.py", paths=paths, commits=commits)
    check("e.py", paths=paths, commits=commits)  # never changed
    check("nowhere.py", paths=paths, commits=commits)


def test_without_a_history_nothing_changed_together() -> None:
    check("a.py", paths=("a.py", "b.py"), commits=())
    empty = changes_of(("a.py",))
    assert empty.heat == {}
    assert empty.total("a.py") == 0


def test_a_large_commit_counts_less_than_a_small_one() -> None:
    many = tuple(f"m{n}.py" for n in range(20))
    # b is the newer one, and yet behind: its commit has 22 files.
    commits = (("a.py", "b.py", *many), ("a.py", "c.py"))
    found = changes_of(("a.py", "b.py", "c.py"), *commits).together("a.py")
    assert found["b.py"] < found["c.py"]


def test_a_commit_counts_by_all_its_files_gone_ones_too() -> None:
    gone = tuple(f"gone/{n}.txt" for n in range(20))
    found = changes_of(("a.py", "b.py", "c.py"), ("a.py", "b.py", *gone), ("a.py", "c.py"))
    assert found.together("a.py")["b.py"] < found.together("a.py")["c.py"]
    assert set(found.heat) == {"a.py", "b.py", "c.py"}


def test_an_old_commit_counts_less_than_a_new_one() -> None:
    between = (("z.py",),) * 100
    found = changes_of(
        ("a.py", "b.py", "c.py", "z.py"), ("a.py", "b.py"), *between, ("a.py", "c.py")
    )
    near = found.together("a.py")
    assert 0 < near["c.py"] < near["b.py"]
    assert found.total("b.py") > found.total("c.py") > 0
    assert found.heat["b.py"] > found.heat["c.py"] > 0


def test_a_file_that_changes_more_is_hotter() -> None:
    found = changes_of(("a.py", "b.py"), ("a.py",), ("a.py",), ("b.py",))
    assert found.heat["a.py"] > found.heat["b.py"]
    assert found.total("a.py") > found.total("b.py")


@pytest.mark.parametrize(
    ("gone", "paths", "heir"),
    [
        ("lib/shop/cart.py", ("src/shop/cart.py", "web/cart.py"), "src/shop/cart.py"),
        ("cart.py", ("src/shop/cart.py",), "src/shop/cart.py"),  # the only one of the name
        ("a/b/__init__.py", ("src/b/__init__.py", "c/__init__.py"), "src/b/__init__.py"),
        # Nobody knows which: the names of both end alike.
        ("cart.py", ("one/cart.py", "two/cart.py"), None),
        ("x/shop/cart.py", ("one/shop/cart.py", "two/shop/cart.py"), None),
        # Every folder has one: the name alone says nothing.
        ("a/__init__.py", ("b/__init__.py",), None),
        ("a/index.ts", ("b/index.ts",), None),
        ("a/cart.py", ("a/card.py",), None),
        ("a/my_cart.py", ("b/cart.py",), None),  # by whole parts of the path
    ],
)
def test_a_renamed_file_keeps_its_history(
    gone: str, paths: tuple[str, ...], heir: str | None
) -> None:
    expected = (heir,) if heir else ()
    check("main.py", *expected, paths=("main.py", *paths), commits=(("main.py", gone),))


def test_a_move_in_a_commit_counts_once() -> None:
    """Without renames a commit names both the old path and the new one."""
    found = changes_of(("a.py", "new/b.py"), ("a.py", "old/b.py", "new/b.py"))
    again = changes_of(("a.py", "new/b.py", "c.py"), ("a.py", "new/b.py", "c.py"))
    assert found.together("a.py")["new/b.py"] == again.together("a.py")["new/b.py"]
    assert "new/b.py" not in found.together("new/b.py")


def test_the_index_is_made_again_for_another_history_or_other_paths() -> None:
    history = History((("a.py", "old/b.py"),))
    first = Changes.of(None, history, view_of({"a.py": "", "old/b.py": ""}))
    edited = Changes.of(first, history, view_of({"a.py": "x = 1\n", "old/b.py": ""}))
    assert edited is first  # contents do not matter
    moved = Changes.of(first, history, view_of({"a.py": "", "new/b.py": ""}))
    assert set(moved.together("a.py")) == {"new/b.py"}
    committed = Changes.of(moved, History((("a.py",),)), moved.view)
    assert committed.together("a.py") == {}
