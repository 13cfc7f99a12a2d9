"""Tests of writing a report to a file: whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from codeassist.base.errors import UsageError
from codeassist.cli.output_file import check_writable, write_atomically


def test_a_file_is_written_as_utf8_with_its_line_endings(tmp_path: Path) -> None:
    write_atomically(str(tmp_path / "r.json"), "é\n")
    assert (tmp_path / "r.json").read_bytes() == b"\xc3\xa9\n"
    assert os.listdir(tmp_path) == ["r.json"]


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    write_atomically(str(tmp_path / "ours"), "")
    (tmp_path / "theirs").touch()
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "theirs").stat().st_mode
    )


def test_an_existing_file_keeps_its_mode_and_a_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomically(str(link), "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_device_is_written_to_and_not_replaced() -> None:
    check_writable(os.devnull)
    write_atomically(os.devnull, "text")
    assert not Path(os.devnull).is_file()


def test_a_failure_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "r.json").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UsageError, match="No space left"):
        write_atomically(str(tmp_path / "r.json"), "new")
    assert (tmp_path / "r.json").read_text() == "old"
    assert os.listdir(tmp_path) == ["r.json"]


@pytest.mark.parametrize(("path", "reason"), [(".", "a folder"), ("none/r.json", "no folder")])
def test_what_cannot_work_is_said_beforehand(tmp_path: Path, path: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        check_writable(str(tmp_path / path))
