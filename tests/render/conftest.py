"""Reports to render: a realistic one, and the parts to make others of."""

from collections.abc import Callable

import pytest

from codeassist.base.files import Skipped
from codeassist.base.findings import (
    Coverage,
    Evidence,
    Excerpt,
    Finding,
    Location,
    Report,
    Rule,
    Severity,
)
from codeassist.base.text import Span

LocationMaker = Callable[..., Location]
FindingMaker = Callable[..., Finding]
ReportMaker = Callable[..., Report]

COMMIT = "0123456789abcdef0123456789abcdef01234567"
RULE = Rule(
    code="CA101",
    name="removed-parameter",
    title="A call passes a parameter that its callee has lost",
    explanation="The callee's signature changed.\n\nCalls that still pass the parameter fail.",
    severity=Severity.ERROR,
)
INVOICE = (
    "def settle(invoice):",
    "    gateway = open_gateway()",
    '    charge(invoice.total, currency="EUR")',
    "    invoice.paid = True",
    "    return gateway",
)
GATEWAY_OLD = ("", "def charge(amount, currency):", "    return _post(amount, currency)")
GATEWAY_NEW = ("", "def charge(amount):", "    return _post(amount)")


def location_of(
    needle: str,
    lines: tuple[str, ...] = INVOICE,
    *,
    path: str = "a.py",
    first: int = 0,
    old: bool = False,
) -> Location:
    """The place of `needle`'s first occurrence in `lines`, which begin at 0-based line `first`."""
    index = next(number for number, line in enumerate(lines) if needle in line)
    start = len(lines[index][: lines[index].index(needle)].encode())
    span = Span(first + index, start, first + index, start + len(needle.encode()))
    return Location(path, span, old, Excerpt(first, lines))


def finding_of(message: str = "`charge()` lost a parameter", **changes: object) -> Finding:
    """A finding with plain defaults."""
    fields: dict[str, object] = {
        "code": "CA101",
        "name": "removed-parameter",
        "severity": Severity.ERROR,
        "message": message,
        "location": location_of('currency="EUR"'),
        "symbol": "settle",
        "subject": "currency",
    }
    return Finding(**(fields | changes))  # type: ignore[arg-type]


def report_of(*findings: Finding, **changes: object) -> Report:
    """A complete report of one reviewed file."""
    fields: dict[str, object] = {
        "base": "main",
        "head": "feature",
        "root": "/repo",
        "findings": findings,
        "coverage": Coverage(reviewed=("a.py",)),
        "rules": (RULE,),
        "indexed_files": 3,
        "seconds": 0.25,
    }
    return Report(**(fields | changes))  # type: ignore[arg-type]


def realistic_report() -> Report:
    """A parameter removed in one file, still passed in another; a warning; partial coverage."""
    call = location_of('currency="EUR"', path="billing/invoice.py", first=85)
    before = location_of("currency", GATEWAY_OLD, path="billing/gateway.py", first=10, old=True)
    after = location_of("charge(amount)", GATEWAY_NEW, path="billing/gateway.py", first=10)
    error = finding_of(
        "`charge()` lost its parameter `currency`; this call still passes it",
        location=call,
        evidence=(
            Evidence("`charge()` had its parameter `currency` here", before),
            Evidence("`charge()` no longer takes it", after),
        ),
        remedy="Drop `currency` from this call, or give `charge()` the parameter back.",
        url="https://codeassist.example/rules/CA101",
    )
    lines = ("from billing import gateway", "", "\tparis = 'Café 東京' + refund_all(order)")
    warning = finding_of(
        "`refund_all` is not defined anywhere in `billing.gateway`",
        code="CA204",
        name="unknown-name",
        severity=Severity.WARNING,
        location=location_of("refund_all", lines, path="shop/orders.py", first=3),
        symbol="",
        subject="refund_all",
    )
    reviewed = tuple(f"billing/part{number}.py" for number in range(12))
    skipped = (
        *(Skipped(f"img/{n:02}.png", "binary file") for n in range(13)),
        Skipped("uv.lock", "lock file"),
    )
    partial = (Skipped("data/rates.jsonl", "the diff has lines of more than 10,000 characters"),)
    return report_of(
        warning,
        error,
        coverage=Coverage(
            reviewed, partial, skipped, ("`CA107` failed on billing/tax.py: RecursionError",)
        ),
        rules=(RULE,),
        indexed_files=412,
        seconds=1.34,
        suppressed=3,
        notes=("the history is shallow, so renames before it are not known",),
        head=COMMIT,
    )


@pytest.fixture
def locate() -> LocationMaker:
    """Makes a location; see `location_of`."""
    return location_of


@pytest.fixture
def finding() -> FindingMaker:
    """Makes a finding; see `finding_of`."""
    return finding_of


@pytest.fixture
def report() -> ReportMaker:
    """Makes a report; see `report_of`."""
    return report_of


@pytest.fixture
def realistic() -> Report:
    """A report as a user sees it; see `realistic_report`."""
    return realistic_report()
