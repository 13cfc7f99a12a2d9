"""The uses of names in the new state, and what the same use meant in the base."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, splitext

from codeassist.base.symbols import TOP, Import, Outline, Use
from codeassist.checks.check import Review
from codeassist.checks.surface import qualified
from codeassist.index.found import Found
from codeassist.index.values import Values
from codeassist.languages import Imports, by_name

_BY_FILE = (Imports.INCLUDE, Imports.SCRIPT)  # families whose imports name files with extensions


@dataclass(frozen=True, slots=True)
class Stale:
    """A place in the new state that uses a name: an import statement or a use."""

    path: str
    start: int
    end: int
    name: str
    imported: Import | None = None
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """A definition whose uses are sought by its name: its path, in either state.

    Where `beside` is set, only files that have this word too are looked into. A module's name is
    looked for in imports, and in the rest of a file only where an import has it.
    """

    path: str
    beside: str = ""
    is_module: bool = False


def places(
    review: Review, words: Mapping[str, Collection[Sought]], wanted: Callable[[Use], bool]
) -> Iterator[Stale]:
    """The imports and uses of some names in all files of the new state that can mean them."""
    for path, names in _holders(review, words).items():
        review.token.check()
        outline = review.head.outline(path)
        imports = list(_imports(review, path, outline, names)) if outline else []
        yield from imports
        named = {place.name for place in imports}
        if all(name not in named and _are_modules(words[name]) for name in names):
            continue
        detail = review.head.detail(path)
        for use in detail.uses.named(names) if detail else ():
            if wanted(use):
                yield Stale(path, use.start, use.end, use.name, use=use)


def _imports(
    review: Review, path: str, outline: Outline, names: Collection[str]
) -> Iterator[Stale]:
    family = by_name(outline.language).imports
    for imported in outline.imports:
        name = imported.name or ""
        name = name if name in names else _module_name(imported, family)
        if name in names:
            start, end = name_range(review, path, imported, name)
            yield Stale(path, start, end, name, imported=imported)


def _are_modules(every: Collection[Sought]) -> bool:
    return all(each.is_module for each in every)


def _holders(review: Review, words: Mapping[str, Collection[Sought]]) -> dict[str, set[str]]:
    """The files that reach a definition and have its word, in either state; each with the words.

    In files that the diff changes every word counts.
    """
    by_owner: dict[str, dict[str, set[str]]] = {}
    for name, every in words.items():
        for each in every:
            paths = set(review.head.with_word(name))
            if each.beside:
                paths &= set(review.head.with_word(each.beside))
            having = by_owner.setdefault(each.path, {})
            for path in paths:
                having.setdefault(path, set()).add(name)
    found: dict[str, set[str]] = {}
    for owner, having in by_owner.items():
        for path in _reaching(review, having, owner):
            found.setdefault(path, set()).update(having[path])
    return dict(sorted(found.items()))


def _reaching(review: Review, paths: Collection[str], owner: str) -> Iterator[str]:
    """Those of some files that reach a file in either state, or that the diff changes."""
    now = review.head_reach.reaching(paths, (owner,))
    unchanged = (path for path in paths if path in review.base and path not in review.changes)
    before = review.base_reach.reaching((path for path in unchanged if path not in now), (owner,))
    yield from (p for p in paths if p in now or p in before or p in review.changes)


def meaning(values: Values, path: str, place: Stale) -> Found:
    """What a place means in a view; the use must come from that view's own file."""
    if place.imported is not None:
        return values.names.imported(path, place.imported)
    assert place.use is not None
    return values.resolve(path, place.use)


def in_base(review: Review, place: Stale) -> Found | None:
    """What the same place meant in the base; None if the base has no such place."""
    old = review.old_path.get(place.path, place.path)
    if place.imported is not None:
        return review.base_values.names.imported(old, place.imported)
    twin = _twin(review, old, place)
    return None if twin is None else review.base_values.resolve(old, twin)


def _twin(review: Review, old: str, place: Stale) -> Use | None:
    """The use in the base's file that corresponds to a use of the new state's."""
    if place.path in review.head and review.base.key(old) == review.head.key(place.path):
        return place.use
    detail, before = review.base.detail(old), review.base.outline(old)
    after = review.head.outline(place.path)
    if detail is None or before is None or after is None or place.use is None:
        return None
    scope = _scope_name(after, place.use.scope)
    for use in detail.uses.named((place.use.name,)):
        if use.receiver == place.use.receiver and _scope_name(before, use.scope) == scope:
            return use
    return None


def _scope_name(outline: Outline, scope: int) -> str:
    return qualified(outline, scope) if scope != TOP else ""


def _module_name(imported: Import, family: Imports) -> str:
    """The last part of the module that an import names, without an extension."""
    if "/" in imported.module or family in _BY_FILE:
        return splitext(basename(imported.module.strip("<>")))[0]
    return imported.module.rpartition(".")[2].rpartition(":")[2]


def name_range(review: Review, path: str, imported: Import, text: str) -> tuple[int, int]:
    """Where in an import statement a name stands."""
    document = review.head.document(path)
    if document is None or not text:
        return imported.start, imported.end
    data, name = document.data, text.encode()
    end = imported.end
    if text == imported.name:
        # The name of a module in quotes may have the same word, and comes last where it does.
        module = data.rfind(imported.module.encode(), imported.start, end)
        quoted = module > 0 and data[module - 1 : module] in (b"'", b'"', b"`")
        end = module if quoted and name in data[imported.start : module] else end
    at = data.rfind(name, imported.start, end)
    start = data.find(name, imported.start, end)
    while start != -1:
        before, after = data[start - 1 : start], data[start + len(name) : start + len(name) + 1]
        if not _is_word(before) and not _is_word(after):
            at = start
        start = data.find(name, start + 1, end)
    return (at, at + len(name)) if at != -1 else (imported.start, imported.end)


def _is_word(byte: bytes) -> bool:
    return byte.isalnum() or byte in (b"_", b"$") or byte >= b"\x80"
