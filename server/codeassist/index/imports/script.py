"""The import rules of Ruby, Bash and Lua: paths of scripts, as far as they are literal.

Ruby: `require_relative`, `require` along each `lib` folder. Bash: `source` relative to the script
or to the repository. Lua: `require "a.b"` along the usual roots of `package.path`. What a load
path, a variable or a package manager decides is external.
"""

import re
from posixpath import dirname, join, normpath

from codeassist.base.symbols import Import
from codeassist.index.imports import EXTERNAL, FileSet, Target

# Ruby files that are generated or compiled from these need not be in the repository.
_RUBY_SOURCES = (".y", ".rl", ".rex", ".treetop", ".erb", ".c", ".so", ".bundle", ".in")
_LUA_SOURCES = (".fnl", ".moon", ".tl", ".c", ".so", ".lua.in")
_LUA_ROOTS = ("", "lua", "src", "lib")
_RUBY_ROOTS = ("lib", "test", "spec")
# The folder of the running script, as shell scripts write it.
_HERE = re.compile(
    r"(?:\$\(\s*dirname\s.*?\)|`dirname\s.*?`|\$\{(?:BASH_SOURCE(?:\[0\])?|0)%/\*\})/"
)
_FOLDER = re.compile(r"\$(?:\w+|\{\w+\})/")


class ScriptImports:
    """Resolves the imports of Ruby, Bash and Lua in one state of a repository."""

    # A file with one of these defines names, or answers for members, that no query sees.
    opaque_words = frozenset(
        {"method_missing", "define_method", "class_eval", "module_eval", "instance_eval"}
        | {"const_missing", "eval", "setmetatable", "setfenv", "_G", "_ENV"}
    )

    def __init__(self, files: FileSet) -> None:
        self._files = files

    def resolve(self, importer: str, imported: Import) -> Target:
        """The file that a literal path or module name means."""
        if importer.endswith(".lua"):
            return self._lua(importer, imported.module)
        verb, _, path = imported.module.partition(" ")
        if verb in ("require_relative", "require", "load", "autoload") and path:
            return self._ruby(importer, verb, path)
        return self._shell(importer, imported.module)

    def bound_name(self, imported: Import) -> str:
        """Nothing: these statements bind no name unless the file writes one."""
        return ""

    def visible(self, path: str) -> tuple[str, ...]:
        """Nothing: a script sees only what it loads."""
        return ()

    def _ruby(self, importer: str, verb: str, path: str) -> Target:
        if verb == "require_relative":
            base = normpath(join(dirname(importer), path))
            found = self._first(base, f"{base}.rb")
            return found or Target(missing=self._surely_absent(base))
        roots = [join(above, root) for above in _above(importer) for root in _RUBY_ROOTS]
        for root in roots:
            found = self._first(normpath(join(root, f"{path.removesuffix('.rb')}.rb")))
            if found:
                return found
        others = tuple(
            found
            for found in self._files.named(path.rpartition("/")[2].removesuffix(".rb") + ".rb")
            if found.endswith(f"/lib/{path.removesuffix('.rb')}.rb")
        )
        return Target(others) if len(others) == 1 else EXTERNAL

    def _surely_absent(self, base: str) -> bool:
        if base.startswith("..") or self._files.named("extconf.rb"):
            return False
        return not any(base.removesuffix(".rb") + end in self._files for end in _RUBY_SOURCES)

    def _shell(self, importer: str, text: str) -> Target:
        text = text.replace('"', "").replace("'", "")
        here = _HERE.match(text)
        rest = text[here.end() :] if here else _FOLDER.sub("", text, count=1)
        if not rest or rest.startswith(("/", "~")) or re.search(r"[$`*?]", rest):
            return EXTERNAL
        path = normpath(join(dirname(importer), rest))
        found = self._first(path) or (None if here else self._first(normpath(rest)))
        if found:
            return found
        siblings = self._files.folders.get(dirname(path), ())
        ours = path.endswith((".sh", ".bash")) and any(
            other.endswith((".sh", ".bash")) for other in siblings
        )
        return Target(missing=bool(here) and ours)

    def _lua(self, importer: str, module: str) -> Target:
        names = module.replace("/", ".").split(".")
        roots = [root for above in _above(importer) for root in (above, join(above, "lua"))]
        bases = [join(root, *names) for root in dict.fromkeys((*_LUA_ROOTS, *roots))]
        for base in bases:
            found = self._first(f"{base}.lua", f"{base}/init.lua")
            if found:
                return found
        built = any(base + end in self._files for base in bases for end in _LUA_SOURCES)
        return Target(missing=len(names) > 1 and not built and self._ours(bases))

    def _ours(self, bases: list[str]) -> bool:
        """Whether the folder that the module belongs in has modules of this repository."""
        return any(
            path.endswith(".lua")
            for base in bases
            for path in self._files.folders.get(dirname(base), ())
        )

    def _first(self, *paths: str) -> Target | None:
        return next((Target((path,)) for path in paths if path in self._files), None)


def _above(path: str) -> list[str]:
    """The folders above a file, the nearest first, the root "" last."""
    found = [dirname(path)]
    while found[-1]:
        found.append(dirname(found[-1]))
    return found
