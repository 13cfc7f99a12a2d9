"""Names of commits: resolves them, and explains in words why one cannot be resolved.

Reads references and commits only.
"""

import re
from difflib import get_close_matches

from codeassist.base.errors import CodeassistError, RepositoryError, UsageError
from codeassist.git.command import GitRunner

DEFAULT_BRANCHES = ("main", "master", "develop", "trunk")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{7,64}")
_DEEPEN = (
    "get more history with `git fetch --unshallow`, or `git fetch --depth=<n> origin <branch>`"
)


def resolve(git: GitRunner, revision: str) -> str:
    """The full id of the commit that a revision names.

    Raises UsageError for a revision that is unknown or no commit, and RepositoryError if there are
    no commits yet or a shallow clone lacks it.
    """
    if not revision or revision.startswith("-") or "\0" in revision:
        raise UsageError(f"{revision!r} is not a revision", "name a branch, a tag or a commit")
    status, output, message = git.attempt("rev-parse", "--verify", f"{revision}^{{commit}}")
    if not status:
        return output.decode().strip()
    raise _explanation(git, revision, message)


def _explanation(git: GitRunner, revision: str, message: str) -> CodeassistError:
    if ".." in revision:
        return UsageError(
            f"`{revision}` is a range, not a revision", "name its two ends one by one"
        )
    if "ambiguous" in message and _HEXADECIMAL.fullmatch(revision):
        return UsageError(f"`{revision}` is the beginning of several ids", "write more of the id")
    if _exists(git, revision):
        return UsageError(f"`{revision}` is not a commit", "name a branch, a tag or a commit")
    names = reference_names(git)
    if not names and not _exists(git, "HEAD"):
        return RepositoryError(
            "the repository has no commits yet", "make a first commit, then run it again"
        )
    close = get_close_matches(revision, names, n=3)
    if is_shallow(git) and (not close or _cut_off(git, revision)):
        return RepositoryError(f"this shallow clone does not have `{revision}`", _DEEPEN)
    guess = "did you mean " + " or ".join(f"`{name}`" for name in close) + "?" if close else ""
    return UsageError(
        f"there is no revision `{revision}`", guess or "`git branch -a` lists the branches"
    )


def _exists(git: GitRunner, revision: str) -> bool:
    # Not `rev-parse --verify`, which takes any full id for an object that exists.
    return git.line("cat-file", "-e", revision) is not None


def _cut_off(git: GitRunner, revision: str) -> bool:
    """Whether only the history behind a name is missing ("main~50"), or it is an id."""
    name = re.split(r"[~^]", revision, maxsplit=1)[0]
    if name == revision:
        return _HEXADECIMAL.fullmatch(revision) is not None
    return _exists(git, name or "HEAD")


def reference_names(git: GitRunner) -> list[str]:
    """The short names of all branches, remote branches and tags."""
    patterns = ("refs/heads", "refs/remotes", "refs/tags")
    output = git.run("for-each-ref", "--format=%(refname:short)", *patterns)
    return output.decode("utf-8", "surrogateescape").splitlines()


def is_shallow(git: GitRunner) -> bool:
    """Whether history was cut off when the repository was cloned."""
    return git.line("rev-parse", "--is-shallow-repository") == "true"


def merge_base(git: GitRunner, one: str, other: str) -> str:
    """The id of the best common ancestor of two revisions.

    Raises RepositoryError if there is none, or a shallow clone does not reach back to it; and as
    `resolve` for the revisions.
    """
    ids = resolve(git, one), resolve(git, other)
    status, output, message = git.attempt("merge-base", *ids)
    if not status:
        return output.decode().split()[0]
    if message.strip():
        raise RepositoryError(f"git failed: {message.strip()}")
    if is_shallow(git):
        raise RepositoryError(
            f"this shallow clone does not reach back to where `{one}` and `{other}` parted", _DEEPEN
        )
    raise RepositoryError(
        f"`{one}` and `{other}` have no common ancestor",
        "name a base that shares their history, or compare the two as they are: BASE..HEAD",
    )


def default_base(git: GitRunner) -> str:
    """The best guess of the branch that work here is to be merged into, as a short name.

    In this order: what `HEAD` of the remote "origin" (or else of another one) stands for, then
    the usual names on the remotes, then the usual names here. Raises RepositoryError if none is.
    """
    output = git.run(
        "for-each-ref", "--format=%(refname)%00%(symref)", "refs/remotes", "refs/heads"
    )
    text = output.decode("utf-8", "surrogateescape")
    references = dict(line.split("\0", 1) for line in text.split("\n") if line)
    for name in _base_candidates(references):
        if name in references and not references[name]:
            return name.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    if not references and not _exists(git, "HEAD"):
        raise RepositoryError(
            "the repository has no commits yet", "make a first commit, then run it again"
        )
    raise RepositoryError(
        "there is no branch that is the usual base", "name the revision to compare with"
    )


def _base_candidates(references: dict[str, str]) -> list[str]:
    remotes = {name.split("/")[2] for name in references if name.startswith("refs/remotes/")}
    ordered = sorted(remotes, key=lambda remote: (remote != "origin", remote))
    heads = [references.get(f"refs/remotes/{remote}/HEAD", "") for remote in ordered]
    folders = [f"refs/remotes/{remote}" for remote in ordered] + ["refs/heads"]
    return heads + [f"{folder}/{name}" for folder in folders for name in DEFAULT_BRANCHES]


def head_label(git: GitRunner) -> str:
    """The current branch, or "detached at abc1234"."""
    branch = git.line("symbolic-ref", "--quiet", "--short", "HEAD")
    if branch:
        return branch
    commit = git.line("rev-parse", "--short", "HEAD")
    return f"detached at {commit}" if commit else "no commit"
