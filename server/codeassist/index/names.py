"""What a bare name means: in a file, in a module, in a scope. One state of a repository.

Follows imports and re-exports through the import rules of the file's language. Expressions with
receivers are `values.py`'s subject.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from codeassist.base.symbols import CLASS_KINDS, NO_BINDINGS, TOP, Binding, Import, Outline, Rows
from codeassist.index.accessors import is_generated_into
from codeassist.index.found import MISSING, OPAQUE, Definition, Found, Local, Module
from codeassist.index.imports import ImportRules, Target
from codeassist.index.predeclared import PYTHON_MODULE, predeclared
from codeassist.index.view import View
from codeassist.languages import Imports, Language, by_name, for_path

# Finds a member that a class inherits, by the class and the name.
Inherited = Callable[[Definition, str], Found]

# Families whose files offer what they define, and nothing that they import.
OWN_NAMES_ONLY = (Imports.JVM, Imports.GO)
SPACE_KINDS = frozenset({"namespace", "module"})
Raw = list[tuple[Any, ...]]


class Table:
    """One file's names: top-level symbols, imports by local name, members by parent.

    `owned` are members of types that the file does not define, by the type's dotted name.
    """

    def __init__(self, outline: Outline, rules: ImportRules) -> None:
        self.top: dict[str, int] = {}
        self.members: dict[int, dict[str, int]] = {}
        self.owned: dict[str, dict[str, int]] = {}
        self.imports: dict[tuple[int, str], list[Import]] = {}
        self.stars: list[Import] = []
        spaces = {TOP}
        for index, symbol in enumerate(outline.symbols):
            if symbol.kind == "impl":
                continue  # it bears its type's name, and its members belong to the type
            if symbol.owner:
                self.owned.setdefault(symbol.owner, {})[symbol.name] = index
                continue
            self.members.setdefault(symbol.parent, {})[symbol.name] = index
            if symbol.parent in spaces:
                self.top[symbol.name] = index
                if symbol.kind in SPACE_KINDS:
                    spaces.add(index)
        for imported in outline.imports:
            if imported.name == "*" and not imported.alias:
                self.stars.append(imported)
                continue
            local = imported.alias or imported.name or rules.bound_name(imported)
            self.imports.setdefault((imported.scope, local), []).append(imported)


class Names:
    """Resolves names in one view. Answers are remembered; the view never changes."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._tables: dict[str, Table | None] = {}
        self._bindings: dict[str, tuple[Rows[Binding], Mapping[tuple[int, str], Raw]]] = {}
        self._bound: dict[tuple[str, int, str], tuple[Binding, ...]] = {}
        self._lookups: dict[tuple[str, str], Found] = {}

    def rules(self, path: str) -> ImportRules:
        """The import rules of a file's language."""
        language = self.view.language(path)
        row = by_name(language) if language else for_path(path)
        return self.view.families.rules(row.imports if row else Imports.NONE)

    def table(self, path: str) -> Table | None:
        """A file's names; None for a file that is not indexed."""
        if path not in self._tables:
            outline = self.view.outline(path)
            made = Table(outline, self.rules(path)) if outline else None
            self._tables[path] = made
        return self._tables[path]

    def bindings(self, path: str, scope: int, name: str) -> tuple[Binding, ...]:
        """The bindings of a name in a scope of a file (attributes are listed as ".name")."""
        key = (path, scope, name)
        if key not in self._bound:
            if path not in self._bindings:
                detail = self.view.detail(path)
                every = detail.bindings if detail else NO_BINDINGS
                self._bindings[path] = (every, _by_scope(every))
            every, by_scope = self._bindings[path]
            self._bound[key] = every.made(by_scope.get((scope, name), ()))
        return self._bound[key]

    def lookup(self, path: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> Found:
        """What a name means at the top of a file: for the file itself and for those that import."""
        key = (path, name)
        if key in self._lookups:
            return self._lookups[key]
        if key in seen:
            return MISSING
        found = self._lookup(path, name, seen | {key})
        if not seen:
            self._lookups[key] = found
        return found

    def _lookup(self, path: str, name: str, seen: frozenset[tuple[str, str]]) -> Found:
        table = self.table(path)
        if table is None:
            return OPAQUE
        if name in table.top:
            return Definition(path, table.top[name])
        imported = table.imports.get((TOP, name))
        if imported:
            return self._any_of(path, imported, seen)
        starred = [self._starred(path, star, name, seen) for star in table.stars]
        for found in starred:
            if found not in (MISSING, OPAQUE):
                return found
        for other in self.rules(path).visible(path):
            neighbour = self.table(other)
            if neighbour and name in neighbour.top:
                return Definition(other, neighbour.top[name])
        if OPAQUE in starred or self._is_opaque(path):
            return OPAQUE
        local = self.bindings(path, TOP, name)
        return Local(path, local[-1]) if local else MISSING

    def _starred(
        self, path: str, star: Import, name: str, seen: frozenset[tuple[str, str]]
    ) -> Found:
        target = self.rules(path).resolve(path, star)
        if target.missing or not target.files:
            return OPAQUE
        return self.member(target, name, seen)

    def _is_opaque(self, path: str) -> bool:
        """Whether a file may define names that its outline does not show."""
        outline, table = self.view.outline(path), self.table(path)
        if outline is None or table is None or outline.has_errors:
            return True
        for word in self.rules(path).opaque_words:
            name = word.removeprefix("def ").removesuffix("()")
            if not self.view.has_word(path, name):
                continue
            if word.startswith("def "):
                if name in table.top:
                    return True
            elif not word.endswith("()") or any(call.name == name for call in outline.calls):
                return True
        return False

    def _any_of(self, path: str, imports: list[Import], seen: frozenset[tuple[str, str]]) -> Found:
        """The last import of a name that gives something; there may be one in each branch."""
        answers = [self.imported(path, each, seen) for each in reversed(imports)]
        return next((found for found in answers if found is not MISSING), MISSING)

    def imported(
        self, path: str, imported: Import, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> Found:
        """What an import statement binds."""
        rules = self.rules(path)
        bound = imported
        if imported.name is None and imported.alias is None:
            head = rules.bound_name(imported)
            if (
                imported.module.startswith(head + ".")
                and by_name(self.view.language(path) or "python").imports is Imports.PYTHON
            ):
                bound = Import(head, None, None, imported.start, imported.end, imported.scope)
        target = rules.resolve(path, bound)
        if target.missing:
            return OPAQUE if self._has_import_hooks else MISSING
        if not target.files and target.folder is None:
            return OPAQUE
        if imported.name is None or imported.name == "*":
            return Module(target)
        return self.member(target, imported.name, seen)

    def member(
        self, target: Target, name: str, seen: frozenset[tuple[str, str]] = frozenset()
    ) -> Found:
        """What a name means as a member of a module: a definition in it, or a module below it."""
        if target.inside:
            return self._inside(target, name)
        answers = [self._exported(path, name, seen) for path in target.files]
        for found in answers:
            if found not in (MISSING, OPAQUE):
                return found
        if target.folder is not None:
            below = self._below(target.folder, name)
            if below.files or below.folder is not None:
                return Module(below)
            if not target.files:
                return OPAQUE
        if OPAQUE in answers or not answers:
            return OPAQUE
        if target.folder is not None and self._has_import_hooks:
            return OPAQUE
        return OPAQUE if target.open or name in PYTHON_MODULE else MISSING

    def _exported(self, path: str, name: str, seen: frozenset[tuple[str, str]]) -> Found:
        """What a file offers to those that import it: with its own imports or without."""
        outline, table = self.view.outline(path), self.table(path)
        if outline is None or table is None:
            return OPAQUE
        if by_name(outline.language).imports not in OWN_NAMES_ONLY:
            return self.lookup(path, name, seen)
        if name in table.top:
            return Definition(path, table.top[name])
        return OPAQUE if outline.has_errors else MISSING

    def _inside(self, target: Target, name: str) -> Found:
        """What a name means as a member of a class that imports reach into."""
        for path in target.files:
            table, detail = self.table(path), self.view.detail(path)
            outline = self.view.outline(path)
            if table is None or outline is None or detail is None:
                continue
            at: int | None = TOP
            for part in target.inside.split("."):
                at = None if at is None else table.members.get(at, {}).get(part)
            if at is None:
                continue
            if name in table.members.get(at, {}):
                return Definition(path, table.members[at][name])
            # What a class inherits, or what annotations put into it, is not in its text.
            plain = at not in detail.bases and not is_generated_into(outline)
            if plain and outline.symbols[at].kind != "enum" and not outline.has_errors:
                return MISSING
        return OPAQUE

    @cached_property
    def _has_import_hooks(self) -> bool:
        """Whether the repository hooks into Python's import, so that any module may exist."""
        return bool(self.view.with_word("meta_path"))

    def _below(self, folder: str, name: str) -> Target:
        """The module of a name in a package folder."""
        rules = self.view.families.rules(Imports.PYTHON)
        return rules.resolve(f"{folder}/__init__.py", Import("." + name, None, None, 0, 0))

    def in_scope(
        self, path: str, scope: int, name: str, inherited: Inherited | None = None
    ) -> Found:
        """What a bare name means in a scope of a file, by the language's scoping rules.

        `inherited` finds what a class gets from its bases, for languages in which methods reach
        members by bare name.
        """
        table, outline = self.table(path), self.view.outline(path)
        if table is None or outline is None:
            return OPAQUE
        row = by_name(outline.language)
        start, perhaps = scope, False
        while scope != TOP:
            is_class = outline.symbols[scope].kind in CLASS_KINDS
            if not is_class or row.class_scope or (row.body_scope and scope == start):
                found = self._in_one_scope(path, table, scope, name)
                if found is not None:
                    return self._unless_extension(row, found)
                if is_class and row.class_scope and inherited:
                    above = inherited(Definition(path, scope), name)
                    if above not in (MISSING, OPAQUE):
                        return above
                    perhaps = perhaps or (above is OPAQUE and not _is_like_a_type(name))
            scope = outline.symbols[scope].parent
        found = self.lookup(path, name)
        if found is MISSING and (perhaps or name in predeclared(row.name)):
            return OPAQUE
        return self._unless_extension(row, found)

    def _unless_extension(self, row: Language, found: Found) -> Found:
        """What was found, but nothing certain for an extension of Kotlin.

        `fun Shape.area()` is in scope by its bare name only for an object that nobody writes.
        """
        if row.name != "kotlin" or not isinstance(found, Definition):
            return found
        outline, document = self.view.outline(found.path), self.view.document(found.path)
        if outline is None or document is None:
            return OPAQUE
        start = outline.symbols[found.symbol].name_start
        return OPAQUE if document.data[start - 1 : start] == b"." else found

    def _in_one_scope(self, path: str, table: Table, scope: int, name: str) -> Found | None:
        bound = self.bindings(path, scope, name)
        if any(binding.how == "nonlocal" for binding in bound):
            return None
        symbol = table.members.get(scope, {}).get(name)
        if symbol is not None and not self._is_constructor(path, symbol):
            return Definition(path, symbol)
        imported = table.imports.get((scope, name))
        if imported:
            return self._any_of(path, imported, frozenset())
        return Local(path, bound[-1]) if bound else None

    def _is_constructor(self, path: str, symbol: int) -> bool:
        """Whether a member has its class's name, by which nobody means the member."""
        outline = self.view.outline(path)
        return outline is not None and outline.symbols[symbol].kind == "constructor"


def _is_like_a_type(name: str) -> bool:
    """Whether a name is written as types are; classes seldom inherit those from elsewhere."""
    return name[:1].isupper() and not name.isupper()


def _by_scope(bindings: Rows[Binding]) -> Mapping[tuple[int, str], Raw]:
    found: dict[tuple[int, str], Raw] = {}
    for row in bindings.raw:
        name, scope, *_, receiver = row
        found.setdefault((scope, name if receiver is None else f".{name}"), []).append(row)
    return found
