"""What belongs to a type: its constructor, and the attributes that its form declares.

Knows the conventions of dataclasses and their kin. Does not look into base classes.
"""

import re

from codeassist.base.symbols import TOP
from codeassist.tasks.docs.content import Item
from codeassist.tasks.docs.syntax import Source

_DATA = re.compile(
    r"^(?:\w+\.)*(?:dataclass|dataclasses\.dataclass|attrs|define|frozen|mutable|attr\.s|s|attrs"
    r"|attributes)\b(?:\(|$)"
)
_DATA_BASES = re.compile(r"(?:^|\.)(?:NamedTuple|TypedDict|BaseModel|Struct)\b")
_PROPERTY = re.compile(r"^(?:\w+\.)*(?:cached_|abstract)?property\b")
_SETTER = re.compile(r"\.(?:setter|deleter)$")
_MAKES = re.compile(r"^(?:\w+\.)*(?:field|Field|ib|attrib)\(")
_DEFAULT = re.compile(r"\bdefault\s*=\s*(?P<value>[^,()]+)")


def is_property(source: Source, index: int) -> bool:
    """Whether a Python method is read like an attribute."""
    if source.language.name != "python":
        return False
    return any(_PROPERTY.match(each) for each in source.detail.decorators.get(index, ()))


def is_setter(source: Source, index: int) -> bool:
    """Whether a definition only writes or deletes what a property reads."""
    marks = source.detail.decorators.get(index, ())
    if source.language.name == "python":
        return any(_SETTER.search(each) for each in marks)
    return source.symbol(index).kind == "property" and bool(
        re.match(r"(?:static\s+|public\s+|protected\s+)*set\b", source.header(index))
    )


def constructor_of(source: Source, index: int) -> int | None:
    """A Python class's own `__init__`."""
    if source.language.name != "python":
        return None
    for at, symbol in enumerate(source.outline.symbols):
        if symbol.parent == index and symbol.name == "__init__":
            return at
    return None


def attributes(source: Source, index: int) -> tuple[Item, ...]:
    """The public fields of a Python class whose fields make its constructor."""
    if source.language.name != "python" or not _is_data(source, index):
        return ()
    items: list[Item] = []
    for symbol in source.outline.symbols:
        if symbol.parent != index or symbol.kind != "field" or symbol.name.startswith("_"):
            continue
        line = source.text(symbol.start, symbol.end)
        match = re.match(r"\w+\s*:\s*(?P<type>[^=]+?)\s*(?:=\s*(?P<value>.*))?$", line, re.DOTALL)
        if not match or "ClassVar" in match["type"]:
            continue
        items.append(Item(symbol.name, "", match["type"].strip(), _default(match["value"])))
    return tuple(items)


def _default(value: str | None) -> str | None:
    if value is None or not _MAKES.match(value):
        return value
    match = _DEFAULT.search(value)
    return match["value"].strip() if match else None


def _is_data(source: Source, index: int) -> bool:
    marks = source.detail.decorators.get(index, ())
    bases = source.detail.bases.get(index, ())
    return any(_DATA.match(each) for each in marks) or any(map(_DATA_BASES.search, bases))


def owner_chain(source: Source, index: int) -> list[int]:
    """The definitions around one, innermost first."""
    chain: list[int] = []
    parent = source.symbol(index).parent
    while parent != TOP and parent not in chain:
        chain.append(parent)
        parent = source.symbol(parent).parent
    return chain


def owner_name(source: Source, index: int) -> str:
    """The last name of the type that a definition belongs to, "" for none."""
    symbol = source.symbol(index)
    if symbol.owner:
        return symbol.owner.rpartition(".")[2]
    if symbol.parent == TOP or source.symbol(symbol.parent).kind in ("module", "namespace"):
        return ""
    return source.symbol(symbol.parent).name.rpartition(".")[2]
