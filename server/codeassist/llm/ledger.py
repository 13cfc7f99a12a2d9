"""The ledger: what each request took in tokens and money, and the limits that the user has set.

A limit holds among processes: a request's estimate is reserved before it is sent, in one
transaction with the sum of the day, and is replaced by what it really took. A reservation that a
killed process leaves runs out. A run is one `Ledger` object; a day is the user's own, from midnight
to midnight. Nothing of a request's content is here.
"""

import itertools
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from codeassist.base.messages import Usage
from codeassist.base.model_errors import SpendingLimitError
from codeassist.llm.config import LimitsConfig
from codeassist.llm.cost import Estimate, dollars
from codeassist.llm.database import open_database

FILE = "ledger-1.sqlite"
WHAT = "the ledger of costs"
# After this a reservation is taken for one that a killed process left. Longer than a request may
# be silent by default; `renew` is for those that are tried again.
RESERVED_SECONDS = 900
CENTS = 100

_SCHEMA = """
CREATE TABLE IF NOT EXISTS spent (
  at REAL NOT NULL, repository TEXT NOT NULL, task TEXT NOT NULL, model TEXT NOT NULL,
  input INTEGER NOT NULL, cached INTEGER NOT NULL, output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL, cost REAL, kept INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS spent_at ON spent (at);
CREATE TABLE IF NOT EXISTS reserved (
  id TEXT PRIMARY KEY, until REAL NOT NULL, cost REAL NOT NULL, tokens INTEGER NOT NULL
) WITHOUT ROWID;
"""
_PROBE = (
    "SELECT at, repository, task, model, input, cached, output, reasoning, spent.cost, kept, id,"
    " until, tokens FROM spent JOIN reserved LIMIT 1"
)
_SELECTED = {
    "model": "model",
    "task": "task",
    "repository": "repository",
    "day": "date(at, 'unixepoch', 'localtime')",
}
By = Literal["model", "task", "repository", "day"]


