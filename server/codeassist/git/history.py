"""Past changes as plain data: which paths each commit touched, by one `git log`.

Reads names only, no diffs. A repository without history gives an empty one, never an error.
"""

from codeassist.base.errors import CodeassistError
from codeassist.git.repository import Repository

NEWEST_COMMITS = 3000  # 0.3 s to read; what is older says nothing about what changes now
LARGEST_COMMIT = 50  # files; a larger one is a reformatting or an import
_COMMIT = b"\x01"  # begins each commit; hardly a path holds it
# What a user's configuration of `git log` must not change.
_CONFIGURATION = ("log.showRoot=true", "i18n.logOutputEncoding=UTF-8", "log.date=default")


def history(
    repository: Repository, revision: str = "HEAD", limit: int = NEWEST_COMMITS
) -> tuple[tuple[str, ...], ...]:
    """The paths of each commit up to a revision, newest first.

    Merges and very large commits are left out, and the last commits of a shallow clone, which seem
    to add all their files at once. Empty where there are no commits or git fails.
    """
    git = repository.git.with_configuration(_CONFIGURATION)
    try:
        status, output, _ = git.attempt(
            "log",
            f"--max-count={limit}",
            "--no-merges",
            "--name-only",
            "--no-renames",
            "--no-show-signature",
            "-z",
            "--format=%x01%P%x00",
            revision,
            "--",
        )
    except CodeassistError:
        return ()
    if status:
        return ()
    records = (record.partition(b"\0") for record in output.split(_COMMIT)[1:])
    found = (_paths(names) for parents, _, names in records if parents or not repository.is_shallow)
    return tuple(paths for paths in found if 0 < len(paths) <= LARGEST_COMMIT)


def _paths(names: bytes) -> tuple[str, ...]:
    """The paths of one commit: NUL after each, and a line feed before the first."""
    texts = (part.lstrip(b"\n") for part in names.split(b"\0"))
    return tuple(part.decode("utf-8", "surrogateescape") for part in texts if part)
