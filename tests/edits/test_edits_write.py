"""Edits on the disk: all or nothing, never outside of the root, and with a way back."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from command import UNPRIVILEGED

from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.base.errors import EditError, StaleError
from codeassist.edits import swap
from codeassist.edits.write import write

SERVER = Path(swap.__file__).parents[2]
posix_only = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


def edit_of(*files: tuple[str, bytes | None, bytes]) -> WorkspaceEdit:
    return WorkspaceEdit("T", tuple(FileEdit(*file) for file in files))


def state(root: Path) -> dict[str, bytes]:
    """All files below a folder, hidden and temporary ones too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def refused(root: Path, *edits: WorkspaceEdit) -> EditError:
    """The error of a write; asserts that nothing at all has changed."""
    before, folders = state(root), sorted(root.rglob("*"))
    with pytest.raises(EditError) as raised:
        write(root, edits)
    assert state(root) == before
    assert sorted(root.rglob("*")) == folders
    return raised.value


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "a.py").write_bytes(b"a\r\n")
    (folder / "b.py").write_bytes(b"b\n")
    return folder


def test_files_are_replaced_and_made_and_all_of_it_can_be_undone(root: Path) -> None:
    before = state(root)
    one = edit_of(("a.py", b"a\r\n", b"A\r\n"), ("new/deep/c.py", None, b"c"))
    undo = write(root, [one, edit_of(("b.py", b"b\n", b""))])
    assert state(root) == {"a.py": b"A\r\n", "b.py": b"", "new/deep/c.py": b"c"}
    assert undo.paths == ("a.py", "new/deep/c.py", "b.py")
    undo.undo()
    assert state(root) == before
    assert not (root / "new").exists()


def test_nothing_to_write_is_fine(root: Path) -> None:
    before = state(root)
    write(root, []).undo()
    assert state(root) == before


def test_an_undo_after_another_change_is_refused(root: Path) -> None:
    undo = write(root, [edit_of(("a.py", b"a\r\n", b"A"), ("b.py", b"b\n", b"B"))])
    (root / "b.py").write_bytes(b"mine")
    with pytest.raises(StaleError, match=r"b.py"):
        undo.undo()
    assert state(root) == {"a.py": b"A", "b.py": b"mine"}


def test_an_undo_leaves_folders_that_others_use(root: Path) -> None:
    undo = write(root, [edit_of(("new/c.py", None, b"c"))])
    (root / "new" / "mine.txt").write_bytes(b"mine")
    undo.undo()
    assert state(root) == {"a.py": b"a\r\n", "b.py": b"b\n", "new/mine.txt": b"mine"}


@pytest.mark.parametrize(
    ("path", "before", "reason"),
    [
        ("b.py", b"other\n", "changed since the edit was made"),
        ("c.py", b"c\n", "not there any more"),
        ("b.py", None, "such a file by now"),
    ],
)
def test_one_stale_file_stops_all(root: Path, path: str, before: bytes | None, reason: str) -> None:
    error = refused(root, edit_of(("a.py", b"a\r\n", b"A"), (path, before, b"new")))
    assert isinstance(error, StaleError)
    assert reason in error.message
    assert error.remedy


def test_every_stale_file_is_named(root: Path) -> None:
    message = refused(root, edit_of(("a.py", b"1", b"A"), ("b.py", b"2", b"B"))).message
    assert "a.py" in message
    assert "b.py" in message


def test_two_edits_of_one_file_are_refused(root: Path) -> None:
    one, two = edit_of(("a.py", b"a\r\n", b"1")), edit_of(("a.py", b"a\r\n", b"2"))
    assert "two edits" in refused(root, one, two).message


@pytest.mark.parametrize("path", ["../x.py", "/x.py", ".git/config", "a/../b.py", ""])
def test_paths_out_of_the_root_are_refused(root: Path, path: str) -> None:
    refused(root, edit_of((path, None, b"x")))
    refused(root, edit_of((path, b"x", b"y")))


def test_a_folder_or_a_file_in_the_way_is_refused(root: Path) -> None:
    (root / "folder").mkdir()
    assert isinstance(refused(root, edit_of(("folder", None, b"x"))), StaleError)
    refused(root, edit_of(("folder", b"", b"x")))
    assert "is not a folder" in refused(root, edit_of(("a.py/x.py", None, b"x"))).message


@posix_only
def test_the_mode_of_a_file_is_kept(root: Path) -> None:
    os.chmod(root / "a.py", 0o751)
    write(root, [edit_of(("a.py", b"a\r\n", b"A"), ("c.py", None, b"c"))])
    assert stat.S_IMODE((root / "a.py").stat().st_mode) == 0o751
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((root / "c.py").stat().st_mode) == 0o666 & ~mask


@posix_only
def test_the_time_of_a_file_is_new(root: Path) -> None:
    os.utime(root / "a.py", (1_000_000_000, 1_000_000_000))
    write(root, [edit_of(("a.py", b"a\r\n", b"A"))])
    assert (root / "a.py").stat().st_mtime > 1_000_000_000  # tools that compare times must see it


@posix_only
def test_a_link_is_written_through(root: Path) -> None:
    (root / "link.py").symlink_to("a.py")
    undo = write(root, [edit_of(("link.py", b"a\r\n", b"A"))])
    assert (root / "link.py").is_symlink()
    assert (root / "a.py").read_bytes() == b"A"
    undo.undo()
    assert (root / "a.py").read_bytes() == b"a\r\n"
    both = edit_of(("link.py", b"a\r\n", b"1"), ("a.py", b"a\r\n", b"2"))
    assert "two edits" in refused(root, both).message


