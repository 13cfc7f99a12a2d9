"""Tests of the table of subcommands, their help, and how little `--version` imports."""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from codeassist.cli import commands
from codeassist.cli.app import COMMANDS
from codeassist.cli.app import codeassist as command
from codeassist.cli.help import Command

HEAVY = (
    "rich", "git", "tree_sitter", "pathspec", "sqlite3", "platformdirs", "openai", "pydantic",
    "jinja2", "jsonschema", "rope", "jedi", "xllamacpp",
)  # fmt: skip


def test_the_table_is_the_folder() -> None:
    folder = Path(commands.__path__[0])
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(COMMANDS) == modules
    for name, module in COMMANDS.items():
        assert module == f"codeassist.cli.commands.{name}"


def pages() -> Iterator[tuple[str, click.Command]]:
    """Each subcommand that does something, those of groups by both names."""
    for name, module in COMMANDS.items():
        found = getattr(import_module(module), name)
        if isinstance(found, click.Group):
            yield from ((f"{name} {each}", command) for each, command in found.commands.items())
        else:
            yield name, found


@pytest.mark.parametrize(("name", "found"), list(pages()))
def test_each_subcommand_helps(name: str, found: click.Command) -> None:
    assert isinstance(found, Command)
    with click.Context(found, info_name=name, max_content_width=100) as context:
        page = found.get_help(context)
    assert page.startswith(f"Usage: {name} ")
    assert "Examples:\n  codeassist" in page or "Examples:\n  CODEASSIST" in page
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith((".", "]")), parameter.name
    # A heading for a parameter that does not exist would never be seen.
    assert set(found.headings) <= {parameter.name for parameter in found.params}


def test_the_top_page_lists_commands_in_order_and_exit_codes() -> None:
    with click.Context(command, info_name="codeassist") as context:
        page = command.get_help(context)
    places = [page.index(f"\n  {name}  ") for name in COMMANDS]
    assert places == sorted(places)
    assert "Exit codes:\n  0  no findings" in page


@pytest.mark.parametrize(
    "arguments", [["--version"], ["review", "--help"], ["docs", "--help"], ["model", "--help"]]
)
def test_nothing_heavy_is_imported_before_it_is_used(
    arguments: list[str], environment: dict[str, str]
) -> None:
    program = (
        "import sys; from codeassist.cli.app import run\n"
        f"assert run({arguments!r}) == 0\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
