"""Real repositories in temporary folders, cut off from the configuration of whoever runs this."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

_FOREIGN = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_EXTERNAL_DIFF",
)


@pytest.fixture(autouse=True)
def _own_git_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    for name in _FOREIGN:  # set when the tests run inside of a git hook
        monkeypatch.delenv(name, raising=False)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.com")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2024-01-01T00:00:00Z")


class Work:
    """A work tree that is written and committed in one call each."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str) -> bytes:
        """Run git here, and fail the test with what it says if it fails."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def write(self, files: dict[str, bytes | None]) -> None:
        """Write files; None deletes one."""
        for path, content in files.items():
            full = self.root / path
            if content is None:
                full.unlink()
                continue
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(content)

    def commit(self, files: dict[str, bytes | None]) -> str:
        """Write files and commit everything. The id of the commit."""
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "message")
        return self.git("rev-parse", "HEAD").decode().strip()


@pytest.fixture
def make_work(tmp_path: Path) -> Callable[..., Work]:
    """Makes an empty repository with the branch "main" below the test's folder."""

    def make(name: str = "work", *options: str) -> Work:
        root = tmp_path / name
        root.mkdir(parents=True)
        work = Work(root)
        work.git("init", "-q", "-b", "main", *options)
        return work

    return make


@pytest.fixture
def work(make_work: Callable[..., Work]) -> Work:
    """An empty repository."""
    return make_work()
