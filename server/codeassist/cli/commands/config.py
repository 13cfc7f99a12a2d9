"""`codeassist config`: every setting in force, and where it came from."""

import sys
from collections.abc import Iterator
from typing import Any

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.cli.choices import color_option, json_option, repo_option
from codeassist.cli.help import Command
from codeassist.settings import Settings
from codeassist.settings.describe import Row


class _Page(Command):
    examples = (
        ("codeassist config", "what is in force here"),
        ("CODEASSIST_REVIEW_FAIL_ON=error codeassist config", "with a variable for this once"),
    )


@click.command(cls=_Page, short_help="Show the settings in force.")
@repo_option
@json_option
@color_option
def config(repo: str, as_json: bool, color: bool | None) -> int:
    """Show each setting, its value and where that came from.

    The later wins: defaults, the repository's codeassist.toml or [tool.codeassist] in
    pyproject.toml, your own file, the environment, flags. A review reads the repository's file from
    the base revision, so that a change cannot switch off its own review.
    """
    from codeassist.cli.errors import show_warning
    from codeassist.cli.streams import emit, emit_data, terminal
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load
    from codeassist.settings.describe import rows

    settings = load(repo)
    if as_json:
        emit_data(dumps(_data(settings, rows(settings))))
        return EXIT_CLEAN
    for warning in settings.warnings:
        show_warning(warning)
    colour = terminal(sys.stdout, color).colour
    lines = (
        click.style(visible(line), bold=True) if colour and is_set else visible(line)
        for line, is_set in _lines(settings, rows(settings))
    )
    emit("".join(f"{log_safe(line)}\n" for line in lines))
    return EXIT_CLEAN


def _lines(settings: Settings, table: tuple[Row, ...]) -> Iterator[tuple[str, bool]]:
    """(line, whether it shows a value that somebody set)."""
    key_width = max(len(row.key) for row in table)
    value_width = max(len(row.shown) for row in table)
    for row in table:
        place = row.place or row.origin.label
        yield f"{row.key:{key_width}}  {row.shown:{value_width}}  {place}", bool(row.place)
    yield "", False
    for name, path in _files(settings).items():
        yield f"{name + ' file':{key_width}}  {path or 'none'}", False


def _files(settings: Settings) -> dict[str, str]:
    """The files that were read; for the user's, where it would be."""
    from codeassist.settings.layers import Origin

    layers = settings.layers
    user = layers.source(Origin.USER) or f"{layers.user_file} (does not exist)"
    return {"repository": layers.source(Origin.REPOSITORY), "user": user}


def _data(settings: Settings, table: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "settings": {
            row.key: {
                "value": row.value,
                "origin": row.origin.label,
                "place": row.place,
                "description": row.description,
                "scope": row.scope,
                "default": row.default,
                "expected": row.expected,
                "variable": row.variable,
            }
            for row in table
        },
        "files": _files(settings),
        "warnings": list(settings.warnings),
    }
