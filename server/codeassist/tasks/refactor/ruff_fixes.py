"""Ruff's safe fixes for a file, as the installed ruff gives them on a copy in a temporary folder.

The repository's own ruff configuration says which rules are on; it cannot make ruff write anything
but this answer. Ruff gets no environment variables, no cache, and no unsafe fixes are taken.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from codeassist.base.errors import IncompleteError
from codeassist.base.text import LineIndex
from codeassist.checks.ruff_config import configuration
from codeassist.index.view import View
from codeassist.tasks.refactor.action import Refused

SECONDS = 30.0
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
    with tempfile.TemporaryDirectory(prefix="codeassist-ruff-") as name:
        folder = Path(name).resolve()
        # It keeps ruff from looking further up on this machine.
        _write(folder / "ruff.toml", b"")
        for each, content in {**settings.files, path: data}.items():
            _write(folder / _FOLDER / each, content)
        done = _run(folder, f"{_FOLDER}/{path}")
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").replace(str(folder), "").strip()
        raise Refused(f"ruff does not understand its configuration: {said[:300]}")
    lines = LineIndex(data)
    return [_remark(lines, row) for row in json.loads(done.stdout)]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _run(folder: Path, path: str) -> "subprocess.CompletedProcess[bytes]":
    command = [
        *(_binary(), "check", "--no-fix", "--no-unsafe-fixes", "--no-cache", "--exit-zero"),
        *("--force-exclude", "--quiet", "--output-format", "json", "--", path),
    ]
    try:
        return subprocess.run(
            command, cwd=folder, env={}, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IncompleteError(f"ruff could not be run: {error}") from error


def _binary() -> str:
    for module in ("ruff", "ruff.__main__"):
        find = getattr(import_module(module), "find_ruff_bin", None)
        if find is not None:
            return os.fsdecode(find())
    raise IncompleteError("the ruff package has no program", "reinstall codeassist")


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
