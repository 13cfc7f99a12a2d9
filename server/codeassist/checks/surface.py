"""What a diff takes away or changes of the names that other code can use.

Compares the outlines of the base and of the new state, file by file of the diff. A symbol inside a
function is nobody else's business and is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from posixpath import basename, dirname, splitext

from codeassist.base.changes import ChangeKind
from codeassist.base.symbols import CALLABLE_KINDS, TOP, Outline, Parameter
from codeassist.checks.check import Review, header_range
from codeassist.index.view import View
from codeassist.languages import Imports, by_name

Qualified = dict[str, int]

_FILE_MODULES = (Imports.PYTHON, Imports.NODE, Imports.RUST, Imports.INCLUDE, Imports.SCRIPT)


@dataclass(frozen=True, slots=True)
class Removed:
    """A symbol of the base that the new state no longer has at its place.

    `path` and `symbol` are the base's. `new_path` is the file's path now, None if it was deleted.
    `successor` is the qualified name of what likely replaced it, "" if nothing suggests itself.
    `members` are the base's symbols inside of it, which went with it. A removed module has the
    symbol TOP, its path as qualified name and its new path as successor.
    """

    path: str
    symbol: int
    name: str
    qualified: str
    kind: str
    new_path: str | None
    successor: str = ""
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A callable whose parameters differ between the base and the new state."""

    old_path: str
    old_symbol: int
    path: str
    symbol: int
    name: str
    qualified: str
    before: tuple[Parameter, ...]
    after: tuple[Parameter, ...]


def public(outline: Outline) -> Qualified:
    """The symbols that code elsewhere can reach, by qualified name; of equal names the last."""
    found: Qualified = {}
    for index, symbol in enumerate(outline.symbols):
        parent = symbol.parent
        while parent != TOP and outline.symbols[parent].kind not in CALLABLE_KINDS:
            parent = outline.symbols[parent].parent
        if parent == TOP:
            found[qualified(outline, index)] = index
    return found


def qualified(outline: Outline, index: int) -> str:
    """A symbol's dotted name, with its owner's where that is defined elsewhere."""
    owner = outline.symbols[index].owner
    name = outline.qualified(index)
    return f"{owner}.{name}" if owner else name


def removed(review: Review) -> Iterator[Removed]:
    """The symbols that the diff takes away from where they were."""
    for change in review.diff.files:
        if change.old_path is None or change.kind in (ChangeKind.COPIED, ChangeKind.ADDED):
            continue
        before = review.base.outline(change.old_path)
        if before is None:
            continue
        if change.kind is not ChangeKind.MODIFIED and is_module(before.language):
            if change.old_path != change.new_path:
                yield _module(change.old_path, before, change.new_path)
            continue
        after = review.head.outline(change.new_path) if change.new_path else None
        if change.new_path and after is None:
            continue  # it is there, but not indexed any more: nothing can be said
        yield from _removed_from(change.old_path, before, change.new_path, after)


def is_module(language: str) -> bool:
    """Whether each file of a language is a module that is imported by its own name."""
    return by_name(language).imports in _FILE_MODULES


def _module(path: str, before: Outline, new_path: str | None) -> Removed:
    """A file that is gone from its place, with all that could be imported from it."""
    stem = splitext(basename(path))[0]
    name = basename(dirname(path)) if stem in ("__init__", "index", "mod") else stem
    members = tuple(sorted(public(before).values()))
    return Removed(path, TOP, name, path, "module", new_path, new_path or "", members)


def _removed_from(
    path: str, before: Outline, new_path: str | None, after: Outline | None
) -> Iterator[Removed]:
    old = public(before)
    new = public(after) if after else {}
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    for name in gone:
        index = old[name]
        symbol = before.symbols[index]
        parent = name.rpartition(".")[0]
        if any(name.startswith(other + ".") for other in gone):
            continue  # it went with its class, which is reported
        heirs = [n for n in come if n.rpartition(".")[0] == parent] if after else []
        heirs = [n for n in heirs if after and after.symbols[new[n]].kind == symbol.kind]
        successor = next(iter(get_close_matches(name, heirs, n=1)), "")
        members = tuple(old[other] for other in gone if other.startswith(name + "."))
        yield Removed(path, index, symbol.name, name, symbol.kind, new_path, successor, members)


def changed(review: Review) -> Iterator[Changed]:
    """The callables whose parameters the diff changes. Overloaded names are left out."""
    for change in review.diff.files:
        if change.old_path is None or change.new_path is None:
            continue
        before = review.base.outline(change.old_path)
        after = review.head.outline(change.new_path)
        if before is None or after is None:
            continue
        old, new = public(before), public(after)
        many = overloaded(before) | overloaded(after)
        for name in old.keys() & new.keys() - many:
            if _is_callable(before, old[name]) and _is_callable(after, new[name]):
                yield from _compare(review, change.old_path, old[name], change.new_path, new[name])


def _compare(review: Review, old_path: str, old: int, path: str, new: int) -> Iterator[Changed]:
    if _header_text(review.base, old_path, old) == _header_text(review.head, path, new):
        return  # Parameters stand in the header; a detail costs much more than this look.
    before, after = review.base.detail(old_path), review.head.detail(path)
    outline = review.head.outline(path)
    if before is None or after is None or outline is None:
        return
    was, now = before.parameters.get(old, ()), after.parameters.get(new, ())
    if [_essence(p) for p in was] == [_essence(p) for p in now]:
        return
    name = qualified(outline, new)
    yield Changed(old_path, old, path, new, outline.symbols[new].name, name, was, now)


def _header_text(view: View, path: str, symbol: int) -> bytes:
    """The bytes of a definition's header."""
    document = view.document(path)
    start, end = header_range(view, path, symbol)
    return document.data[start:end] if document else b""


def _essence(parameter: Parameter) -> tuple[object, ...]:
    return parameter.name, parameter.kind, parameter.required


def is_overloaded(outline: Outline, index: int) -> bool:
    """Whether another callable of the file has a callable's qualified name."""
    name, mine = outline.symbols[index].name, qualified(outline, index)
    return any(
        symbol.name == name
        and other != index
        and symbol.kind in CALLABLE_KINDS
        # The name alone is quick to compare, and tells most of them apart.
        and qualified(outline, other) == mine
        for other, symbol in enumerate(outline.symbols)
    )


def overloaded(outline: Outline) -> set[str]:
    """The qualified names that several callables of a file share."""
    callables = (i for i in range(len(outline.symbols)) if _is_callable(outline, i))
    counts = Counter(qualified(outline, index) for index in callables)
    return {name for name, count in counts.items() if count > 1}


def _is_callable(outline: Outline, index: int) -> bool:
    return outline.symbols[index].kind in CALLABLE_KINDS
