"""What an expression's class is, and what a member of it means. One state of a repository.

A small, conservative evaluator over chains: modules, classes, instances, `self`, `super()`,
annotations, simple assignments, return types. What it does not understand is opaque.
"""

import re
from collections.abc import Iterable
from functools import cache

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Binding, Outline, Use
from codeassist.index.chain import parts
from codeassist.index.fixtures import fixture_of
from codeassist.index.found import (
    MISSING,
    OPAQUE,
    Callable,
    ClassRef,
    Definition,
    Found,
    Instance,
    Local,
    Module,
    Super,
    Value,
)
from codeassist.index.members import Members
from codeassist.index.names import SPACE_KINDS, Names
from codeassist.languages import Language, by_name

MAX_DEPTH = 12  # steps from one expression to the next before it counts as opaque
NULLS = frozenset({"None", "null", "nil", "undefined"})
SELF_TYPES = frozenset({"Self", "self", "this", "static"})


class Values:
    """Evaluates chains in one view. Answers are remembered."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.view = names.view
        self.members = Members(names, self.class_named)
        self._uses: dict[tuple[str, int], Found] = {}
        self._locals: dict[tuple[str, int, str], Value] = {}
        self._results: dict[Definition, Value] = {}
        self._depth = 0

    def resolve(self, path: str, use: Use) -> Found:
        """What a use means."""
        key = (path, use.start)
        if key not in self._uses:
            self._uses[key] = self._resolve(path, use)
        return self._uses[key]

    def _resolve(self, path: str, use: Use) -> Found:
        if use.receiver is None:
            return self.names.in_scope(path, use.scope, use.name, self.members.inherited)
        if use.receiver == "":
            return OPAQUE
        return self.member_of(self.evaluate(path, use.scope, use.receiver), use.name)

    def evaluate(self, path: str, scope: int, text: str) -> Value:
        """The value of a chain written in a scope of a file."""
        if self._depth >= MAX_DEPTH or not text:
            return OPAQUE
        self._depth += 1
        try:
            (name, called), *rest = parts(text)
            value = self._first(path, scope, name)
            if called:
                value = self.called(value)
            for name, called in rest:
                made = isinstance(value, ClassRef) and called and name == "new"
                owner, value = value, self.value_of(self.member_of(value, name), value)
                if made and value in (MISSING, OPAQUE):
                    value = owner  # Ruby's `Foo.new`, which no class writes
                if called:
                    value = self.called(value)
            return value
        finally:
            self._depth -= 1

    def member_of(self, value: Value, name: str) -> Found:
        """What a member of a value means."""
        if isinstance(value, Module):
            return self.names.member(value.target, name)
        if isinstance(value, ClassRef | Instance):
            return self.members.find(value.definition, name)
        if isinstance(value, Super):
            return self.members.inherited(value.definition, name)
        return MISSING if value is MISSING else OPAQUE

    def value_of(self, found: Found, owner: Value = OPAQUE) -> Value:
        """The value that a found name stands for; `owner` is what it was found in."""
        if isinstance(found, Module):
            return found
        if isinstance(found, Local):
            return self._inferred(found.path, found.binding) or OPAQUE
        if not isinstance(found, Definition):
            return found
        outline = self.view.outline(found.path)
        if outline is None:
            return OPAQUE
        symbol = outline.symbols[found.symbol]
        if symbol.kind in CLASS_KINDS or symbol.kind in SPACE_KINDS:
            return ClassRef(found)
        if symbol.kind in CALLABLE_KINDS:
            if self._is_property(found):
                return self._result(found)
            return Callable(found, bound=isinstance(owner, Instance | Super))
        bound = self.names.bindings(found.path, symbol.parent, symbol.name)
        return self._same(self._inferred(found.path, binding) for binding in bound)

    def called(self, value: Value) -> Value:
        """The value that calling a value gives."""
        if isinstance(value, ClassRef):
            return Instance(value.definition)
        if isinstance(value, Callable):
            return self._result(value.definition)
        if isinstance(value, Super):
            return value
        return MISSING if value is MISSING else OPAQUE

    def class_named(self, path: str, scope: int, text: str) -> Value:
        """The class that a base or a decorator expression names."""
        return self.evaluate(path, scope, re.sub(r"\[.*\]|<.*>", "", text).strip())

    def typed(self, path: str, scope: int, text: str) -> Value:
        """An instance of the class that an annotation names."""
        plain = plain_type(text)
        if not plain:
            return OPAQUE
        if plain in SELF_TYPES:
            owner = self.enclosing_class(path, scope)
            return Instance(owner) if owner else OPAQUE
        value = self.evaluate(path, scope, plain)
        return Instance(value.definition) if isinstance(value, ClassRef) else OPAQUE

    def enclosing_class(self, path: str, scope: int) -> Definition | None:
        """The class whose method a scope is in."""
        outline = self.view.outline(path)
        while outline and scope != TOP:
            symbol = outline.symbols[scope]
            if symbol.owner:
                return self._owner_of(path, symbol.owner)
            parent = symbol.parent
            if parent != TOP and outline.symbols[parent].kind in CLASS_KINDS:
                return Definition(path, parent)
            scope = parent
        return None

    def _owner_of(self, path: str, owner: str) -> Definition | None:
        value = self.evaluate(path, TOP, owner)
        return value.definition if isinstance(value, ClassRef) else None

    def _first(self, path: str, scope: int, name: str) -> Value:
        outline = self.view.outline(path)
        if outline is None:
            return OPAQUE
        row = by_name(outline.language)
        if name in ("super", "base", "parent"):
            owner = self.enclosing_class(path, scope)
            if owner:
                return Super(owner)
        receiver = self._self(path, outline, row, scope, name)
        if receiver is not None:
            return receiver
        found = self.names.in_scope(path, scope, name, self.members.inherited)
        if isinstance(found, Local):
            return self._local(found)
        return self.value_of(found)

    def _self(
        self, path: str, outline: Outline, row: Language, scope: int, name: str
    ) -> Value | None:
        """The own object (or class) of the method around, where `name` is its name for it."""
        method = scope
        while method != TOP:
            parent = outline.symbols[method].parent
            if parent != TOP and outline.symbols[parent].kind in CLASS_KINDS:
                break
            method = parent
        owner = self.enclosing_class(path, scope)
        if owner is None or method == TOP:
            return None
        if row.name != "python":
            return Instance(owner) if name in row.receivers else None
        detail = self.view.detail(path)
        parameters = detail.parameters.get(method, ()) if detail else ()
        if not parameters or parameters[0].name != name:
            return None
        marks = detail.decorators.get(method, ()) if detail else ()
        if "staticmethod" in marks:
            return None
        own_class = "classmethod" in marks or outline.symbols[method].name == "__new__"
        return ClassRef(owner) if own_class else Instance(owner)

    def _local(self, found: Local) -> Value:
        """The value of a local name: what all its bindings in its scope agree on."""
        binding = found.binding
        key = (found.path, binding.scope, binding.name)
        if key not in self._locals:
            self._locals[key] = OPAQUE  # what a name that is bound to itself sees
            every = self.names.bindings(*key)
            self._locals[key] = self._same(self._inferred(found.path, each) for each in every)
        return self._locals[key]

    def _same(self, values: Iterable[Value | None]) -> Value:
        """The one value that all are; opaque if they differ. None stands for a null."""
        seen = {value for value in values if value is not None}
        return seen.pop() if len(seen) == 1 else OPAQUE

    def _inferred(self, path: str, binding: Binding) -> Value | None:
        scope = binding.scope
        if binding.type:
            return self.typed(path, scope, binding.type)
        if binding.how == "parameter":
            fixture = fixture_of(self.names, path, scope, binding.name)
            return self._result(fixture) if fixture else OPAQUE
        if not binding.value:
            return OPAQUE
        if binding.value in NULLS:
            return None
        value = self.evaluate(path, scope, binding.value)
        if binding.how == "exception":
            return self.called(value)
        if binding.how == "context":
            return self._entered(value)
        return value

    def _entered(self, value: Value) -> Value:
        """What `with value as x` binds: the result of `__enter__`, mostly the object itself."""
        if not isinstance(value, Instance):
            return MISSING if value is MISSING else OPAQUE
        for name in ("__enter__", "__aenter__"):
            found = self.members.find(value.definition, name)
            if isinstance(found, Definition):
                entered = self._result(found)
                if isinstance(entered, Instance):
                    return entered
                detail = self.view.detail(found.path)
                results = detail.results.get(found.symbol, ()) if detail else ()
                return value if set(results) == {"self"} else OPAQUE
        return OPAQUE

    def _result(self, function: Definition) -> Value:
        """What a call of a function gives, by its annotation, else by what it returns."""
        if function not in self._results:
            self._results[function] = OPAQUE  # what a recursive function sees
            self._results[function] = self._returned(function)
        return self._results[function]

    def _returned(self, function: Definition) -> Value:
        outline, detail = self.view.outline(function.path), self.view.detail(function.path)
        if outline is None or detail is None or self._depth >= MAX_DEPTH:
            return OPAQUE
        declared = detail.returns.get(function.symbol)
        if declared:
            value = self.typed(function.path, function.symbol, declared)
            if isinstance(value, Instance) or not _is_generator(declared):
                return value
        results = detail.results.get(function.symbol, ())
        if not results:
            return OPAQUE
        self._depth += 1
        try:
            values = {
                self.evaluate(function.path, function.symbol, text)
                for text in results
                if text not in NULLS
            }
        finally:
            self._depth -= 1
        return values.pop() if len(values) == 1 else OPAQUE

    def _is_property(self, found: Definition) -> bool:
        detail = self.view.detail(found.path)
        marks = detail.decorators.get(found.symbol, ()) if detail else ()
        return any(mark.rpartition(".")[2] in ("property", "cached_property") for mark in marks)


@cache
def plain_type(text: str) -> str:
    """An annotation's class as a chain, "" where it is a union, a container or no name."""
    text = text.strip().lstrip(":").removeprefix("->").strip().strip("\"'").strip()
    text = re.sub(r"^(?:readonly |const |final |&mut |&|\*|mut )+", "", text).rstrip("?*& ")
    inner = re.fullmatch(r"(?:\w+\.)?(?:Optional|Annotated|Final|ClassVar)\[(.*)\]", text, re.S)
    if inner:
        return plain_type(inner.group(1).split(",")[0])
    generated = re.fullmatch(
        r"(?:\w+\.)*(?:Generator|Iterator|AsyncIterator|AsyncGenerator|Iterable)\[(.*)\]",
        text,
        re.S,
    )
    if generated:
        return plain_type(generated.group(1).split(",")[0])
    choices = [part.strip() for part in re.split(r"\|(?![^\[]*\])", text)]
    choices = [part for part in choices if part not in ("None", "null", "undefined")]
    if len(choices) != 1:
        return ""
    text = re.sub(r"\[.*\]|<.*>", "", choices[0], flags=re.S).replace("::", ".").strip("\"' ")
    return text if re.fullmatch(r"[\w$]+(?:\.[\w$]+)*", text) else ""


def _is_generator(declared: str) -> bool:
    return "Iterator" in declared or "Generator" in declared