@dataclass(frozen=True, slots=True)
class Total:
    """What one model, task, repository or day took.

    `cost` is in US dollars and leaves out the `unpriced` requests to models whose price is not
    known. `kept` answers took nothing; their tokens are not counted.
    """

    name: str
    requests: int
    kept: int
    usage: Usage
    cost: float
    unpriced: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, for the ledger. `cost` is None where the price is not known."""

    task: str
    model: str
    usage: Usage
    cost: float | None
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    """An estimate that counts as spent until it is settled."""

    id: str
    cost: float
    tokens: int


class Ledger:
    """The ledger of one folder, in memory where the folder is "". For one thread."""

    def __init__(
        self,
        folder: str,
        limits: LimitsConfig | None = None,
        repository: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = open_database(folder, FILE, _SCHEMA, _PROBE, WHAT)
        self._limits = limits or LimitsConfig()
        self._repository = repository
        self._clock = clock
        self._run_cost = 0.0
        self._run_tokens = 0
        self._reserved: dict[str, Reservation] = {}
        self._numbers = itertools.count()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the file."""
        return tuple(self._database.notes)

    @property
    def is_holding(self) -> bool:
        """Whether requests of this run are reserved and not settled."""
        return bool(self._reserved)

    def reserve(self, estimate: Estimate) -> Reservation:
        """Count an estimate as spent. Raises SpendingLimitError if it would go over a limit."""
        number = next(self._numbers)
        name = f"{os.getpid()}-{id(self)}-{self._clock()}-{number}"
        wanted = Reservation(name, estimate.cost or 0.0, estimate.tokens)
        held = self._reserved.values()
        spent = self._run_cost + sum(each.cost for each in held)
        tokens = self._run_tokens + sum(each.tokens for each in held)
        limits = self._limits
        _check("run", spent, tokens, wanted, limits.run_cents, limits.run_tokens)
        self._reserve_day(wanted)
        self._reserved[name] = wanted
        return wanted

    def renew(self, reservation: Reservation) -> None:
        """Keep a reservation from running out."""
        until = self._clock() + RESERVED_SECONDS
        self._try("UPDATE reserved SET until = ? WHERE id = ?", until, reservation.id)

    def release(self, reservation: Reservation) -> None:
        """Take a reservation back: nothing more will be spent on it. Twice does no harm."""
        if self._reserved.pop(reservation.id, None):
            self._try("DELETE FROM reserved WHERE id = ?", reservation.id)

    def add(self, entry: Entry) -> None:
        """Write down what was spent."""
        usage = entry.usage
        if not entry.is_kept:
            self._run_cost += entry.cost or 0.0
            self._run_tokens += usage.input + usage.output
        self._try(
            "INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._clock(),
            self._repository,
            entry.task,
            entry.model,
            usage.input,
            usage.cached,
            usage.output,
            usage.reasoning,
            entry.cost,
            int(entry.is_kept),
        )

    def totals(
        self, since: float = 0.0, repository: str | None = None, by: By = "model"
    ) -> tuple[Total, ...]:
        """What was spent since a time (seconds of the epoch), sorted by name.

        Raises sqlite3.Error for a file that cannot be read.
        """
        sql = (
            f"SELECT {_SELECTED[by]}, count(*), sum(kept), "
            "sum(iif(kept, 0, input)), sum(iif(kept, 0, cached)), sum(iif(kept, 0, output)), "
            "sum(iif(kept, 0, reasoning)), coalesce(sum(cost), 0.0), sum(cost IS NULL) "
            "FROM spent WHERE at >= ? AND (? IS NULL OR repository = ?) GROUP BY 1 ORDER BY 1"
        )
        rows = self._database.execute(sql, since, repository, repository)
        return tuple(Total(r[0], r[1], r[2], Usage(*r[3:7]), r[7], r[8]) for r in rows)

    def close(self) -> None:
        """Take all reservations back, and close the file."""
        for reservation in tuple(self._reserved.values()):
            self.release(reservation)
        self._database.close()

    def _reserve_day(self, wanted: Reservation) -> None:
        limits = self._limits
        if not limits.day_cents and not limits.day_tokens:
            return
        now = self._clock()
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            self._note(error)
            return
        try:
            spent, tokens = self._of_day(now)
            _check("day", spent, tokens, wanted, limits.day_cents, limits.day_tokens)
            row = (wanted.id, now + RESERVED_SECONDS, wanted.cost, wanted.tokens)
            self._database.execute("INSERT INTO reserved VALUES (?, ?, ?, ?)", *row)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            self._note(error)
        except BaseException:
            self._roll_back()
            raise

    def _of_day(self, now: float) -> tuple[float, int]:
        """What all processes have spent and reserved today: US dollars and tokens."""
        self._database.execute("DELETE FROM reserved WHERE until < ?", now)
        sql = (
            "SELECT coalesce(sum(cost), 0.0), coalesce(sum(tokens), 0) FROM ("
            "SELECT cost, input + output AS tokens FROM spent WHERE at >= ? AND NOT kept "
            "UNION ALL SELECT cost, tokens FROM reserved)"
        )
        cost, tokens = self._database.execute(sql, day_start(now))[0]
        return float(cost), int(tokens)

    def _roll_back(self) -> None:
        if self._database.connection.in_transaction:
            self._try("ROLLBACK")

    def _try(self, sql: str, *values: object) -> None:
        if not self._database.attempt(sql, *values):
            self._warn()

    def _note(self, error: Exception) -> None:
        self._database.failed(error)
        self._warn()

    def _warn(self) -> None:
        """Say what it means that the ledger cannot be used."""
        if self._limits.day_cents or self._limits.day_tokens:
            self._database.note("the limits of a day may not hold, since the ledger cannot be used")


def day_start(now: float) -> float:
    """The last midnight of the user's clock, in seconds of the epoch."""
    local = datetime.fromtimestamp(now)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def _check(
    period: str, spent: float, tokens: int, wanted: Reservation, cents: int, most_tokens: int
) -> None:
    """Raise SpendingLimitError if a request does not fit into what is left."""
    if cents and (spent + wanted.cost) * CENTS > cents:
        raise SpendingLimitError(
            f"the limit of {dollars(cents / CENTS)} a {period} would be passed: {dollars(spent)} "
            f"is spent, and this request may cost {dollars(wanted.cost)}",
            f"raise limits.{period}_cents (now {cents})",
        )
    if most_tokens and tokens + wanted.tokens > most_tokens:
        raise SpendingLimitError(
            f"the limit of {most_tokens:,} tokens a {period} would be passed: {tokens:,} are "
            f"spent, and this request may take {wanted.tokens:,}",
            f"raise limits.{period}_tokens (now {most_tokens})",
        )
