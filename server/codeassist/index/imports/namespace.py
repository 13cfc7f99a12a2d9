"""PHP's and C#'s import rules: names of namespaces, which folders follow by convention.

PHP: the `autoload` maps of each composer.json (PSR-4, PSR-0) and literal paths after `require`.
Source: getcomposer.org's schema, php-fig.org's PSR-4. C#: a namespace is no file, so that only a
folder whose path ends with it is taken for it, and nothing is ever missing.
"""

import re
from functools import cached_property
from posixpath import dirname, join, normpath

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target
from codeassist.index.imports.composer import Autoload, autoload

# What a PHP path is relative to, and the text of the path itself.
_REQUIRE = re.compile(
    r"(?P<verb>require|include)(?:_once)?\s*\(?\s*"
    r"(?:(?P<base>__DIR__|dirname\(\s*__(?:FILE|DIR)__\s*(?:,\s*(?P<up>\d+)\s*)?\))\s*\.\s*)?"
    r"(?P<quote>['\"])(?P<path>[^'\"$]+)(?P=quote)?\s*\)?\Z"
)
_INSTALLED = ("vendor", "node_modules")  # folders that a package manager fills


class NamespaceImports:
    """Resolves the imports of PHP and C# in one state of a repository."""

    # A file with one of these defines classes or answers for members that no query sees.
    opaque_words = frozenset(
        {"class_alias", "eval", "__call", "__callStatic", "__get", "partial", "DynamicObject"}
    )

    def __init__(self, files: FileSet) -> None:
        self._files = files

    @cached_property
    def _roots(self) -> tuple[Autoload, ...]:
        """Every autoload entry of the repository's own packages, the longest prefix first."""
        found: list[Autoload] = []
        for path in self._files.named("composer.json"):
            if not _is_installed(path):
                found += autoload(self._files.text(path), dirname(path))
        return tuple(sorted(found, key=lambda row: (-len(row.prefix), row)))

    @cached_property
    def _namespaces(self) -> dict[str, tuple[str, ...]]:
        """C# folders by the last name of their dotted path."""
        found: dict[str, list[str]] = {}
        for folder, paths in self._files.folders.items():
            if folder and any(path.endswith(".cs") for path in paths):
                dotted = folder.replace("/", ".")
                found.setdefault(dotted.rpartition(".")[2], []).append(folder)
        return {name: tuple(folders) for name, folders in found.items()}

    def resolve(self, importer: str, imported: Import) -> Target:
        """The files that a namespace, a class or a required path names."""
        if importer.endswith(".cs"):
            return self._csharp(imported.module)
        if imported.name == "*":
            return self._required(importer, imported.module)
        namespace, name = imported.module.strip("\\"), imported.name or ""
        target = self._class(f"{namespace}\\{name}".strip("\\"))
        if target.files or target.folder is not None or _is_class(name):
            return target
        return self._functions(namespace)

    def bound_name(self, imported: Import) -> str:
        r"""The last part: `use A\B` binds `B`."""
        return re.split(r"[\\.]", imported.module)[-1]

    def visible(self, path: str) -> tuple[str, ...]:
        """The other files of the folder: by convention they share the namespace."""
        suffix = ".cs" if path.endswith(".cs") else ".php"
        siblings = self._files.folders.get(dirname(path), ())
        return tuple(other for other in siblings if other != path and other.endswith(suffix))

    def _csharp(self, module: str) -> Target:
        files = self._in_namespace(module)
        outer, _, name = module.rpartition(".")
        if not files and outer:  # `using static` names a class
            files = tuple(
                path for path in self._in_namespace(outer) if path.endswith(f"/{name}.cs")
            )
        return Target(files)

    def _in_namespace(self, module: str) -> tuple[str, ...]:
        return tuple(
            path
            for folder in self._namespaces.get(module.rpartition(".")[2], ())
            if ("." + folder.replace("/", ".")).endswith("." + module)
            for path in self._files.folders[folder]
            if path.endswith(".cs")
        )

    def _places(self, name: str) -> list[tuple[str, str]]:
        """Where autoload looks for a class: (path without suffix, the prefix that matched)."""
        return [(row.place(name), row.prefix) for row in self._roots if row.covers(name)]

    def _class(self, name: str) -> Target:
        places = self._places(name)
        for base, _ in places:
            if base + ".php" in self._files:
                return Target((base + ".php",))
        for base, _ in places:
            if base in self._files.all_folders:
                return Target((), base)
        return Target(missing=bool(places) and all(self._is_ours(*place) for place in places))

    def _is_ours(self, base: str, prefix: str) -> bool:
        """Whether a class that belongs at `base` can only be there.

        Another package may add to a namespace of one name (`Vendor\\Other`), so that the folder
        must have our files, and the namespace be deeper than the vendor's own.
        """
        inner = base.rpartition("/")[0]
        deep = prefix.count("\\") > 1 or any(inner.startswith(f"{root}/") for root in self._bases)
        return deep and any(path.endswith(".php") for path in self._files.folders.get(inner, ()))

    @cached_property
    def _bases(self) -> tuple[str, ...]:
        return tuple({row.folder for row in self._roots if row.folder})

    def _functions(self, namespace: str) -> Target:
        """The files of a namespace's folder: functions and constants have no file of their own."""
        for base, _ in self._places(namespace):
            files = self._files.folders.get(base, ())
            php = tuple(path for path in files if path.endswith(".php"))
            if php:
                return Target(php)
        return EXTERNAL

    def _required(self, importer: str, text: str) -> Target:
        match = _REQUIRE.match(text)
        if match is None:
            return EXTERNAL
        relative = match["path"].lstrip("/") if match["base"] else match["path"]
        path = normpath(join(_folder(importer, match["base"] or "", match["up"]), relative))
        if path in self._files:
            return Target((path,))
        # A path without `__DIR__` is looked for along the include path as well.
        certain = match["base"] and match["verb"] == "require" and path.endswith(".php")
        siblings = self._files.folders.get(dirname(path), ())
        ours = any(sibling.endswith(".php") for sibling in siblings)
        return Target(missing=bool(certain and ours and not _is_installed(path)))


def _folder(importer: str, base: str, up: str | None) -> str:
    """The folder that `__DIR__` or `dirname(…)` names: `dirname(__FILE__)` is the file's own."""
    above = int(up or 1) if base.startswith("dirname") else 0
    folder = dirname(importer)
    for _ in range(above - ("__FILE__" in base)):
        folder = dirname(folder)
    return folder


def _is_class(name: str) -> bool:
    """Whether a name is written like a class (PSR-1), not like a function or a constant."""
    return name[:1].isupper() and not (len(name) > 1 and name.isupper())


def _is_installed(path: str) -> bool:
    return any(part in _INSTALLED for part in path.split("/"))
