"""The packages from elsewhere that a repository imports, by how many of its files do."""

from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import basename, dirname, splitext

from codeassist.index.view import View
from codeassist.tasks.architecture.dependencies import Dependencies


@dataclass(frozen=True, slots=True)
class Package:
    """A package from elsewhere: the files that import it, and one place (line 1-based)."""

    name: str
    files: int
    path: str
    line: int
    only_tests: bool


def packages(
    view: View, found: Dependencies, own: Iterable[str], program: frozenset[str]
) -> tuple[Package, ...]:
    """The packages from elsewhere, by the number of files that import them.

    What only tests import and what bears the name of one of their files is a helper of theirs, put
    on the path by a runner's settings.
    """
    mine = frozenset(own)
    places: dict[str, dict[str, int]] = {}
    for name, path, start in found.outside:
        if path in mine:
            places.setdefault(name, {}).setdefault(path, start)
    helpers = {splitext(basename(path))[0] for path in mine - program}
    helpers |= {part for path in mine - program for part in dirname(path).split("/")}
    rows = []
    for name, files in places.items():
        used = sorted(files.keys() & program)
        if not used and name in helpers:
            continue
        path = (used or sorted(files))[0]
        line = line_of(view, path, files[path])
        rows.append(Package(name, len(used) or len(files), path, line, not used))
    return tuple(sorted(rows, key=lambda row: (row.only_tests, -row.files, row.name)))


def line_of(view: View, path: str, offset: int) -> int:
    """The 1-based line of a byte offset; 0 for a file that is gone meanwhile."""
    document = view.document(path)
    return document.lines.line_of(offset) + 1 if document is not None else 0
