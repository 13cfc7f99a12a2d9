"""Every import of some files: where it stands, and which files, or which package, it leads to.

Goes by what is written: a name that a package re-exports counts for the package that is imported.
Follows the rules of `index.imports`; parses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, commonprefix, splitext

from codeassist.base.cancellation import CancellationToken
from codeassist.base.symbols import TOP, Import
from codeassist.index.imports import EXTERNAL, ImportRules, Target
from codeassist.index.view import View
from codeassist.languages import Imports, Language, by_name
from codeassist.tasks.architecture.external import package_of
from codeassist.tasks.architecture.surface import public


@dataclass(frozen=True, slots=True)
class Dependency:
    """One import statement that leads to files here, sorted: one, or those of a package.

    `start` is its byte offset. `is_deferred` says that it stands inside of a definition, so that it
    does nothing when the file is loaded.
    """

    importer: str
    start: int
    targets: tuple[str, ...]
    is_deferred: bool = False


@dataclass(frozen=True, slots=True)
class Dependencies:
    """All imports of some files: those that lead to files here, and those that lead elsewhere.

    `outside` are (package, importer, byte offset), one row a statement; what a language brings
    itself is in neither.
    """

    inside: tuple[Dependency, ...]
    outside: tuple[tuple[str, str, int], ...]


def dependencies(view: View, paths: Iterable[str], token: CancellationToken) -> Dependencies:
    """The imports of some files, in the order of paths and places."""
    resolver = _Resolver(view)
    inside: dict[tuple[str, int, tuple[str, ...]], Dependency] = {}
    outside: dict[tuple[str, str, int], None] = {}
    for path in sorted(paths):
        token.check()
        outline = view.outline(path)
        if outline is None:
            continue
        row = by_name(outline.language)
        rules = view.families.rules(row.imports)
        for each in outline.imports:
            target = resolver.target(path, each, row, rules)
            files = resolver.files(path, each, target)
            if files:
                made = Dependency(path, each.start, files, each.scope != TOP)
                inside.setdefault((path, each.start, files), made)
            elif target == EXTERNAL:
                package = package_of(row, each.module)
                if package:
                    outside.setdefault((package, path, each.start))
    return Dependencies(tuple(inside.values()), tuple(outside))


class _Resolver:
    """Finds the files that imports lead to; what it works out about packages is kept."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._offered: dict[tuple[str, ...], dict[bytes, list[str]]] = {}

    def target(self, path: str, imported: Import, row: Language, rules: ImportRules) -> Target:
        """What an import names, for Python with the module below a package."""
        if row.name == "csharp":
            return Target(self._namespaces.get(imported.module.removeprefix("global::"), ()))
        target = rules.resolve(path, imported)
        name = imported.name
        if row.imports is Imports.PYTHON and target.folder is not None and name not in (None, "*"):
            joined = f"{imported.module.rstrip('.')}.{name}"
            if imported.module.endswith("."):
                joined = f"{imported.module}{name}"
            below = rules.resolve(path, imported._replace(module=joined, name=None))
            return below if below.files else target
        return target

    def files(self, path: str, imported: Import, target: Target) -> tuple[str, ...]:
        """The indexed files of a target but for the importer: of several those that it uses."""
        files = tuple(each for each in target.files if each in self._view and each != path)
        if len(files) < 2:
            return files
        word = imported.name if imported.name != "*" else None
        word = word or imported.module.rpartition(".")[2]
        named = tuple(each for each in files if splitext(basename(each))[0] == word)
        return tuple(sorted(named or self._used(path, files) or files))

    def _used(self, path: str, files: tuple[str, ...]) -> set[str]:
        """The files that define what the importer writes; of a name the one nearest to it."""
        if files not in self._offered:
            self._offered[files] = self._offer(files)
        offered = self._offered[files]
        words = self._view.words(path).split()
        found = (offered[word] for word in words if word in offered)
        return {max(each, key=lambda other: len(commonprefix((other, path)))) for each in found}

    def _offer(self, files: tuple[str, ...]) -> dict[bytes, list[str]]:
        offered: dict[bytes, list[str]] = {}
        for path in files:
            outline = self._view.outline(path)
            for index in public(outline) if outline else ():
                name = outline.symbols[index].name if outline else ""
                offered.setdefault(name.encode("utf-8", "replace"), []).append(path)
        return offered

    @cached_property
    def _namespaces(self) -> dict[str, tuple[str, ...]]:
        """The files that declare each namespace of C#, which are in any folder."""
        found: dict[str, dict[str, None]] = {}
        for path in sorted(self._view.paths):
            outline = self._view.outline(path) if self._view.language(path) == "csharp" else None
            for index, symbol in enumerate(outline.symbols if outline else ()):
                if symbol.kind == "namespace" and outline is not None:
                    found.setdefault(outline.qualified(index), {}).setdefault(path)
        return {name: tuple(paths) for name, paths in found.items()}
