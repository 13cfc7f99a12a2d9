"""Python's import rules: absolute and relative, packages, `src/` layouts, namespace packages.

Source: the language reference, "The import system"; PEP 328, PEP 420. A root is a folder from
which absolute imports start. Roots are read off the tree: every folder above a top-level package,
the conventional `src`, and the importer's own folder outside packages (as pytest and scripts have
it on sys.path).
"""

from functools import cached_property
from posixpath import basename, dirname, join

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target

SUFFIXES = (".py", ".pyi")
# A module may be compiled from these, so that its absence as .py proves nothing.
BUILT_FROM = (".pyx", ".pxd", ".c", ".cpp", ".rs", ".so", ".pyd", ".py.in", ".py.tmpl")


class PythonImports:
    """Resolves Python imports in one state of a repository."""

    # A module with `__getattr__` (PEP 562) or that writes to globals() can define any name.
    opaque_words = frozenset({"def __getattr__", "globals()", "_LazyModule"})

    def __init__(self, files: FileSet) -> None:
        self._files = files
        self._known: dict[tuple[str, str], Target] = {}

    @cached_property
    def _packages(self) -> frozenset[str]:
        marks = (self._files.named(f"__init__{suffix}") for suffix in SUFFIXES)
        return frozenset(dirname(path) for paths in marks for path in paths)

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        found = {"", "src"} & self._files.all_folders
        for package in self._packages:
            if package and dirname(package) not in self._packages:
                found.add(dirname(package))
        return tuple(sorted(found, key=lambda root: (root.count("/"), root)))

    @cached_property
    def _holders(self) -> dict[str, set[str]]:
        """The folders in which a name is a folder or a module: where an import can begin."""
        found: dict[str, set[str]] = {}
        for folder in self._files.all_folders:
            found.setdefault(basename(folder), set()).add(dirname(folder))
        for folder, paths in self._files.folders.items():
            for path in paths:
                found.setdefault(basename(path).partition(".")[0], set()).add(folder)
        return found

    def resolve(self, importer: str, imported: Import) -> Target:
        """The module file, or the namespace folder, that the module's text names."""
        key = (dirname(importer), imported.module)
        if key not in self._known:
            self._known[key] = self._resolve(importer, imported.module)
        return self._known[key]

    def _resolve(self, importer: str, module: str) -> Target:
        level = len(module) - len(module.lstrip("."))
        names = [name for name in module[level:].split(".") if name]
        if level:
            folder = dirname(importer)
            for _ in range(level - 1):
                if not folder:
                    return EXTERNAL
                folder = dirname(folder)
            return self._below(folder, names, sure=True)
        return self._absolute(importer, names)

    def bound_name(self, imported: Import) -> str:
        """`import a.b` binds `a`."""
        return imported.module.partition(".")[0]

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing: a Python file sees only what it imports."""
        return ()

    def _absolute(self, importer: str, names: list[str]) -> Target:
        holders = self._holders.get(names[0])
        if holders is None:
            return EXTERNAL
        own = self._own_root(importer)
        found: dict[str, Target] = {}
        for root in dict.fromkeys((own, *self._roots)):
            if root not in holders:
                continue
            target = self._below(root, names, sure=self._is_package(join(root, names[0])))
            if target.files:
                found[root] = target
                if root in (own, "", "src"):
                    return target
            elif target.missing or target.folder:
                found.setdefault(root, target)
        hits = [target for target in found.values() if target.files]
        if len(hits) == 1:
            return hits[0]
        if hits or len(found) != 1:
            return EXTERNAL
        return next(iter(found.values()))

    def _own_root(self, importer: str) -> str:
        """The first folder above the importer that is no package."""
        folder = dirname(importer)
        while self._is_package(folder) and folder:
            folder = dirname(folder)
        return folder

    def _is_package(self, folder: str) -> bool:
        return folder in self._packages

    def _below(self, folder: str, names: list[str], *, sure: bool) -> Target:
        """The module `names` below a folder; missing only where the package is surely ours."""
        base = join(folder, *names) if names else folder
        for suffix in SUFFIXES:
            if base in self._packages and join(base, f"__init__{suffix}") in self._files:
                return Target((join(base, f"__init__{suffix}"),), base)
            if names and base + suffix in self._files:
                return Target((base + suffix,))
        if base in self._files.all_folders and base != folder:
            return Target((), base)
        if not names:
            return Target((), base)
        built = any(base + suffix in self._files for suffix in BUILT_FROM)
        parent_is_ours = sure and (len(names) == 1 or self._is_package(dirname(base)))
        return Target(missing=parent_is_ours and not built)
