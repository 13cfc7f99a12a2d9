"""CA105: overrides that a changed signature sets apart from their base."""

import pytest
from marked import check, message

BEFORE = """\
=== base.py
class Exporter:
    def write(self, rows):
        pass
=== csv_exporter.py
from base import Exporter

class CsvExporter(Exporter):
    def write(self, rows):
        pass
"""


def test_a_parameter_that_only_the_base_got() -> None:
    after = """\
=== base.py
class Exporter:
    def write(self, rows, encoding):
        pass
=== csv_exporter.py
from base import Exporter

class CsvExporter(Exporter):
    «def write(self, rows):»
        pass
"""
    assert message("CA105", BEFORE, after) == (
        "`CsvExporter.write` does not match `Exporter.write`, which it overrides: "
        "it does not take `encoding`"
    )


def test_a_parameter_that_only_the_override_requires() -> None:
    after = """\
=== csv_exporter.py
from base import Exporter

class CsvExporter(Exporter):
    «def write(self, rows, dialect):»
        pass
"""
    assert "requires `dialect`" in message("CA105", BEFORE, after)


@pytest.mark.parametrize(
    "signature",
    [
        "self, rows, dialect=None",
        "self, *args, **kwargs",
        "self, items",
        "self, rows, *, fast=False",
    ],
)
def test_overrides_that_accept_all_that_the_base_accepts(signature: str) -> None:
    after = f"""\
=== csv_exporter.py
from base import Exporter

class CsvExporter(Exporter):
    def write({signature}):
        pass
"""
    check("CA105", BEFORE, after)


def test_both_change_together() -> None:
    after = BEFORE.replace("self, rows", "self, rows, encoding")
    check("CA105", BEFORE, after)


def test_a_pair_that_did_not_agree_before() -> None:
    before = BEFORE.replace(
        "def write(self, rows):\n        pass\n===", "def write(self):\n        pass\n==="
    )
    after = """\
=== base.py
class Exporter:
    def write(self, encoding, mode):
        pass
"""
    check("CA105", before.replace("write(self, rows)", "write(self, rows, x)"), after)


def test_constructors_may_differ() -> None:
    before = BEFORE.replace("write", "__init__")
    check("CA105", before, before.replace("self, rows", "self, rows, x", 1))
