"""From the arguments of `codeassist review` to a request."""

import sys
from typing import TypedDict

from codeassist.base.errors import UsageError
from codeassist.cli.choices import listed
from codeassist.cli.streams import say
from codeassist.engine.requests import ReviewRequest, Source

_SOURCES = {
    "--staged": Source.STAGED,
    "--worktree": Source.WORKTREE,
    "--diff": Source.PATCH,
}


class Given(TypedDict):
    """The command line, as click hands it over."""

    revisions: str
    staged: bool
    worktree: bool
    diff: str | None
    repo: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    format: str
    output: str | None
    explain: bool
    color: bool | None


def to_request(given: Given) -> ReviewRequest:
    """The request of a command line. Raises UsageError for two sources that exclude each other."""
    revisions, diff = given["revisions"], given["diff"]
    ways = {
        "REVISIONS": bool(revisions),
        "--staged": given["staged"],
        "--worktree": given["worktree"],
        "--diff": diff is not None,
    }
    named = [name for name, is_given in ways.items() if is_given]
    if len(named) > 1 and named != ["REVISIONS", "--worktree"]:
        raise UsageError(f"{' and '.join(named)} exclude each other", "give only one of them")
    source = _SOURCES.get(named[-1], Source.REVISIONS) if named else Source.REVISIONS
    patch = b"" if diff is None else _patch(diff)
    return ReviewRequest(source, revisions, patch, listed(given["select"]), listed(given["ignore"]))


def _patch(path: str) -> bytes:
    """A patch's bytes from a file or standard input."""
    if path == "-":
        if sys.stdin.isatty():
            say("reading a patch from the terminal; end it with Ctrl-D")
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", "name a patch file") from error
