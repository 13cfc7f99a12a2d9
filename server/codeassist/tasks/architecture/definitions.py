"""The definitions that matter most in a module: by how many other files use them.

A file uses a definition if it imports the file that defines it, or a package that does so in its
name, and writes the name. Goes by the words of files; parses nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname

from codeassist.context.source import Sources
from codeassist.index.view import View
from codeassist.languages import Imports, by_name
from codeassist.tasks.architecture.dependencies import Dependency
from codeassist.tasks.architecture.surface import public
from codeassist.tasks.architecture.words import Quote, of_symbol, speaks_for

# Families in which the files of a folder see each other without an import.
_SHARED = frozenset({Imports.GO, Imports.JVM, Imports.NAMESPACE, Imports.NONE})


@dataclass(frozen=True, slots=True)
class Main:
    """A definition that matters. `line` is 1-based; `users` are the other files that use it."""

    path: str
    symbol: int
    name: str
    kind: str
    line: int
    users: int
    quote: Quote | None


class Users:
    """Which files may use what a file defines. Those that `is_passed_over` do not count."""

    def __init__(
        self,
        view: View,
        dependencies: Iterable[Dependency],
        is_passed_over: Callable[[str], bool],
    ) -> None:
        self._view = view
        self._importers: dict[str, set[str]] = {}
        for each in dependencies:
            for path in () if is_passed_over(each.importer) else each.targets:
                self._importers.setdefault(path, set()).add(each.importer)
        self._folders: dict[str, set[str]] = {}
        for path in view.paths:
            if is_passed_over(path):
                continue
            self._folders.setdefault(dirname(path), set()).add(path)

    def direct(self, path: str) -> set[str]:
        """The files that import a file."""
        return self._importers.get(path, set())

    def of(self, path: str) -> set[str]:
        """The files that import a file, or the package that imports it to pass it on."""
        found = set(self.direct(path))
        for other in self.direct(path):
            if speaks_for(other):
                found |= self.direct(other)
        if by_name(self._view.language(path) or "python").imports in _SHARED:
            found |= self._folders.get(dirname(path), set())
        return found - {path}


def main_definitions(
    view: View, users: Users, paths: Iterable[str], most: int
) -> list[tuple[int, str, int]]:
    """The most used public definitions of some files, as (users, path, symbol), best first."""
    found: list[tuple[int, int, str, int]] = []
    for path in paths:
        outline = view.outline(path)
        if outline is None:
            continue
        others = sorted(users.of(path))
        words = [view.words(other) for other in others]
        for index in public(outline):
            symbol = outline.symbols[index]
            needle = b" " + symbol.name.encode("utf-8", "replace") + b" "
            count = sum(needle in each for each in words)
            found.append((-count, symbol.start - symbol.end, path, index))
    return [(-count, path, index) for count, _, path, index in sorted(found)[:most]]


def described(
    view: View, sources: Sources, rows: Iterable[tuple[int, str, int]]
) -> tuple[Main, ...]:
    """Definitions with their places and first sentences; those of lost files are left out."""
    found: list[Main] = []
    for count, path, index in rows:
        outline, document = view.outline(path), view.document(path)
        if outline is None or document is None:
            continue
        symbol = outline.symbols[index]
        line = document.lines.line_of(symbol.name_start) + 1
        quote = of_symbol(view, sources, path, index)
        name = outline.qualified(index)
        found.append(Main(path, index, name, symbol.kind, line, count, quote))
    return tuple(found)


def fan_in(dependencies: Iterable[Dependency], paths: Mapping[str, int]) -> list[tuple[int, str]]:
    """The files among `paths` that most others import, as (importers, path).

    An import of a package of several files speaks for none of them.
    """
    importers: dict[str, set[str]] = {}
    for each in dependencies:
        if len(each.targets) == 1 and each.targets[0] in paths:
            importers.setdefault(each.targets[0], set()).add(each.importer)
    return sorted(((len(each), path) for path, each in importers.items()), key=_most)


def _most(row: tuple[int, str]) -> tuple[int, str]:
    return -row[0], row[1]
