"""Findings that were reported before: their fingerprints out of an earlier report.

Reads the formats that carry fingerprints: codeassist's own JSON, SARIF, GitLab's code quality. A
report that has none of them is an error, since an empty baseline would look like a working one.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from codeassist.base.errors import UsageError
from codeassist.base.findings import Report

MAX_BYTES = 200 << 20  # of a report; more is no report
_REMEDY = "write one with --format json --output FILE"


def read_baseline(path: str) -> frozenset[str]:
    """The fingerprints of an earlier report. Raises UsageError for a file that is none."""
    try:
        with open(path, "rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read the baseline {path}: {error.strerror}", _REMEDY) from error
    try:
        data = json.loads(raw[:MAX_BYTES])
        return frozenset(_fingerprints(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"the baseline {path} is no report in json, sarif or gitlab's format", _REMEDY
        ) from error


def _fingerprints(data: Any) -> Iterator[str]:  # noqa: ANN401
    """The fingerprints of each format. Raises KeyError or TypeError for what has another form."""
    if isinstance(data, list):
        yield from (str(each["fingerprint"]) for each in data)
    elif "runs" in data:
        for run in data["runs"]:
            for result in run["results"]:
                yield str(result["partialFingerprints"]["primaryLocationLineHash"])
    else:
        yield from (str(each["fingerprint"]) for each in data["findings"])


def without(report: Report, known: Collection[str]) -> Report:
    """A report without the findings that are known, and with a note of how many there are."""
    from codeassist.render.fingerprint import with_fingerprints

    if not known:
        return report
    named = with_fingerprints(report.findings)
    new = tuple(each for each in named if each.fingerprint not in known)
    count = len(named) - len(new)
    if not count:
        return report
    note = f"{count} finding{'' if count == 1 else 's'} of the baseline not repeated"
    return replace(report, findings=new, notes=(*report.notes, note))
