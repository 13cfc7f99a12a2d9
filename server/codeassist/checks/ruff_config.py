"""The repository's own ruff configuration: which files hold it, and what it asks not to report.

Reads files of a view as TOML. Does not run ruff. A configuration can only quieten ruff here: the
command line says which rules to use, and forbids fixing and caching.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from codeassist.base.files import Skipped
from codeassist.index.view import View

NAMES = ("pyproject.toml", "ruff.toml", ".ruff.toml")


@dataclass(frozen=True)
class Configuration:
    """The configuration files by path, the rule prefixes they ignore, and those that are broken."""

    files: dict[str, bytes] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    broken: list[Skipped] = field(default_factory=list)


def configuration(view: View, paths: Iterable[str]) -> Configuration:
    """What ruff would read for these files: each folder's configuration up to the root."""
    made = Configuration()
    waiting = [join(folder, name) for folder in sorted(_folders(paths)) for name in NAMES]
    while waiting:
        path = waiting.pop()
        data = _read(view, path) if path not in made.files else None
        if data is None:
            continue
        made.files[path] = data
        try:
            table = _ruff_table(path, data)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            made.broken.append(Skipped(path, f"ruff cannot read this configuration: {error}"))
            continue
        made.ignored.update(_ignored(table))
        other = _extended(path, table)
        if other is not None and _read(view, other) is None:
            reason = "this ruff configuration extends a file that is not in the repository"
            made.broken.append(Skipped(path, reason))
        elif other is not None:
            waiting.append(other)
    return made


def _folders(paths: Iterable[str]) -> set[str]:
    folders = {""}
    for path in paths:
        folder = dirname(path)
        while folder not in folders:
            folders.add(folder)
            folder = dirname(folder)
    return folders


def _read(view: View, path: str) -> bytes | None:
    """A configuration file's bytes, None where there is none."""
    if path.startswith(("/", "..")) or path not in view.file_set:
        return None
    document = view.document(path)
    return document.data if document else None


def _ruff_table(path: str, data: bytes) -> dict[str, object]:
    table: object = tomllib.loads(data.decode())
    keys = ("tool", "ruff") if path.endswith("pyproject.toml") else ()
    for key in keys:
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table if isinstance(table, dict) else {}


def _ignored(table: dict[str, object]) -> Iterator[str]:
    """The rule prefixes that a configuration ignores, in the old place and the new one."""
    lint = table.get("lint")
    for part in (table, lint if isinstance(lint, dict) else {}):
        for key in ("ignore", "extend-ignore"):
            values = part.get(key)
            for value in values if isinstance(values, list) else []:
                if isinstance(value, str) and value:
                    yield "" if value == "ALL" else value


def _extended(path: str, table: dict[str, object]) -> str | None:
    """The path of the configuration that this one extends."""
    value = table.get("extend")
    return normpath(join(dirname(path), value)) if isinstance(value, str) else None
