"""`codeassist locate`: the files and functions that a text, an issue or a stack trace is about."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from codeassist.base.errors import EXIT_CLEAN, UsageError
from codeassist.cli.choices import json_option, repo_option
from codeassist.cli.help import Command
from codeassist.cli.input_text import read_input

if TYPE_CHECKING:
    from codeassist.engine.requests import Located, LocateRequest

_SHOWN = 10  # of each kind; --json has more


class _Page(Command):
    examples = (
        ('codeassist locate "timeout is ignored on redirect"', "by words"),
        ("codeassist locate --issue issue.md", "by an issue's text, with any stack trace in it"),
        ("pytest 2>&1 | codeassist locate --traceback -", "by a stack trace or a log"),
    )


@click.command(cls=_Page, short_help="Find the code that a text or a stack trace is about.")
@click.argument("text", default="")
@click.option("--issue", metavar="FILE", help="Read an issue's text from a file; - is the input.")
@click.option("--traceback", metavar="FILE", help="Read a stack trace or a log; - is the input.")
@repo_option
@json_option
def locate(text: str, issue: str | None, traceback: str | None, repo: str, as_json: bool) -> int:
    """Rank the files and functions that TEXT is about, or an issue, or a stack trace.

    Stack traces of Python, Node, Go, Java, Rust, C#, Ruby and PHP are understood, also where the
    code has moved since. No model is asked.
    """
    from codeassist.cli.errors import show
    from codeassist.cli.progress import working
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.engine import Engine
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    request = _request(text, issue, traceback)
    settings = load(repo)
    with working() as (progress, token), Engine.open(repo, settings) as engine:
        found = engine.locate(request, progress, token)
    for note in found.notes:
        show(note, "note", "cyan")
    if as_json:
        data = asdict(found)
        emit_data(dumps({"files": data["files"], "symbols": data["symbols"]}))
    else:
        emit("".join(f"{log_safe(visible(line))}\n" for line in _lines(found)))
    return EXIT_CLEAN


def _request(text: str, issue: str | None, traceback: str | None) -> "LocateRequest":
    from codeassist.engine.requests import Evidence, LocateRequest

    ways = {"TEXT": text or None, "--issue": issue, "--traceback": traceback}
    named = [name for name, value in ways.items() if value is not None]
    if len(named) != 1:
        what = f"{' and '.join(named)} exclude each other" if named else "there is no text"
        raise UsageError(what, "give a text, --issue FILE or --traceback FILE")
    if issue is not None:
        return LocateRequest(read_input(issue), Evidence.ISSUE)
    if traceback is not None:
        return LocateRequest(read_input(traceback), Evidence.TRACEBACK)
    return LocateRequest(text)


def _lines(found: "Located") -> list[str]:
    if not found.files:
        return ["nothing in this repository fits"]
    lines = ["files"]
    lines += [
        f"{file.score:>7.3f}  {file.path}  {_why(file.reasons)}".rstrip()
        for file in found.files[:_SHOWN]
    ]
    if found.symbols:
        lines.append("functions and types")
        lines += [
            f"{each.score:>7.3f}  {each.path}:{each.start_line} {each.name}  "
            f"{_why(each.reasons)}".rstrip()
            for each in found.symbols[:_SHOWN]
        ]
    return lines


def _why(reasons: tuple[str, ...]) -> str:
    return f"({'; '.join(reasons[:2])})" if reasons else ""
