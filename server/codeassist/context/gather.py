"""Gathers what can matter for a focus: candidate files, their sheets, and the query.

The lexicon finds the files that share the focus's terms; its imports, its history, its folder and
the open documents add theirs. Signals then look at units of these files only, so that a request
costs the same in a small and in a large repository.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from codeassist.base.cancellation import CancellationToken
from codeassist.context.bm25 import rarity, unit_scores
from codeassist.context.changes import Changes
from codeassist.context.lexicon import Lexicon
from codeassist.context.links import Links
from codeassist.context.pieces import Focus, History
from codeassist.context.query import Query, query_of, weighted
from codeassist.context.sheet import EMPTY, Sheet, kept_sheet
from codeassist.index.recent import Recent
from codeassist.index.view import View

# Files by terms. In 8k tokens 150 bring what 300 do, in half the time; more tokens hold more files.
LEAST_CANDIDATES, MOST_CANDIDATES = 150, 300
TOKENS_A_CANDIDATE = 200
NEIGHBOURS = 40  # files that each of history, imports and folder may add
SHEETS_KEPT = 1500  # about 40 kB each
LENGTH_SHARE = 0.3  # how much a file's length counts against it: long files are edited more often


@dataclass(frozen=True, slots=True)
class Marks:
    """What a signal says: a number from 0 to 1 for each unit, or for each file, or both.

    An empty list says nothing. `notes` are words for people, by unit.
    """

    units: list[float]
    files: list[float]
    notes: Mapping[int, str] | None = None


class Shelf:
    """What is kept between requests on one store: sheets, the lexicon, the history's index."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.sheets: Recent[Sheet | None] = Recent(SHEETS_KEPT)
        self.changes: Changes | None = None
        self.links: Links | None = None

    @classmethod
    def of(cls, view: View) -> "Shelf":
        """The shelf beside a view's store, its lexicon at the view's state."""
        shelf = view.beside("context", cls)
        shelf.lexicon.follow(view)
        return shelf

    def sheet(self, view: View, path: str) -> Sheet | None:
        """A file's sheet, None where there is none."""
        key = view.key(path)
        return None if key is None else self.sheets.get((path, key), lambda: kept_sheet(view, path))


