"""Locates what a text is about: a weighted sum of what speaks for each file and each definition.

The weights are of a multinomial logit, fitted by maximum likelihood: exp(score) is proportional to
the chance that a change for the text edits the place. No model, and no history: how often a file
was changed told nothing beside its words. Knows nothing of stack traces, which `frames` resolves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import exp

from codeassist.base.symbols import TOP
from codeassist.context.evidence import PHRASE_FILES, Evidence
from codeassist.context.mentions import mentions_of
from codeassist.index.view import View

MOST = 50  # files and definitions given; what comes after is noise
REASONS = 3  # shown for each
LEAST = 0.15  # what a reason must add to a score to be told
LEAST_WORDS = 0.02  # of a unit's best words, so that a shared "data" alone is no place
WORDS_SHOWN = 4

# For files, fitted on issues of public repositories; bench/README.md says what each is worth. Few
# texts name a path: for "named" the fit says 2.8, and nothing changes up to 4.5, which is surer.
FILE_WEIGHTS: Mapping[str, float] = {
    "words": 3.7, "names": 1.4, "phrases": 0.9, "definitions": 0.65, "named": 4.5,
    "test": -3.2, "aside": -1.6,
}  # fmt: skip
# For definitions: what their file has, and their own.
FILE_SHARE = 0.6
WORDS, DEFINITIONS = 4.2, 1.6

Place = tuple[str, int, float, tuple[str, ...]]


def locate_text(
    view: View, text: str
) -> tuple[list[tuple[str, float, tuple[str, ...]]], list[Place]]:
    """Files as (path, score, reasons) and definitions as (path, symbol, score, reasons).

    Best first, at most 50 each; the best score is 1. None where no word of the text is known.
    """
    evidence = Evidence(view, mentions_of(text))
    if not evidence.terms and not any(evidence.named[0]):
        return [], []
    search = _Search(view, evidence)
    return search.files(), search.definitions()


@dataclass(frozen=True, slots=True)
class Signals:
    """What each signal says of each file; `phrases` are shared phrases, to be shown."""

    values: Mapping[str, list[float]]
    phrases: Mapping[int, str]


def signals_of(evidence: Evidence) -> Signals:
    """All signals. Phrases are looked for in the best files without them."""
    words, definitions = [0.0] * len(evidence.paths), [0.0] * len(evidence.paths)
    for unit, file in enumerate(evidence.file_of):
        words[file] = max(words[file], evidence.words[unit])
        definitions[file] = max(definitions[file], min(1.0, evidence.definitions[0][unit]))
    values = {
        "words": words, "names": evidence.names, "definitions": definitions,
        "named": evidence.named[0], "test": evidence.test, "aside": evidence.aside,
    }  # fmt: skip
    sums = weighed(values)
    best = nsmallest(PHRASE_FILES, range(len(sums)), key=lambda file: -sums[file])
    phrases, shown = evidence.phrases(best)
    return Signals({**values, "phrases": phrases}, shown)


def weighed(values: Mapping[str, list[float]]) -> list[float]:
    """The weighted sum of each file's signals."""
    columns = [[FILE_WEIGHTS[name] * value for value in each] for name, each in values.items()]
    return [sum(row) for row in zip(*columns, strict=True)]


class _Search:
    """The rankings of one text."""

    def __init__(self, view: View, evidence: Evidence) -> None:
        self._view = view
        self._evidence = evidence
        self._signals = signals_of(evidence)
        self._sums = weighed(self._signals.values)

    def files(self) -> list[tuple[str, float, tuple[str, ...]]]:
        """The best files."""
        paths, sums = self._evidence.paths, self._sums
        order = nsmallest(MOST, range(len(sums)), key=lambda file: (-sums[file], paths[file]))
        best = sums[order[0]]
        return [(paths[file], exp(sums[file] - best), self._reasons(file)) for file in order]

    def definitions(self) -> list[Place]:
        """The best definitions, each once."""
        evidence = self._evidence
        scores: dict[tuple[str, int], tuple[float, int]] = {}
        for unit, file in enumerate(evidence.file_of):
            words, named = evidence.words[unit], evidence.definitions[0][unit]
            if words < LEAST_WORDS and not named:
                continue
            symbol = self._symbol(unit)
            if symbol != TOP:
                score = FILE_SHARE * self._sums[file] + WORDS * words + DEFINITIONS * named
                key = (evidence.paths[file], symbol)
                scores[key] = max(scores.get(key, (score, unit)), (score, unit))
        order = nsmallest(MOST, scores.items(), key=lambda item: (-item[1][0], item[0]))
        best = order[0][1][0] if order else 0.0
        return [
            (path, symbol, exp(score - best), self._unit_reasons(unit))
            for (path, symbol), (score, unit) in order
        ]

    def _symbol(self, unit: int) -> int:
        """A unit's definition: of module code the one that the text names, TOP for none."""
        evidence = self._evidence
        file = evidence.file_of[unit]
        found = evidence.sheets[file].units[unit - evidence.first[file]]
        name = evidence.definitions[1].get(unit)
        outline = self._view.outline(found.path) if found.symbol == TOP and name else None
        if outline is None:
            return found.symbol
        inside = (
            index
            for index, symbol in enumerate(outline.symbols)
            if symbol.name == name and found.start <= symbol.name_start < found.end
        )
        return next(inside, TOP)

    def _reasons(self, file: int) -> tuple[str, ...]:
        """What speaks for a file, the strongest first."""
        parts = {
            name: FILE_WEIGHTS[name] * values[file] for name, values in self._signals.values.items()
        }
        told: list[str] = []
        for name in sorted(parts, key=lambda name: -parts[name]):
            if parts[name] >= LEAST:
                told.append(self._reason(name, file))
        return tuple(dict.fromkeys(filter(None, told)))[:REASONS]

    def _reason(self, signal: str, file: int) -> str:
        evidence = self._evidence
        if signal == "named":
            return f"is named in the text: {evidence.named[1][file]}"
        if signal == "phrases":
            return f'has the phrase "{self._signals.phrases[file]}"'
        if signal == "definitions":
            first = evidence.first[file]
            units = range(first, first + len(evidence.sheets[file].units))
            return self._defines(max(units, key=lambda unit: evidence.definitions[0][unit]))
        if signal == "names":
            return _listed("uses the names", evidence.shared(file, evidence.mentions.code))
        return _listed("has the words", evidence.shared(file, evidence.terms))

    def _unit_reasons(self, unit: int) -> tuple[str, ...]:
        """What speaks for a definition."""
        named = self._defines(unit) if unit in self._evidence.definitions[1] else ""
        words = _listed("has the words", self._evidence.shared_in(unit))
        return tuple(filter(None, (named, words)))

    def _defines(self, unit: int) -> str:
        """Says which definition of a unit the text names, with its class."""
        name = self._evidence.definitions[1][unit]
        return f"defines `{name}`, which the text names"


def _listed(words: str, terms: Iterable[str]) -> str:
    """A reason that lists some words, without those that differ only in case."""
    distinct = {term.lower(): term for term in reversed(list(terms))}
    shown = list(reversed(distinct.values()))[:WORDS_SHOWN]
    return f"{words}: {', '.join(shown)}" if shown else ""
