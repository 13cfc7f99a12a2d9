"""Which terms are in which files of a repository: an inverted index that follows its views.

Made from the words that the store keeps of each content, and brought up to date by what differs
from the view before. Knows files as wholes; units are the sheets' subject.
"""

from collections.abc import Iterable, Mapping

from codeassist.context.bm25 import rarity
from codeassist.context.terms import terms_of
from codeassist.index.view import View


class Lexicon:
    """Terms by file. File numbers are dense and are used again when files go."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.lengths: list[int] = []
        self._numbers: dict[str, int] = {}
        self._free: list[int] = []
        self._files: Mapping[str, tuple[str, str]] = {}
        self._texts: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._whole: dict[str, tuple[str, ...]] = {}
        self._found: dict[str, tuple[int, ...]] = {}

    def follow(self, view: View) -> None:
        """Bring the lexicon to the state of a view."""
        files = view.paths
        if files is self._files:
            return
        old = self._files
        gone = [path for path, pair in old.items() if files.get(path) != pair]
        new = [path for path, pair in files.items() if old.get(path) != pair]
        if gone or new:
            for path in gone:
                self._remove(path)
            for path in new:
                self._add(path, view.words(path))
            self._whole.clear()
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
            words = self._words_of(term)
            if len(words) == 1:
                found = tuple(sorted(self._places[words[0]]))
            else:
                found = tuple(sorted({at for word in words for at in self._places[word]}))
            self._found[term] = found
        return found

    def rarity(self, term: str) -> float:
        """How much it tells that a term is in a file."""
        return rarity(self.count, len(self.files(term)))

    def known(self, terms: Iterable[str]) -> list[str]:
        """Those of some terms that stand in a file at least."""
        return [term for term in terms if self._words_of(term)]

    def _words_of(self, term: str) -> tuple[str, ...]:
        if not self._whole:
            whole: dict[str, list[str]] = {}
            for word in self._places:
                for each in terms_of(word):
                    whole.setdefault(each, []).append(word)
            self._whole = {each: tuple(words) for each, words in whole.items()}
        return self._whole.get(term, ())

    def _add(self, path: str, words: bytes) -> None:
        text = words.decode("utf-8", "replace")
        distinct = _distinct(text)
        if self._free:
            number = self._free.pop()
            self.paths[number], self._texts[number] = path, text
            self.lengths[number] = len(distinct)
        else:
            number = len(self.paths)
            self.paths.append(path)
            self._texts.append(text)
            self.lengths.append(len(distinct))
        self._numbers[path] = number
        for word in distinct:
            self._places.setdefault(word, []).append(number)

    def _remove(self, path: str) -> None:
        number = self._numbers.pop(path)
        for word in _distinct(self._texts[number]):
            places = self._places[word]
            places.remove(number)
            if not places:
                del self._places[word]
        self.paths[number], self._texts[number], self.lengths[number] = "", "", 0
        self._free.append(number)


def _distinct(text: str) -> set[str]:
    """The words of a text, as `words_in` finds them: PHP's `$name` without its mark."""
    return {word.lstrip("$") for word in text.split()} - {""}
