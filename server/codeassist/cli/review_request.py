"""From the arguments of `codeassist review` to a request."""

import sys
from collections.abc import Mapping
from typing import TypedDict

from codeassist.base.errors import UsageError
from codeassist.cli.choices import listed
from codeassist.cli.input_text import read_input
from codeassist.cli.streams import say
from codeassist.engine.requests import ReviewRequest, Source, Use

_SOURCES = {
    "--staged": Source.STAGED,
    "--worktree": Source.WORKTREE,
    "--watch": Source.WORKTREE,
    "--diff": Source.PATCH,
}


class Given(TypedDict):
    """The command line, as click hands it over."""

    revisions: str
    staged: bool
    worktree: bool
    watch: bool
    diff: str | None
    github: bool
    gitlab: bool
    repo: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fail_on: str | None
    format: str
    output: str | None
    explain: bool
    color: bool | None
    with_model: bool
    facts: bool
    model: str
    show_prompt: bool
    no_keep: bool
    about: str | None
    since: str
    baseline: str | None


def to_request(given: Given) -> ReviewRequest:
    """The request of a command line. Raises UsageError for options that exclude each other."""
    revisions, diff = given["revisions"], given["diff"]
    ways = {
        "REVISIONS": bool(revisions),
        "--staged": given["staged"],
        "--worktree": given["worktree"] and not given["watch"],  # which implies it
        "--watch": given["watch"],
        "--diff": diff is not None,
        "--github": given["github"],
        "--gitlab": given["gitlab"],
    }
    named = [name for name, is_given in ways.items() if is_given]
    if len(named) > 1 and named not in (["REVISIONS", "--worktree"], ["REVISIONS", "--watch"]):
        raise UsageError(f"{' and '.join(named)} exclude each other", "give only one of them")
    source = _SOURCES.get(named[-1], Source.REVISIONS) if named else Source.REVISIONS
    use, told = _use(given), ""
    if given["github"] or given["gitlab"]:
        revisions, use, told = _of_pipeline(given, use)
    if given["about"] == "-" and diff == "-":
        raise UsageError("--about and --diff both read the input", "name a file for one")
    return ReviewRequest(
        source,
        revisions,
        b"" if diff is None else _patch(diff),
        listed(given["select"]),
        listed(given["ignore"]),
        use,
        given["model"],
        given["since"],
        read_input(given["about"]) if given["about"] is not None else told,
    )


def _of_pipeline(given: Given, use: Use) -> tuple[str, Use, str]:
    """The range of a pipeline's request, what may be asked, and what its author says.

    A fork's change is anybody's: no model is asked for it, so that no key and no money is spent.
    """
    from codeassist.cli.errors import show
    from codeassist.settings.load import pipeline_change

    change = pipeline_change("github" if given["github"] else "gitlab")
    if change.is_fork and use is not Use.FACTS:
        show("this comes from a fork, so no model is asked: these are the facts alone", "note")
        use = Use.FACTS
    return change.revisions, use, f"{change.title}\n\n{change.description}".strip()


def _use(given: Given) -> Use:
    """What may be asked: nobody, unless the command line says so."""
    wishes: Mapping[str, bool] = {
        "--with-model": given["with_model"],
        "--model": bool(given["model"]),
        "--show-prompt": given["show_prompt"],
    }
    named = [name for name, is_given in wishes.items() if is_given]
    if given["facts"] and named:
        raise UsageError(f"--facts and {named[0]} exclude each other", "give only one of them")
    return Use.AUTO if named else Use.FACTS


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
