"""`codeassist review`: review a diff and print the report in a format."""

import sys
from types import MappingProxyType
from typing import Unpack

import click

from codeassist.base.findings import Report
from codeassist.cli.choices import color_option, repo_option
from codeassist.cli.help import Command
from codeassist.cli.review_request import Given, to_request
from codeassist.engine.requests import ReviewRequest, Source
from codeassist.render import FORMATS, RenderOptions
from codeassist.settings import Settings
from codeassist.settings.options import options

_WHAT, _WHICH, _OUTPUT = "What to review", "What to report", "Output"
_MODEL = "The model"


class _Page(Command):
    examples = (
        ("codeassist review", "the current branch against the default base"),
        ("codeassist review main...HEAD", "what HEAD adds to main"),
        ("codeassist review --staged --fail-on error", "as a pre-commit check"),
        ("codeassist review --watch", "while you work: again after each change"),
        ("git diff | codeassist review --diff -", "any patch that fits the files on disk"),
        ("codeassist review --format sarif --output review.sarif", "for code scanning"),
        ("codeassist review --with-model", "and ask a model what the change breaks"),
    )
    headings = MappingProxyType(
        {
            **dict.fromkeys(
                ("staged", "worktree", "watch", "diff", "github", "gitlab", "since", "repo"),
                _WHAT,
            ),
            **dict.fromkeys(("select", "ignore", "baseline", "fail_on"), _WHICH),
            **dict.fromkeys(
                ("facts", "with_model", "model", "about", "show_prompt", "no_keep"), _MODEL
            ),
            **dict.fromkeys(("format", "output", "explain", "color"), _OUTPUT),
        }
    )


@click.command(cls=_Page, short_help="Review a diff.")
@click.argument("revisions", default="")
@click.option("--staged", is_flag=True, help="The staged changes.")
@click.option(
    "--worktree",
    is_flag=True,
    help="All changes on disk, against HEAD or REVISIONS; new files too.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="As --worktree, and again after each change, until Ctrl-C. For a terminal; asks no model.",
)
@click.option("--diff", metavar="FILE", help="A patch, - for standard input.")
@click.option("--github", is_flag=True, help="The pull request of this GitHub Actions job.")
@click.option("--gitlab", is_flag=True, help="The merge request of this GitLab pipeline.")
@click.option(
    "--since", default="", metavar="REV", help="Only what is new since this revision of the change."
)
@repo_option
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Only these codes; CA1 stands for all that begin with it.",
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes.")
@click.option(
    "--baseline",
    metavar="FILE",
    help="Not what this earlier report has: json, sarif or gitlab.",
)
@click.option(
    "--fail-on",
    type=click.Choice(options()["review.fail_on"].choices),
    help="Exit with 1 for findings this severe or worse.  [default: never]",
)
@click.option(
    "--format",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="Format of the report.",
)
@click.option("--output", metavar="FILE", help="Write the report to a file, whole or not at all.")
@click.option("--explain", is_flag=True, help="Explain each rule under its findings.")
@click.option("--facts", is_flag=True, help="Ask no model; nothing is sent.  [default]")
@click.option("--with-model", is_flag=True, help="Ask a model, too, what the change breaks.")
@click.option(
    "--model",
    default="",
    metavar="NAME",
    help="Ask this model.  [default: by your settings]",
)
@click.option(
    "--about",
    metavar="FILE",
    help="What the author says of the change, for the model; - is the input.",
)
@click.option("--show-prompt", is_flag=True, help="Print the exact requests, and send nothing.")
@click.option("--no-keep", is_flag=True, help="Neither use nor keep stored answers.")
@color_option
def review(**given: Unpack[Given]) -> int:
    """Review a diff for what it breaks, also in files that it does not touch.

    REVISIONS is BASE...HEAD (what HEAD adds since the two parted), BASE..HEAD (all that differs),
    or BASE alone for BASE...HEAD. Without it, the current branch is reviewed against the branch
    that it will probably be merged into.

    Nothing is sent anywhere unless you say --with-model or --model. What a model says is a
    hypothesis that a second look did not refute, and never more than a warning. It stands at the
    lines that it quotes; where those are not found, at the file, and says so.
    """
    from codeassist.cli.baseline import read_baseline, without
    from codeassist.cli.output_file import check_writable

    if given["watch"]:
        return _watched(given)
    request = to_request(given)
    target = None if given["output"] == "-" else given["output"]
    if target is not None:
        check_writable(target)
    known = read_baseline(given["baseline"]) if given["baseline"] else frozenset()
    settings = _settings(request, given)
    if given["show_prompt"]:
        return _show_prompts(given["repo"], settings, request)
    report = without(_reviewed(given["repo"], settings, request), known)
    _deliver(report, given["format"], target, _render_options(report, target, given))
    _show_fixes(report, given, target)
    _say_what_was_chosen(request, report, settings)
    return _exit_code(report, settings)


