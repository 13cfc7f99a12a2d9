"""`codeassist docs`: write and repair docstrings and doc comments, or describe the architecture."""

from typing import TYPE_CHECKING, Unpack

import click

from codeassist.base.errors import UsageError
from codeassist.cli.help import Command
from codeassist.cli.task_options import HEADINGS, Given, split, task_options

if TYPE_CHECKING:
    from codeassist.tasks.docs.options import Wanted

STYLES = ("auto", "google", "numpy", "sphinx")
ONLY = ("all", "missing", "drifted")


class _Page(Command):
    headings = HEADINGS
    examples = (
        ("codeassist docs src/app.py:120", "a function's docstring, as a diff"),
        ("codeassist docs src/billing --apply", "all public symbols below a folder that have none"),
        ("codeassist docs --architecture > ARCHITECTURE.md", "an overview of the repository"),
    )


@click.command(cls=_Page, short_help="Write docstrings, doc comments, or an architecture document.")
@click.argument("target", default="", metavar="[FILE[:LINE[-LINE]] | SYMBOL | FOLDER]")
@click.option(
    "--style",
    type=click.Choice(STYLES),
    default="auto",
    show_default=True,
    help="Convention of Python's docstrings; auto follows the repository.",
)
@click.option(
    "--only",
    type=click.Choice(ONLY),
    default=ONLY[0],
    show_default=True,
    help="Write what is missing, or repair what no longer fits.",
)
@click.option("--private", is_flag=True, help="In files and folders, private definitions too.")
@click.option("--architecture", is_flag=True, help="Write an overview of the repository instead.")
@task_options
def docs(
    target: str,
    style: str,
    only: "Wanted",
    private: bool,
    architecture: bool,
    **given: Unpack[Given],
) -> int:
    """Write missing documentation, and repair what no longer fits the code.

    Only comments and docstrings change, which is proved on the syntax trees. Parameters, types,
    exceptions and results come from the code; a model, if one is set up, writes the sentences.
    """
    from codeassist.cli.task_run import run_task

    common = split(given)
    if architecture:
        from codeassist.engine.options import ArchitectureOptions

        if common.apply:
            raise UsageError("--architecture writes no file", "redirect its output into one")
        return run_task(common, "architecture", target, ArchitectureOptions())
    if not target:
        raise UsageError("there is no target", "name a file, a definition or a folder (. for all)")
    from codeassist.engine.options import DocsOptions

    options = DocsOptions(style, only, "all" if private else "public")
    return run_task(common, "docs", target, options)
