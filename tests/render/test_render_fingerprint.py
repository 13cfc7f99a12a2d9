"""Fingerprints: stable while code moves, unique in a report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from codeassist.base.findings import Finding, Severity
from codeassist.render.fingerprint import fingerprint, with_fingerprints

Make = Callable[..., Any]  # the factories of conftest.py


def check_same(left: Finding, right: Finding) -> None:
    assert fingerprint(left, 0) == fingerprint(right, 0)


def check_differs(left: Finding, right: Finding) -> None:
    assert fingerprint(left, 0) != fingerprint(right, 0)


def test_lines_that_move_keep_it(finding: Make, locate: Make) -> None:
    moved = locate('currency="EUR"', first=200)
    check_same(finding(), finding(location=moved))


def test_indentation_and_wording_do_not_matter(finding: Make, locate: Make) -> None:
    deeper = locate('currency="EUR"', ('\t\tcharge(invoice.total,  currency="EUR")',))
    check_same(
        finding(), finding("other words", location=deeper, severity=Severity.INFO, remedy="fix")
    )


@pytest.mark.parametrize("changes", [{"code": "CA102"}, {"symbol": "other"}, {"subject": "amount"}])
def test_another_problem_has_another(finding: Make, changes: dict[str, str]) -> None:
    check_differs(finding(), finding(**changes))


def test_another_path_or_line_text_has_another(finding: Make, locate: Make) -> None:
    check_differs(finding(), finding(location=locate('currency="EUR"', path="b.py")))
    check_differs(finding(), finding(location=locate('currency="EUR"', ('currency="EUR"',))))


def test_fields_do_not_run_into_each_other(finding: Make) -> None:
    check_differs(finding(symbol="ab", subject="c"), finding(symbol="a", subject="bc"))


def test_equal_findings_are_numbered_by_place(finding: Make, locate: Make) -> None:
    first, second = (finding(location=locate('currency="EUR"', first=line)) for line in (3, 30))
    one, two = with_fingerprints((first, second))
    assert one.fingerprint == fingerprint(first, 0)
    assert two.fingerprint == fingerprint(second, 1)
    # The order in which checks found them does not matter.
    assert with_fingerprints((second, first)) == (two, one)


def test_a_fingerprint_that_is_there_is_kept_and_not_given_twice(finding: Make) -> None:
    first, second = with_fingerprints((finding(), finding()))
    again = with_fingerprints((second, replace(first, fingerprint="")))
    assert again == (second, first)
    taken = replace(finding(), fingerprint=fingerprint(finding(), 0))
    assert len({made.fingerprint for made in with_fingerprints((taken, finding()))}) == 2


def test_the_place_without_an_excerpt_is_no_obstacle(finding: Make) -> None:
    bare = replace(finding().location, excerpt=None)
    assert len(fingerprint(finding(location=bare), 0)) == 32
