"""Which terms are in which files of a repository: an inverted index that follows its views.

Made from the words that the store keeps of each content. The large part of it is a base that the
store keeps as well, for the place that the view is of; what differs from the base is added on top.
Knows files as wholes; units are the sheets' subject.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from codeassist.context.bm25 import rarity
from codeassist.context.kept import kind, packed, unpacked
from codeassist.context.postings import Postings, postings_of
from codeassist.context.terms import terms_of
from codeassist.index.view import View

# With more differences (files that came, went or changed) a new base is made. One costs about as
# much as 500 differences, and each difference costs every later process 2 ms.
FEW = 100

Files = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Base:
    """The lexicon of one state: files with their numbers of words, and file numbers by term."""

    files: Files
    lengths: tuple[int, ...]
    terms: Postings


EMPTY = Base({}, (), postings_of((), 0))


class Lexicon:
    """Terms by file. Numbers of files are used again when files go, but for those of the base."""

    def __init__(self) -> None:
        self._begin(EMPTY)

    def _begin(self, base: Base) -> None:
        """Begin anew with a base."""
        self._base = base
        self._files: Files = base.files
        self.paths: list[str] = list(base.files)
        self.lengths: list[int] = list(base.lengths)
        self._numbers: dict[str, int] = {path: number for number, path in enumerate(self.paths)}
        self._gone: set[int] = set()  # files of the base that are no more, or no more the same
        self._free: list[int] = []
        self._own: dict[int, frozenset[str]] = {}  # the terms of files that are not of the base
        self._added: dict[str, list[int]] = {}
        self._found: dict[str, tuple[int, ...]] = {}

    def follow(self, view: View) -> None:
        """Bring the lexicon to the state of a view."""
        files = view.paths
        if files is self._files:
            return
        if _differences(self._base.files, files) > FEW:
            self._begin(_kept_base(view))
        old = self._files
        gone = [path for path, pair in old.items() if files.get(path) != pair]
        new = [path for path, pair in files.items() if old.get(path) != pair]
        for path in gone:
            self._remove(path)
        for path in new:
            self._add(path, view.words(path))
        if gone or new:
            self._found.clear()
        self._files = files

    @property
    def count(self) -> int:
        """The number of files."""
        return len(self._numbers)

    def number(self, path: str) -> int | None:
        """A file's number."""
        return self._numbers.get(path)

    def files(self, term: str) -> tuple[int, ...]:
        """The numbers of the files in which a term stands, ascending."""
        found = self._found.get(term)
        if found is None:
            found = self._base.terms.get(term, ())
            if self._gone:
                found = tuple(number for number in found if number not in self._gone)
            added = self._added.get(term)
            if added:  # their numbers are above those of the base
                found = (*found, *sorted(added))
            self._found[term] = found
        return found

    def rarity(self, term: str) -> float:
        """How much it tells that a term is in a file."""
        return rarity(self.count, len(self.files(term)))

    def known(self, terms: Iterable[str]) -> list[str]:
        """Those of some terms that stand in a file at least."""
        return [term for term in terms if self.files(term)]

    def _add(self, path: str, words: bytes) -> None:
        distinct = _distinct(words)
        number = self._free.pop() if self._free else len(self.paths)
        if number == len(self.paths):
            self.paths.append("")
            self.lengths.append(0)
        self.paths[number], self.lengths[number] = path, len(distinct)
        self._numbers[path] = number
        terms = self._own[number] = frozenset(each for word in distinct for each in terms_of(word))
        for term in terms:
            self._added.setdefault(term, []).append(number)

    def _remove(self, path: str) -> None:
        number = self._numbers.pop(path)
        self.paths[number], self.lengths[number] = "", 0
        if number < len(self._base.lengths):
            self._gone.add(number)
            return
        for term in self._own.pop(number):
            places = self._added[term]
            places.remove(number)
            if not places:
                del self._added[term]
        self._free.append(number)


def _differences(old: Files, new: Files) -> int:
    same = sum(1 for path, pair in new.items() if old.get(path) == pair)
    return len(old) - same + len(new) - same


def _kept_base(view: View) -> Base:
    """The base that the store keeps for a view's place; a new one where that is too different."""
    lexicons = kind("lexicon")
    row = unpacked(view.kept_here(lexicons))
    if row is not None:
        paths, keys, languages, lengths, code, terms = row
        pairs = zip(keys, languages, strict=True)
        base = Base(dict(zip(paths, pairs, strict=True)), lengths, Postings(code, terms))
        if _differences(base.files, view.paths) <= FEW:
            return base
    base = _new_base(view)
    pairs_of = base.files.values()
    keys, languages = tuple(key for key, _ in pairs_of), tuple(language for _, language in pairs_of)
    terms = base.terms
    data = (tuple(base.files), keys, languages, base.lengths, terms.code, terms.raw)
    view.keep_here(lexicons, packed(data))
    return base


def _new_base(view: View) -> Base:
    """The base of a view. Words first, since a word has to be taken apart only once."""
    places: dict[str, list[int]] = {}
    lengths: list[int] = []
    for number, path in enumerate(view.paths):
        distinct = _distinct(view.words(path))
        lengths.append(len(distinct))
        for word in distinct:
            places.setdefault(word, []).append(number)
    words: dict[str, list[str]] = {}
    for word in places:
        for term in terms_of(word):
            words.setdefault(term, []).append(word)
    lists = (
        (term, places[having[0]] if len(having) == 1 else _joined(places, having))
        for term, having in words.items()
    )
    return Base(dict(view.paths), tuple(lengths), postings_of(lists, len(lengths)))


def _joined(places: Mapping[str, list[int]], words: Iterable[str]) -> list[int]:
    return sorted({number for word in words for number in places[word]})


def _distinct(words: bytes) -> set[str]:
    """The words of a file, as `words_in` finds them: PHP's `$name` without its mark."""
    text = words.decode("utf-8", "replace")
    if "$" not in text:
        return set(text.split())
    return {word.lstrip("$") for word in text.split()} - {""}
