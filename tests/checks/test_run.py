"""Running checks: order, failures, cancellation, repeated findings, silenced ones."""

import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from checking import review_of

from codeassist.base.cancellation import Cancelled
from codeassist.base.errors import IncompleteError
from codeassist.base.findings import Finding, Severity
from codeassist.checks import CHECKS, load
from codeassist.checks.check import Check, Review, found
from codeassist.checks.run import Checked, run_checks

TEXT = "a = 1\nb = 2  # codeassist: ignore[CA902]\nc = 3\n"
Add = Callable[[str, Callable[[Review], Iterator[Finding]]], None]


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Adds a check to an otherwise empty table."""
    monkeypatch.setattr("codeassist.checks.CHECKS", table := dict(CHECKS))
    for module in ("run", "ignores"):
        monkeypatch.setattr(f"codeassist.checks.{module}.CHECKS", table)
    load.cache_clear()

    def add_one(code: str, run: Callable[[Review], Iterator[Finding]]) -> None:
        module = ModuleType(f"fake_{code}")
        module.CHECK = Check(code, code.lower(), code, Severity.WARNING, run)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        table[code] = module.__name__

    yield add_one
    load.cache_clear()


def says(code: str, *lines: int, subject: str = "") -> Callable[[Review], Iterator[Finding]]:
    """A check that finds something on each of these lines."""
    check = Check(code, code.lower(), code, Severity.WARNING, lambda _: iter(()))

    def run(review: Review) -> Iterator[Finding]:
        for line in lines:
            start = 6 * line if line < 2 else TEXT.index("c = 3")
            yield found(check, review, "a.py", start, start + 1, "It.", subject=subject or code)

    return run


def check(*codes: str) -> Checked:
    return run_checks(review_of({}, {"a.py": TEXT}), codes)


def places(checked: Checked) -> list[tuple[str, int]]:
    return [(each.code, each.location.span.start_line) for each in checked.findings]


def test_findings_are_sorted_by_place(add: Add) -> None:
    add("CA901", says("CA901", 2, 0))
    add("CA903", says("CA903", 1))
    assert places(check("CA903", "CA901")) == [("CA901", 0), ("CA903", 1), ("CA901", 2)]


def test_only_the_selected_checks_run(add: Add) -> None:
    add("CA901", says("CA901", 0))
    add("CA903", says("CA903", 0))
    assert places(check("CA903")) == [("CA903", 0)]


def test_of_two_findings_on_one_subject_the_tables_first_stays(add: Add) -> None:
    add("CA903", says("CA903", 0, subject="x"))
    add("CA901", says("CA901", 0, 2, subject="x"))
    assert places(check("CA901", "CA903")) == [("CA903", 0), ("CA901", 2)]


def test_a_check_that_breaks_is_passed_over(add: Add) -> None:
    def breaks(review: Review) -> Iterator[Finding]:
        yield from says("CA901", 0)(review)
        raise ZeroDivisionError("no")

    def lacks(_: Review) -> Iterator[Finding]:
        raise IncompleteError("no tool")

    add("CA901", breaks)
    add("CA902", lacks)
    add("CA903", says("CA903", 0))
    checked = check("CA901", "CA902", "CA903")
    assert places(checked) == [("CA903", 0)]
    assert checked.failures == [
        "CA901 broke: ZeroDivisionError: no",
        "CA902 could not run: no tool",
    ]


def test_cancellation_passes_through(add: Add) -> None:
    def cancel(review: Review) -> Iterator[Finding]:
        review.token.cancel()
        review.token.check()
        return iter(())

    add("CA901", cancel)
    with pytest.raises(Cancelled):
        check("CA901")


def test_ignores_are_applied_and_counted(add: Add) -> None:
    add("CA902", says("CA902", 0, 1))
    checked = check("CA902", "CA501")
    assert (places(checked), checked.suppressed) == ([("CA902", 0)], 1)


def test_unused_ignores_are_reported_only_when_asked_for(add: Add) -> None:
    add("CA902", says("CA902", 0))
    assert places(check("CA902")) == [("CA902", 0)]
    assert places(check("CA902", "CA501")) == [("CA902", 0), ("CA501", 1)]


def test_every_check_of_the_table_runs_on_an_empty_diff() -> None:
    assert run_checks(review_of({}, {}), tuple(CHECKS)) == ([], [], 0)
