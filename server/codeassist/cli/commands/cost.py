"""`codeassist cost`: what models have cost, from the ledger on this machine."""

from typing import TYPE_CHECKING, Any

import click

from codeassist.base.errors import EXIT_CLEAN
from codeassist.cli.choices import json_option, repo_option
from codeassist.cli.help import Command

if TYPE_CHECKING:
    from codeassist.engine.spending import Group, Spending

GROUPS = ("day", "model", "task", "repository")
DEFAULT_DAYS = 30


class _Page(Command):
    examples = (
        ("codeassist cost", "by day, the last 30 days"),
        ("codeassist cost --by task --here", "by task, for this repository alone"),
    )


@click.command(cls=_Page, short_help="Show what models have cost.")
@click.option(
    "--by", type=click.Choice(GROUPS), default=GROUPS[0], show_default=True, help="Group."
)
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=DEFAULT_DAYS,
    show_default=True,
    metavar="N",
    help="How far back, today included.",
)
@click.option("--here", is_flag=True, help="Count only this repository.")
@repo_option
@json_option
def cost(by: "Group", days: int, here: bool, repo: str, as_json: bool) -> int:
    """Show the tokens and the cost of what was asked, by day, model, task or repository.

    The ledger is on this machine; prices are those that were known when a request was made.
    """
    from codeassist.cli.streams import emit, emit_data
    from codeassist.engine.spending import spending
    from codeassist.render.escape import dumps, log_safe, visible
    from codeassist.settings import load

    settings = load(repo)
    found = spending(settings, by, days, repo if here else None)
    if as_json:
        emit_data(dumps(_data(found)))
    else:
        emit("".join(f"{log_safe(visible(line))}\n" for line in _lines(found)))
    return EXIT_CLEAN


def _data(found: "Spending") -> dict[str, Any]:
    return {
        "by": found.by,
        "since": found.since,
        "rows": [
            {
                "name": row.name,
                "requests": row.requests,
                "kept": row.kept,
                "input_tokens": row.usage.input,
                "cached_tokens": row.usage.cached,
                "output_tokens": row.usage.output,
                "reasoning_tokens": row.usage.reasoning,
                "cost": row.cost,
                "unpriced": row.unpriced,
            }
            for row in found.rows
        ],
        "limits": dict(found.limits),
    }


def _lines(found: "Spending") -> list[str]:
    if not found.rows:
        return [f"nothing was asked since {found.since}"]
    width = max(len(found.by), *(len(row.name) for row in found.rows))
    lines = [f"{found.by:{width}}  requests  tokens in  tokens out      cost"]
    for row in found.rows:
        price = f"${row.cost:.4f}" if row.cost or not row.unpriced else "not known"
        more = f"  (and {row.unpriced} without a known price)" if row.unpriced and row.cost else ""
        lines.append(
            f"{row.name:{width}}  {row.requests:>8,}  {row.usage.input:>9,}  "
            f"{row.usage.output:>10,}  {price:>8}{more}"
        )
    lines += [f"{name}: {value}" for name, value in found.limits.items()]
    return lines
