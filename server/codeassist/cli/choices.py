"""Options that several subcommands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def repo_option(command: F) -> F:
    """`--repo PATH`: where the repository is."""
    return click.option(
        "--repo",
        default=".",
        metavar="PATH",
        help="Any path in the repository.  [default: the current folder]",
    )(command)


def json_option(command: F) -> F:
    """`--json`: the same as data."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def color_option(command: F) -> F:
    """`--color/--no-color`: against what the terminal and NO_COLOR say."""
    return click.option(
        "--color/--no-color",
        default=None,
        help="Colour the output.  [default: on a terminal, unless NO_COLOR is set]",
    )(command)


def listed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Repeated, comma-separated texts as one list."""
    parts = (part.strip() for text in texts for part in text.split(","))
    return tuple(part for part in parts if part)
