"""Which files an import names: one file a family of rules, and the table of families.

Knows paths, the text of configuration files (tsconfig.json, go.mod, Cargo.toml, …) and the
`Import` data. Does not know what the files define: `names.py` asks the outlines for that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from posixpath import basename, dirname
from typing import Protocol

from codeassist.base.files import Tree
from codeassist.base.symbols import Import
from codeassist.languages import Imports


@dataclass(frozen=True, slots=True)
class Target:
    """What an import's module text names in this repository.

    `files` are the files that make up the module (one for Python, a package's files for Go).
    `folder` is a package folder whose modules can be imported from it by name.
    `inside` is the dotted name of the class in `files` whose members are meant (a static import).
    `open` says that the module may define more than its files show (generated code).
    `missing` is set when the module must be in this repository and is not. Neither files, folder
    nor missing: it is somewhere else, or cannot be told.
    """

    files: tuple[str, ...] = ()
    folder: str | None = None
    missing: bool = False
    inside: str = ""
    open: bool = False


EXTERNAL = Target()


class FileSet:
    """The paths of a repository's state, by folder, and the text of its configuration files."""

    def __init__(self, tree: Tree, paths: Iterable[str]) -> None:
        self._tree = tree
        self.paths = frozenset(paths)

    def __contains__(self, path: object) -> bool:
        return path in self.paths

    @cached_property
    def folders(self) -> Mapping[str, tuple[str, ...]]:
        """The paths directly in each folder, sorted. The root is ""."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(dirname(path), []).append(path)
        return {folder: tuple(paths) for folder, paths in found.items()}

    @cached_property
    def all_folders(self) -> frozenset[str]:
        """Every folder that has a file somewhere below it, and the root ""."""
        found = {""}
        for folder in self.folders:
            while folder not in found:
                found.add(folder)
                folder = dirname(folder)
        return frozenset(found)

    @cached_property
    def _by_basename(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(basename(path), []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def named(self, name: str) -> tuple[str, ...]:
        """All paths with a base name ("go.mod"), sorted."""
        return self._by_basename.get(name, ())

    def text(self, path: str) -> str | None:
        """A file's text, None when it cannot be read. For configuration files only."""
        try:
            return self._tree.read(path).decode("utf-8-sig", "replace")
        except OSError:
            return None


class ImportRules(Protocol):
    """The rules of one family, made for one state of a repository."""

    #: Words whose presence in a file means that it may define names that no query sees:
    #: "name" anywhere in the text, "name()" as a call, "def name" as a top-level definition.
    opaque_words: frozenset[str]

    def __init__(self, files: FileSet) -> None: ...

    def resolve(self, importer: str, imported: Import) -> Target:
        """What `imported.module`, written in the file `importer`, names."""
        ...

    def bound_name(self, imported: Import) -> str:
        """The local name that an import binds where it writes neither a name nor an alias."""
        ...

    def visible(self, path: str) -> tuple[str, ...]:
        """Other files whose top-level names a file sees without an import (its Go package, …)."""
        ...


_FAMILIES: dict[Imports, str] = {
    Imports.PYTHON: "codeassist.index.imports.python:PythonImports",
    Imports.NODE: "codeassist.index.imports.node:NodeImports",
    Imports.GO: "codeassist.index.imports.go:GoImports",
    Imports.JVM: "codeassist.index.imports.jvm:JvmImports",
    Imports.RUST: "codeassist.index.imports.rust:RustImports",
    Imports.INCLUDE: "codeassist.index.imports.include:IncludeImports",
    Imports.NAMESPACE: "codeassist.index.imports.namespace:NamespaceImports",
    Imports.SCRIPT: "codeassist.index.imports.script:ScriptImports",
    Imports.NONE: "codeassist.index.imports.unresolved:NoImports",
}


@dataclass
class Families:
    """The rules of every family for one state, each made when first asked for."""

    files: FileSet
    _made: dict[Imports, ImportRules] = field(default_factory=dict)

    def rules(self, family: Imports) -> ImportRules:
        """The rules of a family."""
        if family not in self._made:
            module, _, name = _FAMILIES[family].partition(":")
            made: ImportRules = getattr(import_module(module), name)(self.files)
            self._made[family] = made
        return self._made[family]
