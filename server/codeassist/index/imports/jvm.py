"""The import rules of Java, Kotlin and Scala: packages as folders, classes as files.

Source: the Java language specification, chapter 7 and section 8.5; the conventions of Maven and
Gradle for source roots. A package is every folder whose path ends with its name, a class the file
with its name there. What a file declares is read by others, so a Kotlin function or a second class
of a file is found among all files of the package. Knows nothing of class paths.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from posixpath import basename, dirname, splitext

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target

SUFFIXES = (".java", ".kt", ".scala")
MAX_NESTING = 3  # static members of classes in classes in classes

_ROOT = re.compile(
    r"(?P<module>(?:.*/)?src)/(?P<set>[^/]+)/(?:java|kotlin|scala)(?:/(?P<package>.*))?"
)
BUILD_FILES = ("pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "libs.versions.toml")
# Generators whose classes have names that a schema chooses: with one of these an absent class may
# be in any package.
_SCHEMAS = re.compile(
    r"proto|avro|openapi|swagger|jooq|jaxb|xjc|wsdl|thrift|javacc|sqldelight|apollo|graphql|codegen"
    r"|generate",
    re.IGNORECASE,
)
_FACADE = re.compile(r"@file\s*:\s*(?:\[[^\]]*)?(?:kotlin\.jvm\.)?JvmName\(\s*(\"\w+\")\s*\)")
# Names that annotation processors and other generators derive from those of classes.
_DERIVED = re.compile(
    r"(R|BuildConfig|BR)\Z|(Q|Dagger|Hilt_|AutoValue_|Auto_|Immutable|Modifiable|Generated)[A-Z_]"
    r"|\w+(_|Impl|Builder|OuterClass|Grpc|Parser|Lexer|Visitor|Listener|Binding|Args|Directions"
    r"|Factory|Adapter|Injector|Fields|Meta|Mapper|Module|Component)\Z"
)


class JvmImports:
    """Resolves imports of the JVM's languages in one state of a repository."""

    opaque_words = frozenset[str]()

    def __init__(self, files: FileSet) -> None:
        self._files = files
        self._facades: dict[str, tuple[str, ...]] = {}

    def resolve(self, importer: str, imported: Import) -> Target:
        """The files that may declare the imported name, or the class whose member it is."""
        package, name = imported.module, imported.name
        if name is None:
            package, _, name = package.rpartition(".")
        folders = self._folders_of(package)
        if not folders:
            return self._member_of(package)
        every = tuple(path for folder in folders for path in self._sources(folder))
        if name == "*":
            return Target(every, open=self._generates)
        named = tuple(path for path in every if splitext(basename(path))[0] == name)
        if any(path.endswith(".java") for path in named):
            return Target(named)
        if importer.endswith(".java"):
            facades = tuple(path for path in every if self._is_facade(path, name))
            if facades:
                return Target(facades, inside=name)  # a class that no text declares
        others = tuple(path for path in every if path not in named)
        # A file of Kotlin or Scala may declare anything, a file of Java more than its own class.
        return Target(named + others, open=self._generates or bool(_DERIVED.match(name)))

    def _is_facade(self, path: str, name: str) -> bool:
        """Whether Java knows the functions of a file of Kotlin as a class of a name.

        That is the name of the file with "Kt", or what `@file:JvmName` says.
        """
        if not path.endswith(".kt"):
            return False
        stem = splitext(basename(path))[0]
        return name == stem + "Kt" or f'"{name}"' in self._facade_names(path)

    def _facade_names(self, path: str) -> tuple[str, ...]:
        if path not in self._facades:
            self._facades[path] = tuple(_FACADE.findall(self._files.text(path) or ""))
        return self._facades[path]

    def bound_name(self, imported: Import) -> str:
        """The last part of the module's text."""
        return imported.module.rpartition(".")[2]

    def visible(self, path: str) -> tuple[str, ...]:
        """The other files of its package: in its folder, and in that of sibling source roots.

        Tests see what they test, and not the other way round.
        """
        folder = dirname(path)
        if not path.endswith(SUFFIXES):
            return ()
        found = self._sources(folder)
        place = _ROOT.fullmatch(folder)
        if place:
            for other in self._siblings.get((place["module"], place["package"] or ""), ()):
                if other != folder and (_is_test(folder) or not _is_test(other)):
                    found += self._sources(other)
        return tuple(each for each in found if each != path)

    def _sources(self, folder: str) -> tuple[str, ...]:
        return tuple(p for p in self._files.folders.get(folder, ()) if p.endswith(SUFFIXES))

    @cached_property
    def _by_last_part(self) -> Mapping[str, tuple[str, ...]]:
        """The folders that hold sources, by their last part."""
        found: dict[str, list[str]] = {}
        for folder, paths in self._files.folders.items():
            if any(path.endswith(SUFFIXES) for path in paths):
                found.setdefault(basename(folder), []).append(folder)
        return {last: tuple(sorted(folders)) for last, folders in found.items()}

    @cached_property
    def _siblings(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The source folders of one package, by (module with its "src", package path)."""
        found: dict[tuple[str, str], list[str]] = {}
        for folders in self._by_last_part.values():
            for folder in folders:
                place = _ROOT.fullmatch(folder)
                if place:
                    key = place["module"], place["package"] or ""
                    found.setdefault(key, []).append(folder)
        return {key: tuple(sorted(folders)) for key, folders in found.items()}

    def _folders_of(self, package: str) -> tuple[str, ...]:
        path = package.replace(".", "/")
        among = self._by_last_part.get(basename(path), ())
        return tuple(f for f in among if path and (f == path or f.endswith("/" + path)))

    def _member_of(self, module: str) -> Target:
        """The file of a class, for what is imported from within the class."""
        names = module.split(".")
        for depth in range(1, min(MAX_NESTING, len(names) - 1) + 1):
            outer = names[-depth]
            folders = self._folders_of(".".join(names[:-depth]))
            files = tuple(
                path
                for folder in folders
                for path in self._sources(folder)
                if splitext(basename(path))[0] == outer
            )
            if files:
                return Target(files, inside=".".join(names[-depth:]))
        return EXTERNAL

    @cached_property
    def _generates(self) -> bool:
        """Whether classes that no file declares may exist in any package."""
        paths = [path for name in BUILD_FILES for path in self._files.named(name)]
        return any(_SCHEMAS.search(self._files.text(path) or "") for path in paths)


def _is_test(folder: str) -> bool:
    place = _ROOT.fullmatch(folder)
    return bool(place) and "test" in place["set"].lower() if place else False
