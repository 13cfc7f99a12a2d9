"""Go's import rules: modules, nested modules, `replace`, workspaces, vendored packages.

Source: the Go modules reference and the language specification, "Packages". An import path names a
folder: the module that owns it is the one with the longest path that is a prefix. Reads go.mod,
go.work and package clauses; knows nothing of build tags, so a package is all the files in its
folder that are no tests.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import dirname, join, normpath

from codeassist.base.symbols import Import
from codeassist.index.imports import FileSet, Target
from codeassist.index.imports.gomod import Module, Workspace, read_module, read_workspace

_VERSION = re.compile(r"v\d+\Z")
_PACKAGE = re.compile(r"^\s*package\s+(\w+)", re.MULTILINE)
_CODE_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
# A folder of generated code is often not committed, so that its absence proves nothing.
_GENERATED = re.compile(r"(^|[/_.-])(\w*gen(erated)?|\w*pb|proto\w*|\w*mocks?|bindata|assets)\b")


class GoImports:
    """Resolves Go imports in one state of a repository."""

    opaque_words = frozenset[str]()

    def __init__(self, files: FileSet) -> None:
        self._files = files
        self._names: dict[str, str] = {}

    def resolve(self, importer: str, imported: Import) -> Target:
        """The files of the package that the import path names."""
        path = imported.module
        own = self._module_of(importer)
        if own is None or path.startswith("."):
            return self._package(normpath(join(dirname(importer), path)), sure=False)
        owner = self._owner(own, path)
        if owner is None:
            return self._package(join(own.folder, "vendor", path), sure=False)
        folder, prefix = owner
        return self._package(join(folder, path[len(prefix) :].strip("/")).rstrip("/"), sure=True)

    def bound_name(self, imported: Import) -> str:
        """The package clause's name where the package is here, else a guess from the path."""
        path = imported.module
        for module in self._modules:
            if path == module.path or path.startswith(module.path + "/"):
                folder = join(module.folder, path[len(module.path) :].strip("/")).rstrip("/")
                sources = self._sources(folder)
                if sources:
                    return self._package_name(sources[0])
        return _guess(path)

    def visible(self, path: str) -> tuple[str, ...]:
        """The other files of its package: tests see the rest, the rest does not see tests."""
        folder = dirname(path)
        sources = self._sources(folder)
        if not path.endswith("_test.go"):
            return tuple(each for each in sources if each != path)
        name = self._package_name(path)
        here = self._files.folders.get(folder, ())
        tests = tuple(
            each
            for each in here
            if each.endswith("_test.go") and each != path and self._package_name(each) == name
        )
        return tests if name.endswith("_test") else (*sources, *tests)

    @cached_property
    def _modules(self) -> tuple[Module, ...]:
        """All modules, those with the longest paths first."""
        found = [
            read_module(dirname(path), self._files.text(path) or "")
            for path in self._files.named("go.mod")
        ]
        return tuple(sorted((m for m in found if m), key=lambda m: (-len(m.path), m.folder)))

    @cached_property
    def _by_folder(self) -> Mapping[str, Module]:
        return {module.folder: module for module in self._modules}

    @cached_property
    def _workspaces(self) -> Mapping[str, Workspace]:
        paths = self._files.named("go.work")
        return {dirname(p): read_workspace(dirname(p), self._files.text(p) or "") for p in paths}

    def _module_of(self, path: str) -> Module | None:
        folder = dirname(path)
        while folder not in self._by_folder and folder:
            folder = dirname(folder)
        return self._by_folder.get(folder)

    def _workspace_of(self, folder: str) -> Workspace:
        """The workspace that uses a module's folder, an empty one if the nearest does not."""
        at = folder
        while at not in self._workspaces and at:
            at = dirname(at)
        found = self._workspaces.get(at)
        return found if found and folder in found.used else Workspace(frozenset(), {})

    def _owner(self, own: Module, path: str) -> tuple[str, str] | None:
        """(folder, module path) of the module here that owns an import path, as `own` sees it."""
        work = self._workspace_of(own.folder)
        known: dict[str, str | None] = {own.path: own.folder, **own.replaces, **work.replaces}
        for module in self._modules:
            # A required version that nothing replaces is fetched, not built from this repository.
            fetched = module.path in own.requires and module.folder not in work.used
            known.setdefault(module.path, None if fetched else module.folder)
        for required in own.requires:
            known.setdefault(required, None)
        for prefix in sorted(known, key=len, reverse=True):
            if path == prefix or path.startswith(prefix + "/"):
                folder = known[prefix]
                return None if folder is None else (folder, prefix)
        return None

    def _package(self, folder: str, *, sure: bool) -> Target:
        sources = self._sources(folder)
        if sources:
            return Target(sources)
        absent = folder not in self._files.all_folders and not folder.startswith("..")
        return Target(missing=sure and absent and not _GENERATED.search(folder))

    def _sources(self, folder: str) -> tuple[str, ...]:
        here = self._files.folders.get(folder, ())
        return tuple(p for p in here if p.endswith(".go") and not p.endswith("_test.go"))

    def _package_name(self, path: str) -> str:
        if path not in self._names:
            text = _CODE_COMMENT.sub("", self._files.text(path) or "")
            found = _PACKAGE.search(text)
            self._names[path] = found.group(1) if found else _guess(dirname(path))
        return self._names[path]


def _guess(path: str) -> str:
    """A package's likely name: the last part without version, "go-" prefix or ".go" suffix."""
    parts = path.split("/")
    if len(parts) > 1 and _VERSION.match(parts[-1]):
        parts.pop()
    name = re.sub(r"\.v\d+\Z", "", parts[-1])
    name = re.sub(r"\A(go|golang)[-.]|[-.](go|golang)\Z", "", name)
    return name.rpartition("-")[2]
