"""Node's and TypeScript's import rules: relative paths, path mappings, packages of a monorepo.

Sources: Node's documentation ("Modules: Packages", "Modules: CommonJS modules") and the TypeScript
handbook ("Modules - Reference": extension substitution, `paths`, `baseUrl`). What stands in
node_modules is always elsewhere. A file that may be generated is never called missing.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from posixpath import basename, dirname, join, normpath, splitext
from typing import Any

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.node_config import (
    NO_MAPPING,
    conditions,
    parse_json,
    read_mapping,
    workspace_patterns,
)
from codeassist.index.imports.node_config import Mapping as PathMapping
from codeassist.index.outline import THIS_FILE

EXTENSIONS = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json")
# TypeScript's imports may name the file that the compiler will write.
WRITTEN_FOR = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".jsx": (".tsx", ".d.ts"),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}
CONFIGS = ("tsconfig.json", "jsconfig.json")
BUILT_FOLDERS = ("dist", "build", "lib", "out", "esm", "cjs")
# Names that tools write beside the source: `schema.gen`, `__generated__`, `$types`, `+types`.
_GENERATED = re.compile(r"(^|[/._\-])((_*generated_*|gen|dist|build|out)(?![a-z])|[$+])", re.I)
_NO_VARIANT = re.compile(r"(test|tests|spec|stories|story|bench|snap|md)\b")
_OWN_ALIAS = re.compile(r"[@~#]/|~\w")  # no package can be called so


class NodeImports:
    """Resolves the imports of JavaScript and TypeScript in one state of a repository."""

    # A CommonJS module can put anything into its exports.
    opaque_words = frozenset({"exports"})

    def __init__(self, files: FileSet) -> None:
        self._files = files
        self._mappings: dict[str, PathMapping] = {}
        self._manifests: dict[str, Mapping[str, Any]] = {}

    def resolve(self, importer: str, imported: Import) -> Target:
        """The file that a module's text names."""
        module = imported.module
        if module == THIS_FILE and imported.exported:
            return Target((importer,))
        module = module.partition("?")[0]  # bundlers' options: `./logo.svg?url`
        if not module or module.startswith("/") or "!" in module or ":" in module:
            return EXTERNAL
        if module in (".", "..") or module.startswith(("./", "../")):
            path = normpath(join(dirname(importer), module))
            return EXTERNAL if path.startswith("..") else self._at(path, sure=True)
        mapped = self._mapped(importer, module)
        if mapped != EXTERNAL:
            return mapped
        if module.startswith("#"):
            return self._own_import(importer, module)
        return self._package(importer, module)

    def bound_name(self, imported: Import) -> str:
        """Nothing: without a name an import only runs the module."""
        return ""

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing: a module sees only what it imports."""
        return ()

    def _at(self, path: str, *, sure: bool) -> Target:
        """The file or folder at a path without its extension, or with a compiled one's."""
        path = "" if path == "." else path
        found = next((each for each in self._candidates(path) if each in self._files), None)
        if found:
            return Target((found,))
        manifest = self._manifest(path)
        for entry in conditions([manifest.get(key) for key in ("source", "types", "main")]):
            inner = normpath(join(path, entry))
            found = next((each for each in self._candidates(inner) if each in self._files), None)
            if found:
                return Target((found,))
        return Target(missing=sure and not manifest and not self._may_exist(path))

    def _candidates(self, path: str) -> Iterable[str]:
        base, extension = splitext(path)
        yield from (base + written for written in WRITTEN_FOR.get(extension, ()))
        yield path
        yield from (path + extension for extension in EXTENSIONS)
        yield from (join(path, "index" + extension) for extension in EXTENSIONS)

    def _may_exist(self, path: str) -> bool:
        """Whether a tool may write the file, or it stands here in another form."""
        folder, name = dirname(path), basename(path)
        if folder not in self._files.all_folders or _GENERATED.search(path):
            return True
        base, extension = splitext(name)
        stems = {name + "."} | ({base + "."} if extension in WRITTEN_FOR else set())
        for other in self._files.folders.get(folder, ()):
            rest = basename(other)
            for stem in stems:
                if rest.startswith(stem) and not _NO_VARIANT.match(rest[len(stem) :]):
                    return True
        return False

    def _manifest(self, folder: str) -> Mapping[str, Any]:
        if folder not in self._manifests:
            path = join(folder, "package.json")
            text = self._files.text(path) if path in self._files else None
            self._manifests[folder] = parse_json(text)
        return self._manifests[folder]

    def _above(self, importer: str, names: tuple[str, ...]) -> str | None:
        """The nearest file of one of some names in the folders above."""
        folder = dirname(importer)
        while True:
            for name in names:
                if join(folder, name) in self._files:
                    return join(folder, name)
            if not folder:
                return None
            folder = dirname(folder)

    def _mapped(self, importer: str, module: str) -> Target:
        """What the nearest tsconfig's `paths` and `baseUrl` make of a bare name."""
        config = self._above(importer, CONFIGS)
        if config is None:
            return EXTERNAL
        if config not in self._mappings:
            self._mappings[config] = read_mapping(self._files, config)
        mapping = self._mappings[config]
        if mapping == NO_MAPPING:
            return EXTERNAL
        answers = [
            self._at(path, sure=bool(_OWN_ALIAS.match(module)))
            for path in _substituted(mapping.paths, module)
        ]
        for answer in answers:
            if answer.files:
                return answer
        if answers and all(answer.missing for answer in answers):
            return answers[0]
        if mapping.base_url is not None and not answers:
            return self._at(join(mapping.base_url, module), sure=False)
        return EXTERNAL

    def _own_import(self, importer: str, module: str) -> Target:
        """What the `imports` of the nearest package make of a name with a "#"."""
        path = self._above(importer, ("package.json",))
        if path is None:
            return EXTERNAL
        table = self._manifest(dirname(path)).get("imports")
        return self._listed(dirname(path), table, module)

    @cached_property
    def _packages(self) -> Mapping[str, str]:
        """The folders of the workspace's packages by name; names used twice are left out."""
        patterns = workspace_patterns(self._files)
        found: dict[str, list[str]] = {}
        for path in self._files.named("package.json"):
            folder = dirname(path)
            if any(pattern.match(folder) for pattern in patterns):
                name = self._manifest(folder).get("name")
                found.setdefault(str(name), []).append(folder)
        return {name: folders[0] for name, folders in found.items() if len(folders) == 1}

    def _package(self, importer: str, module: str) -> Target:
        parts = module.split("/")
        size = 2 if module.startswith("@") else 1
        name, rest = "/".join(parts[:size]), "/".join(parts[size:])
        folder = self._packages.get(name)
        if folder is None:
            own = self._above(importer, ("package.json",))
            if own is None or self._manifest(dirname(own)).get("name") != name:
                return EXTERNAL
            folder = dirname(own)
        manifest = self._manifest(folder)
        exports = manifest.get("exports")
        if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
            exports = {} if exports is None else {".": exports}
        found = self._listed(folder, exports, f"./{rest}" if rest else ".")
        if found.files:
            return found
        if rest:
            return EXTERNAL if exports else self._at(join(folder, rest), sure=False)
        keys = ("source", "types", "typings", "module", "main")
        return self._first(folder, conditions([manifest.get(key) for key in keys]) or ("index",))

    def _listed(self, folder: str, table: object, key: str) -> Target:
        """A key's file in an `exports` or `imports` table."""
        if not isinstance(table, dict):
            return EXTERNAL
        rows = [(name, conditions(value)) for name, value in table.items()]
        return self._first(folder, _substituted(rows, key))

    def _first(self, folder: str, entries: Iterable[str]) -> Target:
        """The first of some paths of a package that is here, or whose source is."""
        for entry in entries:
            path = normpath(join(folder, entry))
            for each in (path, *_sources(folder, path)):
                found = self._at(each, sure=False)
                if found.files:
                    return found
        return EXTERNAL


def _substituted(rows: Iterable[tuple[str, tuple[str, ...]]], name: str) -> list[str]:
    """The targets of the best pattern for a name: an exact one, else the longest prefix."""
    best: tuple[int, list[str]] = (-1, [])
    for pattern, targets in rows:
        if pattern == name:
            return list(targets)
        head, star, tail = pattern.partition("*")
        fits = star and name.startswith(head) and name.endswith(tail)
        if fits and len(name) >= len(head) + len(tail) and len(head) > best[0]:
            middle = name[len(head) : len(name) - len(tail)]
            best = len(head), [target.replace("*", middle) for target in targets]
    return best[1]


def _sources(folder: str, path: str) -> Iterable[str]:
    """Where by convention the source of a built file stands: `dist/a.mjs` and `src/a`."""
    inner = path.removeprefix(folder).lstrip("/").split("/")
    stem = inner[-1].split(".")[0]
    while inner and inner[0] in BUILT_FOLDERS:
        inner = inner[1:]
        if inner:
            yield join(folder, "src", *inner[:-1], stem)
