"""`codeassist index`: bring the index of a repository up to date, and say what is in it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.base.words import counted
from codeassist.cli.choices import json_option
from codeassist.cli.help import Command
from codeassist.cli.words import duration, size

if TYPE_CHECKING:
    from codeassist.engine.requests import IndexStats

_SHOWN_PATHS = 10  # skipped files of one reason; --json has all


class _Page(Command):
    examples = (
        ("codeassist index", "the repository around the current folder"),
        ("codeassist index ../other --stats", "with languages, and skipped files with the reason"),
    )


@click.command(cls=_Page, short_help="Index the repository.")
@click.argument("path", default=".")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Number of processes.")
@click.option("--stats", is_flag=True, help="Print what is in the index, and what is not.")
@json_option
def index(path: str, workers: int | None, stats: bool, as_json: bool) -> int:
    """Index the repository or folder that PATH is in.

    Nothing is written to it: the index is in your cache folder. Reviews index by themselves; this
    does it beforehand, for example to fill the cache of a CI system.
    """
    from codeassist.cli.errors import show_warning
    from codeassist.cli.progress import working
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.engine import Engine
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    settings = load(path, flags={"index.workers": workers})
    with working() as (progress, token), Engine.open(path, settings) as engine:
        done = engine.index(progress, token)
    for warning in (*settings.warnings, *done.notes):
        show_warning(warning)
    if as_json:
        emit_data(dumps(asdict(done)))
        return EXIT_CLEAN
    lines = [*(_stats(done) if stats else ()), _summary(done)]
    emit("".join(f"{log_safe(visible(line))}\n" for line in lines))
    return EXIT_CLEAN


def _summary(done: "IndexStats") -> str:
    if not done.files:
        return f"no files to index in {done.root}"
    return (
        f"indexed {counted(done.files, 'file')} ({done.parsed:,} parsed, {done.reused:,} known) "
        f"with {counted(done.symbols, 'symbol')} in {duration(done.seconds)}"
    )


def _stats(done: "IndexStats") -> Iterator[str]:
    yield f"root       {done.root}"
    yield f"files      {done.files:,}"
    yield f"symbols    {done.symbols:,}"
    named = (f"{name} {number:,}" for name, number in done.languages.items())
    yield f"languages  {', '.join(named) or 'none'}"
    yield f"cache      {done.cache_path or 'in memory'} ({size(done.cache_bytes)})"
    yield f"skipped    {counted(len(done.skipped), 'file')}"
    for reason, paths in _by_reason(done):
        more = len(paths) - _SHOWN_PATHS
        yield f"  {reason}: {len(paths):,}"
        yield from (f"    {path}" for path in paths[:_SHOWN_PATHS])
        if more > 0:
            yield f"    and {more:,} more"


def _by_reason(done: "IndexStats") -> list[tuple[str, list[str]]]:
    """Skipped paths by reason, the most frequent first."""
    groups: dict[str, list[str]] = {}
    for each in done.skipped:
        groups.setdefault(each.reason, []).append(each.path)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
