"""What a file offers to others: the definitions at its top that are not hidden."""

from collections.abc import Iterable

from codeassist.base.symbols import CALLABLE_KINDS, CLASS_KINDS, TOP, Outline

_KINDS = (CLASS_KINDS | CALLABLE_KINDS | {"type"}) - {"impl", "constructor"}
_SPACES = frozenset({"namespace", "module"})
_MAIN = frozenset({"main", "__init__"})


def public(outline: Outline) -> Iterable[int]:
    """The definitions at the top of a file, or of namespaces in it, that others may use."""
    spaces = {TOP}
    seen: set[str] = set()
    for index, symbol in enumerate(outline.symbols):
        if symbol.parent not in spaces or symbol.owner:
            continue
        if symbol.kind in _SPACES and outline.language != "rust":  # whose inner ones are for tests
            spaces.add(index)
        hidden = symbol.name.startswith("_") or symbol.name in _MAIN or symbol.name in seen
        if symbol.kind in _KINDS and not hidden:
            seen.add(symbol.name)  # overloads and branches define a name more than once
            yield index
