"""The rules of `#include` for C and C++: relative files first, then roots read off the tree.

Sources: ISO C 6.10.2 and GCC's manual, "Search Path". A quoted name is looked for beside the
includer; every other search path is known only to the build. So a root is taken to be any folder
below which a name is found: where several are, those that people use as roots (the top, `include`,
`inc`, `src`), and nothing where more than one is left. Does not read build files.
"""

from functools import cached_property
from posixpath import basename, dirname, join, normpath

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target

ROOT_NAMES = frozenset({"", "include", "inc", "src"})
# A header that a build makes is no missing one: from a template, or from another language.
MADE_FROM = (".in", ".cmake", ".tmpl", ".tt", ".m4")
MAKES_HEADERS = (".y", ".l", ".proto", ".idl", ".fbs", ".def", ".gperf", ".tbl", ".asn", ".py")
# What `<…>` finds in the system even where the repository has a file of that name.
SYSTEM = frozenset({
    "assert", "complex", "ctype", "errno", "fenv", "float", "inttypes", "iso646", "limits",
    "locale", "math", "setjmp", "signal", "stdalign", "stdarg", "stdatomic", "stdbool", "stddef",
    "stdint", "stdio", "stdlib", "stdnoreturn", "string", "tgmath", "threads", "time", "uchar",
    "wchar", "wctype", "dirent", "dlfcn", "fcntl", "grp", "netdb", "poll", "pthread", "pwd",
    "regex", "sched", "semaphore", "spawn", "strings", "syslog", "termios", "unistd", "utime",
    "windows",
})  # fmt: skip


class IncludeImports:
    """Resolves includes in one state of a repository."""

    opaque_words = frozenset[str]()

    def __init__(self, files: FileSet) -> None:
        self._files = files

    def resolve(self, importer: str, imported: Import) -> Target:
        """The one file that an include names; missing only for `"../x.h"` and `"./x.h"`."""
        text = imported.module
        if text.startswith("<"):
            name = text.strip("<>")
            return EXTERNAL if name.removesuffix(".h") in SYSTEM else self._below_a_root(name)
        beside = normpath(join(dirname(importer), text))
        if beside in self._files:
            return Target((beside,))
        if text.startswith(("./", "../")):
            return Target(missing=self._is_ours(beside) and not self._is_made(beside))
        return self._below_a_root(text)

    def bound_name(self, imported: Import) -> str:
        """The text itself: an include binds all names of the file, and none by its own."""
        return imported.module

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing: not even a header's own implementation is seen from it.

        The linker joins the two, by the names that both include from the header.
        """
        return ()

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(
            folder for folder in self._files.all_folders if basename(folder) in ROOT_NAMES
        )

    def _below_a_root(self, text: str) -> Target:
        name = normpath(text)
        found = [
            path
            for path in self._files.named(basename(name))
            if path == name or path.endswith("/" + name)
        ]
        if len(found) > 1:
            found = [path for path in found if path[: -len(name)].rstrip("/") in self._roots]
        return Target(tuple(found)) if len(found) == 1 else EXTERNAL

    def _is_ours(self, path: str) -> bool:
        """Whether a path stands in a folder of this repository, and not above its top."""
        return not path.startswith("..") and bool(self._files.folders.get(dirname(path)))

    def _is_made(self, path: str) -> bool:
        stem = path.rpartition(".")[0]
        made = any(path + suffix in self._files for suffix in MADE_FROM)
        return made or any(stem + suffix in self._files for suffix in (".in.h", *MAKES_HEADERS))
