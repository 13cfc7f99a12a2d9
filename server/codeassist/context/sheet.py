"""What ranking knows of one file: its units, and which terms and names are in which.

Made from a file's content alone, so that it is kept while the content is the same.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codeassist.base.files import Document
from codeassist.base.symbols import TOP, Outline
from codeassist.context.kept import kind, packed, unpacked
from codeassist.context.pieces import Unit
from codeassist.context.postings import Postings, postings_of
from codeassist.context.terms import terms_of, words_in
from codeassist.context.units import units_of
from codeassist.index.view import View

NAMING_KINDS = frozenset({"field", "variable", "property"})  # locals and attributes: too many


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's units (by position) and their contents.

    `terms` holds for each term (unit, times, unit, times, …) in one flat tuple.
    `defines` goes from a definition's name to the units that define it. `lengths` are numbers of
    terms, `names` the units' own names.
    """

    units: tuple[Unit, ...]
    lengths: tuple[int, ...]
    terms: Mapping[str, tuple[int, ...]]
    defines: Mapping[str, tuple[int, ...]]
    names: tuple[str, ...]


EMPTY = Sheet((), (), {}, {}, ())  # of a file that cannot be read


def kept_sheet(view: View, path: str) -> Sheet | None:
    """A file's sheet, from the store where it is kept; None where there is none."""
    sheets = kind("sheet")
    row = unpacked(view.kept(sheets, path))
    if row is not None:
        return _decoded(path, row)
    outline, document = view.outline(path), view.document(path)
    if outline is None or document is None:
        return None
    sheet = sheet_of(path, outline, document)
    view.keep(sheets, path, packed(_encoded(sheet)))
    return sheet


def sheet_of(path: str, outline: Outline, document: Document) -> Sheet:
    """The sheet of a file."""
    units = units_of(path, outline, document.lines)
    counts: dict[str, list[int]] = {}
    lengths: list[int] = []
    for number, unit in enumerate(units):
        words = words_in(document.data[unit.start : unit.end].decode("utf-8", "replace"))
        found: dict[str, int] = {}
        for word, times in Counter(words).items():
            for term in terms_of(word):
                found[term] = found.get(term, 0) + times
        for term, times in found.items():
            counts.setdefault(term, []).extend((number, times))
        lengths.append(sum(found.values()))
    names = tuple(outline.symbols[unit.symbol].name if unit.symbol != TOP else "" for unit in units)
    return Sheet(
        units,
        tuple(lengths),
        {term: tuple(flat) for term, flat in counts.items()},
        _defines(outline, units),
        names,
    )


def _defines(outline: Outline, units: tuple[Unit, ...]) -> Mapping[str, tuple[int, ...]]:
    """The units in which each name is defined. Units are in order and do not overlap."""
    found: dict[str, list[int]] = {}
    at = 0
    by_place = sorted(
        (symbol.name_start, symbol.name)
        for symbol in outline.symbols
        if symbol.kind not in NAMING_KINDS or symbol.parent == TOP
    )
    for start, name in by_place:
        while at < len(units) and units[at].end <= start:
            at += 1
        if at < len(units) and units[at].start <= start:
            places = found.setdefault(name, [])
            if not places or places[-1] != at:
                places.append(at)
    return {name: tuple(places) for name, places in found.items()}


def _encoded(sheet: Sheet) -> tuple[object, ...]:
    """A sheet as plain data, without its path: files of equal content share it."""
    most = max((len(sheet.units), *sheet.lengths), default=0)
    terms = postings_of(sheet.terms.items(), most)
    units = tuple((unit.symbol, unit.start, unit.end) for unit in sheet.units)
    return units, sheet.lengths, terms.code, terms.raw, dict(sheet.defines), sheet.names


def _decoded(path: str, row: tuple[Any, ...]) -> Sheet:
    units, lengths, code, terms, defines, names = row
    return Sheet(
        tuple(Unit(path, *unit) for unit in units), lengths, Postings(code, terms), defines, names
    )
