"""What a user names becomes a subject: places, selections, files, folders, names."""

from pathlib import Path

import pytest
from packing import view_of

from codeassist.base.errors import UsageError
from codeassist.engine.subjects import FoundSubject, find_subject
from codeassist.tasks.task import Reach

APP = "import os\n\n\ndef price(n):\n    total = n * 2  # é😀 x\n    return total\n"
FILES = {"src/app.py": APP, "src/deep/more.py": "x = 1\n", "lib.py": "def lone():\n    pass\n"}


def find(tmp_path: Path, target: str, folder: str = "") -> FoundSubject:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "notes").mkdir(exist_ok=True)
    where = str(tmp_path / folder) if folder else ""
    return find_subject(view_of(FILES), str(tmp_path), where, target)


def check(tmp_path: Path, target: str, reach: Reach, selected: str, folder: str = "") -> None:
    """A target of one file has this reach, and this text is selected."""
    subject = find(tmp_path, target, folder).subject
    (path,) = subject.paths
    data = FILES[path].encode()
    assert (subject.reach, data[subject.start : subject.end].decode()) == (reach, selected)


@pytest.mark.parametrize(
    ("target", "reach", "selected"),
    [
        ("src/app.py", Reach.FILE, APP),
        ("price", Reach.SYMBOL, APP[APP.index("def") :].removesuffix("\n")),
        ("src/app.py:5", Reach.PLACE, "    total = n * 2  # é😀 x\n"),
        ("src/app.py:4-5", Reach.PLACE, "def price(n):\n    total = n * 2  # é😀 x\n"),
        # The places of a caret: before the n and after the 2.
        ("src/app.py:5:13-5:18", Reach.PLACE, "n * 2"),
        # Columns count characters, whatever their bytes.
        ("src/app.py:5:25-5:26", Reach.PLACE, "x"),
        ("src/app.py:5:5", Reach.PLACE, ""),
        ("src/app.py:5:26-6:1", Reach.PLACE, "\n"),
    ],
)
def test_one_file(tmp_path: Path, target: str, reach: Reach, selected: str) -> None:
    check(tmp_path, target, reach, selected)


def test_names_are_relative_to_the_folder_of_the_user(tmp_path: Path) -> None:
    check(tmp_path, "more.py:1:1-1:2", Reach.PLACE, "x", "src/deep")


@pytest.mark.parametrize(
    ("target", "folder", "reach", "paths"),
    [
        ("", "", Reach.REPOSITORY, ("lib.py", "src/app.py", "src/deep/more.py")),
        (".", "", Reach.REPOSITORY, ("lib.py", "src/app.py", "src/deep/more.py")),
        ("src", "", Reach.FOLDER, ("src/app.py", "src/deep/more.py")),
        ("src/", "", Reach.FOLDER, ("src/app.py", "src/deep/more.py")),
        (".", "src/deep", Reach.FOLDER, ("src/deep/more.py",)),
        ("deep", "src", Reach.FOLDER, ("src/deep/more.py",)),
    ],
)
def test_many_files(
    tmp_path: Path, target: str, folder: str, reach: Reach, paths: tuple[str, ...]
) -> None:
    subject = find(tmp_path, target, folder).subject
    assert (subject.reach, subject.paths) == (reach, paths)


@pytest.mark.parametrize(
    ("target", "message", "remedy"),
    [
        ("notes", "no code that is understood in notes", "doctor"),
        ("..", "is outside of", "--repo"),
        ("src/app.py:5:99-5:100", "has 25 characters, so no column 99", "5:26"),
        ("src/app.py:5:0", "columns are counted from 1", ":1"),
        ("src/app.py:5:9-5:3", "ends before it begins", "swap"),
        ("src/app.py:99:1", "has no line 99", "src/app.py"),
        ("src/nothing.py:1:1", "there is no file src/nothing.py", ""),
        ("prise", "nothing is called prise", "price"),
    ],
)
def test_what_is_no_subject(tmp_path: Path, target: str, message: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(tmp_path, target)
    assert message in caught.value.message
    assert remedy in caught.value.remedy
