"""Walks outside of git, compared with what git itself lists under the same ignore files."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from codeassist.vfs.walk import walk

Folder = Callable[[dict[str, bytes]], Path]


def listed_by_git(root: Path) -> list[str]:
    """What git lists; the repository is beside the folder, which stays without one."""
    environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        environment.pop(name, None)
    place = (f"--git-dir={root.parent}/git", f"--work-tree={root}")
    listing = ("ls-files", "--others", "--exclude-standard", "-z")
    for command in (("init", "-q"), listing):
        done = subprocess.run(
            ["git", *place, *command], cwd=root, env=environment, capture_output=True, check=True
        )
    return sorted(done.stdout.decode().split("\0")[:-1])


TREE = [
    "a.log", "keep.log", "src/a.log", "src/keep.log", "src/x.py", "build/out.py", "src/build/y.py",
    "docs/build", "deep/one/two/three.txt", "deep/one/two/three.md", "dir with space/é.py", "#hash",
    "!bang", "trailing ", "foo/bar/baz.c", "foo/qux/bar/baz.c", "a/b.c", "x/a/b.c", "secret.key",
]  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {".gitignore": "*.log\n!keep.log\n"},
        {".gitignore": "build/\n"},
        {".gitignore": "/build\n/a/\n"},
        {".gitignore": "build\n!src/build/\n"},
        {".gitignore": "deep/*\n!deep/one\ndeep/one/*\n!deep/one/two\n*.md\n"},
        {".gitignore": "src/\n!src/x.py\n"},
        {".gitignore": "foo/**/baz.c\n"},
        {".gitignore": "**/a/b.c\n"},
        {".gitignore": "\\#hash\n\\!bang\n# comment\n\ntrailing\\ \n"},
        {".gitignore": "*.log\r\nbuild/\r\n"},
        {".gitignore": "*\n!*/\n!*.py\n"},
        {".gitignore": "*.log\n", "src/.gitignore": "!keep.log\n"},
        {".gitignore": "src/*\n", "src/.gitignore": "!x.py\n"},
        {".gitignore": "src\n", "src/.gitignore": "!x.py\n"},
        {"deep/.gitignore": "/one/two/*.txt\n", "deep/one/.gitignore": "!three.txt\n"},
        {".gitignore": "[ab].log\ns?c/\n"},
        {".gitignore": "d*/**/*.[!t]*\n"},
        {".gitignore": "/*\n!/src/\n/src/*\n!/src/x.py\n"},
        {".gitignore": "build/\n*.py\n!build/\n"},
        {".gitignore": "two/\n!deep/\n"},
        {".gitignore": "*\n!.gitignore\n!src/\n", "src/.gitignore": "!*.py\n"},
        {".gitignore": "!*.log\n*.log\n"},
        {".gitignore": "deep/**\n!deep/**/\n!deep/**/*.md\n"},
    ],
)
def test_ignore_rules_mean_what_they_mean_to_git(folder: Folder, rules: dict[str, str]) -> None:
    files = dict.fromkeys(TREE, b"")
    root = folder(files | {path: text.encode() for path, text in rules.items()})
    assert sorted(walk(root)) == listed_by_git(root)


def test_own_ignore_file_has_the_last_word(folder: Folder) -> None:
    root = folder(
        {".gitignore": b"*.log\n", ".codeassistignore": b"!a.log\n*.md\n", "sub/x": b""}
        | dict.fromkeys(("a.log", "b.log", "a.md", "a.py"), b"")
    )
    assert walk(root) == [".codeassistignore", ".gitignore", "a.log", "a.py", "sub/x"]


def test_links_are_listed_and_never_followed(folder: Folder) -> None:
    root = folder({"d/x": b""})
    os.symlink("..", root / "d/loop")
    os.symlink("/", root / "everything")
    assert walk(root) == ["everything", "d/loop", "d/x"]


def test_link_instead_of_an_ignore_file_is_not_read(folder: Folder) -> None:
    root = folder({"x": b""})
    (root.parent / "rules").write_bytes(b"x\n")
    os.symlink("../rules", root / ".gitignore")
    assert "x" in walk(root)


def test_folders_of_tools_are_left_out(folder: Folder) -> None:
    root = folder({"node_modules/a.js": b"", ".git/config": b"", "d/.venv/b.py": b"", "c.py": b""})
    assert walk(root) == ["c.py"]


def test_folder_that_is_gone(tmp_path: Path) -> None:
    assert walk(tmp_path / "gone") == []