def _watched(given: Given) -> int:
    from codeassist.cli.review_watch import check_watchable, run

    check_watchable(given)
    request = to_request(given)
    settings = _settings(request, given)
    return run(given, request, settings, lambda report: _render_options(report, None, given))


def _settings(request: ReviewRequest, given: Given) -> Settings:
    """The user's settings and flags. The engine adds the repository's, read from the base."""
    from codeassist.settings import load

    flags = {
        "review.select": request.select,
        "review.ignore": request.ignore,
        "review.fail_on": given["fail_on"],
        "model.keep_answers": False if given["no_keep"] else None,
    }
    return load(flags=flags)


def _reviewed(repo: str, settings: Settings, request: ReviewRequest) -> Report:
    from codeassist.cli.progress import working
    from codeassist.cli.task_run import announced
    from codeassist.engine.engine import Engine

    with working() as (progress, token), Engine.open(repo, settings) as engine:
        return engine.review(request, progress, token, announced)


def _show_prompts(repo: str, settings: Settings, request: ReviewRequest) -> int:
    from codeassist.cli.progress import working
    from codeassist.cli.task_run import show_prompts
    from codeassist.engine.engine import Engine

    with working() as (progress, token), Engine.open(repo, settings) as engine:
        return show_prompts(engine.preview_review(request, progress, token))


def _show_fixes(report: Report, given: Given, target: str | None) -> None:
    """The changes that a model suggests, as diffs under the report for people."""
    from codeassist.cli.streams import emit
    from codeassist.cli.task_text import diffs
    from codeassist.render.escape import log_safe, visible

    if given["format"] != "text" or target is not None:
        return
    shown = {(each.message, each.location.span) for each in report.findings}
    for each in getattr(report, "hypotheses", ()):
        if each.fix is not None and (each.finding.message, each.finding.location.span) in shown:
            title = log_safe(visible(each.fix.title.removeprefix("Fix: ")))
            emit(f"suggested for {title}:\n{diffs([each.fix], given['color'])}\n")


def _render_options(report: Report, target: str | None, given: Given) -> RenderOptions:
    from codeassist.cli.streams import terminal
    from codeassist.render import Colour, Explanations, Hyperlinks

    seen = terminal(None if target else sys.stdout, given["color"])
    links = seen.colour and seen.interactive
    return RenderOptions(
        colour=Colour.ALWAYS if seen.colour else Colour.NEVER,
        width=seen.width,
        hyperlinks=Hyperlinks.ALWAYS if links else Hyperlinks.NEVER,
        explanations=Explanations.APPENDED if given["explain"] else Explanations.OMITTED,
        commentable=report.commentable,
    )


def _deliver(
    report: Report, format_name: str, target: str | None, render_options: RenderOptions
) -> None:
    from codeassist.cli.errors import show_warning
    from codeassist.cli.output_file import write_atomically
    from codeassist.cli.streams import emit, emit_data, say
    from codeassist.render import render
    from codeassist.render.escape import log_safe, visible
    from codeassist.render.summary import headline

    if format_name != "text" or target is not None:
        for note in report.notes:  # which the text format shows, and others may have no place for
            show_warning(note)
    text = render(format_name, report, render_options)
    if target is not None:
        write_atomically(target, text)
        say(log_safe(visible(f"{headline(report)}; written to {target}")))
    elif format_name == "text":
        emit(text)
    else:
        emit_data(text)


def _say_what_was_chosen(request: ReviewRequest, report: Report, settings: Settings) -> None:
    from codeassist.cli.errors import show

    if request.source is not Source.REVISIONS or request.revisions:
        return
    if not (report.coverage.reviewed or report.coverage.partial or report.coverage.skipped):
        show(
            f"{report.head} adds nothing to {report.base}; "
            "for what is not committed yet: codeassist review --worktree",
            "note",
        )
        return
    why = "the default base" if settings.review.base is None else "your review.base"
    show(f"compared with {report.base}, {why}; for another: codeassist review BASE", "note")


def _exit_code(report: Report, settings: Settings) -> int:
    from codeassist.cli.outcome import exit_code

    # The report's threshold knows the base revision's own settings; flags are in both.
    return exit_code(report, report.fail_on or settings.review.threshold)
