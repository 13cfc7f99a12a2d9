"""Everything that is known of the documents, and what of it is to be seen in each.

Moves findings along with the text of their document, so that they stand where the code is that they
are about whenever somebody looks.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from lsprotocol import types

from codeassist.lsp.findings.anchors import Lines, Move, lines_of
from codeassist.lsp.findings.shown import Kind, Position, Shown
from codeassist.lsp.folders import Folder
from codeassist.lsp.uris import same

_ORDER = {kind: number for number, kind in enumerate(Kind)}
Choice = Callable[[Shown], bool]


class Board:
    """The findings of a session, by folder, and the texts that they stand in, by URI."""

    def __init__(self) -> None:
        self._shown: dict[Folder, list[Shown]] = {}
        self._texts: dict[str, Lines] = {}

    def put(
        self, folder: Folder, gone: Choice, come: Iterable[Shown], texts: Mapping[str, bytes]
    ) -> set[str]:
        """Replace some findings of a folder; the documents in which that changed something.

        `texts` are those that the new ones were found in, by `same`. Where the document has another
        one by now they are moved to it, or left out like any that is kept.
        """
        before, new = self._shown.get(folder, []), list(self._now(come, texts))
        self._shown[folder] = [each for each in before if not gone(each)] + new
        self._forget()
        return {same(each.uri) for each in (*filter(gone, before), *new)}

    def _now(self, come: Iterable[Shown], texts: Mapping[str, bytes]) -> Iterable[Shown]:
        then = {key: lines_of(data) for key, data in texts.items()}
        moves = {
            key: Move(lines, self._texts.setdefault(key, lines)) for key, lines in then.items()
        }
        for each in come:
            move = moves.get(same(each.uri))
            if move is None or move.old == move.new:
                yield each
                continue
            moved = each.moved(move)
            if moved is not None:
                yield moved

    def drop(self, folder: Folder) -> set[str]:
        """Forget a folder; the documents that had something."""
        gone = self._shown.pop(folder, [])
        self._forget()
        return {same(each.uri) for each in gone}

    def follow(self, key: str, data: bytes) -> bool:
        """A document has this text now. Whether something that was asked for went with its code."""
        old, new = self._texts.get(key), lines_of(data)
        if old is None or old == new:
            return False
        self._texts[key] = new
        move, has_lost = Move(old, new), False
        for folder, every in self._shown.items():
            moved = [each.moved(move) if same(each.uri) == key else each for each in every]
            has_lost = has_lost or None in moved
            self._shown[folder] = [each for each in moved if each is not None]
        return has_lost

    def items(self, folder: Folder) -> list[Shown]:
        """All that is known of a folder's documents."""
        return list(self._shown.get(folder, ()))

    def seen(self, key: str) -> list[Shown]:
        """What is to be seen in a document, in the order of the text, nothing twice."""
        every = (each for listed in self._shown.values() for each in listed)
        here = sorted(
            (each for each in every if same(each.uri) == key), key=lambda each: _ORDER[each.kind]
        )
        said: dict[object, Shown] = {}
        for each in here:
            said.setdefault(each.says, each)
        return sorted(said.values(), key=lambda each: (each.start, each.end, each.finding.code))

    def at(self, key: str, position: types.Position) -> list[Shown]:
        """What is to be seen at a position, the narrowest first."""
        where = position.line, position.character
        found = [each for each in self.seen(key) if _touches(each, where)]
        return sorted(found, key=_size)

    def documents(self) -> set[str]:
        """The keys of all documents in which there is something."""
        return {same(each.uri) for listed in self._shown.values() for each in listed}

    def uri(self, key: str) -> str | None:
        """A document's URI as it was written when something was found in it."""
        every = (each for listed in self._shown.values() for each in listed)
        return next((each.uri for each in every if same(each.uri) == key), None)

    def paths(self, folder: Folder, kinds: Collection[Kind]) -> dict[str, str]:
        """The paths of a folder in which there are findings of some kinds, by key."""
        return {
            same(each.uri): each.path for each in self._shown.get(folder, ()) if each.kind in kinds
        }

    def _forget(self) -> None:
        """Let go of the texts of documents in which nothing is left."""
        keys = self.documents()
        self._texts = {key: text for key, text in self._texts.items() if key in keys}


def _touches(shown: Shown, where: Position) -> bool:
    return shown.start <= where <= shown.end


def _size(shown: Shown) -> tuple[int, int]:
    (line, column), (last, end) = shown.start, shown.end
    return last - line, end - column
