"""`codeassist refactor`: local refactorings that are safe, and a model's suggestions."""

import os
from dataclasses import asdict
from typing import Unpack

import click

from codeassist.base.errors import EXIT_CLEAN, UsageError
from codeassist.cli.help import Command
from codeassist.cli.task_options import HEADINGS, Common, Given, split, task_options

ASKING = frozenset({"suggest", "instruct"})  # the actions that only a model can do


class _Page(Command):
    headings = HEADINGS
    examples = (
        ("codeassist refactor app.py:12-20 --extract-function total", "a function of these lines"),
        ("codeassist refactor app.py:12:9-12:31 --extract-variable price", "of an expression"),
        ("codeassist refactor Invoice.total --rename amount --apply", "in the whole project"),
        ('codeassist refactor app.py:40 --instruct "use a dataclass"', "what you say, by a model"),
    )


@click.command(cls=_Page, short_help="Refactor code, by rules or by a model.")
@click.argument("target", metavar="FILE[:RANGE] | SYMBOL")
@click.option("--extract-function", metavar="NAME", help="Make the lines a function.")
@click.option("--extract-variable", metavar="NAME", help="Give the expression a name.")
@click.option("--inline", is_flag=True, help="Put a variable's or function's content in its place.")
@click.option("--rename", metavar="NAME", help="Rename a definition and its uses.")
@click.option("--flip-if", is_flag=True, help="Swap the branches of an if, and its condition.")
@click.option("--fix", is_flag=True, help="Apply ruff's safe fixes.")
@click.option("--call-duplicate", is_flag=True, help="Call the function that the code repeats.")
@click.option("--suggest", is_flag=True, help="Ask a model for suggestions.")
@click.option("--instruct", metavar="TEXT", help="Ask a model to do this.")
@task_options
def refactor(
    target: str,
    extract_function: str | None,
    extract_variable: str | None,
    inline: bool,
    rename: str | None,
    flip_if: bool,
    fix: bool,
    call_duplicate: bool,
    suggest: bool,
    instruct: str | None,
    **given: Unpack[Given],
) -> int:
    """Change the shape of code and not what it does.

    By rules: extract, inline and rename where that is safe, with the reason where it is not. By a
    model: suggestions, or an instruction of yours; every edit is located in exactly one place,
    parsed again, and shown as a diff. RANGE is LINE, LINE-LINE or LINE:COLUMN-LINE:COLUMN.
    With none of them named, say which apply here.
    """
    from codeassist.cli.task_run import run_task
    from codeassist.engine.options import RefactorOptions
    from codeassist.engine.requests import Use

    chosen: dict[str, str | bool | None] = {
        "extract-function": extract_function,
        "extract-variable": extract_variable,
        "inline": inline,
        "rename": rename,
        "flip-if": flip_if,
        "fix": fix,
        "call-duplicate": call_duplicate,
        "suggest": suggest,
        "instruct": instruct,
    }
    named = [action for action, value in chosen.items() if value not in (None, False)]
    if len(named) > 1:
        flags = " and ".join(f"--{action}" for action in named)
        raise UsageError(f"{flags} exclude each other", "choose one of them")
    common = split(given)
    if not named:
        return _list(common, target)
    action = named[0]
    value = chosen[action]
    text = value if isinstance(value, str) else ""
    options = (
        RefactorOptions(action, instruction=text)
        if action == "instruct"
        else RefactorOptions(action, name=text)
    )
    if action in ASKING and common.facts:
        raise UsageError(f"--{action} asks a model, which --facts forbids", "leave one of them out")
    use = Use.MODEL if action in ASKING else Use.FACTS
    return run_task(common, "refactor", target, options, use)


def _list(common: Common, target: str) -> int:
    """Print which refactorings apply to a target, and why others do not."""
    from codeassist.cli.progress import working
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.engine import Engine
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    settings = load(common.repo)
    with working() as (progress, token), Engine.open(common.repo, settings) as engine:
        found = engine.refactorings(target, os.getcwd(), progress, token)
    if common.as_json:
        emit_data(dumps([asdict(each) for each in found]))
        return EXIT_CLEAN
    applying = [(f"--{each.name}", each.title) for each in found if not each.reason]
    refused = [(f"--{each.name}", each.reason) for each in found if each.reason]
    width = max(len(f"--{each.name}") for each in found)
    lines = [f"{flag:{width}}  {text}" for flag, text in applying]
    lines += ["not here:", *(f"{flag:{width}}  {text}" for flag, text in refused)] * bool(refused)
    emit("".join(f"{log_safe(visible(line))}\n" for line in lines))
    return EXIT_CLEAN
