"""Which files a file can reach through imports, its own and those of what it imports.

What a name in a file means is worked out along these ways only, so that a file from which none
leads to a definition cannot mean it. Says nothing of what a file does with the reached ones.
"""

from collections.abc import Collection, Iterable, Iterator
from posixpath import join

from codeassist.base.symbols import Import
from codeassist.index.fixtures import fixture_places
from codeassist.index.imports import ImportRules, Target
from codeassist.index.imports.python import SUFFIXES
from codeassist.index.names import Names


class Reach:
    """Answers for one state of a repository; remembers who imports whom."""

    def __init__(self, names: Names, known: dict[tuple[str, str], set[str]]) -> None:
        """`known` may be shared with another state that has the same paths."""
        self._names = names
        self._known = known
        self._explored: set[str] = set()
        self._importers: dict[str, list[str]] = {}
        self._inside: dict[str, tuple[str, ...]] = {}

    def reaching(self, paths: Iterable[str], wanted: Collection[str]) -> frozenset[str]:
        """Those of some files that are wanted themselves, or from which a way leads to one.

        Walks forwards over everything that they reach, which is remembered, then back.
        """
        candidates = frozenset(paths)
        self._explore(candidates)
        back = list(wanted)
        found = set(back)
        while back:
            for path in self._importers.get(back.pop(), ()):
                if path not in found:
                    found.add(path)
                    back.append(path)
        return candidates & found

    def _explore(self, paths: Iterable[str]) -> None:
        """Note the importers of all files that some files reach."""
        queue = list(paths)
        while queue:
            path = queue.pop()
            if path not in self._explored:
                self._explored.add(path)
                for target in self._imported(path):
                    self._importers.setdefault(target, []).append(path)
                    queue.append(target)

    def _imported(self, path: str) -> set[str]:
        """The files that a file imports or sees without an import.

        Remembered for Python, whose imports depend on the file and the repository's paths alone;
        other languages' depend on more files (tsconfig.json, go.mod, package declarations).
        """
        view = self._names.view
        if view.language(path) != "python":
            return self._resolved(path)
        key = (path, view.key(path) or "")
        if key not in self._known:
            self._known[key] = self._resolved(path)
        return self._known[key]

    def _resolved(self, path: str) -> set[str]:
        rules, outline = self._names.rules(path), self._names.view.outline(path)
        found = set(rules.visible(path))
        is_python = outline is not None and outline.language == "python"
        for imported in outline.imports if outline else ():
            target = rules.resolve(path, imported)
            found.update(target.files)
            if is_python:
                found.update(self._below(rules, path, imported, target))
        if is_python:
            found.update(fixture_places(path))
        return found

    def _below(
        self, rules: ImportRules, path: str, imported: Import, target: Target
    ) -> Iterator[str]:
        """The modules of a package that Python reaches as its members, without further imports."""
        if imported.name is None:
            # `import a.b` binds `a`, and all that is below can be written after it.
            top = Import(rules.bound_name(imported), None, None, 0, 0)
            folder = rules.resolve(path, top).folder
        else:
            folder = target.folder
        if folder is None or imported.name == "*":
            return
        if imported.name is not None:
            folder = join(folder, imported.name)
            paths = self._names.view.paths
            yield from (folder + each for each in SUFFIXES if folder + each in paths)
        yield from self._under(folder)

    def _under(self, folder: str) -> tuple[str, ...]:
        """All paths in a folder and in those below it."""
        if folder not in self._inside:
            files = self._names.view.file_set
            start = f"{folder}/" if folder else ""
            known = folder in files.all_folders
            inside = (each for each in self._names.view.paths if each.startswith(start))
            self._inside[folder] = tuple(inside) if known else ()
        return self._inside[folder]
