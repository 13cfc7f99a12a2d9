"""A scratch clone in which commits are made that never existed.

The source repository is only read: the clone is bare, borrows its objects, and lives in a temporary
folder, with its own staging file for each commit that is made.
"""

import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

# Fixed, so that the same change is the same commit in each run and the index can be reused.
_IDENTITY = {
    f"GIT_{who}_{what}": text
    for who in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "bench"), ("EMAIL", "bench"), ("DATE", "2020-01-01T00:00:00Z"))
}


class GitError(Exception):
    """A git command that failed, with git's message."""


def find_repository(folder: Path, name: str) -> Path | None:
    """The clone of "owner/name" below a folder: `owner+name/repo`, `owner+name` or `name`."""
    joined = name.replace("/", "+")
    for candidate in (f"{joined}/repo", joined, name.rpartition("/")[2]):
        path = folder / candidate
        if (path / "HEAD").exists() or (path / ".git").exists():
            return path
    return None


class Scratch:
    """A bare clone for one measurement. Use it in `with`; leaving it removes the clone."""

    def __init__(self, source: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="codeassist-bench-")
        self.path = Path(self._folder.name) / "clone.git"
        _run("clone", "--quiet", "--bare", "--shared", str(source.resolve()), str(self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def git(self, *arguments: str, index: str | None = None) -> str:
        """A command's output. `index` names a staging file of its own. Raises GitError."""
        extra = {"GIT_INDEX_FILE": index} if index else {}
        return _run("-C", str(self.path), *arguments, extra=extra)

    def read(self, revision: str, path: str) -> str | None:
        """A file's text at a revision, None where it has no such file."""
        try:
            return self.git("cat-file", "blob", f"{revision}:{path}")
        except GitError:
            return None

    def point_head(self, commit: str) -> None:
        """Make HEAD a commit that exists: a snapshot may have been stored without its branch."""
        self.git("update-ref", "--no-deref", "HEAD", commit)

    def without(self, base: str, commit: str, path: str) -> str:
        """The id of a commit on `base` that is `commit`, but with `path` as it is in `base`."""
        with tempfile.TemporaryDirectory(prefix="codeassist-index-") as folder:
            index = os.path.join(folder, "index")
            self.git("read-tree", commit, index=index)
            mode, _, blob = self.git("ls-tree", base, "--", path).split()[:3]
            self.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", index=index)
            tree = self.git("write-tree", index=index).strip()
        return self.git("commit-tree", tree, "-p", base, "-m", "incomplete").strip()


def _run(*arguments: str, extra: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        ["git", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **_IDENTITY, **(extra or {})},
    )
    if done.returncode:
        raise GitError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout.decode("utf-8", "surrogateescape")
