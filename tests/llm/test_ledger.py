"""The ledger: sums that are right, and limits that hold, in one process and among several."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from codeassist.base.messages import ModelRequest, Usage
from codeassist.base.model_errors import SpendingLimitError
from codeassist.llm.config import LimitsConfig
from codeassist.llm.cost import Estimate, dollars, estimate
from codeassist.llm.ledger import FILE, RESERVED_SECONDS, Entry, Ledger, Total, day_start
from codeassist.llm.model_facts import facts_for

NOON = datetime(2026, 11, 25, 12).timestamp()
HOUR = 3600.0
USAGE = Usage(input=100, cached=40, output=10, reasoning=3)


class Now:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> float:
        return self.at


Open = Callable[..., Ledger]


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def opened(tmp_path: Path, now: Now) -> Iterator[Open]:
    """Opens ledgers in a folder of the test, and closes them after it."""
    all_opened: list[Ledger] = []

    def make(folder: Path | str = tmp_path, repository: str = "", **limits: int) -> Ledger:
        all_opened.append(Ledger(str(folder), LimitsConfig(**limits), repository, now))
        return all_opened[-1]

    yield make
    for each in all_opened:
        each.close()


def spent(cost: float | None, task: str = "docs", model: str = "m") -> Entry:
    return Entry(task, model, USAGE, cost)


def wanted(cents: float, tokens: int = 0) -> Estimate:
    return Estimate("m", tokens, 0, cents / 100)


def names(totals: tuple[Total, ...]) -> dict[str, float]:
    return {each.name: round(each.cost, 6) for each in totals}


# ----------------------------------------------------------------------------- sums


def test_sums_by_model(opened: Open) -> None:
    ledger = opened()
    ledger.add(spent(0.25, model="a"))
    ledger.add(spent(0.5, model="b"))
    ledger.add(spent(0.25, model="b"))
    assert ledger.totals() == (
        Total("a", 1, 0, USAGE, 0.25, 0),
        Total("b", 2, 0, USAGE + USAGE, 0.75, 0),
    )


def test_an_unknown_price_is_counted_apart(opened: Open) -> None:
    ledger = opened()
    ledger.add(spent(None))
    ledger.add(spent(1.0))
    assert ledger.totals() == (Total("m", 2, 0, USAGE + USAGE, 1.0, 1),)


def test_a_kept_answer_takes_no_tokens(opened: Open) -> None:
    ledger = opened()
    ledger.add(Entry("docs", "m", USAGE, 0.0, is_kept=True))
    assert ledger.totals() == (Total("m", 1, 1, Usage(), 0.0, 0),)


def test_sums_by_task_and_repository(opened: Open) -> None:
    opened(repository="/a").add(spent(1.0, task="docs"))
    other = opened(repository="/b")
    other.add(spent(2.0, task="bugs"))
    assert names(other.totals(by="task")) == {"bugs": 2.0, "docs": 1.0}
    assert names(other.totals(by="repository")) == {"/a": 1.0, "/b": 2.0}
    assert names(other.totals(repository="/a")) == {"m": 1.0}


def test_sums_by_day_are_those_of_the_users_clock(opened: Open, now: Now) -> None:
    ledger = opened()
    now.at = datetime(2026, 11, 24, 23, 59, 59).timestamp()
    ledger.add(spent(1.0))
    now.at = datetime(2026, 11, 25, 0, 0, 1).timestamp()
    ledger.add(spent(2.0))
    assert names(ledger.totals(by="day")) == {"2026-11-24": 1.0, "2026-11-25": 2.0}
    assert names(ledger.totals(since=day_start(now.at))) == {"m": 2.0}


def test_nothing_was_spent(opened: Open) -> None:
    assert opened().totals() == ()


# ----------------------------------------------------------------------------- limits


def test_up_to_the_limit(opened: Open) -> None:
    ledger = opened(run_cents=100)
    ledger.add(spent(0.75))
    ledger.release(ledger.reserve(wanted(25)))
    with pytest.raises(SpendingLimitError) as caught:
        ledger.reserve(wanted(26))
    assert caught.value.message == (
        "the limit of $1.00 a run would be passed: $0.75 is spent, and this request may cost $0.26"
    )
    assert caught.value.remedy == "raise limits.run_cents (now 100)"


def test_tokens_of_a_run(opened: Open) -> None:
    ledger = opened(run_tokens=200)
    ledger.add(spent(None))  # 110 tokens
    ledger.release(ledger.reserve(wanted(0, tokens=90)))
    with pytest.raises(SpendingLimitError, match="110 are spent, and this request may take 91"):
        ledger.reserve(wanted(0, tokens=91))


def test_no_limit(opened: Open) -> None:
    ledger = opened()
    ledger.add(spent(1e6))
    ledger.reserve(wanted(1e9, tokens=10**12))


@pytest.mark.parametrize("limits", [{"run_cents": 100}, {"day_cents": 100}])
def test_what_is_reserved_counts(opened: Open, limits: dict[str, int]) -> None:
    ledger = opened(**limits)
    first = ledger.reserve(wanted(60))
    with pytest.raises(SpendingLimitError):
        ledger.reserve(wanted(60))
    ledger.release(first)
    ledger.reserve(wanted(60))


def test_a_run_does_not_count_for_the_next(opened: Open) -> None:
    opened(run_cents=100).add(spent(0.9))
    opened(run_cents=100).reserve(wanted(90))


def test_a_day_counts_for_all_runs(opened: Open, now: Now) -> None:
    opened(day_cents=100).add(spent(0.9))
    later = opened(day_cents=100)
    with pytest.raises(SpendingLimitError, match="a day"):
        later.reserve(wanted(90))
    now.at += 12 * HOUR  # midnight
    later.reserve(wanted(90))


def test_a_day_counts_what_another_has_reserved(opened: Open) -> None:
    first, second = opened(day_tokens=100), opened(day_tokens=100)
    reservation = first.reserve(wanted(0, tokens=60))
    with pytest.raises(SpendingLimitError):
        second.reserve(wanted(0, tokens=60))
    first.release(reservation)
    second.reserve(wanted(0, tokens=60))


def test_a_reservation_runs_out(opened: Open, now: Now) -> None:
    """As that of a killed process does."""
    first, second = opened(day_cents=100), opened(day_cents=100)
    reservation = first.reserve(wanted(60))
    now.at += RESERVED_SECONDS - 1
    with pytest.raises(SpendingLimitError):
        second.reserve(wanted(60))
    first.renew(reservation)
    now.at += RESERVED_SECONDS - 1
    with pytest.raises(SpendingLimitError):
        second.reserve(wanted(60))
    now.at += 2
    second.reserve(wanted(60))


def test_a_kept_answer_does_not_count(opened: Open) -> None:
    ledger = opened(day_tokens=100, run_tokens=100)
    ledger.add(Entry("docs", "m", USAGE, 0.0, is_kept=True))
    ledger.reserve(wanted(0, tokens=100))


SPENDER = """
import sys
from codeassist.base.model_errors import SpendingLimitError
from codeassist.llm.config import LimitsConfig
from codeassist.llm.cost import Estimate
from codeassist.llm.ledger import Ledger
ledger = Ledger(sys.argv[1], LimitsConfig(day_tokens=1000))
got = 0
for _ in range(40):
    try:
        ledger.reserve(Estimate("m", 30, 0, None))
        got += 1
    except SpendingLimitError:
        break
