"""Rust's module rules: `mod x;`, paths from `crate`, `self` and `super`, crates of the workspace.

Sources: the Rust reference, "Modules", "Paths" and "Use declarations"; the Cargo book, "Package
layout" and "Cargo targets". Knows files only: a path that goes on into an inline module, an enum or
a re-export is somewhere else. What `mod x;` declares arrives as "mod::x" (see queries/rust.scm).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath

from codeassist.base.symbols import TOP, Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.cargo import Package, package_of

MANIFEST = "Cargo.toml"
# Folders of a package each of whose files, or folders with a main.rs, is a crate of its own.
CRATE_FOLDERS = ("src/bin", "tests", "examples", "benches")
_DECLARATION = (
    r"((?:#\[[^\]]*\]\s*|//[^\n]*\s*)*)(?:pub\s*(?:\([^)]*\)\s*)?)?\bmod\s+(?:r#)?{name}\s*;"
)
_PATH = re.compile(r'path\s*=\s*"([^"]+)"')


class RustImports:
    """Resolves Rust paths in one state of a repository."""

    # Macros that define names, and files that are pasted in.
    opaque_words = frozenset(
        {"include", "macro_rules", "bitflags", "lazy_static", "thread_local", "cfg_if", "paste"}
    )

    def __init__(self, files: FileSet) -> None:
        self._files = files

    def resolve(self, importer: str, imported: Import) -> Target:
        """The file, or files, of the module that a path names; missing only for `mod x;`."""
        text = imported.module.removeprefix("::")
        names = [name.strip().removeprefix("r#") for name in text.split("::")]
        nested = imported.scope != TOP
        if names[0] == "mod":
            return self._declared(importer, names[1], nested)
        if names[0] == "crate":
            return self._walk(self._crate_roots(importer), names[1:])
        if names[0] in ("self", "super"):
            return self._relative(importer, names, nested)
        if text == imported.module and self._child(self._folder(importer), names[0]):
            return self._walk((importer,), names)
        package = self._packages_by_name.get(names[0])
        return self._walk((package.library,), names[1:]) if package else EXTERNAL

    def bound_name(self, imported: Import) -> str:
        """`mod a;` binds `a`, `use a::b` binds `b`, `use a::{self}` binds `a`."""
        return imported.module.rpartition("::")[2].strip().removeprefix("r#")

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing: a Rust file sees what it imports, even from the module above."""
        return ()

    @cached_property
    def _packages(self) -> Mapping[str, Package]:
        """The packages by their folder."""
        found = {}
        for path in self._files.named(MANIFEST):
            package = package_of(dirname(path), self._files.text(path) or "")
            if package:
                found[package.folder] = package
        return found

    @cached_property
    def _packages_by_name(self) -> Mapping[str, Package]:
        return {package.name: package for package in self._packages.values()}

    def _package_of(self, path: str) -> Package | None:
        folder = dirname(path)
        while folder not in self._packages:
            if not folder:
                return None
            folder = dirname(folder)
        return self._packages[folder]

    def _is_root(self, path: str) -> bool:
        """Whether a file is the root module of a crate."""
        package = self._package_of(path)
        if package is None:
            return basename(path) in ("lib.rs", "main.rs")
        if path in package.roots:
            return True
        for folder in CRATE_FOLDERS:
            whole = join(package.folder, folder)
            if dirname(path) == whole:
                return True
            if dirname(dirname(path)) == whole and basename(path) == "main.rs":
                return True
        return False

    def _folder(self, path: str) -> str:
        """The folder of a module's children: beside `mod.rs` and roots, else named like it."""
        if basename(path) == "mod.rs" or self._is_root(path):
            return dirname(path)
        return path.removesuffix(".rs")

    def _child(self, folder: str, name: str) -> str | None:
        candidates = (join(folder, f"{name}.rs"), join(folder, name, "mod.rs"))
        return next((path for path in candidates if path in self._files), None)

    def _owners(self, path: str) -> tuple[str, ...]:
        """The files of the module above a file. Both roots, where a package has two."""
        if self._is_root(path):
            return ()
        package = self._package_of(path)
        folder = dirname(dirname(path) if basename(path) == "mod.rs" else path)
        roots = (join(folder, name) for name in ("lib.rs", "main.rs"))
        named = package.roots if package else ()
        candidates = [f"{folder}.rs", join(folder, "mod.rs"), *roots]
        candidates += [root for root in named if dirname(root) == folder]
        return tuple(dict.fromkeys(p for p in candidates if p in self._files and p != path))

    def _crate_roots(self, path: str) -> tuple[str, ...]:
        """The root files of the crates that a file may belong to."""
        seen: set[str] = set()
        level: tuple[str, ...] = (path,)
        roots: list[str] = []
        while level:
            seen.update(level)
            above = [(each, self._owners(each)) for each in level]
            roots += [each for each, owners in above if not owners]
            level = tuple({o for _, owners in above for o in owners if o not in seen})
        return tuple(sorted(roots))

    def _relative(self, importer: str, names: list[str], nested: bool) -> Target:
        """A path from `self` or `super`; in an inline module either may mean this file."""
        count = names.count("super")
        levels: list[tuple[str, ...]] = [(importer,)]
        for _ in range(count):
            levels.append(tuple(o for each in levels[-1] for o in self._owners(each)))
        starts = levels[count]
        if nested and count:
            starts = levels[count - 1] + starts
        return self._walk(starts, [n for n in names if n not in ("self", "super")])

    def _walk(self, starts: tuple[str, ...], names: list[str]) -> Target:
        """The modules that a path reaches from each of some files."""
        found: list[str] = []
        for start in starts:
            path: str | None = start if start in self._files else None
            for name in names:
                path = self._child(self._folder(path), name) if path else None
            if path:
                found.append(path)
        files = tuple(dict.fromkeys(found))
        return Target(files, self._folder(files[0])) if files else EXTERNAL

    def _declared(self, importer: str, name: str, nested: bool) -> Target:
        """The file of `mod name;`: the ordinary place, then what the source says of it."""
        path = self._child(self._folder(importer), name)
        if path:
            return Target((path,), self._folder(path))
        source = self._files.text(importer) or ""
        declared = re.search(_DECLARATION.replace("{name}", re.escape(name)), source)
        attributes = declared.group(1) if declared else "cfg"
        written = _PATH.search(attributes)
        if written:
            path = normpath(join(dirname(importer), written.group(1)))
            return Target((path,), dirname(path)) if path in self._files else EXTERNAL
        # A file that `#[path]` names has its children beside it.
        path = self._child(dirname(importer), name)
        if path:
            return Target((path,), self._folder(path))
        known = self._is_root(importer) or bool(self._owners(importer))
        return Target(missing=known and not nested and "cfg" not in attributes)
