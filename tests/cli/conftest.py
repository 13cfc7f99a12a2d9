"""A repository to review, an environment without the user's own files, and a way to run."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "server"
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing of this machine's user shows."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(SERVER),
        "CODEASSIST_CACHE_DIR": str(tmp_path / "cache"),
        "CODEASSIST_CONFIG": os.devnull,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }


@pytest.fixture
def git(repository: Path, environment: dict[str, str]) -> Callable[..., str]:
    """Real git in the repository."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=repository, env=environment, capture_output=True, check=True
        )
        return done.stdout.decode()

    return run


@pytest.fixture
def repository(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A repository whose branch `work` removes a function that main's other file still calls."""
    root = tmp_path / "repo"
    root.mkdir()

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", *arguments], cwd=root, env=environment, capture_output=True, check=True
        )

    git("init", "-q", "-b", "main")
    (root / "lib.py").write_text("def kept():\n    return 1\n\n\ndef gone():\n    return 2\n")
    (root / "app.py").write_text("from lib import gone, kept\n\nprint(gone(), kept())\n")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    git("switch", "-q", "-c", "work")
    (root / "lib.py").write_text("def kept():\n    return 1\n")
    git("commit", "-q", "-a", "-m", "remove gone")
    return root


@pytest.fixture
def codeassist(repository: Path, environment: dict[str, str]) -> Run:
    """Run the real command in the repository; further environment variables as keywords."""

    def run(
        *arguments: str, stdin: bytes = b"", cwd: Path = repository, **variables: str
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "codeassist", *arguments],
            cwd=cwd,
            env=environment | variables,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
        )

    return run