@posix_only
def test_links_that_lead_out_are_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.py").write_bytes(b"x")
    (root / "link.py").symlink_to(outside / "x.py")
    (root / "folder").symlink_to(outside)
    (root / "inner").symlink_to(root, target_is_directory=True)
    assert "leads out" in refused(root, edit_of(("link.py", b"x", b"y"))).message
    assert "leads out" in refused(root, edit_of(("folder/x.py", b"x", b"y"))).message
    assert "symbolic link" in refused(root, edit_of(("folder/new.py", None, b"y"))).message
    assert "symbolic link" in refused(root, edit_of(("inner/new.py", None, b"y"))).message
    assert isinstance(refused(root, edit_of(("link.py", None, b"y"))), StaleError)
    assert state(outside) == {"x.py": b"x"}


@posix_only
def test_a_link_into_the_repository_s_own_folder_is_refused(root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "config").write_bytes(b"x")
    (root / "link").symlink_to(".git/config")
    assert ".git" in refused(root, edit_of(("link", b"x", b"y"))).message


@posix_only
def test_a_pipe_does_not_hold_it_up(root: Path) -> None:
    os.mkfifo(root / "pipe")
    assert "regular file" in refused(root, edit_of(("pipe", b"", b"y"))).message


@posix_only
def test_what_is_read_only_stays(root: Path) -> None:
    """In a process of its own: root may write everything unless it gives that right away."""
    os.chmod(root / "b.py", 0o444)
    before = state(root)
    program = (
        "import sys\n"
        "from codeassist.base.edits import FileEdit, WorkspaceEdit\n"
        "from codeassist.base.errors import EditError\n"
        "from codeassist.edits.write import write\n"
        "files = (FileEdit('a.py', b'a\\r\\n', b'A'), FileEdit('b.py', b'b\\n', b'B'))\n"
        "try:\n"
        "    write(sys.argv[1], [WorkspaceEdit('T', files)])\n"
        "except EditError as error:\n"
        "    print(error.message)\n"
    )
    done = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-c", program, str(root)],
        env={"PYTHONPATH": str(SERVER), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "b.py: it is read-only" in done.stdout
    assert state(root) == before


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, call: int, error: BaseException) -> None:
    """Let one of the functions of `os` raise at its n-th call from here on."""
    real, calls = getattr(os, name), 0

    def failing(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise error
        return real(*arguments, **named)

    monkeypatch.setattr(swap.os, name, failing)


FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize("name", ["fsync", "open", "replace", "link", "mkdir"])
@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()])
@pytest.mark.parametrize("call", [1, 2])
def test_a_failure_at_any_step_leaves_nothing_half_done(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException, call: int
) -> None:
    before, folders = state(root), sorted(root.rglob("*"))
    changes = edit_of(("a.py", b"a\r\n", b"A"), ("b.py", b"b\n", b"B"), ("n/o/c.py", None, b"c"))
    fail_at(monkeypatch, name, call, error)
    if name == "link" and isinstance(error, OSError):
        write(root, [changes])  # a file system without hard links is no failure
        assert state(root) == {"a.py": b"A", "b.py": b"B", "n/o/c.py": b"c"}
        return
    with pytest.raises((EditError, KeyboardInterrupt)) as raised:
        write(root, [changes])
    if isinstance(raised.value, EditError):
        assert "No space left" in raised.value.message
    assert state(root) == before
    assert sorted(root.rglob("*")) == folders


def test_a_file_that_changes_while_others_are_written_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace(source: str, target: str) -> None:
        real(source, target)
        monkeypatch.setattr(swap.os, "replace", real)
        (root / "b.py").write_bytes(b"mine, and longer")

    monkeypatch.setattr(swap.os, "replace", replace)
    with pytest.raises(StaleError, match=r"b.py: it has changed in this moment"):
        write(root, [edit_of(("a.py", b"a\r\n", b"A"), ("b.py", b"b\n", b"B"))])
    assert state(root) == {"a.py": b"a\r\n", "b.py": b"mine, and longer"}


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: str, target: str) -> None:
        (root / "c.py").write_bytes(b"mine")
        real(source, target)

    monkeypatch.setattr(swap.os, "link", link)
    with pytest.raises(StaleError, match=r"c.py"):
        write(root, [edit_of(("c.py", None, b"c"))])
    assert state(root) == {"a.py": b"a\r\n", "b.py": b"b\n", "c.py": b"mine"}


# Ends itself at the n-th call of the functions that change a folder or a file.
KILLED = """
import os, sys
from codeassist.base.edits import FileEdit, WorkspaceEdit
from codeassist.edits import swap
from codeassist.edits.write import write

calls, moment = 0, int(sys.argv[2])

def watch(name):
    real = getattr(os, name)
    def watched(*arguments, **named):
        global calls
        calls += 1
        if calls == moment:
            os._exit(9)
        return real(*arguments, **named)
    setattr(swap.os, name, watched)

for name in ("fsync", "link", "replace", "unlink"):
    watch(name)
one = FileEdit("a.py", b"a\\r\\n", b"A" * 9999)
write(sys.argv[1], [WorkspaceEdit("T", (one, FileEdit("b.py", b"b\\n", b"B")))])
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5, 6, 7])
def test_a_kill_at_any_moment_leaves_whole_files(root: Path, moment: int) -> None:
    command = [sys.executable, "-c", KILLED, str(root), str(moment)]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(SERVER)}, check=False)
    assert done.returncode == 9
    assert (root / "a.py").read_bytes() in (b"a\r\n", b"A" * 9999)
    assert (root / "b.py").read_bytes() in (b"b\n", b"B")
    others = set(state(root)) - {"a.py", "b.py"}
    assert all(swap.TEMPORARY in name for name in others)
