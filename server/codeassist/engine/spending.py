"""What models have cost, from the ledger: sums for people and for `codeassist cost`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from codeassist.base.messages import Usage
from codeassist.settings.load import gateway_config
from codeassist.settings.schema import Settings

Group = Literal["day", "model", "task", "repository"]


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """The sums of one day, model, task or repository. `cost` is in US dollars.

    `unpriced` requests are not in it, since their model's price is not known; `kept` were answered
    without a model.
    """

    name: str
    requests: int
    kept: int
    usage: Usage
    cost: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums since a day (ISO), and the user's limits in words."""

    by: str
    since: str
    rows: tuple[SpendingRow, ...]
    limits: Mapping[str, str]


def spending(settings: Settings, by: Group, days: int, path: str | None) -> Spending:
    """The sums of the last `days` days, today included; of one repository if `path` is in it."""
    from codeassist.llm.ledger import Ledger

    repository = None
    if path is not None:
        from codeassist.engine.engine import Engine

        with Engine.open(path, settings) as engine:
            repository = engine.root
    first = date.today() - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day).astimezone().timestamp()
    config = gateway_config(settings)
    ledger = Ledger(config.folder, config.limits)
    try:
        rows = tuple(
            SpendingRow(each.name, each.requests, each.kept, each.usage, each.cost, each.unpriced)
            for each in ledger.totals(since, repository, by)
        )
    finally:
        ledger.close()
    return Spending(by, first.isoformat(), rows, _limits(settings))


def _limits(settings: Settings) -> dict[str, str]:
    limits = settings.limits
    words = {
        "limits.run_cents": f"${limits.run_cents / 100:.2f} a run" if limits.run_cents else "",
        "limits.day_cents": f"${limits.day_cents / 100:.2f} a day" if limits.day_cents else "",
        "limits.run_tokens": f"{limits.run_tokens:,} tokens a run" if limits.run_tokens else "",
        "limits.day_tokens": f"{limits.day_tokens:,} tokens a day" if limits.day_tokens else "",
    }
    return {key: text for key, text in words.items() if text}
