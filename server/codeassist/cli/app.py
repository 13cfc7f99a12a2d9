"""The command `codeassist`: the table of subcommands, and what is common to all of them.

Subcommands are imported when they are run or listed, so that `--version` stays instant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Protocol

import click

from codeassist import __version__
from codeassist.base.errors import EXIT_CLEAN, EXIT_USAGE, UsageError
from codeassist.cli.errors import guarded
from codeassist.cli.help import write_examples

# In the order in which `--help` lists them.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "review": "codeassist.cli.commands.review",
        "docs": "codeassist.cli.commands.docs",
        "bugs": "codeassist.cli.commands.bugs",
        "refactor": "codeassist.cli.commands.refactor",
        "index": "codeassist.cli.commands.index",
        "pack": "codeassist.cli.commands.pack",
        "locate": "codeassist.cli.commands.locate",
        "explain": "codeassist.cli.commands.explain",
        "serve": "codeassist.cli.commands.serve",
        "model": "codeassist.cli.commands.model",
        "prompts": "codeassist.cli.commands.prompts",
        "cost": "codeassist.cli.commands.cost",
        "config": "codeassist.cli.commands.config",
        "doctor": "codeassist.cli.commands.doctor",
    }
)
EXAMPLES = (
    ("codeassist review", "the current branch against the default base"),
    ("codeassist review --staged", "what you are about to commit"),
    ("codeassist review main...HEAD --format sarif --output review.sarif", "in CI"),
    ("codeassist docs src/app.py:120 --apply", "write a function's docstring"),
    ("codeassist bugs src/app.py", "what may be wrong there"),
    ("codeassist pack src/app.py:120 --budget 8000", "the context that a model would be shown"),
    ("codeassist explain CA101", "what a finding means, and what to do"),
)
EXIT_CODES = (
    ("0", "no findings, or none as severe as --fail-on asks for"),
    ("1", "findings at or above --fail-on"),
    ("2", "the command line, the configuration or the repository is wrong"),
    ("3", "incomplete: something could not be looked at, or a model did not answer"),
    ("4", "no model could be asked"),
    ("5", "an edit does not apply, or is not verified"),
)


class Serve(Protocol):
    """Serves an editor. The other rim does it, which this one does not know."""

    def __call__(self, kind: str, host: str, port: int, level: str) -> int:
        """Serve by "stdio", "tcp" or "ws" until the client is done; the exit code."""
        ...


def _not_here(kind: str, host: str, port: int, level: str) -> int:
    raise UsageError("there is no server in this build", "start the program codeassist")


@dataclass
class Session:
    """What the top command passes on: to error handling, and to `serve`."""

    debug: bool = False
    serve: Serve = _not_here


class CommandTable(click.Group):
    """A group whose subcommands are the table's, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A subcommand: the object of its module that has its name, None if there is none."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(module), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for one that does not exist."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no command {args[0]!r}; {_hint(args[0])}", ctx)
        return super().resolve_command(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples and exit codes."""
        write_examples(formatter, EXAMPLES)
        with formatter.section("Exit codes"):
            formatter.write_dl(EXIT_CODES)


def run(arguments: list[str] | None = None, serve: Serve = _not_here) -> int:
    """Run a command line (the process's own by default) and return its exit code."""
    session = Session(serve=serve)
    return guarded(lambda: _dispatch(arguments, session), lambda: session.debug)


def _dispatch(arguments: list[str] | None, session: Session) -> int:
    try:
        result = codeassist.main(
            arguments, prog_name="codeassist", standalone_mode=False, obj=session
        )
    except SystemExit as error:
        # Click's only exit of its own in this mode: the reader of a help page has gone away.
        from codeassist.cli.streams import OutputClosed

        raise OutputClosed from error
    return result if isinstance(result, int) else EXIT_CLEAN


def _hint(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}"


@click.group(
    cls=CommandTable,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def codeassist(ctx: click.Context, debug: bool) -> int | None:
    """Review, documentation, bug hypotheses and refactorings, with evidence for every claim.

    Facts are worked out on this machine. Code is sent only by docs, bugs and refactor, only if you
    have set up a model, and never with --facts.
    """
    ctx.obj.debug = debug
    if ctx.invoked_subcommand is None:
        # Not a success: a script that lost its subcommand must not pass for one.
        click.echo(ctx.get_help(), err=True)
        ctx.exit(EXIT_USAGE)
    return None
