"""`codeassist refactor`: local refactorings that are safe, and a model's suggestions."""

from typing import Unpack

import click

from codeassist.base.errors import UsageError
from codeassist.cli.help import Command
from codeassist.cli.task_options import HEADINGS, Given, split, task_options


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
@click.option("--fix", is_flag=True, help="Apply ruff's safe fixes.")
@click.option("--call-duplicate", is_flag=True, help="Call the function that the code repeats.")
@click.option("--suggest", is_flag=True, help="Ask a model for suggestions.  [default]")
@click.option("--instruct", metavar="TEXT", help="Ask a model to do this.")
@task_options
def refactor(
    target: str,
    extract_function: str | None,
    extract_variable: str | None,
    inline: bool,
    rename: str | None,
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
    """
    from codeassist.cli.task_run import run_task
    from codeassist.engine.options import RefactorOptions

    chosen: dict[str, str | bool | None] = {
        "extract-function": extract_function,
        "extract-variable": extract_variable,
        "inline": inline,
        "rename": rename,
        "fix": fix,
        "call-duplicate": call_duplicate,
        "suggest": suggest,
        "instruct": instruct,
    }
    named = [action for action, value in chosen.items() if value not in (None, False)]
    if len(named) > 1:
        flags = " and ".join(f"--{action}" for action in named)
        raise UsageError(f"{flags} exclude each other", "choose one of them")
    action = named[0] if named else "suggest"
    value = chosen[action]
    text = value if isinstance(value, str) else ""
    options = (
        RefactorOptions(action, instruction=text)
        if action == "instruct"
        else RefactorOptions(action, name=text)
    )
    return run_task(split(given), "refactor", target, options)
