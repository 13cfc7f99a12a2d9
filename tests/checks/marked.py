"""Fixtures for checks that look across files: two states in one text, with the finding marked.

A state is several files, each begun by a line `=== path`. In the state after the change, «…» marks
each range at which a finding is expected. Files of the base that are not written again in the state
after stay as they were; `=== path (deleted)` takes one away.
"""

import re
from collections.abc import Mapping

from checking import review_of

from codeassist.base.findings import Finding
from codeassist.checks import load

_HEADER = re.compile(r"^=== (\S+)( \(deleted\))?\n", re.MULTILINE)
_MARK = re.compile("«(.*?)»", re.DOTALL)

Place = tuple[str, int, int, int, int]


def files_of(text: str) -> dict[str, str | None]:
    """The files written in a text, None for a deleted one."""
    pieces = _HEADER.split(text)[1:]
    found: dict[str, str | None] = {}
    for path, deleted, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        found[path] = None if deleted else body
    return found


def check(code: str, before: str, after: str) -> list[Finding]:
    """Run one check on a change, and compare where it speaks with the marks."""
    old = {path: body for path, body in files_of(before).items() if body is not None}
    new: dict[str, str] = dict(old)
    expected: set[Place] = set()
    for path, body in files_of(after).items():
        if body is None:
            del new[path]
            continue
        new[path] = _MARK.sub(r"\1", body)
        expected |= set(_marks(path, body))
    findings = list(load(code).run(review_of(old, new)))
    said = {_place(finding) for finding in findings}
    assert said == expected, [f"{_place(each)}: {each.message}" for each in findings]
    return findings


def message(code: str, before: str, after: str) -> str:
    """The message of the only finding."""
    (finding,) = check(code, before, after)
    return finding.message


def _place(finding: Finding) -> Place:
    span = finding.location.span
    return (
        finding.location.path,
        span.start_line,
        span.start_column,
        span.end_line,
        span.end_column,
    )


def _marks(path: str, body: str) -> Mapping[Place, None]:
    found: dict[Place, None] = {}
    while match := _MARK.search(body):
        before, inside = body[: match.start()], match.group(1)
        body = before + inside + body[match.end() :]
        found[(path, *_position(before), *_position(before + inside))] = None
    return found


def _position(text: str) -> tuple[int, int]:
    lines = text.split("\n")
    return len(lines) - 1, len(lines[-1].encode())
