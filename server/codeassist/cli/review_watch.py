"""`codeassist review --watch`: the review of one's own files, and again after each change.

For a person at a terminal: a program reads a report with an end. No model is asked, since nothing
is sent without an act of the user.
"""

import sys
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from codeassist.base.errors import EXIT_INTERRUPTED, CodeassistError, UsageError
from codeassist.base.findings import Report
from codeassist.cli.review_request import Given
from codeassist.engine.requests import ReviewRequest
from codeassist.settings import Settings

if TYPE_CHECKING:
    from codeassist.cli.review_screen import Screen
    from codeassist.render import RenderOptions

ENDLESS = "it looks at the files on disk and has no end"


def check_watchable(given: Given) -> None:
    """Raise UsageError for options that make no sense while watching, or without a terminal."""
    others = {
        "--staged": given["staged"],
        "--diff": given["diff"] is not None,
        "--github": given["github"],
        "--gitlab": given["gitlab"],
        "--since": bool(given["since"]),
        "--fail-on": given["fail_on"] is not None,
        "--output": given["output"] is not None,
        f"--format {given['format']}": given["format"] != "text",
    }
    for name in (name for name, is_given in others.items() if is_given):
        raise UsageError(
            f"--watch and {name} exclude each other: {ENDLESS}", f"leave --watch or {name} out"
        )
    asking = {
        "--with-model": given["with_model"],
        "--model": bool(given["model"]),
        "--show-prompt": given["show_prompt"],
        "--about": given["about"] is not None,
    }
    for name in (name for name, is_given in asking.items() if is_given):
        raise UsageError(
            f"--watch and {name} exclude each other: nothing is sent without your act",
            "run codeassist review --worktree --with-model when a model is to be asked",
        )
    if sys.stdout is None or not sys.stdout.isatty():
        raise UsageError(
            f"--watch is for a terminal, and standard output is none: {ENDLESS}",
            "leave --watch out, or run it in a terminal",
        )


def run(
    given: Given,
    request: ReviewRequest,
    settings: Settings,
    options: "Callable[[Report], RenderOptions]",
) -> int:
    """Watch the repository of a command line. Ctrl-C is how it ends, and raises as everywhere."""
    from codeassist.cli.baseline import read_baseline, without
    from codeassist.cli.progress import working
    from codeassist.cli.review_screen import Screen
    from codeassist.cli.streams import emit
    from codeassist.cli.watching import Watcher
    from codeassist.engine.engine import Engine

    known = read_baseline(given["baseline"]) if given["baseline"] else frozenset()
    with Engine.open(given["repo"], settings) as engine:  # one for all, so that it stays warm

        def reviewed() -> Report:
            with working() as (progress, token):
                return without(engine.review(request, progress, token), known)

        watcher = Watcher(engine.root, settings.cache.dir, engine.git_folder)
        try:
            watch(reviewed, watcher.batches(), Screen(options, emit))
        finally:
            watcher.close()
    return EXIT_INTERRUPTED


def watch(
    reviewed: Callable[[], Report], batches: Iterable[Collection[str]], screen: "Screen"
) -> None:
    """Review and show, then again for each batch of changes, as long as there are any.

    What makes the first review impossible is raised. Later it is shown, once, and the next change
    may mend it: a repository may be in the middle of something.
    """
    from codeassist.cli.errors import show_error
    from codeassist.cli.streams import say

    screen.show(reviewed(), ())
    say("watching for changes; Ctrl-C ends it")
    said = ""
    for changed in batches:
        try:
            report = reviewed()
        except CodeassistError as error:
            if error.message != said:
                show_error(error.message, error.remedy)
            said = error.message
            continue
        said = ""
        screen.show(report, changed)
