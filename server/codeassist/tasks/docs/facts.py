"""What is certain of a definition: its entries with their types, and a sentence from its name.

A fact is read off the code. What only a person or a model can say stays empty.
"""

import re
from dataclasses import dataclass

from codeassist.base.symbols import (
    CALLABLE_KINDS,
    CLASS_KINDS,
    Parameter,
    ParameterKind,
)
from codeassist.languages.nodes import Node
from codeassist.tasks.docs.content import Content, Item, Part
from codeassist.tasks.docs.failures import raises
from codeassist.tasks.docs.layout import Layout
from codeassist.tasks.docs.members import attributes, constructor_of, is_property, owner_name
from codeassist.tasks.docs.naming import (
    class_summary,
    constructor_summary,
    function_summary,
    go_sentence,
    initialiser_summary,
    value_summary,
)
from codeassist.tasks.docs.results import is_true_or_false, literal_type, result_of
from codeassist.tasks.docs.syntax import Source, body_of

_IDENTIFIER = re.compile(r"^[^\W\d]\w*$")
_SIGILS = "$&*.@?"  # PHP's, Ruby's and JavaScript's marks around a parameter's name
_SCRIPTS = frozenset({"javascript", "typescript", "tsx"})
_STUBS = re.compile(r"NotImplemented")


@dataclass(frozen=True)
class Facts:
    """A definition and what is certain of it. `content` has no prose but the summary."""

    source: Source
    index: int
    content: Content
    is_abstract: bool = False

    @property
    def name(self) -> str:
        """The definition's dotted name."""
        return self.source.outline.qualified(self.index)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters, in order."""
        return tuple(item.name for item in self.content.of("parameters"))


def facts_of(source: Source, index: int, layout: Layout) -> Facts:
    """The facts of one definition."""
    symbol = source.symbol(index)
    if symbol.kind in CALLABLE_KINDS:
        return _function(source, index, layout)
    if symbol.kind in CLASS_KINDS:
        return _type(source, index, layout)
    if symbol.kind in ("property", "field", "variable", "constant"):
        return Facts(source, index, Content(_named(source, value_summary(symbol.name), index)))
    return Facts(source, index, Content(_named(source, class_summary(symbol.name), index)))


def items_of(source: Source, index: int) -> tuple[Item, ...]:
    """A definition's parameters as entries: the receiver and what has no name left out."""
    declared = source.detail.parameters.get(index, ())
    receivers = source.language.receivers
    if declared and declared[0].name.lstrip("&* ").removeprefix("mut ") in receivers:
        declared = declared[1:]
    taken = {each.name for each in declared}
    items: list[Item] = []
    for each in declared:
        name = _name(source, each)
        if not _IDENTIFIER.match(name):
            name = _pattern_name(source, each, taken)
        if not name.strip("_"):
            continue  # by its name, nobody looks at it
        inferred = None
        if each.type is None:
            inferred = literal_type(each.default, source.language.name)
        kind = each.type or inferred
        items.append(
            Item(name, "", kind, each.default, each.optional, each.kind, inferred is not None)
        )
    return tuple(items)


def _function(source: Source, index: int, layout: Layout) -> Facts:
    symbol, body = source.symbol(index), body_of(source, index)
    parts: dict[Part, tuple[Item, ...]] = {}
    if parameters := items_of(source, index):
        parts["parameters"] = parameters
    abstract = _is_abstract(source, index, body)
    result = None if _is_constructor(source, index) else result_of(source, index, body)
    if result is not None and not is_property(source, index):
        parts[result[0]] = (result[1],)
    if raised := tuple(raises(source, index, body)):
        parts["raises"] = () if abstract else raised
    if symbol.kind == "property" or is_property(source, index):
        return Facts(source, index, Content(value_summary(symbol.name), (), parts), abstract)
    summary = _summary(source, index, layout, body, has_result=result is not None)
    return Facts(source, index, Content(summary, (), parts), abstract)


def _type(source: Source, index: int, layout: Layout) -> Facts:
    symbol = source.symbol(index)
    parts: dict[Part, tuple[Item, ...]] = {}
    fields = attributes(source, index)
    constructor = constructor_of(source, index)
    if fields:
        parts["attributes"] = fields
    elif constructor is not None and not layout.in_constructor:
        made = _function(source, constructor, layout).content
        parts = {p: made.of(p) for p in ("parameters", "raises") if made.of(p)}
    elif parameters := items_of(source, index):
        parts["parameters"] = parameters
    return Facts(
        source, index, Content(_named(source, class_summary(symbol.name), index), (), parts)
    )


def _summary(
    source: Source, index: int, layout: Layout, body: Node | None, *, has_result: bool
) -> str:
    symbol = source.symbol(index)
    language, mood = source.language.name, layout.mood
    owner = owner_name(source, index)
    if language == "python" and symbol.name == "__init__":
        return initialiser_summary(owner, mood)
    if _is_constructor(source, index):
        return constructor_summary(owner or symbol.name, mood)
    is_test = is_true_or_false(source, index, body)
    text = function_summary(
        symbol.name,
        mood,
        is_test=is_test,
        has_result=has_result,
        takes_nothing=not items_of(source, index),
    )
    return _named(source, text, index)


def _named(source: Source, text: str, index: int) -> str:
    """Go's comments begin with the name that they are about."""
    if source.language.name != "go":
        return text
    symbol = source.symbol(index)
    return go_sentence(symbol.name, text, symbol.kind) or f"{symbol.name}."


def _is_constructor(source: Source, index: int) -> bool:
    symbol = source.symbol(index)
    named = {
        "python": "__init__",
        "ruby": "initialize",
        "php": "__construct",
        "swift": "init",
        "javascript": "constructor",
        "typescript": "constructor",
        "tsx": "constructor",
    }
    if symbol.kind == "constructor":
        return True
    owner = owner_name(source, index)
    if source.language.name in ("java", "csharp", "cpp", "kotlin", "scala"):
        return bool(owner) and symbol.name in (owner, "this", "constructor")
    return bool(owner) and symbol.name == named.get(source.language.name)


def _is_abstract(source: Source, index: int, body: Node | None) -> bool:
    """Whether a body only says that a subclass must have one."""
    marks = source.detail.decorators.get(index, ())
    if any("abstract" in each for each in marks):
        return True
    if body is None:
        return False
    text = source.node_text(body)
    return bool(_STUBS.search(text)) and body.named_child_count <= 2


def _name(source: Source, parameter: Parameter) -> str:
    """A parameter's name inside of its function, without sigils."""
    name = parameter.name
    if source.language.name == "swift" and parameter.start >= 0:
        match = re.match(r"\w+", source.text(parameter.start, parameter.start + 200))
        name = match.group() if match else name
    return name.strip(_SIGILS)


def _pattern_name(source: Source, parameter: Parameter, taken: set[str]) -> str:
    """What documentation calls a destructured parameter, which has no name of its own."""
    if source.language.name not in _SCRIPTS or parameter.kind is ParameterKind.REST:
        return ""
    name = "options" if parameter.name.startswith("{") else "values"
    if source.language.name == "tsx" and name == "options":
        name = "props"
    return "" if name in taken else name
