"""Asks ruff about both sides of a diff, or about whole files, and reads what it says.

Knows texts, paths and rules; which of the answers are findings is the check's matter, and how ruff
is run that of `languages.ruff`.
"""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from codeassist.base.errors import IncompleteError
from codeassist.base.files import Skipped
from codeassist.languages.ruff import check, copies

HEAD, BASE = "head", "base"
SYNTAX = "invalid-syntax"

# The families that hold only bugs, and single rules of others. Left out on purpose: F401 and F841
# (unused names), F405, F504, F522, F523 and F541 (formats that say more than needed), F722
# (annotations in other notations), B006 and B008 (defaults that are mostly harmless), B017, B018,
# B023, B904 and RUF006 (each right only in some projects).
RULES = (
    *("F501", "F502", "F503", "F505", "F506", "F507", "F508", "F509", "F521", "F524", "F525"),
    *("F601", "F602", "F621", "F622", "F631", "F632", "F633", "F634"),
    *("F701", "F702", "F704", "F706", "F707", "F811", "F821", "F822", "F823", "F901", "E9"),
    *("PLE0", "PLE1"),  # what PLE2 finds is CA601's
    *("B002", "B005", "B012", "B015", "B016", "B020", "B021", "B022", "B025", "B029", "B030"),
    *("B031", "B032", "B033", "B035"),
    *("PLW0127", "PLW0128", "PLW0129", "PLW0131", "PLW0133", "PLW0711", "PLW1501"),
    *("ASYNC105", "ASYNC251", "RUF016", "RUF024", "RUF040"),
)
# For files that nobody has just changed. What a diff adds is seldom known to work; what has been
# there for long mostly does, so these are judged by flask, pytest, Django, requests, scrapy, httpx
# and seaborn: all that the first ones said there was deliberate (`raise` in a function that is
# called in a handler; `x = x` in a class body or for an export; a loop over its own variable; a
# computed `__all__`; text in Arabic). The second ones said nothing outside of tests.
NOT_WHOLE = frozenset({"PLE0704", "PLW0127", "B020", "PLE0605"})
WHOLE_RULES = (
    *RULES,
    *("PLR0124", "PLR0133", "SIM220", "SIM221", "SIM222", "SIM223", "F402"),
    *("B039", "RUF006", "RUF008", "RUF026", "PLW2101", "PLW0245"),
)
_VERSION = " on Python 3."  # depends on a target version that nobody may have stated
_BROKEN = re.compile(r"Failed to (?:parse|load|extend)\b[^\n]*?((?:[\w.@ -]+/)*[\w.-]+\.toml)")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that ruff says. Line and column are 1-based, columns in characters."""

    side: str
    path: str
    code: str
    message: str
    url: str
    start: tuple[int, int]
    end: tuple[int, int]

    @property
    def what(self) -> tuple[str, str, str]:
        """What it says of which file, wherever it stands; of syntax errors one says all."""
        return self.path, self.code, "" if self.code == SYNTAX else self.message


class BrokenConfigurationError(Exception):
    """Ruff does not understand a configuration; `skipped` says which and why."""

    def __init__(self, skipped: Skipped) -> None:
        super().__init__(skipped.reason)
        self.skipped = skipped


def violations(
    head: Mapping[str, bytes],
    base: Mapping[str, bytes],
    settings: Mapping[str, bytes],
    rules: Sequence[str] = RULES,
) -> list[Violation]:
    """What ruff says of both sides' files, each by path, under the same configuration files.

    The folder mirrors the repository's paths; the empty configuration above both sides keeps ruff
    from looking further up on this machine. Raises BrokenConfigurationError, and IncompleteError
    when ruff cannot be run.
    """
    sides = ((HEAD, head), (BASE, base))
    files = {
        f"{side}/{path}": data for side, of in sides for path, data in {**of, **settings}.items()
    }
    checked = [f"{side}/{path}" for side, of in sides for path in of]
    with copies(files) as folder:
        done = check(folder, checked, "--force-exclude", "--select", ",".join(rules))
        if done.returncode != 0:
            raise _error(folder, done)
        return _parse(folder, done.stdout)


def _error(folder: Path, done: "subprocess.CompletedProcess[bytes]") -> Exception:
    """What to raise for a run that failed: a configuration's fault, or ruff's."""
    said = done.stderr.decode("utf-8", "replace").replace("\\", "/")
    said = said.replace(f"{folder.as_posix()}/{HEAD}/", "").strip()
    broken = _BROKEN.search(said)
    if not broken:
        return IncompleteError(f"ruff failed: {said[:300] or done.returncode}")
    reason = f"ruff cannot read this configuration: {said.splitlines()[-1]}"
    return BrokenConfigurationError(Skipped(broken.group(1), reason))


def _parse(folder: Path, output: bytes) -> list[Violation]:
    """Ruff's JSON as violations, in ruff's order."""
    found_here: list[Violation] = []
    for row in json.loads(output):
        side, _, path = Path(row["filename"]).relative_to(folder).as_posix().partition("/")
        start, end = row["location"], row["end_location"]
        code = row["code"] or SYNTAX
        if code == SYNTAX and _VERSION in row["message"]:
            continue
        found_here.append(
            Violation(
                side,
                path,
                code,
                row["message"],
                row["url"] or "",
                (start["row"], start["column"]),
                (end["row"], end["column"]),
            )
        )
    return found_here