class Scene:
    """One request's candidates. Files and units go by number; `first[file]` is its first unit."""

    def __init__(
        self,
        view: View,
        focus: Focus,
        history: History,
        token: CancellationToken,
        breadth: int = LEAST_CANDIDATES,
    ) -> None:
        """`breadth` is how many files are looked at for their terms; see `breadth_for`."""
        self.view, self.focus, self.breadth = view, focus, breadth
        self.shelf = Shelf.of(view)
        self.lexicon = self.shelf.lexicon
        self.changes = Changes.of(self.shelf.changes, history, view)
        self.shelf.changes = self.changes
        self.links = Links.of(self.shelf.links, view)
        self.shelf.links = self.links
        own = self.shelf.sheet(view, focus.path) if focus.path is not None else None
        self.query: Query = query_of(view, focus, own, self.lexicon)
        self.paths = tuple(self._candidates())
        self.sheets: list[Sheet] = []
        self.first: list[int] = []
        self.file_of: list[int] = []
        for number, path in enumerate(self.paths):
            token.check()
            sheet = self.shelf.sheet(view, path) or EMPTY
            self.first.append(len(self.file_of))
            self.sheets.append(sheet)
            self.file_of.extend([number] * len(sheet.units))
        self.units = [unit for sheet in self.sheets for unit in sheet.units]
        self._having: dict[str, int] = {}
        self.own = frozenset(self.query.own if self.has_focus else ())

    @property
    def has_focus(self) -> bool:
        """Whether the first candidate is the focus's own file."""
        return bool(self.paths) and self.paths[0] == self.query.path

    @cached_property
    def defining(self) -> Mapping[str, list[int]]:
        """The units that define each name."""
        found: dict[str, list[int]] = {}
        for first, sheet in zip(self.first, self.sheets, strict=True):
            for name, units in sheet.defines.items():
                found.setdefault(name, []).extend(first + unit for unit in units)
        return found

    def using(self, name: str) -> list[int]:
        """The units in which a name stands."""
        return [
            first + unit
            for first, sheet in zip(self.first, self.sheets, strict=True)
            if name in sheet.terms
            for unit in sheet.terms[name][::2]
        ]

    def text(self, unit: int) -> str:
        """A unit's text, "" if its file has gone."""
        where = self.units[unit]
        document = self.view.document(where.path)
        data = document.data[where.start : where.end] if document is not None else b""
        return data.decode("utf-8", "replace")

    def relevance(self, terms: Mapping[str, float]) -> list[float]:
        """BM25 of weighted terms for every unit, the best unit at 1."""
        return scaled(unit_scores(self.sheets, terms))

    def _candidates(self) -> Iterator[str]:
        """The files to look at, the focus's own first, without repeats."""
        path = self.query.path
        chosen: dict[str, None] = {}
        if path is not None and path in self.view:
            chosen[path] = None
        chosen.update(dict.fromkeys(p for p in self.focus.open_paths if p in self.view))
        if self.lexicon.count <= self.breadth:
            chosen.update(dict.fromkeys(self.view.paths))
            return iter(chosen)
        if path is not None:
            near = self.changes.together(path)
            chosen.update(dict.fromkeys(sorted(near, key=lambda p: (-near[p], p))[:NEIGHBOURS]))
            around = self.links.around(path)
            chosen.update(dict.fromkeys(around[:NEIGHBOURS]))
            folder = dirname(path)
            beside = [other for other in self.view.paths if dirname(other) == folder]
            chosen.update(dict.fromkeys(beside[:NEIGHBOURS]))
        chosen.update(dict.fromkeys(self._by_terms()))
        return iter(chosen)

    def _by_terms(self) -> list[str]:
        """The files that share the most telling terms with the focus."""
        query, lexicon = self.query, self.lexicon
        total: dict[str, float] = {}
        parts: tuple[tuple[Iterable[str], float], ...] = (
            (query.line, 2.0), (query.body, 1.0), ((query.name,), 2.0), ((query.stem,), 1.0),
            (query.text, 2.0), (query.defined, 1.0),
        )  # fmt: skip
        for words, factor in parts:
            for term, weight in weighted(words, lexicon.rarity, 3).items():
                total[term] = total.get(term, 0.0) + factor * weight
        scores = [0.0] * len(lexicon.paths)
        for term, weight in total.items():
            for number in lexicon.files(term):
                scores[number] += weight
        mean = sum(lexicon.lengths) / max(1, lexicon.count)
        ranked = sorted(
            (
                (-score / (1 - LENGTH_SHARE + LENGTH_SHARE * lexicon.lengths[at] / mean), path)
                for at, (score, path) in enumerate(zip(scores, lexicon.paths, strict=True))
                if score > 0
            ),
        )
        return [path for _, path in ranked[: self.breadth]]

    def having(self, term: str) -> int:
        """The number of candidate units in which a term stands."""
        found = self._having.get(term)
        if found is None:
            found = sum(len(sheet.terms.get(term, ())) for sheet in self.sheets) // 2
            self._having[term] = found
        return found

    def rarity(self, term: str) -> float:
        """How much it tells that a term is in a unit."""
        return rarity(len(self.units), self.having(term))


def breadth_for(budget: int) -> int:
    """How many files are worth a look for a budget in tokens."""
    return min(MOST_CANDIDATES, max(LEAST_CANDIDATES, budget // TOKENS_A_CANDIDATE))


def scaled(scores: list[float]) -> list[float]:
    """Scores divided by the best of them."""
    best = max(scores, default=0.0)
    return [score / best for score in scores] if best > 0 else scores
