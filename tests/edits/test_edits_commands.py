"""The user's formatter and check: what they say, how they fail, and that none is left running."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from codeassist.base.cancellation import CancellationToken, Cancelled
from codeassist.base.edits import FileEdit, TextEdit, WorkspaceEdit
from codeassist.edits.commands import CommandsConfig, formatted, run_verify
from codeassist.edits.make import applied

posix_only = pytest.mark.skipif(os.name != "posix", reason="groups of processes")
# Takes the blanks at the ends of lines away.
STRIP = "import sys; b = sys.stdin.buffer.read(); sys.stdout.buffer.write(b'\\n'.join(l.rstrip(b' ') for l in b.split(b'\\n')))"  # noqa: E501


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-S", "-c", code, *arguments)


def check(
    root: Path, before: bytes | None, after: bytes, code: str = STRIP, glob: str = "*.py"
) -> WorkspaceEdit:
    """The formatted edit of `pkg/a.py`; asserts that its edits make its bytes."""
    edits = (TextEdit(0, len(before or b""), after.decode("latin-1")),)
    edit = WorkspaceEdit("T", (FileEdit("pkg/a.py", before, after, edits),))
    config = CommandsConfig(((glob, python(code, "{path}")),), timeout_seconds=20)
    done = formatted(root, edit, config)
    (file,) = done.files
    assert file.before == before
    if before is not None and file.after != after:
        assert applied(before, file.edits) == file.after
    return done


def test_a_file_is_formatted_as_the_user_does(tmp_path: Path) -> None:
    done = check(tmp_path, b"a\nb\nc\n", b"a\nB  \nc\n")
    assert done.files[0].after == b"a\nB\nc\n"
    assert done.files[0].edits == (TextEdit(2, 4, "B\n"),)
    assert done.is_verified
    assert "as" in done.proofs[0]


def test_a_new_file_is_formatted(tmp_path: Path) -> None:
    done = check(tmp_path, None, b"a  \n")
    assert done.files[0].after == b"a\n"
    assert done.files[0].edits == (TextEdit(0, 0, "a\n"),)


def test_a_file_that_is_not_formatted_is_left_alone(tmp_path: Path) -> None:
    done = check(tmp_path, b"a  \nb\n", b"a  \nB  \n")
    assert done.files[0].after == b"a  \nB  \n"
    assert done.is_verified
    assert "is not formatted by" in done.proofs[0]


@pytest.mark.parametrize(
    ("glob", "applies"),
    [
        ("*.py", True),
        ("pkg/*.py", True),
        ("**/*.py", True),
        ("pkg/**/*.py", True),
        ("*.ts", False),
        ("other/*.py", False),
    ],
)
def test_globs_choose_the_files(tmp_path: Path, glob: str, applies: bool) -> None:
    done = check(tmp_path, b"a\n", b"b  \n", glob=glob)
    assert done.files[0].after == (b"b\n" if applies else b"b  \n")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import sys; sys.exit('no such thing')", "no such thing"),
        ("import sys; sys.exit(3)", "exit code 3"),
        ("pass", "is not the file's text"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\x81')", "is not the file's text"),
        ("import sys; sys.stdout.buffer.write(b'x' * 9_000_000)", "is not the file's text"),
    ],
)
def test_a_formatter_that_fails_is_a_problem(tmp_path: Path, code: str, reason: str) -> None:
    done = check(tmp_path, None, b"b\n", code)
    assert done.files[0].after == b"b\n"
    assert reason in done.problems[0]


def test_a_formatter_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    edit = WorkspaceEdit("T", (FileEdit("a.py", b"a", b"b"),))
    done = formatted(tmp_path, edit, CommandsConfig((("*", ("no-such-formatter", "-")),)))
    assert "`no-such-formatter` cannot be run" in done.problems[0]


def test_a_formatter_gets_the_path_and_the_folder_and_no_shell(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    code = "import os, sys; print(sys.argv[1]); print(os.getcwd()); print('$HOME; *')"
    done = check(tmp_path, None, b"x\n", code)
    root = os.path.realpath(tmp_path)
    shown = done.files[0].after.decode().replace("\r\n", "\n").split("\n")
    assert shown[0] == os.path.join(root, "pkg", "a.py")
    assert shown[1:3] == [os.path.join(root, "pkg"), "$HOME; *"]


def verdict(root: Path, code: str, seconds: int = 20) -> str | None:
    return run_verify(root, CommandsConfig(verify=python(code), timeout_seconds=seconds))


def test_a_check_that_succeeds_says_nothing(tmp_path: Path) -> None:
    assert verdict(tmp_path, "print('fine')") is None
    assert run_verify(tmp_path, CommandsConfig()) is None


def test_a_check_that_fails_says_its_last_lines(tmp_path: Path) -> None:
    code = "import sys\nfor n in range(99): print('line', n)\nprint('\\x1b[31mred\\x1b[0m', file=sys.stderr)\nsys.exit(2)"  # noqa: E501
    said = verdict(tmp_path, code)
    assert said is not None
    assert "failed with exit code 2" in said
    assert "line 98" in said
    assert "line 10\n" not in said
    assert said.endswith("\nred")


def test_a_check_runs_in_the_root(tmp_path: Path) -> None:
    said = verdict(tmp_path, "import os, sys; print(os.getcwd()); sys.exit(1)")
    assert said is not None
    assert os.path.realpath(tmp_path) in said


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    said = verdict(tmp_path, "import time; print('begun', flush=True); time.sleep(60)", seconds=1)
    assert said is not None
    assert "took longer than 1 s" in said


CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
open("pid", "w").write(str(child.pid))
"""


@posix_only
def test_what_a_check_starts_does_not_outlive_it(tmp_path: Path) -> None:
    assert verdict(tmp_path, CHILD) is None
    process = int((tmp_path / "pid").read_text())
    for _ in range(200):
        if not _is_running(process):
            return
        time.sleep(0.01)
    pytest.fail("a child of the check is still there")


def _is_running(process: int) -> bool:
    """Whether a process is there and not a zombie that its new parent has not waited for."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return False
    return status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_check_can_be_cancelled(tmp_path: Path) -> None:
    token = CancellationToken()
    timer = threading.Timer(0.2, token.cancel)
    timer.start()
    config = CommandsConfig(verify=python("import time; time.sleep(60)"), timeout_seconds=50)
    with pytest.raises(Cancelled):
        run_verify(tmp_path, config, token)
    timer.join()
