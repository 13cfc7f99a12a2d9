"""`codeassist/cost`: what models have cost, by the ledger on this machine."""

import asyncio
from collections.abc import Iterable
from typing import Any

from codeassist.engine.spending import Spending, spending, spent_in_all
from codeassist.lsp.session import Session
from codeassist.render.escape import code_span

SHOWN_DAYS = 30


async def handle(session: Session, params: object) -> dict[str, Any]:
    """`{text, today, total}`; the text is Markdown, a cost None where a price is not known."""
    await session.ready.wait()
    settings = next(session.all_folders()).settings

    def read() -> dict[str, Any]:
        days = spending(settings, "day", SHOWN_DAYS, None)
        models = spending(settings, "model", SHOWN_DAYS, None)
        today, total = spending(settings, "day", 1, None), spent_in_all(settings)
        return {"text": _text(days, models), "today": _sum(today), "total": _sum(total)}

    return await asyncio.to_thread(read)


def _sum(found: Spending) -> dict[str, Any]:
    tokens = sum(row.usage.input + row.usage.output for row in found.rows)
    is_known = not any(row.unpriced for row in found.rows)
    return {"cost": sum(row.cost for row in found.rows) if is_known else None, "tokens": tokens}


def _text(days: Spending, models: Spending) -> str:
    if not days.rows:
        return f"# Cost\n\nNothing was asked since {days.since}.\n"
    lines = ["# Cost", "", f"Since {days.since}, from the ledger on this machine."]
    lines += ["", *_table("Day", days), "", *_table("Model", models)]
    if days.limits:
        lines += ["", *_limits(days.limits.items())]
    return "\n".join(lines) + "\n"


def _table(title: str, found: Spending) -> list[str]:
    head = [f"| {title} | Requests | Tokens in | Tokens out | Cost |", "|---|---:|---:|---:|---:|"]
    rows = []
    for row in found.rows:
        price = f"${row.cost:.4f}" if row.cost or not row.unpriced else "not known"
        more = f" and {row.unpriced} without a known price" if row.unpriced and row.cost else ""
        rows.append(
            f"| {code_span(row.name)} | {row.requests:,} | {row.usage.input:,} "
            f"| {row.usage.output:,} | {price}{more} |"
        )
    return head + rows


def _limits(limits: Iterable[tuple[str, str]]) -> list[str]:
    return ["Your limits:", "", *(f"- {code_span(name)}: {value}" for name, value in limits)]
