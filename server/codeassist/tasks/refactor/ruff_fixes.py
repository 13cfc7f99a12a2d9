"""Ruff's safe fixes for a file, as the installed ruff gives them on a copy in a temporary folder.

The repository's own ruff configuration says which rules are on; it cannot make ruff write anything
but this answer. Ruff gets no environment variables, no cache, and no unsafe fixes are taken.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from codeassist.base.text import LineIndex
from codeassist.checks.ruff_config import configuration
from codeassist.index.view import View
from codeassist.languages.ruff import check, copies
from codeassist.tasks.refactor.action import Refused

SAFE = "safe"
_FOLDER = "files"


@dataclass(frozen=True, slots=True)
class Remark:
    """What ruff says of a place, and its safe fix: (start, end, text) in bytes; () for none."""

    code: str
    message: str
    start: int
    end: int
    fix: tuple[tuple[int, int, str], ...] = ()


def remarks(view: View, path: str, data: bytes) -> list[Remark]:
    """What ruff says of a file's text, in its order.

    Raises Refused for a configuration that ruff does not understand, IncompleteError when ruff
    cannot be run.
    """
    settings = configuration(view, (path,))
    if settings.broken:
        raise Refused(f"{settings.broken[0].path}: {settings.broken[0].reason}")
    files = {f"{_FOLDER}/{each}": text for each, text in {**settings.files, path: data}.items()}
    with copies(files) as folder:
        done = check(folder, [f"{_FOLDER}/{path}"], "--force-exclude", "--no-unsafe-fixes")
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").replace(str(folder), "").strip()
        raise Refused(f"ruff does not understand its configuration: {said[:300]}")
    lines = LineIndex(data)
    return [_remark(lines, row) for row in json.loads(done.stdout)]


def _remark(lines: LineIndex, row: Mapping[str, object]) -> Remark:
    fix = row["fix"]
    edits: tuple[tuple[int, int, str], ...] = ()
    if isinstance(fix, dict) and fix["applicability"] == SAFE:
        edits = tuple(
            (
                _offset(lines, each["location"]),
                _offset(lines, each["end_location"]),
                each["content"],
            )
            for each in fix["edits"]
        )
    return Remark(
        str(row["code"] or ""),
        str(row["message"]),
        _offset(lines, row["location"]),
        _offset(lines, row["end_location"]),
        edits,
    )


def _offset(lines: LineIndex, place: object) -> int:
    """The byte offset of a 1-based row and a 1-based column in characters."""
    assert isinstance(place, dict)
    line, column = int(place["row"]) - 1, int(place["column"]) - 1
    start = lines.line_start(line)
    text = lines.data[start : lines.line_start(line + 1)].decode("utf-8", "replace")
    return start + len(text[:column].encode())