assert ledger.notes == (), ledger.notes
print(got, flush=True)
sys.stdin.read()
"""


def test_a_day_holds_among_processes(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SPENDER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(3)
    ]
    # All hold their reservations until the last has got what it could.
    counts = [int(each.stdout.readline()) for each in processes if each.stdout]
    for each in processes:
        each.communicate("")
    assert sum(counts) == 33  # of 30 tokens, in 1,000


# ----------------------------------------------------------------------------- trouble


def test_a_corrupt_file_is_set_aside(opened: Open, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    ledger = opened(day_cents=100)
    ledger.add(spent(0.5))
    assert names(ledger.totals()) == {"m": 0.5}
    assert "corrupt" in ledger.notes[0]


def test_a_folder_that_cannot_be_used(opened: Open, tmp_path: Path) -> None:
    """The limits hold for this run at least, and the user is told."""
    (tmp_path / "file").write_text("in the way")
    ledger = opened(tmp_path / "file" / "folder", day_cents=100)
    ledger.add(spent(0.9))
    with pytest.raises(SpendingLimitError):
        ledger.reserve(wanted(20))
    assert "cannot be used" in ledger.notes[0]


def test_a_file_that_cannot_be_written_any_more(opened: Open) -> None:
    ledger = opened(day_cents=100)
    ledger._database.connection.execute("PRAGMA query_only = 1")
    ledger.add(spent(0.9))
    ledger.release(ledger.reserve(wanted(5)))
    assert any("limits of a day may not hold" in note for note in ledger.notes)


def test_releasing_twice_does_no_harm(opened: Open) -> None:
    ledger = opened(run_cents=100)
    reservation = ledger.reserve(wanted(60))
    ledger.release(reservation)
    ledger.release(reservation)
    ledger.reserve(wanted(100))


# ----------------------------------------------------------------------------- estimates


def test_an_estimate() -> None:
    asked = ModelRequest("docs", (), max_output_tokens=1_000)
    expected = estimate(asked, 10_000, 3_000, facts_for("gpt-5.2"))
    assert (expected.input_tokens, expected.output_tokens, expected.tokens) == (
        10_000, 3_000, 13_000,
    )  # fmt: skip
    assert expected.cost == pytest.approx(10_000 * 1.75e-6 + 3_000 * 14e-6)
    assert expected.likely == pytest.approx(10_000 * 1.75e-6 + 1_000 * 14e-6)


def test_an_estimate_of_long_context() -> None:
    """Above the threshold the whole request costs more."""
    facts = facts_for("gpt-5.4")
    assert facts.price
    assert facts.price.above
    asked = ModelRequest("docs", (), max_output_tokens=0)
    short = estimate(asked, facts.price.above, 0, facts)
    long = estimate(asked, facts.price.above + 1, 0, facts)
    assert short.cost
    assert long.cost
    assert long.cost / short.cost == pytest.approx(facts.price.input_factor, rel=1e-4)


def test_estimates_add_up() -> None:
    known, unknown = Estimate("a", 1, 2, 0.5, 0.25), Estimate("b", 3, 4, None, None)
    assert Estimate("") + known + known == Estimate("a", 2, 4, 1.0, 0.5)
    assert (known + unknown).cost is None


@pytest.mark.parametrize(
    ("amount", "text"), [(0.0, "$0.00"), (0.0042, "$0.0042"), (1.255, "$1.25"), (12.0, "$12.00")]
)
def test_amounts(amount: float, text: str) -> None:
    assert dollars(amount) == text
