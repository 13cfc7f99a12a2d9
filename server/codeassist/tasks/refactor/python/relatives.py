"""What is around a renamed definition and may know its name: decorators, bases, overrides."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from codeassist.index.found import OPAQUE
from codeassist.tasks.refactor.python.mentions import mentions

if TYPE_CHECKING:
    from codeassist.tasks.refactor.python.leftovers import Leftovers

# Decorators that do not look at the name of what they decorate.
_HARMLESS_TEXT = """
property setter getter deleter staticmethod classmethod abstractmethod cached_property
contextmanager asynccontextmanager overload override final wraps dataclass cache lru_cache
total_ordering unique singledispatch runtime_checkable
"""
_HARMLESS = frozenset(_HARMLESS_TEXT.split())
# Bases that look at no names of their classes' members, and have none that people rename.
_PLAIN_BASES = frozenset({"object", "Exception", "ValueError", "RuntimeError", "ABC", "abc.ABC"})


def decorators(left: "Leftovers") -> Iterator[str]:
    """A reason for each decorator of the definition that may look at its name."""
    home = left.files[left.found.home]
    for mention in mentions(home, left.name):
        if mention.start not in left.places[left.found.home]:
            continue
        for each in getattr(mention.node, "decorator_list", ()):
            word = ast.unparse(each.func if isinstance(each, ast.Call) else each)
            if word.rpartition(".")[2] not in _HARMLESS:
                yield f"the decorator `{word}` may use the name `{left.name}`"


def same_methods(left: "Leftovers") -> Iterator[str]:
    """A reason for each method of the same name with a parameter that keeps the old one.

    A call by the parameter's name may reach either.
    """
    names = left.owners - {"__init__", "__new__"}
    for path in left.view.with_any_word(names):
        outline, detail = left.view.outline(path), left.view.detail(path)
        if outline is None or detail is None:
            continue
        for index, symbol in enumerate(outline.symbols):
            if symbol.name not in names or symbol.kind != "method":
                continue
            kept = [each for each in detail.parameters.get(index, ()) if each.name == left.name]
            if kept and kept[0].start not in left.places.get(path, ()):
                yield f"`{outline.qualified(index)}` in {path} has a parameter `{left.name}`, too"


def outside_bases(left: "Leftovers") -> Iterator[str]:
    """A reason for each class of the member with a base that is not in the repository."""
    path = left.found.home
    outline, detail = left.view.outline(path), left.view.detail(path)
    if outline is None or detail is None:
        return
    for index, symbol in enumerate(outline.symbols):
        if not any(symbol.start <= place < symbol.end for place in left.places[path]):
            continue
        for base in detail.bases.get(index, ()):
            known = left.values.class_named(path, symbol.parent, base)
            if known is OPAQUE and base not in _PLAIN_BASES:
                yield f"`{symbol.name}` has the base `{base}`, which may know the name"
