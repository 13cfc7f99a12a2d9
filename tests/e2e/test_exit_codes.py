"""The exit codes that scripts and CI systems go by."""

from dataclasses import dataclass

import pytest
from command import Place


@dataclass(frozen=True)
class Case:
    """A command line and the code it ends with."""

    line: str
    code: int


# The branch has one error (CA101) and one warning (CA302).
CASES = (
    Case("review main...work", 0),
    Case("review main...work --fail-on never", 0),
    Case("review main...work --fail-on error", 1),
    Case("review main...work --fail-on warning", 1),
    Case("review main...work --fail-on info", 1),
    Case("review main...work --fail-on error --ignore CA101", 0),
    Case("review main...work --fail-on warning --ignore CA101", 1),
    Case("review main...work --fail-on info --select CA2", 0),
    Case("review main...main --fail-on info", 0),
    Case("review main...work --fail-on error --format json", 1),
    Case("review main...work --fail-on error --format sarif --output -", 1),
    Case("review nowhere", 2),
    Case("review --fail-on sometimes", 2),
    Case("review --nonsense", 2),
    Case("reviw", 2),
    Case("", 2),
    Case("explain", 0),
    Case("explain CA101", 0),
    Case("explain CA999", 2),
    Case("config", 0),
    Case("config --json", 0),
    Case("index", 0),
    Case("index nowhere", 2),
    Case("index --workers 0", 2),
    Case("doctor", 0),
    Case("--version", 0),
    Case("--help", 0),
    Case("review --help", 0),
)


@pytest.mark.parametrize("case", CASES, ids=[case.line or "nothing" for case in CASES])
def test_the_exit_code(case: Case, place: Place) -> None:
    done = place.run(*case.line.split())
    assert done.code == case.code, done.out + done.err


def test_what_could_not_be_looked_at_is_no_success(place: Place) -> None:
    """All of the change is one file that is too large: 3, however lenient --fail-on is."""
    place.git("switch", "-q", "-c", "large", "main")
    place.commit({"large.py": "value = 1\n" * 150_000})
    assert place.run("review", "main...large").code == 3
    place.git("switch", "-q", "work")
