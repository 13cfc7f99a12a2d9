"""`codeassist pack`: print the context that a model would be shown, and why."""

import os
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.base.words import counted
from codeassist.cli.choices import repo_option
from codeassist.cli.help import Command
from codeassist.engine.requests import DEFAULT_BUDGET, PACK_FORMATS

if TYPE_CHECKING:
    from codeassist.engine.requests import Pack, Piece

_JSON = "json"
_LEFT_OUT_SHOWN = 20  # with --why; --format json has more
_REASONS_SHOWN = 3


class _Given(TypedDict):
    """The command line, as click hands it over."""

    target: str
    repo: str
    task: str
    budget: int
    model: str
    format: str
    why: bool
    also: tuple[str, ...]


class _Page(Command):
    examples = (
        ("codeassist pack src/app.py:120", "the code that matters for a line"),
        ("codeassist pack Invoice.total --budget 8000 --why", "and each piece's reason and tokens"),
        ('codeassist pack --task "retry on 429" --format json', "for a task, as data"),
    )


@click.command(cls=_Page, short_help="Print the context for a piece of code or a task.")
@click.argument("target", default="", metavar="[FILE[:LINE[-LINE]] | SYMBOL]")
@repo_option
@click.option("--task", default="", metavar="TEXT", help="What is to be done, in words.")
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    default=DEFAULT_BUDGET,
    show_default=True,
    metavar="TOKENS",
    help="The most tokens that may be printed.",
)
@click.option(
    "--model",
    default="",
    metavar="NAME",
    help="Count as this model does.  [default: the one of the settings]",
)
@click.option(
    "--format",
    type=click.Choice([*PACK_FORMATS, _JSON]),
    default=PACK_FORMATS[0],
    show_default=True,
    help="How pieces are delimited; json has the text and an account of it.",
)
@click.option(
    "--also",
    multiple=True,
    metavar="TARGET",
    help="A definition or file to show before others; may be repeated.",
)
@click.option("--why", is_flag=True, help="Print to standard error why each piece is there.")
def pack(**given: Unpack[_Given]) -> int:
    """Print what a model would be shown for a place in the code, a definition or a task.

    The text never has more than the budget's tokens. No model is asked and nothing is sent.
    """
    from codeassist.cli.errors import show
    from codeassist.cli.progress import working
    from codeassist.cli.streams import emit_data
    from codeassist.engine.engine import Engine
    from codeassist.engine.requests import PackRequest
    from codeassist.render.escape import dumps
    from codeassist.settings import load

    as_json = given["format"] == _JSON
    request = PackRequest(
        target=given["target"],
        task=given["task"],
        budget=given["budget"],
        model=given["model"],
        format=PACK_FORMATS[0] if as_json else given["format"],
        folder=os.getcwd(),
        also=given["also"],
    )
    settings = load(given["repo"])
    with working() as (progress, token), Engine.open(given["repo"], settings) as engine:
        packed = engine.pack(request, progress, token)
    emit_data(dumps(to_data(packed)) if as_json else packed.text)
    for note in packed.notes:
        show(note, "note", "cyan")
    if given["why"]:
        for line in account(packed):
            show(line)
    return EXIT_CLEAN


def to_data(packed: "Pack") -> dict[str, Any]:
    """A pack as JSON's objects: lines 1-based and inclusive, paths relative to the root."""
    return {
        "tokens": packed.tokens,
        "budget": packed.budget,
        "encoding": packed.encoding,
        "text": packed.text,
        "pieces": [
            {
                "path": piece.path,
                "start_line": piece.start_line,
                "end_line": piece.end_line,
                "symbol": piece.symbol,
                "detail": piece.shown.value,
                "tokens": piece.tokens,
                "reasons": [reason.text for reason in piece.reasons],
            }
            for piece in packed.pieces
        ],
        "left_out": [
            {"path": each.path, "symbol": each.symbol, "tokens": each.tokens}
            for each in packed.left_out
        ],
    }


def account(packed: "Pack") -> list[str]:
    """A table of what is shown and why, what is not, and the sum."""
    rows = [
        (_place(piece), piece.shown.value, piece.tokens, _why(piece)) for piece in packed.pieces
    ]
    names = {"map": "map of the repository", "request": "the task", "frame": "headings and marks"}
    rows += [
        (name, "", packed.sections[key], "")
        for key, name in names.items()
        if packed.sections.get(key)
    ]
    width = max((len(row[0]) for row in rows), default=0)
    lines = [
        f"{tokens:>8,}  {place:{width}}  {shown:9}  {why}".rstrip()
        for place, shown, tokens, why in rows
    ]
    lines.append(f"{packed.tokens:>8,}  of {packed.budget:,} tokens ({packed.encoding})")
    if packed.left_out:
        lines.append(
            f"left out ({counted(len(packed.left_out), 'piece')} or more), the best first:"
        )
        lines += [
            f"{each.tokens:>8,}  {f'{each.path} {each.symbol}'.rstrip()}"
            for each in packed.left_out[:_LEFT_OUT_SHOWN]
        ]
    return lines


def _place(piece: "Piece") -> str:
    return f"{piece.path}:{piece.start_line}-{piece.end_line} {piece.symbol}".rstrip()


def _why(piece: "Piece") -> str:
    best = sorted(piece.reasons, key=lambda reason: -reason.share)[:_REASONS_SHOWN]
    return "; ".join(reason.text for reason in best)
