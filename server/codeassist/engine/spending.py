"""What models have cost, from the ledger: sums for people and for `codeassist cost`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from codeassist.settings.load import gateway_config
from codeassist.settings.schema import Settings

if TYPE_CHECKING:
    from codeassist.llm.ledger import Total

Group = Literal["day", "model", "task", "repository"]


@dataclass(frozen=True, slots=True)
class Spending:
    """Sums since a day (ISO), and the user's limits in words. `rows` are the ledger's totals."""

    by: str
    since: str
    rows: "tuple[Total, ...]"
    limits: Mapping[str, str]


def spending(settings: Settings, by: Group, days: int, path: str | None) -> Spending:
    """The sums of the last `days` days, today included; of one repository if `path` is in it."""
    repository = None
    if path is not None:
        from codeassist.engine.engine import Engine

        with Engine.open(path, settings) as engine:
            repository = engine.root
    first = date.today() - timedelta(days=days - 1)
    since = datetime(first.year, first.month, first.day).astimezone().timestamp()
    return Spending(
        by, first.isoformat(), _rows(settings, since, repository, by), _limits(settings)
    )


def spent_in_all(settings: Settings) -> Spending:
    """The sums of everything that the ledger has, by model."""
    return Spending("model", "", _rows(settings, 0.0, None, "model"), _limits(settings))


def cost_today(settings: Settings) -> float | None:
    """What today's requests have cost in US dollars; None if some had no known price."""
    rows = spending(settings, "day", 1, None).rows
    if any(row.unpriced for row in rows):
        return None
    return sum(row.cost or 0.0 for row in rows)


def _rows(
    settings: Settings, since: float, repository: str | None, by: Group
) -> "tuple[Total, ...]":
    from codeassist.llm.ledger import Ledger

    config = gateway_config(settings)
    ledger = Ledger(config.folder, config.limits)
    try:
        return ledger.totals(since, repository, by)
    finally:
        ledger.close()


def _limits(settings: Settings) -> dict[str, str]:
    limits = settings.limits
    words = {
        "limits.run_cents": f"${limits.run_cents / 100:.2f} a run" if limits.run_cents else "",
        "limits.day_cents": f"${limits.day_cents / 100:.2f} a day" if limits.day_cents else "",
        "limits.run_tokens": f"{limits.run_tokens:,} tokens a run" if limits.run_tokens else "",
        "limits.day_tokens": f"{limits.day_tokens:,} tokens a day" if limits.day_tokens else "",
    }
    return {key: text for key, text in words.items() if text}
