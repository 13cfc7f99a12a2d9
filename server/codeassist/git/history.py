"""Past changes as plain data: which paths each commit touched, by one `git log`.

Reads names only, no diffs. A repository without history gives an empty one, never an error.
"""

from codeassist.base.errors import CodeassistError
from codeassist.git.repository import Repository

NEWEST_COMMITS = 3000  # 0.3 s to read; what is older says nothing about what changes now
LARGEST_COMMIT = 50  # files; a larger one is a reformatting or an import
_COMMIT = b"\x01\0"  # begins each commit; no path holds NUL


def history(
    repository: Repository, revision: str = "HEAD", limit: int = NEWEST_COMMITS
) -> tuple[tuple[str, ...], ...]:
    """The paths of each commit up to a revision, newest first.

    Merges and very large commits are left out. Empty where there are no commits, where a shallow
    clone has only one, or where git fails.
    """
    try:
        status, output, _ = repository.git.attempt(
            "log",
            f"--max-count={limit}",
            "--no-merges",
            "--name-only",
            "--no-renames",
            "--no-show-signature",
            "-z",
            "--format=%x01",
            revision,
            "--",
        )
    except CodeassistError:
        return ()
    if status:
        return ()
    return tuple(
        paths for paths in map(_paths, output.split(_COMMIT)) if 0 < len(paths) <= LARGEST_COMMIT
    )


def _paths(record: bytes) -> tuple[str, ...]:
    """The paths of one record: NUL after each, and a line feed before the first."""
    texts = (part.lstrip(b"\n") for part in record.split(b"\0"))
    return tuple(part.decode("utf-8", "surrogateescape") for part in texts if part)
