"""Which of git's own files say something to whoever watches a repository."""

from collections.abc import Sequence

GIT_FOLDER = ".git"
_TELLING = frozenset({"HEAD", "index", "FETCH_HEAD", "ORIG_HEAD", "packed-refs"})


def is_telling(parts: Sequence[str]) -> bool:
    """Whether a changed path in `.git`, by its parts, says that files or the base have changed."""
    return len(parts) == 2 and parts[1] in _TELLING
