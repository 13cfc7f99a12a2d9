"""The paths by which the engine knows documents: of files their own, of others made up."""

from pathlib import Path

import pytest

from codeassist.lsp.documents import Document
from codeassist.lsp.folders import Folder
from codeassist.lsp.places import path_in
from codeassist.settings.schema import Settings

NOWHERE = Folder("", Settings(), "")


def path_of(uri: str, language: str = "python", folder: Folder = NOWHERE) -> str:
    return path_in(folder, Document(uri, language, 1, b""))


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("untitled:Untitled-1", "untitled/Untitled-1.py"),
        ("untitled:a/b.py", "untitled/a/b.py"),
        ("file:///home/a%20b.py", "home/a b.py"),
        ("file:///home/script", "home/script.py"),
        ("zipfile:///x.zip/a.py", "zipfile/x.zip/a.py"),
        ("buffer", "unnamed/buffer.py"),
    ],
)
def test_plain_names_stay(uri: str, expected: str) -> None:
    assert path_of(uri) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vscode-remote://one/a/x.py", "vscode-remote://other/a/x.py"),
        ("git:/r/a.py?HEAD", "git:/r/a.py"),
        ("git:/r/a.py?HEAD", "git:/r/a.py?~1"),
        ("untitled:a/x.py", "untitled:b/x.py"),
        ("untitled:a:x", "untitled:a|x"),
        ("untitled:../x", "untitled:x"),
        ("untitled:" + "x" * 5_000, "untitled:" + "x" * 5_001),
        ("file://server/x.py", "file:///server/x.py"),
        ("", ":"),
        ("vscode-notebook-cell:/n.ipynb#A", "vscode-notebook-cell:/n.ipynb#B"),
    ],
)
def test_two_documents_never_have_one_path(one: str, other: str) -> None:
    paths = path_of(one), path_of(other)
    assert paths[0] != paths[1]
    for path in paths:
        parts = path.split("/")
        assert all(part not in ("", ".", "..") and len(part) < 128 for part in parts)
        assert path.endswith(".py")


def test_files_of_a_folder_are_relative_to_its_root(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "inner").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root)
    folder = Folder(str(root / "inner"), Settings(), str(root))
    assert path_of((root / "inner" / "a.py").as_uri(), folder=folder) == "inner/a.py"
    assert path_of((tmp_path / "link" / "b.py").as_uri(), folder=folder) == "b.py"
    outside = (tmp_path / "c.py").as_uri()
    assert path_of(outside, folder=folder) == str(tmp_path / "c.py").lstrip("/")
