"""What speaks for each file and each unit that a text may be about.

The lexicon gives the candidates, so that the cost goes with the text and not with the repository.
Tests and what is beside the program are marked, and do not count in how rare a word is: a word of
every test can be rare in the program. Knows no weights of signals against each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nsmallest
from math import log1p

from codeassist.base.symbols import TOP
from codeassist.context.bm25 import K1, rarity, unit_scores
from codeassist.context.gather import Shelf
from codeassist.context.lexicon import Lexicon
from codeassist.context.mentions import Mentions, phrases_in, variants_of
from codeassist.context.roles import is_aside, is_test
from codeassist.context.sheet import EMPTY
from codeassist.context.terms import terms_of
from codeassist.index.view import View

CANDIDATES = 200  # files whose units are looked at
PHRASE_FILES = 60  # files that are searched for phrases: the others are far behind without
TERMS = 96  # the best terms by weight; more cost time and change nothing
MOST_TIMES = 3  # a word that is repeated more often does not tell more
VARIANT = 0.5  # what another form of a word weighs
SHORTEST = 3  # letters of a name that tells where it is defined
# Of where words stand: a title is about the matter, a block of code shows how it came to be.
TITLE, PROSE, NAMED, BLOCK = 1.5, 1.0, 1.0, 0.4
BESIDE = 0.5  # what a test's words count among the candidates
FILE_B = 0.5  # BM25's b for whole files: long files are long because they do more
SHARED = 0.8  # a word or phrase of n files counts n ** -0.8 for each
DEFINED = 0.7  # a name that n units define counts n ** -0.7 for each
# `Cart.total` names that class's method, however many others have the name, and less the class.
QUALIFIED, OWNER = 2.5, 0.5
FOLDER_AND_NAME, NAME = 0.8, 0.5  # of a path that is named, what may be the same


class Evidence:
    """One text's candidates; lists go by file or by unit, `first[file]` is its first unit."""

    def __init__(self, view: View, mentions: Mentions) -> None:
        self.mentions = mentions
        self._view = view
        shelf = Shelf.of(view)
        self._lexicon: Lexicon = shelf.lexicon
        self._program = {
            number
            for number, path in enumerate(self._lexicon.paths)
            if path and not is_test(path) and not is_aside(path)
        }
        self._rarity: dict[str, float] = {}
        self.terms = self._terms()
        self.paths = self._candidates()
        self.numbers = {path: file for file, path in enumerate(self.paths)}
        self.sheets = [shelf.sheet(view, path) or EMPTY for path in self.paths]
        self.first: list[int] = []
        self.file_of: list[int] = []
        for file, sheet in enumerate(self.sheets):
            self.first.append(len(self.file_of))
            self.file_of.extend([file] * len(sheet.units))
        self.test = [float(is_test(path)) for path in self.paths]
        self.aside = [float(is_aside(path)) for path in self.paths]

    @cached_property
    def words(self) -> list[float]:
        """BM25 of the text's words for each unit; the best one outside of tests has 1."""
        return self._scaled(unit_scores(self.sheets, self.terms), self.file_of)

    @cached_property
    def names(self) -> list[float]:
        """BM25 of the text's names in code for each file."""
        terms = self._weighted(self.mentions.code)
        totals = [sum(sheet.lengths) for sheet in self.sheets]
        program = [total for total, test in zip(totals, self.test, strict=True) if not test]
        mean = sum(program) / max(1, len(program)) or 1.0
        scores = [0.0] * len(self.paths)
        for file, sheet in enumerate(self.sheets):
            norm = K1 * (1 - FILE_B + FILE_B * totals[file] / mean)
            for term, weight in terms.items():
                times = sum(sheet.terms.get(term, ())[1::2])
                scores[file] += weight * times * (K1 + 1) / (times + norm)
        return self._scaled(scores, range(len(scores)))

    @cached_property
    def definitions(self) -> tuple[list[float], Mapping[int, str]]:
        """For each unit how telling a name is that it defines and the text names; the names."""
        scores = [0.0] * len(self.file_of)
        told: dict[int, str] = {}
        owners = {owner for owner, _ in self.mentions.qualified}
        for name in sorted({name for name in self.mentions.code if len(name) >= SHORTEST}):
            units = [
                first + unit
                for first, sheet, test in zip(self.first, self.sheets, self.test, strict=True)
                if not test
                for unit in sheet.defines.get(name, ())
            ]
            for unit in units:
                owned = self._owned(unit, name)
                worth = QUALIFIED if owned else len(units) ** -DEFINED
                worth *= OWNER if name in owners else 1.0
                if worth > scores[unit]:
                    scores[unit], told[unit] = worth, owned or name
        return scores, told

    def _owned(self, unit: int, name: str) -> str:
        """A name with its class, where the unit is that definition and the text names both."""
        owners = {owner for owner, member in self.mentions.qualified if member == name}
        file = self.file_of[unit]
        found = self.sheets[file].units[unit - self.first[file]]
        outline = self._view.outline(found.path) if owners and found.symbol != TOP else None
        if outline is None:
            return ""
        parts = outline.qualified(found.symbol).split(".")
        return ".".join(parts[-2:]) if parts[-1] == name and owners & set(parts[-2:-1]) else ""

    def phrases(self, files: Iterable[int]) -> tuple[list[float], Mapping[int, str]]:
        """For each of some files the logarithm of the phrases that few others have; one of them."""
        having: dict[tuple[str, ...], list[int]] = {}
        for file in files:
            document = self._view.document(self.paths[file])
            if document is not None and not self.test[file]:
                text = document.data.decode("utf-8", "replace")
                for phrase in self.mentions.phrases.intersection(phrases_in(text)):
                    having.setdefault(phrase, []).append(file)
        scores, best = [0.0] * len(self.paths), dict[int, tuple[float, str]]()
        for phrase, found in sorted(having.items()):
            known = [self.rarity(word) for word in set(phrase) if self._lexicon.files(word)]
            worth = sum(known) / len(phrase) * len(found) ** -SHARED
            for file in found:
                scores[file] += worth
                best[file] = max(best.get(file, (0.0, "")), (worth, " ".join(phrase)))
        return [log1p(score) for score in scores], {f: text for f, (_, text) in best.items()}

    @cached_property
    def named(self) -> tuple[list[float], Mapping[int, str]]:
        """For each file whether the text names its path, and how it is written there."""
        scores = [0.0] * len(self.paths)
        told: dict[int, str] = {}
        for file, path in enumerate(self.paths):
            for written in self.mentions.paths:
                sure = same_path(path, written)
                if sure > scores[file]:
                    scores[file], told[file] = sure, written
        return scores, told

    def shared(self, file: int, words: Iterable[str]) -> list[str]:
        """Those of some words that stand in a file, the rarest first."""
        terms = self.sheets[file].terms
        found = {word for word in words if word in terms}
        return sorted(found, key=lambda word: (-self.rarity(word), word))

    def shared_in(self, unit: int) -> list[str]:
        """The text's terms that stand in a unit, the most telling first."""
        file = self.file_of[unit]
        terms, number = self.sheets[file].terms, unit - self.first[file]
        return [term for term in self.terms if number in terms.get(term, ())[::2]]

    def rarity(self, term: str) -> float:
        """How much it tells that a term is in a file of the program."""
        found = self._rarity.get(term)
        if found is None:
            having = len(self._program.intersection(self._lexicon.files(term)))
            found = self._rarity[term] = rarity(len(self._program), having)
        return found

    def _terms(self) -> Mapping[str, float]:
        """The text's terms with their weights."""
        said = self.mentions
        total: defaultdict[str, float] = defaultdict(float)
        code = set(said.code)
        named = (*said.inline, *(w for w in (*said.title, *said.prose) if w in code))
        for words, weight in (
            (said.title, TITLE), (said.prose, PROSE), (named, NAMED), (said.blocks, BLOCK),
        ):  # fmt: skip
            for term, value in self._weighted(words, VARIANT).items():
                total[term] += weight * value
        for words, weight in ((said.title_compounds, TITLE), (said.compounds, PROSE)):
            for term in self._lexicon.known(set(words)):
                total[term] += weight * self.rarity(term)
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0]))[:TERMS])

    def _weighted(self, words: Iterable[str], variant: float = 0.0) -> dict[str, float]:
        """Terms of words that are in the repository, by rarity and number; other forms too."""
        counts = Counter(term for word in words for term in terms_of(word))
        found: dict[str, float] = {}
        for term, times in counts.items():
            weight = min(times, MOST_TIMES) ** 0.5
            if self._lexicon.known([term]):
                found[term] = max(found.get(term, 0.0), weight * self.rarity(term))
            if variant and term.isalpha() and term.islower():
                for other in self._lexicon.known(variants_of(term) - counts.keys()):
                    value = variant * weight * self.rarity(other)
                    found[other] = max(found.get(other, 0.0), value)
        return found

    def _candidates(self) -> tuple[str, ...]:
        """The files that share the most telling terms, and those whose paths are named."""
        lexicon = self._lexicon
        scores: dict[int, float] = {}
        for term, weight in self.terms.items():
            for number in lexicon.files(term):
                scores[number] = scores.get(number, 0.0) + weight
        for number in scores.keys() - self._program:
            scores[number] *= BESIDE
        last = {written.rpartition("/")[2] for written in self.mentions.paths}
        named = [path for path in self._view.paths if path.rpartition("/")[2] in last]
        paths = lexicon.paths
        best = nsmallest(CANDIDATES, scores, key=lambda number: (-scores[number], paths[number]))
        found = [*(paths[number] for number in best), *named[:CANDIDATES]]
        return tuple(dict.fromkeys(found))

    def _scaled(self, scores: list[float], files: Iterable[int]) -> list[float]:
        best = max(
            (score for score, file in zip(scores, files, strict=True) if not self.test[file]),
            default=0.0,
        )
        best = best or max(scores, default=0.0)
        return [min(1.0, score / best) for score in scores] if best > 0 else scores


def same_path(path: str, written: str) -> float:
    """How sure it is that a path is the one that is written: 0 to 1."""
    if "/" not in written or "/" not in path:  # each folder may have its setup.py
        return NAME if path.rpartition("/")[2] == written.rpartition("/")[2] else 0.0
    if f"/{path}".endswith(f"/{written}") or written.endswith(f"/{path}"):
        return 1.0
    return FOLDER_AND_NAME if path.split("/")[-2:] == written.split("/")[-2:] else 0.0
