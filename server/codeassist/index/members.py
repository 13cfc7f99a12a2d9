"""The members of classes: own ones, attributes that methods bind, and inherited ones."""

import builtins
import re
from collections.abc import Callable as Function
from collections.abc import Iterator
from functools import cached_property

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline
from codeassist.index.accessors import is_generated_into, other_names
from codeassist.index.found import MISSING, OPAQUE, ClassRef, Definition, Found, Local, Value
from codeassist.index.names import SPACE_KINDS, Names
from codeassist.languages import Imports, by_name

# Bases that add no members that anybody calls by name.
NEUTRAL_BASES = frozenset({"object", "ABC", "Generic", "Protocol"})
# `[key: string]: T` and `[K in T]`.
_INDEX = re.compile(rb"\[\s*[\w$]+\s*(?::|in\b)")
_ASSIGNING = ("assign", "defineProperty", "defineProperties")
# A class with one of these can have any member.
DYNAMIC_MEMBERS = ("__getattr__", "__getattribute__", "method_missing", "__get", "__call")


class Members:
    """Finds members in one view, through the bases of a class."""

    def __init__(self, names: Names, class_named: Function[[str, int, str], Value]) -> None:
        """`class_named` gives the class that a base expression, written in a scope, names."""
        self._names = names
        self._view = names.view
        self._class_named = class_named
        self._found: dict[tuple[Definition, str], Found] = {}
        self._open: dict[Definition, bool] = {}
        self._bases: dict[Definition, tuple[tuple[Definition, ...], tuple[str, ...]]] = {}

    def find(self, cls: Definition, name: str) -> Found:
        """A member of a class: its own, else its bases', depth first."""
        key = (cls, name)
        if key not in self._found:
            self._found[key] = OPAQUE  # what a class that inherits from itself sees
            self._found[key] = self._find(cls, name)
        return self._found[key]

    def inherited(self, cls: Definition, name: str) -> Found:
        """A member of the bases of a class, not its own."""
        bases, unknown = self.bases(cls)
        answers = [self.find(base, name) for base in bases]
        for found in answers:
            if found not in (MISSING, OPAQUE):
                return found
        if OPAQUE in answers or any(not self._lacks(cls, base, name) for base in unknown):
            return OPAQUE
        return MISSING

    def own(self, cls: Definition, name: str) -> Found:
        """A member that the class itself defines or binds."""
        for path, table_name in self._places(cls):
            table = self._names.table(path)
            if table is None:
                continue
            if path == cls.path and name in table.members.get(cls.symbol, {}):
                return Definition(path, table.members[cls.symbol][name])
            if name in table.owned.get(table_name, {}):
                return Definition(path, table.owned[table_name][name])
        return self._bound(cls, name)

    def bases(self, cls: Definition) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
        """The bases that this repository defines, and the texts of the others."""
        if cls not in self._bases:
            self._bases[cls] = ((), ())
            self._bases[cls] = self._resolve_bases(cls)
        return self._bases[cls]

    def ancestors(self, cls: Definition) -> Iterator[Definition]:
        """All classes above a class that this repository defines, nearest first."""
        queue, seen = list(self.bases(cls)[0]), {cls}
        while queue:
            base = queue.pop(0)
            if base not in seen:
                seen.add(base)
                yield base
                queue.extend(self.bases(base)[0])

    def _find(self, cls: Definition, name: str) -> Found:
        found = self.own(cls, name)
        if found is MISSING:
            found = self._accessor(cls, name)
        if found is MISSING:
            found = self.inherited(cls, name)
        if found is MISSING and (self._is_dynamic(cls) or self._is_open(cls)):
            return OPAQUE
        return found

    def _accessor(self, cls: Definition, name: str) -> Found:
        """What a member of a class is called in another language of the JVM."""
        language = self._view.language(cls.path)
        if language == "kotlin" or (language == "java" and self._has_kotlin):
            for other in other_names(name, language):
                found = self.own(cls, other)
                if found is not MISSING:
                    return found
        return MISSING

    @cached_property
    def _has_kotlin(self) -> bool:
        return any(language == "kotlin" for _, language in self._view.paths.values())

    def _places(self, cls: Definition) -> Iterator[tuple[str, str]]:
        """The files that may define members of a class, with its name there."""
        outline = self._view.outline(cls.path)
        name = outline.qualified(cls.symbol) if outline else ""
        yield cls.path, name
        for path in self._names.rules(cls.path).visible(cls.path):
            yield path, name

    def _bound(self, cls: Definition, name: str) -> Found:
        """An attribute that the class body or one of its methods binds."""
        outline = self._view.outline(cls.path)
        if outline is None:
            return OPAQUE
        plain = self._names.bindings(cls.path, cls.symbol, name)
        if plain:
            return Local(cls.path, plain[-1])
        receivers = by_name(outline.language).receivers
        for index, symbol in enumerate(outline.symbols):
            if symbol.parent == cls.symbol and symbol.kind in CALLABLE_KINDS:
                for binding in self._names.bindings(cls.path, index, f".{name}"):
                    if binding.receiver in receivers:
                        return Local(cls.path, binding)
        return OPAQUE if outline.has_errors else MISSING

    def _resolve_bases(self, cls: Definition) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
        outline, detail = self._view.outline(cls.path), self._view.detail(cls.path)
        if outline is None or detail is None:
            return (), ("?",)
        known: list[Definition] = []
        unknown: list[str] = []
        scope = outline.symbols[cls.symbol].parent
        for text in detail.bases.get(cls.symbol, ()):
            value = self._class_named(cls.path, scope, text)
            if isinstance(value, ClassRef) and value.definition != cls:
                known.append(value.definition)
            else:
                unknown.append(text)
        return tuple(known), tuple(unknown)

    def _is_open(self, cls: Definition) -> bool:
        """Whether a class can have members that are written elsewhere.

        An object literal gets members by assignment, a module of Ruby is written in several files,
        and a type of C# in several parts or with several numbers of type parameters.
        """
        if cls not in self._open:
            self._open[cls] = self._finds_open(cls)
        return self._open[cls]

    def _finds_open(self, cls: Definition) -> bool:
        outline = self._view.outline(cls.path)
        if outline is None or is_generated_into(outline):
            return True
        symbol = outline.symbols[cls.symbol]
        scripted = by_name(outline.language).imports is Imports.NODE
        if symbol.kind in SPACE_KINDS or (scripted and self._is_open_script(cls, outline)):
            return True
        twins = 0
        for path, name in self._places(cls):
            other = self._view.outline(path)
            for index, each in enumerate(other.symbols if other else ()):
                same = each.name == symbol.name and each.kind in CLASS_KINDS
                twins += same and other is not None and other.qualified(index) == name
        return twins > 1

    def _is_open_script(self, cls: Definition, outline: Outline) -> bool:
        """Whether a class of JavaScript or TypeScript is an object literal, has any member by an
        index signature, gets some by assignment, or is declared once more for another module."""
        symbol = outline.symbols[cls.symbol]
        document = self._view.document(cls.path)
        if symbol.kind == "object" or document is None:
            return True
        if _INDEX.search(document.data, symbol.start, symbol.end):
            return True
        if any(call.name in _ASSIGNING and call.receiver == "Object" for call in outline.calls):
            return True
        for path in self._view.with_word(symbol.name):
            other = self._view.outline(path)
            for each in other.symbols if other else ():
                same = each.name == symbol.name and each.parent != TOP and other is not None
                if same and other is not None and other.symbols[each.parent].kind == "module":
                    return True
        return False

    def _lacks(self, cls: Definition, base: str, name: str) -> bool:
        """Whether a base that is not in this repository surely has no member of a name.

        Only Python's own classes can be asked.
        """
        if self._view.language(cls.path) != "python":
            return False
        if is_neutral(base):
            return not hasattr(object, name)
        known = getattr(builtins, base.partition("[")[0].rpartition(".")[2], None)
        return isinstance(known, type) and not hasattr(known, name)

    def _is_dynamic(self, cls: Definition) -> bool:
        return any(self.own(cls, name) is not MISSING for name in DYNAMIC_MEMBERS)


def is_neutral(base: str) -> bool:
    """Whether a base expression names one of the bases that add no members."""
    return base.partition("[")[0].rpartition(".")[2] in NEUTRAL_BASES
